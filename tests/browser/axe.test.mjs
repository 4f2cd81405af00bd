// A10: no page has a serious or critical violation in light, in dark or at 320 px, and none scrolls sideways there.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { problems } from "./lib/accessibility.mjs";
import { launch, windowOf } from "./lib/browser.mjs";
import { ADMIN_PAGES, refusedForms, sendRefused, teamPages, tickets } from "./lib/pages.mjs";
import { start } from "./lib/program.mjs";

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

function sound(found) {
  assert.equal(found.length, 0, `${found.length} problems\n    ${found.join("\n    ")}`);
}

async function visit(name, pages) {
  const page = await windowOf(browser, program, name);
  const found = [];
  for (const [title, address, status = 200] of pages) {
    const answer = await page.goto(address);
    assert.equal(answer.status(), status, `${title}, ${address}`);
    found.push(...await problems(page, title));
  }
  await page.context().close();
  return found;
}

test("A10 axe finds nothing serious on the sign-in page", async () => {
  const context = await browser.newContext({ baseURL: program.url });
  const page = await context.newPage();
  await page.goto("/sign-in");
  const found = await problems(page, "sign-in");
  await page.getByLabel("Name").fill("dana");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".error-summary").waitFor();
  found.push(...await problems(page, "sign-in, refused"));
  await context.close();
  sound(found);
});

test("A10 axe finds nothing serious on the pages of the team", async () => {
  sound(await visit("dana", await teamPages(program.rest("dana"))));
});

test("A10 axe finds nothing serious on the pages of an administrator", async () => {
  sound(await visit("admin", ADMIN_PAGES));
});

test("A10 axe finds nothing serious on what a constituent sees", async () => {
  sound(await visit("carla@campus.example", [["a constituent's home", "/"]]));
});

test("A10 axe finds nothing serious on forms that came back", async () => {
  const page = await windowOf(browser, program, "dana");
  const found = [];
  for (const [title, address, button, typed] of await refusedForms(program.rest("dana"))) {
    await page.goto(address);
    await sendRefused(page, button, typed);
    found.push(...await problems(page, title));
  }
  await page.context().close();
  sound(found);
});

test("A10 axe finds nothing serious in the help sheet and in open menus", async () => {
  const page = await windowOf(browser, program, "dana");
  await page.goto("/about");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  const found = await problems(page, "help sheet", "dialog[open]");
  await page.keyboard.press("Escape");
  const { incident } = await tickets(program.rest("dana"));
  for (const menu of ["details.create", "details.account", "details.button-menu", "details.observable"]) {
    await page.goto(`/tickets/${incident}`);
    await page.locator(`${menu} > summary`).first().click();
    found.push(...await problems(page, `menu ${menu}`, `${menu}[open]`));
  }
  await page.context().close();
  sound(found);
});
