// A mail server's end of LMTP: hands over one message, and counts it as delivered only after `250`.

import { connect } from "node:net";
import { createInterface } from "node:readline";

/** `raw` is the whole message with `\n` or `\r\n` line ends. */
export async function deliver({ lmtp }, from, to, raw) {
  const socket = connect(lmtp.port, lmtp.host);
  const lines = createInterface({ input: socket, crlfDelay: Infinity })[Symbol.asyncIterator]();
  const expect = async (code) => {
    const answer = await last(lines);
    if (!answer.startsWith(code)) throw new Error(`the server answered “${answer}” where ${code} was expected`);
  };
  await expect("220");
  for (const [line, code] of [["LHLO mx.test.example", "250"], [`MAIL FROM:<${from}>`, "250"], [`RCPT TO:<${to}>`, "250"], ["DATA", "354"]]) {
    socket.write(`${line}\r\n`);
    await expect(code);
  }
  socket.write(stuffed(raw));
  await expect("250");
  socket.end("QUIT\r\n");
}

/** The last line of an answer, which has a space after its code. */
async function last(lines) {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error("the connection ended");
    if (value[3] !== "-") return value;
  }
}

/** RFC 5321, 4.5.2: a line that begins with a dot gets another. */
function stuffed(raw) {
  const text = raw.replace(/\r?\n/g, "\r\n").replace(/^\./gm, "..");
  return `${text.endsWith("\r\n") ? text : `${text}\r\n`}.\r\n`;
}
