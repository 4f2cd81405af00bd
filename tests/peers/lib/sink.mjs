// The rest of the world: an SMTP server that takes every mail and keeps it.

import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { until } from "../../browser/lib/until.mjs";

export class Sink {
  /** `{ from, to, raw }` in the order they came. */
  mails = [];
  sockets = new Set();

  async listen(port) {
    this.server = createServer((socket) => this.#converse(socket).catch(() => socket.destroy()));
    await new Promise((resolve) => this.server.listen(port, "127.0.0.1", resolve));
    return this;
  }

  /** The next conversation, which is a new one, goes wrong: at `stage` it stalls, closes, or answers with a code. Resolves when it did. */
  goWrong(stage, how) {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => { this.plan = { stage, how, resolve }; });
  }

  async #converse(socket) {
    socket.on("error", () => {});
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    let mail = { from: "", to: [], raw: "" };
    /** Answers, or does what is planned for this stage; `false` when nothing more is to be said. */
    const say = (stage, line) => {
      const { plan } = this;
      if (plan?.stage !== stage) return socket.write(`${line}\r\n`) || true;
      this.plan = undefined;
      // the worst case: what is not answered was taken all the same
      if (stage === "text" && (plan.how === "stall" || plan.how === "close")) this.mails.push(mail);
      if (plan.how === "close") socket.destroy();
      else if (plan.how !== "stall") socket.write(`${plan.how} as planned\r\n`);
      plan.resolve();
      return false;
    };
    say("greeting", "220 sink.test.example ESMTP");
    let inText = false;
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      if (inText) {
        if (line !== ".") {
          mail.raw += `${line.startsWith(".") ? line.slice(1) : line}\r\n`;
          continue;
        }
        inText = false;
        if (say("text", "250 2.0.0 kept")) this.mails.push(mail);
        mail = { from: "", to: [], raw: "" };
      } else if (/^EHLO/i.test(line)) {
        say("hello", "250 sink.test.example");
      } else if (/^MAIL FROM:/i.test(line)) {
        mail = { from: address(line), to: [], raw: "" };
        say("sender", "250 2.1.0 ok");
      } else if (/^RCPT TO:/i.test(line)) {
        if (say("recipient", "250 2.1.5 ok")) mail.to.push(address(line));
      } else if (/^DATA/i.test(line)) {
        inText = say("data", "354 go on");
      } else if (/^QUIT/i.test(line)) {
        say("end", "221 2.0.0 bye");
        socket.end();
      } else {
        say("other", "250 2.0.0 ok");
      }
    }
  }

  /** Waits for a mail to somebody that holds all the words. */
  find(to, ...words) {
    const fits = (mail) => mail.to.includes(to) && words.every((word) => mail.raw.includes(word));
    return until(`a mail to ${to} with ${JSON.stringify(words)}`, () => this.mails.find(fits));
  }

  close() {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

function address(line) {
  return line.replace(/^[^<]*<([^>]*)>.*$/, "$1");
}
