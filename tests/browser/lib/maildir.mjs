// What was sent: the Maildir that the demo delivers to.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "./mail.mjs";
import { until } from "./until.mjs";

export class Maildir {
  constructor(folder) {
    this.folder = join(folder, "new");
  }

  async all() {
    const names = await readdir(this.folder).catch(() => []);
    return Promise.all(names.sort().map(async (name) => parse(await readFile(join(this.folder, name), "utf8"))));
  }

  /** Waits for a message to `to` with all of `words` in its subject or text. */
  async find(to, ...words) {
    const fits = (mail) => mail.header("To").includes(to) && words.every((word) => `${mail.header("Subject")}\n${mail.text}`.includes(word));
    return until(`a mail to ${to} with ${JSON.stringify(words)}`, async () => (await this.all()).find(fits));
  }
}
