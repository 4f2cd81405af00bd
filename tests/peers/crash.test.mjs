// C4: the program is killed while it sends, at each stage of SMTP and whatever the other side does there. Nothing is lost, and only
// where SMTP cannot know whether a mail was taken does it come twice, under the same Message-ID.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deliver } from "../browser/lib/lmtp.mjs";
import { compose } from "../browser/lib/mail.mjs";
import { until } from "../browser/lib/until.mjs";
import { Installation } from "./lib/installation.mjs";
import { freePort } from "./lib/run.mjs";
import { Sink } from "./lib/sink.mjs";

const STAGES = ["greeting", "hello", "sender", "recipient", "data", "text"];
const WAYS = ["stall", "close", "451", "554"];

let watchbell;
let sink;
let lmtp;

before(async () => {
  const [http, mail, smtp] = [await freePort(), await freePort(), await freePort()];
  lmtp = { host: "127.0.0.1", port: mail };
  sink = await new Sink().listen(smtp);
  watchbell = await new Installation().prepare({ http, lmtp: mail, smtp });
  await watchbell.start();
});

after(async () => {
  await watchbell?.remove();
  sink?.close();
});

/** Puts every letter that waits or failed in line, as an administrator does. */
async function sendAllNow(cookie) {
  const page = await (await fetch(`${watchbell.url}/admin/outbox`, { headers: { cookie } })).text();
  for (const [path] of page.matchAll(/\/admin\/outbox\/\d+\/send/g)) {
    await fetch(watchbell.url + path, { method: "POST", headers: { cookie, origin: watchbell.url }, redirect: "manual" });
  }
}

async function signIn() {
  const form = new URLSearchParams({ name: "alma", password: "a long enough password" });
  const answer = await fetch(`${watchbell.url}/sign-in`, { method: "POST", body: form, headers: { origin: watchbell.url }, redirect: "manual" });
  return answer.headers.get("set-cookie").split(";")[0];
}

test("killed while sending, nothing is lost, and what comes twice is the same mail", async () => {
  const cookie = await signIn();
  const came = (subject) => sink.mails.filter((mail) => mail.raw.includes(`] AutoReply: ${subject}\r\n`) || mail.raw.includes(`] ${subject}\r\n`));
  for (const stage of STAGES) {
    for (const how of WAYS) {
      const subject = `killed at ${stage} with ${how}`;
      const wrong = sink.goWrong(stage, how);
      const id = `${stage}.${how}@bank.example`;
      await deliver({ lmtp }, "ray@bank.example", "reports@test.example", compose({ from: "ray@bank.example", to: "reports@test.example", subject, id, text: "Look." }));
      await wrong;
      await watchbell.kill();
      await watchbell.start();
      await until(`the answer to “${subject}”`, async () => {
        await sendAllNow(cookie);
        return came(subject).length > 0;
      });
    }
  }
  // what might still come would come now
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  for (const stage of STAGES) {
    for (const how of WAYS) {
      const mails = came(`killed at ${stage} with ${how}`);
      const unknown = stage === "text" && (how === "stall" || how === "close");
      assert.ok(mails.length === 1 || (unknown && mails.length === 2), `${stage}, ${how}: ${mails.length} mails`);
      assert.equal(new Set(mails.map((mail) => mail.raw.match(/^Message-ID: (.*)\r$/im)[1])).size, 1, "it is the same mail");
    }
  }
});
