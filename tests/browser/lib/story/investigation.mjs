// The acts of the story around the investigation: it is launched from the incident, and the provider answers twice.

import assert from "node:assert/strict";
import { ticketNumber } from "../browser.mjs";
import { deliver } from "../lmtp.mjs";
import { linked } from "../rest.mjs";
import { until } from "../until.mjs";
import * as mails from "./mails.mjs";
import { subject } from "./page.mjs";

export async function danaLaunchesAnInvestigation(tale) {
  const { page, rest, sent, incident } = tale;
  await page.getByRole("link", { name: "Launch Investigation" }).click();
  await page.getByRole("heading", { name: "Launch a new investigation" }).waitFor();
  assert.equal(await subject(page).inputValue(), mails.SUBJECT);
  const message = page.getByRole("textbox", { name: "Message" }).first();
  assert.match(await message.inputValue(), /^> 192\.0\.2\.7 und 198\.51\.100\.9 greifen/m, "the incident's text is quoted");
  await page.getByRole("textbox", { name: "Correspondents" }).fill(mails.NOC);
  await message.press("Control+End");
  await message.pressSequentially("\n\nPlease clean these machines.");
  await page.getByRole("button", { name: "Launch", exact: true }).click();

  await page.getByText("Please clean these machines.").first().waitFor();
  tale.investigation = ticketNumber(page);
  await page.getByRole("region", { name: "Incidents" }).getByRole("link", { name: `#${incident}` }).waitFor();
  tale.launch = await sent.find(mails.NOC, `[csirt.example #${tale.investigation}]`, "> 192.0.2.7 und", "Please clean these machines.");
  assert.match(tale.launch.header("From"), /investigations@csirt\.example/);
  const ticket = await rest.ticket(tale.investigation);
  assert.equal(ticket.Status, "open");
  assert.equal(ticket.Requestor[0].id, mails.NOC);
  assert.deepEqual(linked(ticket, "parent"), [incident]);
}

export async function theProviderAnswersByTag(tale) {
  await answered(tale, mails.answerByTag(tale.investigation), "We are looking into it.", 1);
}

export async function theProviderAnswersByReferenceOnly(tale) {
  await answered(tale, mails.answerByReference(tale.launch.header("Message-ID")), "The machine is clean now.", 2);
}

/** The answer stands in the investigation, whose due date moved, and the incident's followed. */
async function answered({ program, page, rest, report, incident, investigation }, mail, text, count) {
  const due = (await rest.ticket(investigation)).Due;
  await deliver(program, mails.NOC, mails.INVESTIGATIONS, mail);
  await until("the answer", async () => (await rest.history(investigation)).filter((type) => type === "Correspond").length === count);
  await page.goto(`/tickets/${investigation}`);
  await page.getByRole("article").getByText(text).waitFor();
  const after = await rest.ticket(investigation);
  if (count === 1) assert.notEqual(after.Due, due, "whom the answer waits for has changed");
  const dues = [after.Due, (await rest.ticket(report)).Due].sort();
  assert.equal((await rest.ticket(incident)).Due, dues[0], "the incident is due with its most urgent child");
  assert.equal((await rest.search("id > 0")).length, 3, "no answer became a ticket of its own");
}
