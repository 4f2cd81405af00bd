// A running `watchbell demo` on ports of its own, in a folder of its own: where it is, who may use it, how it is stopped.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freshPostgres } from "./database.mjs";
import { Maildir } from "./maildir.mjs";
import { Rest } from "./rest.mjs";
import { until } from "./until.mjs";

/** As many account lines as the demo prints; after them it is about to listen. */
const ACCOUNTS = 6;
const PATIENCE_AT_END = 12_000;

/** Starts it with the demo's tickets or (`world: "empty"`) without; `database` is "sqlite" or "postgres". */
export async function start({ world = "empty", database = "sqlite" } = {}) {
  const binary = process.env.WATCHBELL_BINARY;
  if (!binary) throw new Error("WATCHBELL_BINARY must name the built program");
  const folder = await mkdtemp(join(tmpdir(), "watchbell-browser-"));
  const postgres = database === "postgres" ? await freshPostgres() : null;
  const options = ["demo", "--http", "127.0.0.1:0", "--lmtp", "127.0.0.1:0", "--data", folder];
  if (world === "empty") options.push("--empty");
  if (postgres) options.push("--database", postgres.url);
  const child = spawn(binary, options, { stdio: ["ignore", "pipe", process.env.WATCHBELL_LOG ? "inherit" : "pipe"] });
  const program = new Program(child, folder, postgres);
  program.command = { binary, options };
  try {
    await program.readPrinted();
    await until("the program to be ready", async () => (await fetch(`${program.url}/readyz`)).ok);
  } catch (error) {
    await program.stop().catch(() => {});
    throw new Error(`${error.message}\n${program.log}`);
  }
  return program;
}

class Program {
  /** Account name to `{ password, token }`. */
  accounts = new Map();
  url = "";
  lmtp = { host: "", port: 0 };
  log = "";

  constructor(child, folder, postgres) {
    this.child = child;
    this.folder = folder;
    this.postgres = postgres;
    this.sent = new Maildir(join(folder, "sent"));
    this.ended = new Promise((resolve) => child.on("exit", resolve));
    child.stderr?.on("data", (text) => { this.log += text; });
  }

  async readPrinted() {
    const lines = createInterface({ input: this.child.stdout });
    for await (const line of lines) {
      this.#note(line);
      if (this.accounts.size === ACCOUNTS) break;
    }
    this.child.stdout.resume();
    if (this.accounts.size < ACCOUNTS) throw new Error("the program ended before it was ready");
  }

  #note(line) {
    const web = line.match(/^Watchbell demo: (\S+)/);
    const mail = line.match(/^Mail in \(LMTP\): (.+):(\d+)\s/);
    const account = line.match(/^\s+(\S+)\s+password (\S+)\s+token (\S+)/);
    if (web) this.url = web[1];
    if (mail) this.lmtp = { host: mail[1], port: Number(mail[2]) };
    if (account) this.accounts.set(account[1], { password: account[2], token: account[3] });
  }

  /** The API as one of the accounts. */
  rest(name = "dana") {
    return new Rest(this.url, this.accounts.get(name).token);
  }

  /** Ends it as for an update; `resume` starts it again at the same address with the same data. */
  async pause() {
    this.child.kill("SIGTERM");
    const code = await this.ended;
    if (code !== 0) throw new Error(`the program ended with ${code}\n${this.log}`);
  }

  async resume() {
    const { binary, options } = this.command;
    const address = new URL(this.url).host;
    const again = options.map((option, index) => (options[index - 1] === "--http" ? address : option));
    this.child = spawn(binary, again, { stdio: ["ignore", "pipe", process.env.WATCHBELL_LOG ? "inherit" : "pipe"] });
    this.ended = new Promise((resolve) => this.child.on("exit", resolve));
    this.child.stdout.resume();
    this.child.stderr?.on("data", (text) => { this.log += text; });
    await until("the program to be ready again", async () => (await fetch(`${this.url}/readyz`)).ok);
  }

  /** As an administrator would; it must end by itself and cleanly. */
  async stop() {
    this.child.kill("SIGTERM");
    const late = setTimeout(() => this.child.kill("SIGKILL"), PATIENCE_AT_END);
    const code = await this.ended;
    clearTimeout(late);
    await this.postgres?.drop();
    await rm(this.folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the program ended with ${code}\n${this.log}`);
  }
}
