// D6: charts, feeds and subscriptions by keyboard alone and without JavaScript; on the way, the pictures of the manual's chapter.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, windowOf } from "./lib/browser.mjs";
import { press, seeFocus, tabTo } from "./lib/keyboard.mjs";
import { start } from "./lib/program.mjs";
import { takePictures } from "./lib/shift.mjs";

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

test("D6 a chart is chosen, drawn and followed by keyboard alone", async () => {
  const page = await windowOf(browser, program, "dana");
  await page.goto("/search/chart");
  await skipToContent(page);
  await tabTo(page, page.getByLabel("Query"));
  await page.keyboard.type("id > 0");
  await tabTo(page, page.getByLabel("Group by"));
  await page.keyboard.type("Queue");
  await tabTo(page, page.getByLabel("Then by"));
  await page.keyboard.type("Status");
  await tabTo(page, page.getByLabel("Draw as"));
  await page.keyboard.type("Stacked");
  await tabTo(page, page.getByRole("button", { name: "Draw" }).first());
  await press(page, "Enter", /^\/search\/chart\?.*style=stacked/);
  await page.getByRole("img", { name: /^Tickets by Queue and Status/ }).waitFor();
  await page.locator("#chart").scrollIntoViewIfNeeded();
  await takePictures(page, "chart", "charts");
  const cell = page.locator("#chart td a").first();
  const count = Number(await cell.innerText());
  await tabTo(page, cell);
  await seeFocus(page);
  await press(page, "Enter", /^\/search\?query=/);
  assert.equal(await page.locator("#results tbody tr").count(), Math.min(count, 50), "the cell leads to the tickets it counts");
  await page.context().close();
});

test("D6 charts, feeds and subscriptions need no JavaScript", async () => {
  const page = await windowOf(browser, program, "dana", { javaScriptEnabled: false });
  for (const style of ["Bars", "Lines", "Pie"]) {
    await page.goto(`/search/chart?${new URLSearchParams({ query: "id > 0", group: "Created.Daily" })}`);
    await page.getByLabel("Draw as").selectOption({ label: style });
    await page.getByRole("button", { name: "Draw" }).first().click();
    await page.getByRole("img", { name: /^Tickets by Created/ }).waitFor();
    if (style === "Pie") await takePictures(page, "pie", "charts");
  }
  await page.getByRole("link", { name: "Save this chart" }).click();
  await page.getByLabel("Name").fill("Made each day");
  await page.getByRole("button", { name: "Save" }).click();
  await page.goto(`/search?${new URLSearchParams({ query: "id > 0" })}`);
  await page.getByRole("link", { name: "As a feed" }).click();
  await page.getByLabel("Name").fill("All of them");
  await page.getByRole("button", { name: "Make the feed" }).click();
  const address = await page.locator("#made code").first().innerText();
  const news = await fetch(new URL(new URL(address).pathname + new URL(address).search, program.url));
  assert.match(await news.text(), /<feed xmlns="http:\/\/www.w3.org\/2005\/Atom">/);
  await page.getByRole("button", { name: "Revoke All of them" }).click();
  await page.getByText("(No feed)").waitFor();
  await page.goto("/dashboards/1/subscribe");
  await page.getByLabel("Recipients").fill("dana\nDutyTeam");
  await takePictures(page, "by-mail", "charts");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("On days of the week, next:").waitFor();
  await page.context().close();
});

async function skipToContent(page) {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
}
