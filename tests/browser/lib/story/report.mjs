// The acts of the story around the report: it comes, is found, read, taken, and answered.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { ticketNumber } from "../browser.mjs";
import { deliver } from "../lmtp.mjs";
import { values } from "../rest.mjs";
import { until } from "../until.mjs";
import * as mails from "./mails.mjs";
import { factOf } from "./page.mjs";

export async function aReportArrives(tale) {
  await deliver(tale.program, mails.REPORTER, mails.REPORTS, mails.report());
  [tale.report] = await until("the report", async () => {
    const found = await tale.rest.search("Queue = 'Incident Reports'");
    return found.length > 0 && found;
  });
  const ticket = await tale.rest.ticket(tale.report);
  assert.equal(ticket.Subject, mails.SUBJECT);
  assert.equal(ticket.Status, "new");
  assert.equal(ticket.Requestor[0].id, mails.REPORTER);
  assert.deepEqual(values(ticket, "IP").sort(), mails.IPS);
  assert.deepEqual(values(ticket, "Domain"), [mails.DOMAIN]);
  assert.ok(Date.parse(ticket.Due) > Date.now(), `due ${ticket.Due}`);

  const reply = await tale.sent.find(mails.REPORTER, `[csirt.example #${tale.report}]`);
  assert.equal(reply.header("Auto-Submitted"), "auto-replied");
  assert.equal(reply.header("In-Reply-To"), `<${mails.FIRST_ID}>`);
}

export async function danaFindsItAtHome({ page }) {
  await page.goto("/");
  const row = page.getByRole("region", { name: "New unlinked Incident Reports" }).getByRole("row").filter({ hasText: mails.SUBJECT });
  assert.equal(await row.count(), 1);
  await row.getByText(mails.REPORTER).first().waitFor();
  assert.match(await row.innerText(), /in \d+ (min|h|d)/, "it has a due date");
  await row.getByRole("link", { name: mails.SUBJECT }).click();
  await page.getByRole("heading", { level: 1, name: mails.SUBJECT }).waitFor();
}

export async function danaReadsIt({ page, report }) {
  assert.equal(ticketNumber(page), report);
  await page.getByText(`Incident Report #${report}`).first().waitFor();
  for (const line of ["Grüße aus Århus,", "greifen", "Søren"]) await page.getByRole("article").getByText(line).first().waitFor();
  const networking = page.getByRole("region", { name: "Networking" });
  for (const value of [...mails.IPS, mails.DOMAIN]) await networking.getByText(value).first().waitFor();
  await page.getByRole("region", { name: "People" }).getByText(mails.REPORTER).waitFor();
  assert.match(await factOf(page, "Dates", "Due"), /in \d+ (min|h|d)/);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("region", { name: "Attachments" }).locator("a[download]").first().click(),
  ]);
  assert.equal(download.suggestedFilename(), mails.FILE);
  assert.equal(await readFile(await download.path(), "utf8"), mails.FILE_TEXT);
}

export async function danaTakesIt({ page, rest, report }) {
  await page.getByRole("button", { name: "Take" }).first().click();
  await page.getByText(`You own ticket ${report} now.`).waitFor();
  assert.match(await factOf(page, "The Basics", "Owner"), /Dana/);
  assert.equal((await rest.ticket(report)).Owner.id, "dana");
}

export async function danaRepliesToTheReporter({ page, rest, sent, report, incident }) {
  await page.goto(`/tickets/${incident}`);
  await page.getByRole("region", { name: "Incident Reports" }).getByRole("link", { name: mails.SUBJECT }).click();
  await page.getByText(`Incident Report #${report}`).first().waitFor();
  await page.getByRole("link", { name: "Reply", exact: true }).click();
  await page.getByText(mails.REPORTER).first().waitFor();
  await page.getByRole("textbox", { name: "Message" }).fill("Die Maschine ist gesäubert. Danke!\n\nDana");
  await page.getByRole("button", { name: "Send reply" }).click();
  await page.getByText(`Reply recorded on ticket ${report}.`).waitFor();
  await page.getByRole("article").getByText("Die Maschine ist gesäubert. Danke!").waitFor();
  const reply = await sent.find(mails.REPORTER, `[csirt.example #${report}]`, "Die Maschine ist gesäubert. Danke!");
  assert.equal(reply.header("In-Reply-To"), `<${mails.FIRST_ID}>`);
  assert.match(reply.header("From"), /reports@csirt\.example/);
  assert.equal((await rest.history(report)).filter((type) => type === "Correspond").length, 1);
}
