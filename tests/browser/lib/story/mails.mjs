// The mails of the story: a report as they really come, two answers of a provider, and the reporter once more.

import { compose, encodedWord } from "../mail.mjs";

export const REPORTER = "soren@ferry.example";
export const NOC = "noc@isp.example";
export const REPORTS = "reports@csirt.example";
export const INVESTIGATIONS = "investigations@csirt.example";
export const FIRST_ID = "first-report@ferry.example";
export const SUBJECT = "Wurm aus Ihrem Netz – bitte prüfen";
export const TEXT = "Grüße aus Århus,\n\n192.0.2.7 und 198.51.100.9 greifen shop.example an.\n\nSøren";
export const IPS = ["192.0.2.7", "198.51.100.9"];
export const DOMAIN = "shop.example";
export const FILE = "Protokoll vom März.csv";
export const FILE_TEXT = "time,src\n10:00,192.0.2.7\n";

const FROM = `${encodedWord("Søren Sørensen")} <${REPORTER}>`;

export function report() {
  return compose({
    from: FROM,
    to: REPORTS,
    subject: SUBJECT,
    id: FIRST_ID,
    parts: [{ type: "text/plain", text: TEXT }, { type: "text/csv", text: FILE_TEXT, file: FILE }],
  });
}

/** Known by the tag in its subject alone. */
export function answerByTag(investigation) {
  const subject = `Re: [csirt.example #${investigation}] your note`;
  return compose({ from: `NOC <${NOC}>`, to: INVESTIGATIONS, subject, id: "answer-1@isp.example", text: "We are looking into it." });
}

/** Known by the message it answers alone. */
export function answerByReference(inReplyTo) {
  const headers = { "In-Reply-To": inReplyTo };
  return compose({ from: `NOC <${NOC}>`, to: INVESTIGATIONS, subject: "cleaned", id: "answer-2@isp.example", headers, text: "The machine is clean now." });
}

export function reporterAgain(report) {
  const subject = `Re: [csirt.example #${report}] ${SUBJECT}`;
  return compose({ from: FROM, to: REPORTS, subject, id: "again@ferry.example", text: "It is back, from 192.0.2.7 as before." });
}
