// TC-269, TC-279: builder, results and bulk update by keyboard, without JavaScript, and with nothing grave for axe. The pictures of the
// manual's chapter "Finding tickets" are taken here.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { problems } from "./lib/accessibility.mjs";
import { launch, windowOf } from "./lib/browser.mjs";
import { press, tabTo } from "./lib/keyboard.mjs";
import { start } from "./lib/program.mjs";
import { until } from "./lib/until.mjs";

const MANUAL = fileURLToPath(new URL("../../docs/manual/src/finding/", import.meta.url));
const OUT = fileURLToPath(new URL("./out/finding/", import.meta.url));
const QUERY = "Queue = 'Incident Reports' AND (Status = 'new' OR Status = 'open') AND id > 0";

let browser;
let program;
before(async () => {
  program = await start({ world: "full" });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

async function picture(page, name) {
  const folder = process.env.WATCHBELL_WRITE_MANUAL ? MANUAL : OUT;
  await mkdir(folder, { recursive: true });
  for (const look of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: look });
    await page.screenshot({ path: `${folder}${name}-${look}.png` });
  }
  await page.emulateMedia({ colorScheme: "light" });
}

const text = (page) => page.locator("textarea[name=query]").inputValue();

test("TC-269 a query is built, shown and refined by keyboard alone", async () => {
  const page = await windowOf(browser, program, "dana");
  await page.goto("/search/build");
  const status = page.getByLabel("Status: value");
  await tabTo(page, status);
  await page.keyboard.type("any open");
  await tabTo(page, page.getByLabel("Number: comparison"), "Shift+Tab");
  await page.keyboard.type("is more");
  await tabTo(page, page.getByLabel("Number: value"));
  await page.keyboard.type("0");
  await press(page, "Enter", /query=/);
  assert.equal(await text(page), "id > 0 AND Status = __Active__");
  await tabTo(page, page.getByRole("button", { name: "The opposite of: Status = __Active__" }));
  await press(page, "Enter", /NOT/);
  assert.equal(await text(page), "id > 0 AND NOT Status = __Active__");
  await tabTo(page, page.getByRole("button", { name: "Remove: NOT Status = __Active__" }));
  await press(page, "Enter", /query=id%20%3E%200$/);
  await tabTo(page, page.getByRole("button", { name: "Show results" }));
  await press(page, "Enter", /^\/search\?/);
  assert.ok(await page.locator("#results tbody tr[data-row]").count() > 5);
  await page.context().close();
});

test("TC-269 chips follow the text while it is typed, and what may come next is proposed", async () => {
  const page = await windowOf(browser, program, "dana");
  await page.goto("/search/build");
  const area = page.locator("textarea[name=query]");
  await area.focus();
  await page.keyboard.type("Stat");
  const list = page.getByRole("listbox");
  await list.getByText("Status", { exact: true }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await text(page), "Status ");
  await page.keyboard.type("= 'rej");
  await list.getByText("'rejected'").waitFor();
  await page.keyboard.press("ArrowDown");
  assert.equal((await problems(page, "proposals")).length, 0);
  await area.focus();
  await page.keyboard.type("e");
  await list.getByText("'rejected'").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("#conditions code", { hasText: "Status = 'rejected'" }).waitFor();
  await page.keyboard.type("AND (");
  await page.locator("#query .query-place").waitFor();
  assert.equal(await text(page), "Status = 'rejected' AND (");
  await page.context().close();
});

test("TC-269 TC-279 builder, result and update have nothing grave for axe, and their pictures", async () => {
  const page = await windowOf(browser, program, "dana");
  const found = [];
  await page.goto(`/search/build?query=${encodeURIComponent(QUERY)}`);
  await picture(page, "01-builder");
  found.push(...await problems(page, "builder"));
  await page.goto(`/search?query=${encodeURIComponent("id > 0")}&group=Status&rows=25&order=Due`);
  await picture(page, "02-result");
  found.push(...await problems(page, "result in groups"));
  await page.goto("/searches");
  await picture(page, "03-saved");
  found.push(...await problems(page, "saved searches"));
  await update(page);
  found.push(...await problems(page, "update"));
  await page.getByLabel("Subject", { exact: true }).fill("One wave of spam");
  await page.getByLabel("Owner", { exact: true }).fill("dana");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.locator("#rehearsal").waitFor();
  await picture(page, "04-update");
  found.push(...await problems(page, "update, tried"));
  assert.equal(found.length, 0, `${found.length} problems\n    ${found.join("\n    ")}`);
  await page.context().close();
});

/** From two ticked reports to the form that updates them. */
async function update(page) {
  await page.goto(`/search?query=${encodeURIComponent("Queue = 'Incident Reports' AND Status = 'new' AND Owner = 'Nobody'")}`);
  const boxes = page.locator("#results input[data-select]");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Update", exact: true }).click();
  await page.getByRole("heading", { name: "Update these tickets" }).waitFor();
}

test("TC-279 several tickets are updated by keyboard alone, and taken back", async () => {
  const page = await windowOf(browser, program, "dana");
  await page.goto(`/search?query=${encodeURIComponent("Queue = 'Incident Reports' AND Status = 'new' AND Owner = 'Nobody'")}`);
  await press(page, "j x j x");
  await tabTo(page, page.getByRole("button", { name: "Update", exact: true }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Update these tickets" }).waitFor();
  await tabTo(page, page.getByLabel("Subject", { exact: true }));
  await page.keyboard.type("Updated together");
  await tabTo(page, page.getByLabel("Owner", { exact: true }));
  await page.keyboard.type("dana");
  await press(page, "Control+Enter", /^\/batches\//);
  await page.getByText("2 done").waitFor();
  assert.equal((await program.rest("dana").search("Subject = 'Updated together' AND Owner = 'dana'")).length, 2);
  await tabTo(page, page.locator("#batch form button"));
  await page.keyboard.press("Enter");
  await until("the update to be taken back", async () => (await program.rest("dana").search("Subject = 'Updated together'")).length === 0);
  await page.context().close();
});

test("TC-269 TC-279 all of it works without JavaScript", async () => {
  const page = await windowOf(browser, program, "dana", { javaScriptEnabled: false });
  await page.goto("/search/build");
  await page.getByLabel("Queue: value").selectOption("Incident Reports");
  await page.getByLabel("Status: value").selectOption({ label: "new" });
  await page.getByRole("button", { name: "Add these" }).click();
  assert.equal(await text(page), "Queue = 'Incident Reports' AND Status = 'new'");
  await page.getByRole("button", { name: "All of these" }).click();
  assert.equal(await text(page), "Queue = 'Incident Reports' OR Status = 'new'");
  await page.getByRole("button", { name: "Any of these" }).click();
  await page.getByLabel("Group by").selectOption("Owner");
  await page.getByRole("button", { name: "Show results" }).click();
  await page.locator("#results tr.group").first().waitFor();
  await update(page);
  await page.getByLabel("Priority", { exact: true }).fill("42");
  await page.getByLabel("Owner", { exact: true }).fill("dana");
  await page.getByRole("button", { name: "Update", exact: true }).click();
  await page.getByText("2 done").waitFor();
  assert.equal((await program.rest("dana").search("Priority = 42 AND Owner = 'dana'")).length, 2);
  await page.context().close();
});
