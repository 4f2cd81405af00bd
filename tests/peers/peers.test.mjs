// C5: mail from and to the programs that installations really have, on loopback.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { until } from "../browser/lib/until.mjs";
import { Installation } from "./lib/installation.mjs";
import { Postfix } from "./lib/postfix.mjs";
import { freePort, must, run } from "./lib/run.mjs";
import { Sink } from "./lib/sink.mjs";

const skip = reason();

let watchbell;
let postfix;
let sink;
let ports;

before(async () => {
  if (skip) return;
  const [http, lmtp, smtp, world] = [await freePort(), await freePort(), await freePort(), await freePort()];
  ports = { http, lmtp, smtp };
  sink = await new Sink().listen(world);
  watchbell = await new Installation().prepare(ports);
  await watchbell.start();
  postfix = await new Postfix().start({ port: smtp, lmtp, sink: world });
});

after(async () => {
  await postfix?.stop();
  await watchbell?.remove();
  sink?.close();
});

/** Why it cannot be tried here, or `false`. */
function reason() {
  if (!existsSync("/usr/sbin/postfix")) return "Postfix is not installed, because the machine has another mail server";
  // it changes users
  return process.getuid() === 0 ? false : "Postfix can only be started by root";
}

function swaks(to, subject, ...more) {
  const letter = ["--from", "ray@bank.example", "--to", to, "--header", `Subject: ${subject}`, "--body", "They scan us."];
  return run("swaks", ["--server", "127.0.0.1", "--port", String(ports.smtp), ...letter, ...more]);
}

test("Postfix delivers over LMTP, and relays the answer out", { skip }, async () => {
  const { code, out } = await swaks("reports@test.example", "Scan of our network");
  assert.equal(code, 0, out);
  const id = await watchbell.ticket("Scan of our network");
  const answer = await sink.find("ray@bank.example", `[test.example #${id}]`);
  assert.equal(answer.from, "", "nothing comes back to an automatic answer");
  assert.match(answer.raw, /^Auto-Submitted: auto-replied/m);
  const reply = await swaks("reports@test.example", `Re: [test.example #${id}] Scan of our network`);
  assert.equal(reply.code, 0, reply.out);
  await until("the reply on its ticket", async () => (await watchbell.rest.history(id)).includes("Correspond"));
});

test("an address that is nobody's comes back from Postfix", { skip }, async () => {
  await swaks("nobody@test.example", "Is anybody there");
  const bounce = await sink.find("ray@bank.example", "Undelivered Mail", "nobody@test.example");
  assert.match(bounce.raw, /Status: 5\.1\.1/, bounce.raw);
  assert.deepEqual(await watchbell.rest.search("Subject = 'Is anybody there'"), []);
});

test("Postfix keeps what comes while Watchbell is away, and delivers it once", { skip }, async () => {
  await watchbell.pause();
  const { code, out } = await swaks("reports@test.example", "While you were away");
  assert.equal(code, 0, out);
  await until("Postfix to have tried", async () => /status=deferred/.test(await postfix.log()));
  await watchbell.start();
  await postfix.flush();
  const id = await watchbell.ticket("While you were away");
  await sink.find("ray@bank.example", `[test.example #${id}]`);
});

test("swaks speaks LMTP with it, with several recipients and a large file", { skip }, async () => {
  const large = "0123456789abcdef".repeat(40 * 1024);
  const letter = ["--from", "ray@bank.example", "--to", "reports@test.example,nobody@test.example", "--header", "Subject: A large file"];
  const options = ["--protocol", "LMTP", "--server", "127.0.0.1", "--port", String(ports.lmtp), ...letter, "--attach", "-"];
  const { out } = await run("swaks", options, { input: large });
  assert.match(out, /^<\*\* 550/m, "the one is refused");
  assert.match(out, /^<- {2}250 2\.[01]\.\d[^\n]*\n(?:.*\n)*? -> QUIT/m, "and the other is taken");
  await watchbell.ticket("A large file");
});

test("rt-mailgate of Debian's rt5-clients works as it is", { skip }, async () => {
  const gate = (url, action) => ["--queue", "Incident Reports", "--action", action, "--url", url];
  const letter = (subject) => ({ input: `From: Una <una@campus.example>\nTo: reports@test.example\nSubject: ${subject}\nMessage-ID: <${subject.length}@campus.example>\n\nLook at this.\n` });
  await must("rt-mailgate-5", gate(watchbell.url, "correspond"), letter("Through the gate"));
  const id = await watchbell.ticket("Through the gate");
  await sink.find("una@campus.example", `[test.example #${id}]`);
  await must("rt-mailgate-5", gate(`${watchbell.url}/`, "correspond"), letter(`Re: [test.example #${id}] Through the gate`));
  await until("the reply on its ticket", async () => (await watchbell.rest.history(id)).includes("Correspond"));
  // nobody answers there: the mail server is to keep it
  const { code } = await run("rt-mailgate-5", gate(`http://127.0.0.1:${await freePort()}`, "correspond"), letter("Nobody there"));
  assert.equal(code, 75);
});
