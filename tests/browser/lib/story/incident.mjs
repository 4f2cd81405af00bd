// The acts of the story around the incident: it is made from the report, resolved with its children, and opened again.

import assert from "node:assert/strict";
import { ticketNumber } from "../browser.mjs";
import { deliver } from "../lmtp.mjs";
import { linked, values } from "../rest.mjs";
import { until } from "../until.mjs";
import * as mails from "./mails.mjs";
import { factOf, subject } from "./page.mjs";

export async function danaMakesAnIncident(tale) {
  const { page, rest, report } = tale;
  await page.getByRole("main").getByRole("link", { name: "New Incident" }).click();
  await page.getByRole("heading", { name: "Create a new Incident" }).waitFor();
  assert.equal(await subject(page).inputValue(), mails.SUBJECT);
  const message = await page.getByRole("textbox", { name: "Message" }).first().inputValue();
  assert.ok(message.includes("Grüße aus Århus,") && !message.startsWith(">"), message);
  assert.deepEqual((await page.getByLabel("IP", { exact: true }).inputValue()).split("\n").sort(), mails.IPS);
  await page.getByLabel("Classification").selectOption("Denial of Service");
  await page.getByRole("button", { name: "Create", exact: true }).click();

  await page.getByRole("heading", { level: 1, name: mails.SUBJECT }).waitFor();
  tale.incident = ticketNumber(page);
  await page.getByRole("status").filter({ hasText: `Ticket ${tale.incident} created.` }).waitFor();
  await page.getByRole("region", { name: "Incident Reports" }).getByRole("link", { name: mails.SUBJECT }).waitFor();

  const incident = await rest.ticket(tale.incident);
  assert.equal(incident.Owner.id, "dana");
  assert.deepEqual(values(incident, "IP").sort(), mails.IPS);
  assert.deepEqual(values(incident, "Classification"), ["Denial of Service"]);
  assert.deepEqual(linked(incident, "child"), [report]);
  const child = await rest.ticket(report);
  assert.equal(child.Status, "open");
  assert.deepEqual(linked(child, "parent"), [tale.incident]);
  assert.equal(incident.Due, child.Due, "the incident is due with its only child");
}

export async function danaResolvesWithChildren({ page, rest, report, incident, investigation }) {
  await page.goto(`/tickets/${incident}`);
  await page.getByRole("link", { name: "Resolve", exact: true }).click();
  await page.getByRole("heading", { name: `Resolve Incident #${incident}` }).waitFor();
  for (const child of [report, investigation]) {
    assert.ok(await page.getByLabel(`#${child} `).first().isChecked(), `#${child} is ticked`);
  }
  await page.getByRole("textbox", { name: "Message" }).fill("All clean.");
  await page.getByRole("button", { name: "Close the Incident" }).click();
  await page.getByRole("heading", { level: 1, name: mails.SUBJECT }).waitFor();
  assert.match(await factOf(page, "The Basics", "Status"), /resolved/);
  for (const id of [incident, report, investigation]) assert.equal((await rest.ticket(id)).Status, "resolved", `#${id}`);
}

export async function theReporterWritesAgain({ program, page, rest, report, incident, investigation }) {
  await deliver(program, mails.REPORTER, mails.REPORTS, mails.reporterAgain(report));
  for (const id of [report, incident]) {
    await until(`#${id} to be open again`, async () => (await rest.ticket(id)).Status === "open");
    await page.goto(`/tickets/${id}`);
    assert.match(await factOf(page, "The Basics", "Status"), /open/);
  }
  await page.goto(`/tickets/${report}`);
  await page.getByRole("article").getByText("It is back, from").waitFor();
  assert.equal((await rest.ticket(investigation)).Status, "resolved", "the provider is not asked again by itself");
  assert.equal((await rest.search("id > 0")).length, 3);
}
