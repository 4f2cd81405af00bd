// B4: two people at one ticket, each in a browser of their own: who is here, news as they happen, answers that cross, edits that
// clash; and text that survives a closed tab, an ended session and a restart of the program.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, windowOf } from "./lib/browser.mjs";
import { start } from "./lib/program.mjs";
import { step } from "./lib/step.mjs";
import { until } from "./lib/until.mjs";

let browser;
let program;
let rest;
before(async () => {
  program = await start();
  browser = await launch();
  rest = program.rest("dana");
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

async function report(subject, fields = {}) {
  const made = await rest.post("ticket", { Queue: "Incident Reports", Subject: subject, Requestor: "eve@news.example", Content: "x", ContentType: "text/plain", ...fields });
  return made.id;
}

/** Dana and Tariq, each in a window of their own. */
async function together(name, act) {
  const [dana, tariq] = [await windowOf(browser, program, "dana"), await windowOf(browser, program, "tariq")];
  await step(dana, name, () => act(dana, tariq));
  await dana.context().close();
  await tariq.context().close();
}

const message = (page) => page.getByRole("textbox", { name: "Message", exact: true });

test("B4 presence: both see who looks and who writes, and it goes away", () => together("b4-presence", async (dana, tariq) => {
  const id = await report("Presence");
  await dana.goto(`/tickets/${id}`);
  await tariq.goto(`/tickets/${id}`);
  await dana.getByText(/Tariq.* is looking/).waitFor();
  await tariq.getByText(/Dana.* is looking/).waitFor();
  await tariq.goto(`/tickets/${id}/reply`);
  await dana.getByText(/Tariq.* is writing/).waitFor();
  await dana.locator(".lock.bad").getByText(/locked/).waitFor();
  await tariq.locator(".lock.good").getByRole("button", { name: "Unlock" }).waitFor();
  await tariq.goto("/");
  await dana.getByText(/Tariq.* was here/).waitFor();
}));

test("B4 presence: who comes before the stream of news is open is seen as well", () => together("b4-presence-early", async (dana, tariq) => {
  const id = await report("Early");
  let opened;
  const came = new Promise((resolve) => { opened = resolve; });
  await dana.route("**/live*", async (route) => { await came; await route.continue(); });
  await dana.goto(`/tickets/${id}`);
  await dana.waitForTimeout(1000);
  await tariq.goto(`/tickets/${id}`);
  await tariq.getByText(/Dana.* is looking/).waitFor();
  opened();
  await dana.getByText(/Tariq.* is looking/).waitFor();
}));

// TC-090 tells what is unread; this is what arrives while one looks.
test("B4 live message: it is told politely and shown in place", () => together("b4-live", async (dana, tariq) => {
  const id = await report("Live");
  await dana.goto(`/tickets/${id}`);
  await dana.evaluate(() => { window.stays = true; });
  await tariq.goto(`/tickets/${id}/comment`);
  await message(tariq).fill("I just heard from the provider.");
  await tariq.getByRole("button", { name: "Save comment" }).click();
  await tariq.waitForURL(/\/tickets\/\d+$/);
  await dana.locator("#changed").waitFor({ state: "visible" });
  assert.equal(await dana.getByText("I just heard from the provider.").count(), 0, "nothing moves by itself");
  await dana.locator("#changed a").click();
  await dana.getByRole("article").getByText("I just heard from the provider.").waitFor();
  assert.equal(await dana.evaluate(() => window.stays), true, "the page was not loaded anew");
}));

test("B4 live lists: new rows gather behind a notice and the row in focus stays where it is", () => together("b4-lists", async (dana) => {
  await report("First", { Owner: "dana" });
  await dana.goto("/reports");
  await dana.keyboard.press("j");
  const row = dana.locator("tr:focus");
  const subject = await row.innerText();
  const place = await row.boundingBox();
  const id = await report("Second, later", { Owner: "dana" });
  await dana.locator("#new-rows").getByText("One new ticket").waitFor();
  assert.equal(await dana.getByText("Second, later").count(), 0);
  assert.equal((await row.boundingBox()).height, place.height);
  assert.equal(await row.innerText(), subject);
  await rest.put(`ticket/${id}`, { Subject: "Second, renamed" });
  await dana.keyboard.press("n");
  await dana.getByText(/Second/).first().waitFor();
  assert.equal((await dana.locator("tr:focus").innerText()).split("\n")[0], subject.split("\n")[0], "the focus stays on its row");
  await rest.put(`ticket/${id}`, { Subject: "Third name" });
  await dana.getByText("Third name").waitFor();
}));

test("B4 collision: an answer waits once when somebody else answered", () => together("b4-collision", async (dana, tariq) => {
  const id = await report("Collision");
  await dana.goto(`/tickets/${id}/reply`);
  await message(dana).fill("We look into it.");
  await tariq.goto(`/tickets/${id}/reply`);
  await message(tariq).fill("Already done, all is well.");
  await tariq.getByRole("button", { name: "Send reply" }).click();
  await tariq.waitForURL(/\/tickets\/\d+$/);
  await dana.getByRole("button", { name: "Send reply" }).click();
  await dana.locator("#new-messages").getByText("Already done, all is well.").waitFor();
  assert.equal(await message(dana).inputValue(), "We look into it.");
  assert.equal((await rest.history(id)).filter((kind) => kind === "Correspond").length, 1);
  await message(dana).fill("As my colleague said.");
  await dana.getByRole("button", { name: "Send reply" }).click();
  await dana.waitForURL(/\/tickets\/\d+$/);
  assert.equal((await rest.history(id)).filter((kind) => kind === "Correspond").length, 2);
}));

// IR-513
test("B4 version conflict: what clashes is shown with both values, the rest is saved", () => together("b4-conflict", async (dana) => {
  const id = await report("Contested", { Owner: "dana" });
  await dana.goto(`/tickets/${id}/edit`);
  await rest.put(`ticket/${id}`, { Subject: "Theirs" });
  await dana.getByRole("textbox", { name: "Subject" }).fill("Mine");
  await dana.locator('[name=time_left]').fill("25");
  await dana.getByRole("button", { name: "Save", exact: true }).click();
  await dana.locator("#differences").getByText("Theirs").waitFor();
  assert.equal(await dana.getByRole("textbox", { name: "Subject" }).inputValue(), "Mine");
  const now = await rest.ticket(id);
  assert.deepEqual([now.Subject, Number(now.TimeLeft)], ["Theirs", 25]);
}));

/** The draft of a form is on the server. */
async function draftIsSaved(page) {
  await page.locator(".draft-state").getByText("Draft saved").waitFor({ timeout: 4000 });
}

test("B4 draft recovery: a closed tab loses nothing, in another browser either", () => together("b4-draft", async (dana) => {
  const id = await report("Draft");
  await dana.goto(`/tickets/${id}/reply`);
  await message(dana).fill("Half an answ");
  await dana.getByLabel("One-time Cc").fill("noc@isp.example");
  await draftIsSaved(dana);
  await dana.close({ runBeforeUnload: false });
  const other = await windowOf(browser, program, "dana");
  await other.goto(`/tickets/${id}/reply`);
  await other.locator("#draft").getByRole("link", { name: "Restore it" }).click();
  assert.equal(await message(other).inputValue(), "Half an answ");
  assert.equal(await other.getByLabel("One-time Cc").inputValue(), "noc@isp.example");
  await message(other).fill("A whole answer.");
  await other.getByRole("button", { name: "Send reply" }).click();
  await other.waitForURL(/\/tickets\/\d+$/);
  await other.goto(`/tickets/${id}/reply`);
  assert.equal(await other.locator("#draft").count(), 0);
  await other.context().close();
}));

test("B4 an ended session loses nothing, with and without typing on", () => together("b4-session", async (dana) => {
  const id = await report("Session");
  await dana.goto(`/tickets/${id}/comment`);
  await dana.context().clearCookies();
  await message(dana).fill("Typed after the session ended.");
  await dana.locator(".draft-state").getByText(/session has ended/).waitFor();
  await dana.getByRole("button", { name: "Save comment" }).click();
  await dana.getByLabel("Name").fill("dana");
  await dana.getByLabel("Password").fill(program.accounts.get("dana").password);
  await dana.getByRole("button", { name: "Sign in" }).click();
  await dana.locator("#draft").getByText(/is restored/).waitFor();
  assert.equal(await message(dana).inputValue(), "Typed after the session ended.");
}));

test("B4 a restart of the program loses nothing", () => together("b4-restart", async (dana) => {
  const id = await report("Restart");
  await dana.goto(`/tickets/${id}/reply`);
  await message(dana).fill("Written before the restart");
  await draftIsSaved(dana);
  await program.pause();
  await message(dana).fill("Written before and during the restart");
  await dana.locator(".draft-state").getByText(/kept in this browser/).waitFor();
  await program.resume();
  await dana.goto(`/tickets/${id}/reply`);
  await until("the draft to be handed over", async () => {
    await dana.goto(`/tickets/${id}/reply?draft=restore`);
    return (await message(dana).inputValue()) === "Written before and during the restart";
  });
}));

test("A10 a shift by keyboard alone: one verdict after the other, without a way back to look for", async () => {
  const page = await windowOf(browser, program, "dana");
  for (const subject of ["Spam one", "Spam two", "Spam three"]) await report(subject);
  await step(page, "keyboard-triage", async () => {
    await page.goto(`/search?query=${encodeURIComponent("Subject LIKE 'Spam' AND Status = '__Active__'")}&order=id`);
    await page.keyboard.press("j");
    await page.keyboard.press("i");
    await page.getByText(/You own ticket/).waitFor();
    assert.match(page.url(), /\/search/, "taking leaves one in the list");
    for (const subject of ["Spam one", "Spam two"]) {
      await page.locator("tr[data-row]").first().waitFor();
      if (!(await page.locator("tr:focus").count())) await page.keyboard.press("j");
      assert.match(await page.locator("tr:focus").innerText(), new RegExp(subject));
      await page.keyboard.press("3");
      await page.waitForURL(/\/reply\?status=rejected/);
      await message(page).focus();
      await page.keyboard.type("Not for us.");
      await page.keyboard.press("Control+Enter");
      await page.waitForURL(/\/search/);
      await page.getByText(/Reply recorded/).waitFor();
    }
    assert.match(await page.locator("tr:focus").innerText(), /Spam three/, "the next row waits");
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog");
    await palette.getByRole("searchbox").fill("my lo");
    await palette.getByRole("link", { name: "My locks" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/locks$/);
  });
  await page.context().close();
});

