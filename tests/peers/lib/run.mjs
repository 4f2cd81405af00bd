// Running programs, and ports for them.

import { spawn } from "node:child_process";
import { createServer } from "node:net";

/** Runs a program to its end; its exit code and what it printed. `input` goes to its standard input. */
export function run(program, options, { input = "", env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { env, stdio: ["pipe", "pipe", "pipe"] });
    let out = "";
    child.stdout.on("data", (text) => { out += text; });
    child.stderr.on("data", (text) => { out += text; });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out }));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/** The same for what must succeed. */
export async function must(program, options, more) {
  const { code, out } = await run(program, options, more);
  if (code !== 0) throw new Error(`${program} ${options.join(" ")} ended with ${code}\n${out}`);
  return out;
}

/** Starts what goes on in the background, and would keep our pipes open there. */
export function background(program, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { stdio: "ignore" });
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))));
  });
}

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
