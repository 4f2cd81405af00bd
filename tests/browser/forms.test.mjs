// A7 in the browser: a form that is refused comes back with what was typed and the error beside its field; a stale one shows
// what somebody else changed, and loses nothing.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, ticketNumber, windowOf } from "./lib/browser.mjs";
import { sendRefused } from "./lib/pages.mjs";
import { start } from "./lib/program.mjs";
import { step } from "./lib/step.mjs";

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

/** The error that assistive technology reads with an input, after seeing that it is tied to it and on the screen. */
async function errorOf(input) {
  assert.equal(await input.getAttribute("aria-invalid"), "true");
  const ids = (await input.getAttribute("aria-describedby") ?? "").split(" ");
  const error = input.page().locator(`[id="${ids.find((id) => id.endsWith("-error"))}"]`);
  assert.ok(await error.isVisible());
  const [box, field] = [await error.boundingBox(), await input.boundingBox()];
  assert.ok(box.y >= field.y && box.y - (field.y + field.height) < 40, "the error stands right under its field");
  return error.innerText();
}

async function inWindow(name, act, options) {
  const page = await windowOf(browser, program, "dana", options);
  await step(page, name, () => act(page));
  await page.context().close();
}

const text = (page, name) => page.getByRole("textbox", { name, exact: true });

for (const javaScriptEnabled of [true, false]) {
  const where = javaScriptEnabled ? "" : ", without JavaScript";

  test(`A7 a refused form keeps what was typed, with the error beside its field${where}`, () => inWindow("forms-refused", async (page) => {
    await page.goto("/reports/new");
    await text(page, "Correspondents").fill("Eve <eve@news.example>, nonsense@@");
    await text(page, "Message").fill("\nFirst line is empty, “quotes” & <tags> stay.");
    await text(page, "IP").fill("198.51.100.77");
    await page.getByLabel("How Reported").selectOption("Telephone");
    await page.getByLabel("Don’t send any e-mails").check();
    await page.getByRole("textbox", { name: "Subject" }).fill("Kept – ümläut");
    await page.getByRole("button", { name: "Create", exact: true }).click();

    await page.locator(".error-summary").waitFor();
    assert.match(await errorOf(text(page, "Correspondents")), /nonsense@@/);
    assert.equal(await text(page, "IP").inputValue(), "198.51.100.77");
    assert.equal(await text(page, "Correspondents").inputValue(), "Eve <eve@news.example>, nonsense@@");
    assert.equal(await text(page, "Message").inputValue(), "\nFirst line is empty, “quotes” & <tags> stay.");
    assert.equal(await page.getByRole("textbox", { name: "Subject" }).inputValue(), "Kept – ümläut");
    assert.equal(await page.getByLabel("How Reported").inputValue(), "Telephone");
    assert.ok(await page.getByLabel("Don’t send any e-mails").isChecked());
    if (javaScriptEnabled) assert.ok(await page.locator(".error-summary:focus").isVisible(), "the focus is on what failed");

    await page.locator(".error-summary").getByRole("link").first().click();
    assert.match(new URL(page.url()).hash, /^#field-/, "the summary leads to the field");
    await text(page, "Correspondents").fill("eve@news.example");
    await text(page, "IP").fill("999.1.1.1");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.locator(".error-summary").waitFor();
    assert.ok(await errorOf(text(page, "IP")));
    await text(page, "IP").fill("198.51.100.77");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Kept – ümläut" }).waitFor();
  }, { javaScriptEnabled }));
}

// IR-356, IR-348
test("A7 a form that comes back keeps its files", () => inWindow("forms-files", async (page) => {
  await page.goto("/reports/new");
  await page.getByLabel("Attachments").setInputFiles({ name: "log.txt", mimeType: "text/plain", buffer: Buffer.from("evidence") });
  await text(page, "Message").fill("See the file.");
  await sendRefused(page, "Create", {});
  assert.ok(await page.getByLabel("log.txt (8 B)").isChecked(), "the file is attached");
  assert.equal(await text(page, "Message").inputValue(), "See the file.");
}));

test("A7 a value that is too long is refused beside its field, never by a bare page", () => inWindow("forms-length", async (page) => {
  await page.goto("/reports/new");
  await sendRefused(page, "Create", { subject: "x".repeat(5000), requestors: "eve@news.example" });
  assert.ok(await errorOf(page.getByRole("textbox", { name: "Subject" })));
  assert.equal((await page.getByRole("textbox", { name: "Subject" }).inputValue()).length, 5000);
}));

// IR-356: each reason, not one after another.
test("A7 all that is wrong with a form is told at once", () => inWindow("forms-at-once", async (page) => {
  await page.goto("/reports/new");
  await text(page, "IP").fill("999.1.1.1");
  await sendRefused(page, "Create", { subject: "", requestors: "nonsense@@", ccs: "nobody-of-that-name" });
  const wrong = ["Correspondents", "Cc", "IP"].map((name) => text(page, name));
  for (const input of [...wrong, page.getByRole("textbox", { name: "Subject" })]) assert.ok(await errorOf(input));
}));

test("A7 a stale edit shows what changed meanwhile and keeps the text", () => inWindow("forms-stale", async (page) => {
  const rest = program.rest("dana");
  const made = await rest.post("ticket", { Queue: "Incidents", Subject: "Contested", Owner: "dana", Content: "x", ContentType: "text/plain" });
  await page.goto(`/tickets/${made.id}/edit`);
  const other = await windowOf(browser, program, "dana");
  await other.goto(`/tickets/${made.id}/edit`);

  await other.getByRole("textbox", { name: "Subject" }).fill("Theirs came first");
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await other.getByRole("heading", { level: 1, name: "Theirs came first" }).waitFor();
  await other.context().close();

  await page.getByRole("textbox", { name: "Subject" }).fill("Mine came second");
  await page.locator("#field-description").fill("A long text that took a while.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".error-summary").waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Subject" }).inputValue(), "Mine came second");
  assert.equal(await page.locator("#field-description").inputValue(), "A long text that took a while.");
  await page.getByText("Theirs came first").first().waitFor();
  assert.equal((await rest.ticket(made.id)).Subject, "Theirs came first", "nothing was overwritten unseen");

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Mine came second" }).waitFor();
  assert.equal(ticketNumber(page), Number(made.id));
}));

test("A7 a reply written while the session ended is not lost", () => inWindow("forms-session", async (page) => {
  const rest = program.rest("dana");
  const made = await rest.post("ticket", { Queue: "Incident Reports", Subject: "Session", Requestor: "eve@news.example", Content: "x", ContentType: "text/plain" });
  await page.goto(`/tickets/${made.id}/reply`);
  await text(page, "Message").fill("A careful answer.");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Send reply" }).click();
  await page.getByLabel("Password").fill(program.accounts.get("dana").password);
  await page.getByLabel("Name").fill("dana");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/reply\?draft=restore$/);
  assert.equal(await text(page, "Message").inputValue(), "A careful answer.");
}));

test("A7 what somebody may not do or what is not there is said on a page with a way back", () => inWindow("forms-nowhere", async (page) => {
  for (const [address, status] of [["/tickets/999999", 404], ["/tickets/x", 404], ["/nowhere", 404], ["/admin/mail", 403], ["/incidents/new?from=999999", 404]]) {
    const answer = await page.goto(address);
    assert.equal(answer.status(), status, address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByRole("link", { name: "Go home" }).click();
    await page.getByRole("heading", { name: "At a glance" }).waitFor();
  }
}));
