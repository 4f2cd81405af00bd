// Watchbell as it is installed: a configuration file, `init`, `serve`.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Rest } from "../../browser/lib/rest.mjs";
import { until } from "../../browser/lib/until.mjs";
import { must } from "./run.mjs";

export class Installation {
  log = "";

  /** `more` is added to the configuration file. */
  async prepare({ http, lmtp, smtp, more = "" }) {
    this.folder = await mkdtemp(join(tmpdir(), "watchbell-peers-"));
    this.url = `http://127.0.0.1:${http}`;
    this.config = join(this.folder, "watchbell.toml");
    await writeFile(this.config, `
database_url = "sqlite://${this.folder}/watchbell.db"
public_url = "${this.url}"
[http]
listen = "127.0.0.1:${http}"
[lmtp]
listen = "127.0.0.1:${lmtp}"
max_message_bytes = 1200000
[mail.smtp]
host = "127.0.0.1"
port = ${smtp}
${more}`);
    const init = ["init", "--name", "test.example", "--organization", "test.example", "--admin", "alma", "--correspond", "reports@test.example"];
    await this.command(init, "a long enough password\n");
    await this.command(["queue", "address", "Incident Reports", "--correspond", "reports@test.example"]);
    this.rest = new Rest(this.url, (await this.command(["token", "add", "alma"])).trim().split("\n").pop());
    return this;
  }

  command([verb, ...options], input = "") {
    return must(process.env.WATCHBELL_BINARY, [verb, "--config", this.config, ...options], { input });
  }

  async start() {
    this.child = spawn(process.env.WATCHBELL_BINARY, ["serve", "--config", this.config], { stdio: ["ignore", "ignore", "pipe"] });
    this.child.stderr.on("data", (text) => { this.log += text; });
    this.ended = new Promise((resolve) => this.child.on("exit", resolve));
    await until("the program to be ready", async () => (await fetch(`${this.url}/readyz`)).ok);
  }

  /** As the machine losing its power: nothing is finished, nothing is said. */
  async kill() {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  async pause() {
    this.child.kill("SIGTERM");
    await this.ended;
  }

  /** The ticket of this subject, as soon as there is one; there must be no second. */
  async ticket(subject) {
    const found = () => this.rest.search(`Subject = '${subject}'`);
    await until(`a ticket “${subject}”`, async () => (await found()).length > 0);
    const tickets = await found();
    if (tickets.length !== 1) throw new Error(`“${subject}” became ${tickets.length} tickets`);
    return tickets[0];
  }

  async remove() {
    await this.pause();
    await rm(this.folder, { recursive: true, force: true });
  }
}
