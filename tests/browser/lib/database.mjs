// The databases that tests run on: SQLite in the folder of the run, and a fresh PostgreSQL database of the tests' own server.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Both, or SQLite alone where a run asks for that; nothing else lets PostgreSQL be skipped. */
export function databases() {
  return process.env.WATCHBELL_TEST_DATABASES === "sqlite" ? ["sqlite"] : ["sqlite", "postgres"];
}

/** `{ url, drop }`; the helper drops the database when its input ends, which also happens when this process dies. */
export async function freshPostgres() {
  const helper = process.env.WATCHBELL_FRESH_POSTGRES;
  if (!helper) throw new Error("WATCHBELL_FRESH_POSTGRES must name the built helper (cargo build -p testkit --bin fresh-postgres)");
  const child = spawn(helper, [], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  for await (const url of createInterface({ input: child.stdout })) {
    const drop = async () => {
      child.stdin.end();
      await ended;
    };
    return { url, drop };
  }
  throw new Error("the helper ended without a database");
}
