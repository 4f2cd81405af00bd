// C5: mailboxes at Debian's Dovecot are emptied over IMAP: told of new mail at once, through lost connections, without loss or repeats.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { compose } from "../browser/lib/mail.mjs";
import { until } from "../browser/lib/until.mjs";
import { Dovecot } from "./lib/dovecot.mjs";
import { Installation } from "./lib/installation.mjs";
import { freePort } from "./lib/run.mjs";

const skip = reason();

let watchbell;
let dovecot;

before(async () => {
  if (skip) return;
  const [http, lmtp, smtp, imap, imaps] = [await freePort(), await freePort(), await freePort(), await freePort(), await freePort()];
  dovecot = await new Dovecot().prepare({ imap, imaps });
  await dovecot.start();
  const common = (port, encryption) => `
host = "127.0.0.1"
port = ${port}
encryption = "${encryption}"
ca_file = "${dovecot.certificate}"
username = "reports"
queue = "Incident Reports"`;
  const more = `
[imap.reports]${common(imaps, "tls")}
password = "secret"
[imap.archived]${common(imap, "starttls")}
password = "secret"
folder = "Second"
move_to = "Done"
action = "comment"
[imap.locked]${common(imap, "none")}
password = "wrong"
`;
  for (const folder of ["Second", "Done"]) await dovecot.addFolder(folder);
  watchbell = await new Installation().prepare({ http, lmtp, smtp, more });
  await watchbell.start();
});

after(async () => {
  await watchbell?.remove();
  await dovecot?.remove();
});

/** Why it cannot be tried here, or `false`. */
function reason() {
  if (!existsSync("/usr/sbin/dovecot")) return "Dovecot is not installed";
  return process.getuid() === 0 ? false : "Dovecot changes users, and only root may";
}

function letter(subject, text = "Look at this.") {
  return compose({ from: "ray@bank.example", to: "reports@test.example", subject, id: `${subject.replaceAll(" ", ".")}@bank.example`, text });
}

test("a mailbox is emptied, and what comes later is taken in at once", { skip }, async () => {
  await dovecot.deliver(letter("Waited in the mailbox"));
  await watchbell.ticket("Waited in the mailbox");
  await dovecot.empty();
  const began = Date.now();
  await dovecot.deliver(letter("Came while we listened"));
  await watchbell.ticket("Came while we listened");
  assert.ok(Date.now() - began < 15_000, "the server told of it");
  await dovecot.empty();
});

test("another folder over STARTTLS, whose messages are kept elsewhere", { skip }, async () => {
  await dovecot.deliver(letter("For the archive"), ".Second");
  await watchbell.ticket("For the archive");
  await dovecot.empty(".Second");
  assert.equal((await dovecot.files(".Done")).length, 1);
});

test("a lost connection is made anew, and nothing comes twice", { skip }, async () => {
  await dovecot.stop();
  await until("the loss to be noticed", () => /mailbox.*cannot be emptied now/.test(watchbell.log));
  await dovecot.deliver(letter("While the server was away"));
  await dovecot.start();
  await watchbell.ticket("While the server was away");
  await dovecot.empty();
  assert.equal((await watchbell.rest.search("Subject LIKE 'away' OR Subject LIKE 'mailbox' OR Subject LIKE 'listened'")).length, 3);
});

test("a message that is too large stays, flagged, and does not hold up the next", { skip }, async () => {
  await dovecot.deliver(letter("Far too large", "x".repeat(70).concat("\n").repeat(20_000)));
  await dovecot.deliver(letter("After the large one"));
  await watchbell.ticket("After the large one");
  await until("the large one to be left alone", async () => (await dovecot.files()).length === 1);
  const [left] = await dovecot.files();
  assert.match(left, /:2,[A-Z]*F/, "it is flagged for people");
  assert.match(watchbell.log, /stays in the mailbox, flagged/);
});

test("a wrong password is told in the log, without the password", { skip }, () => {
  assert.match(watchbell.log, /locked.*signing in as reports/);
  assert.ok(!watchbell.log.includes("wrong") && !watchbell.log.includes("secret"), watchbell.log);
});
