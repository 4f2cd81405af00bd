// A2, the story, on both databases.

import { after, before, test } from "node:test";
import { launch } from "./lib/browser.mjs";
import { databases } from "./lib/database.mjs";
import { start } from "./lib/program.mjs";
import { play } from "./lib/story.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

for (const database of databases()) {
  test(`A2 the story of one case, in the browser, in REST and in the mails, on ${database}`, async () => {
    const program = await start({ database });
    try {
      await play(browser, program, `story-${database}`);
    } finally {
      await program.stop();
    }
  });
}
