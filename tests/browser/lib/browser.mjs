// Debian's Chromium, driven by Playwright: quiet, with a profile of its own that goes away with it.

import { chromium } from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
const OPTIONS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PATIENCE = 15_000;

export function launch() {
  return chromium.launch({ executablePath: EXECUTABLE, args: OPTIONS });
}

/** A new window as one of the demo's accounts, signed in through the form; `options` are those of a Playwright context. */
export async function windowOf(browser, program, name, options = {}) {
  const context = await browser.newContext({ baseURL: program.url, viewport: { width: 1400, height: 1000 }, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await signIn(page, program, name);
  return page;
}

export async function signIn(page, program, name, next = "/") {
  await page.goto(next);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(program.accounts.get(name).password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** The number in the address of a ticket's page. */
export function ticketNumber(page) {
  const found = new URL(page.url()).pathname.match(/^\/tickets\/(\d+)$/);
  if (!found) throw new Error(`${page.url()} is no ticket's page`);
  return Number(found[1]);
}
