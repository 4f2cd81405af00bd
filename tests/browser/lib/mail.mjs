// Writing messages (RFC 5322, 2045, 2047) and reading those that were sent.

/** A header's text in an encoded word where it is not plain. */
export function encodedWord(text) {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
}

/** One message; `parts` are `{ type, text, file }`, several make it multipart. */
export function compose({ from, to, subject, id, headers = {}, text = "", parts = [{ type: "text/plain", text }] }) {
  const head = { From: from, To: to, Subject: encodedWord(subject), "Message-ID": `<${id}>`, Date: "Mon, 02 Mar 2026 10:00:00 +0000", "MIME-Version": "1.0", ...headers };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  if (parts.length === 1) return [...lines, ...part(parts[0])].join("\n");
  const boundary = "=_outer_0";
  lines.push(`Content-Type: multipart/mixed; boundary="${boundary}"`, "");
  for (const one of parts) lines.push(`--${boundary}`, ...part(one));
  return [...lines, `--${boundary}--`, ""].join("\n");
}

function part({ type, text, file }) {
  const lines = [`Content-Type: ${type}; charset=utf-8`, "Content-Transfer-Encoding: base64"];
  if (file) lines.push(`Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(file)}`);
  const encoded = Buffer.from(text).toString("base64").replace(/.{1,76}/g, "$&\n");
  return [...lines, "", encoded.trimEnd(), ""];
}

/** `{ header(name), text, raw }` of a message; the text of all its text parts in order. */
export function parse(raw) {
  const [head, body] = split(raw);
  const headers = new Map();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const [, name, value] = line.match(/^([^:]+):\s*(.*)$/) ?? [];
    if (name) headers.set(name.toLowerCase(), value);
  }
  const header = (name) => decodedWords(headers.get(name.toLowerCase()) ?? "");
  return { header, text: textOf(headers, body), raw };
}

function split(raw) {
  const at = raw.search(/\r?\n\r?\n/);
  return at < 0 ? [raw, ""] : [raw.slice(0, at), raw.slice(at).replace(/^\r?\n\r?\n/, "")];
}

function textOf(headers, body) {
  const type = headers.get("content-type") ?? "text/plain";
  const boundary = type.match(/boundary="?([^";]+)"?/)?.[1];
  if (boundary) return body.split(`--${boundary}`).slice(1, -1).map((one) => parse(one.replace(/^\r?\n/, "")).text).join("\n");
  if (!type.startsWith("text/")) return "";
  const encoding = (headers.get("content-transfer-encoding") ?? "").toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString();
  return encoding === "quoted-printable" ? quotedPrintable(body) : body;
}

function quotedPrintable(text) {
  const bytes = text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

function decodedWords(value) {
  const joined = value.replace(/\?=\s+=\?/g, "?==?");
  return joined.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding, text) =>
    encoding.toLowerCase() === "b" ? Buffer.from(text, "base64").toString() : quotedPrintable(text.replaceAll("_", " ")));
}
