// Pictures of every page of the full demo world, in light and dark, wide and narrow; to be looked at, not a test:
// `node tests/browser/screenshots.mjs OUTDIR` with the same environment as the tests.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch, windowOf } from "./lib/browser.mjs";
import { ADMIN_PAGES, refusedForms, sendRefused, teamPages } from "./lib/pages.mjs";
import { start } from "./lib/program.mjs";

const LOOKS = [["light", 1400], ["dark", 1400], ["light", 320], ["dark", 320]];

async function take(page, folder, title) {
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: width === 320 ? 700 : 1000 });
    await page.screenshot({ path: join(folder, `${title.replace(/[^a-z0-9]+/gi, "-")}-${width}-${colorScheme}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1400, height: 1000 });
}

const folder = process.argv[2];
if (!folder) throw new Error("name the folder for the pictures");
await mkdir(folder, { recursive: true });
const program = await start({ world: "full" });
const browser = await launch();
try {
  const stranger = await (await browser.newContext({ baseURL: program.url })).newPage();
  await stranger.goto("/sign-in");
  await take(stranger, folder, "sign-in");
  const rest = program.rest("dana");
  const page = await windowOf(browser, program, "dana");
  for (const [title, address] of await teamPages(rest)) {
    await page.goto(address);
    await take(page, folder, title);
  }
  for (const [title, address, button, typed] of await refusedForms(rest)) {
    await page.goto(address);
    await sendRefused(page, button, typed);
    await take(page, folder, title);
  }
  await page.goto("/");
  await page.keyboard.press("?");
  await take(page, folder, "help");
  const admin = await windowOf(browser, program, "admin");
  for (const [title, address] of ADMIN_PAGES) {
    await admin.goto(address);
    await take(admin, folder, title);
  }
} finally {
  await browser.close();
  await program.stop();
}
