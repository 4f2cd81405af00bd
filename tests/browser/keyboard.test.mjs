// A10: the core of the story by keyboard alone. No mouse is moved or pressed anywhere in this file.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, ticketNumber } from "./lib/browser.mjs";
import { press, seeFocus, tabTo } from "./lib/keyboard.mjs";
import { deliver } from "./lib/lmtp.mjs";
import { start } from "./lib/program.mjs";
import { linked } from "./lib/rest.mjs";
import { step } from "./lib/step.mjs";
import * as mails from "./lib/story/mails.mjs";
import { until } from "./lib/until.mjs";

let browser;
let program;
before(async () => {
  program = await start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

test("A10 the story passes by keyboard alone", async () => {
  const context = await browser.newContext({ baseURL: program.url, viewport: { width: 1400, height: 900 }, reducedMotion: "reduce" });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const rest = program.rest("dana");
  await deliver(program, mails.REPORTER, mails.REPORTS, mails.report());
  await until("the report", async () => (await rest.search("Queue = 'Incident Reports'")).length === 1);
  const tale = { page, rest };
  for (const act of [signIn, helpOpensAndCloses, rowsAreWalked, reportIsTaken, incidentIsMade, investigationIsLaunched, reportIsAnswered, commentIsWritten, incidentIsResolved, menusAreWalked]) {
    await step(page, `keyboard-${act.name}`, () => act(tale));
  }
  await context.close();
});

async function signIn({ page }) {
  await page.goto("/");
  await tabTo(page, page.getByLabel("Name"));
  await page.keyboard.type("dana");
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type(program.accounts.get("dana").password);
  await press(page, "Enter", /^\/$/);
}

async function helpOpensAndCloses({ page }) {
  const help = page.getByRole("dialog");
  await page.keyboard.press("?");
  await help.getByText("Next row").waitFor();
  await seeFocus(page);
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "hidden" });
  assert.equal(new URL(page.url()).pathname, "/", "Escape closed the sheet and did nothing else");
}

async function rowsAreWalked({ page }) {
  await page.keyboard.press("j");
  const row = page.locator("tr:focus");
  assert.match(await row.innerText(), /Wurm aus Ihrem Netz/);
  await seeFocus(page);
  await press(page, "j k k");
  assert.equal(await row.count(), 1, "the focus stays in the list at its ends");
  await press(page, "o", /^\/tickets\/\d+$/);
}

async function reportIsTaken(tale) {
  const { page, rest } = tale;
  tale.report = ticketNumber(page);
  await page.keyboard.press("t");
  await page.getByText(`You own ticket ${tale.report} now.`).waitFor();
  assert.equal((await rest.ticket(tale.report)).Owner.id, "dana");
}

async function incidentIsMade(tale) {
  const { page, rest } = tale;
  await press(page, "1", /^\/incidents\/new/);
  await skipToContent(page);
  const message = page.getByRole("textbox", { name: "Message" }).first();
  await tabTo(page, message);
  await press(page, "Control+Home");
  await page.keyboard.type("jkrc?/ are letters here. ");
  assert.match(await message.inputValue(), /^jkrc\?\/ are letters here\. Grüße/, "single keys rest while one types");
  await tabTo(page, page.getByLabel("Classification"));
  await page.keyboard.type("Spam");
  await press(page, "Control+Enter", /^\/tickets\/\d+$/);
  tale.incident = ticketNumber(page);
  assert.deepEqual(linked(await rest.ticket(tale.incident), "child"), [tale.report]);
}

async function investigationIsLaunched(tale) {
  const { page, rest } = tale;
  await press(page, "v", /^\/investigations\/new/);
  await skipToContent(page);
  await tabTo(page, page.getByRole("textbox", { name: "Correspondents" }));
  await page.keyboard.type(mails.NOC);
  await press(page, "Control+Enter", /^\/tickets\/\d+$/);
  tale.investigation = ticketNumber(page);
  assert.deepEqual(linked(await rest.ticket(tale.investigation), "parent"), [tale.incident]);
  await program.sent.find(mails.NOC, `[csirt.example #${tale.investigation}]`);
}

async function reportIsAnswered({ page, report }) {
  await press(page, "g r", /^\/reports/);
  await press(page, "j Enter", new RegExp(`^/tickets/${report}$`));
  await press(page, "r", /\/reply/);
  await skipToContent(page);
  await tabTo(page, page.getByRole("textbox", { name: "Message" }));
  await page.keyboard.type("It is clean again.");
  await press(page, "Control+Enter", /^\/tickets\/\d+$/);
  await page.getByRole("article").getByText("It is clean again.").waitFor();
  await program.sent.find(mails.REPORTER, `[csirt.example #${report}]`, "It is clean again.");
}

async function commentIsWritten({ page, rest, report }) {
  await press(page, "c", /\/comment/);
  await skipToContent(page);
  await tabTo(page, page.getByRole("textbox", { name: "Message" }));
  await page.keyboard.type("Søren called.");
  await tabTo(page, page.getByRole("button", { name: "Save comment" }));
  await press(page, "Enter", /^\/tickets\/\d+$/);
  await page.getByRole("article").getByText("Søren called.").waitFor();
  assert.ok((await rest.history(report)).includes("Comment"));
}

async function incidentIsResolved({ page, rest, report, incident, investigation }) {
  await press(page, "g i", /^\/incidents/);
  await press(page, "j o", new RegExp(`^/tickets/${incident}$`));
  await press(page, "e", /\/close/);
  await skipToContent(page);
  await tabTo(page, page.getByRole("textbox", { name: "Message" }));
  await page.keyboard.type("Over.");
  await press(page, "Control+Enter", /^\/tickets\/\d+$/);
  for (const id of [report, incident, investigation]) assert.equal((await rest.ticket(id)).Status, "resolved", `#${id}`);
}

async function menusAreWalked({ page }) {
  const summary = page.locator("details.create > summary");
  await tabTo(page, summary);
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  assert.match(await page.locator("a:focus").innerText(), /Incident Report/);
  await seeFocus(page);
  await page.keyboard.press("Escape");
  assert.ok(await summary.evaluate((element) => element === document.activeElement), "the focus is back on the button");
  await press(page, "g h", /^\/$/);
  await press(page, "/");
  await page.keyboard.type("#1");
  await press(page, "Enter", /^\/tickets\/1$/);
}

/** The first Tab of a page offers to go past its frame. */
async function skipToContent(page) {
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(":focus").innerText(), "Skip to content");
  await seeFocus(page);
  await page.keyboard.press("Enter");
}
