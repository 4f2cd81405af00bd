// The mails of the shift and the people who write them.

import { compose } from "../mail.mjs";
import { deliver } from "../lmtp.mjs";
import { until } from "../until.mjs";

export const REPORTS = "reports@csirt.example";
export const INVESTIGATIONS = "investigations@csirt.example";
export const COUNTERMEASURES = "countermeasures@csirt.example";
export const RAY = "ray@campus.example";
export const SECOND = "abuse@isp-coast.example";
export const NOC = "noc@isp-coast.example";
export const OPERATORS = "netops@csirt-operators.example";
export const SUBJECT = "Ransomware asks us for money";

export const TEXT = `Good morning,

this night files on our server were encrypted and a note asks for money. The server, 192.0.2.77, was
entered from 203.0.113.88, and it still talks to pay.ransom.example.

Ray Ortiz, Campus IT`;

let count = 0;

/** Delivers a mail by LMTP, as a mail server would. */
export async function mail(program, { from, to = REPORTS, subject, text, headers = {} }) {
  count += 1;
  await deliver(program, from, to, compose({ from, to, subject, id: `shift-${count}@${from.split("@")[1]}`, headers, text }));
}

/** The number of the only ticket with a subject, as soon as there is one. */
export function numberOf(rest, subject) {
  return until(`the ticket “${subject}”`, async () => (await rest.search(`Subject = '${subject}' AND Status != 'deleted'`)).at(-1));
}
