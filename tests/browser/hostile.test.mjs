// A9: stored hostile HTML, SVG, `javascript:` links and remote images in mail: nothing runs, nothing is fetched, and the content
// security policy has nothing to report because nothing gets as far as that.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, windowOf } from "./lib/browser.mjs";
import { hostileMails, OUTSIDE } from "./lib/hostile-mails.mjs";
import { deliver } from "./lib/lmtp.mjs";
import { start } from "./lib/program.mjs";
import { REPORTS } from "./lib/story/mails.mjs";
import { until } from "./lib/until.mjs";
import { watch } from "./lib/watch.mjs";

let browser;
let program;
let reports;
/** Those with everything at once: hostile subject, files, and text. */
let worst;
let page;
let watcher;

before(async () => {
  program = await start();
  browser = await launch();
  const mails = hostileMails();
  for (const mail of mails) await deliver(program, `eve@${OUTSIDE}`, REPORTS, mail);
  const rest = program.rest("dana");
  reports = await until("every mail as a report", async () => {
    const found = await rest.search("Queue = 'Incident Reports'");
    return found.length === mails.length && found;
  });
  worst = await rest.search("Subject LIKE 'window.owned'");
  page = await windowOf(browser, program, "dana");
  watcher = await watch(page, program, OUTSIDE);
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** Opens it, goes over everything with the mouse, presses what can be folded out. */
async function lookAt(address) {
  const answer = await page.goto(address);
  assert.equal(answer.status(), 200, address);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("main details")) details.open = true;
    for (const element of document.querySelectorAll("main *")) {
      for (const kind of ["mouseover", "mouseenter", "focus", "pointerover"]) element.dispatchEvent(new Event(kind, { bubbles: kind !== "focus" }));
    }
  });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30))));
  return watcher.told(address);
}

function nothing(noticed) {
  assert.deepEqual(noticed, []);
}

test("A9 nothing runs and nothing is fetched on the page of a hostile report", async () => {
  for (const report of reports) {
    nothing(await lookAt(`/tickets/${report}`));
    await page.getByRole("article").getByText("Dear team").first().waitFor();
  }
});

test("A9 what is left of hostile HTML holds nothing that could run, load or deceive", async () => {
  for (const report of reports) {
    await page.goto(`/tickets/${report}`);
    const left = await page.getByRole("article").evaluateAll((articles) => articles.flatMap((article) => {
      const inside = [...article.querySelectorAll(".message-text *")];
      const odd = inside.filter((one) => /^(script|style|img|svg|iframe|form|input|object|embed|video|audio|meta|base|link|math|template|body)$/i.test(one.tagName) && !one.matches("svg.icon, svg.icon *, details.observable form"));
      const attributes = inside.flatMap((one) => [...one.attributes]).filter(({ name }) => /^(on|style$|srcdoc$|src$)/i.test(name));
      const links = inside.filter((one) => one.matches("a[href]")).map((one) => one.href).filter((href) => !/^(https?|mailto):/.test(href));
      return [...odd.map((one) => one.outerHTML), ...attributes.map(({ name }) => name), ...links];
    }));
    assert.deepEqual(left, [], `/tickets/${report}`);
  }
});

test("A9 links in mails lead outside without telling where they are from", async () => {
  const [report] = await program.rest("dana").search("Subject = 'Hostile 9'");
  await page.goto(`/tickets/${report}`);
  const link = page.getByRole("link", { name: "a link that is only a link" });
  const rel = (await link.getAttribute("rel")).split(" ");
  assert.ok(["noopener", "noreferrer"].every((word) => rel.includes(word)), rel.join(" "));
});

test("A9 lists and searches with hostile subjects and names run and fetch nothing", async () => {
  const all = `/search?query=${encodeURIComponent("id > 0")}`;
  for (const address of ["/", "/reports", all, `/search?q=${encodeURIComponent("<script>window.owned=1</script>")}`]) nothing(await lookAt(address));
});

test("A9 forms prefilled from hostile reports run and fetch nothing", async () => {
  const rest = program.rest("dana");
  for (const report of worst) {
    await rest.put(`ticket/${report}/take`, {});
    const addresses = [`/incidents/new?from=${report}`, `/tickets/${report}/reply?quote=1`, `/tickets/${report}/comment?quote=1`, `/tickets/${report}/edit`, `/tickets/${report}/link`];
    for (const address of addresses) nothing(await lookAt(address));
    await page.goto(addresses[0]);
    assert.match(await page.getByRole("textbox", { name: "Message" }).first().inputValue(), /Dear team/);
    await page.getByLabel("Classification").selectOption("Spam");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.waitForURL(/\/tickets\/\d+$/);
    const incident = new URL(page.url()).pathname;
    nothing(await lookAt(incident));
    nothing(await lookAt(`/investigations/new?incident=${incident.split("/").pop()}`));
  }
});

test("A9 what was typed into a form comes back as text", async () => {
  await page.goto("/reports/new");
  const typed = `</textarea><script>window.owned=1</script>"><img src=x onerror=window.owned=1>`;
  await page.getByRole("textbox", { name: "Message" }).fill(typed);
  await page.getByRole("textbox", { name: "Correspondents" }).fill(typed);
  await page.getByRole("textbox", { name: "Subject" }).fill(typed);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.locator(".error-summary").waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Message" }).inputValue(), typed);
  nothing(await watcher.told("/reports/new, sent"));
});

test("A9 hostile attachments are downloads that no browser may run", async () => {
  const known = new Set();
  for (const report of worst) {
    await page.goto(`/tickets/${report}?files=all`);
    const links = page.getByRole("region", { name: "Attachments" }).locator("a[download]");
    for (const href of await links.evaluateAll((all) => all.map((one) => one.getAttribute("href")))) known.add(href);
  }
  assert.ok(known.size >= 12, `${known.size} files`);
  for (const href of known) {
    const answer = await page.request.get(href);
    const headers = answer.headers();
    assert.equal(answer.status(), 200, href);
    assert.match(headers["content-disposition"], /^attachment;/, href);
    assert.equal(headers["x-content-type-options"], "nosniff", href);
    assert.match(headers["content-security-policy"], /sandbox.*default-src 'none'|default-src 'none'.*sandbox/, href);
    assert.match(headers["content-type"], /^(application\/octet-stream|text\/plain|application\/pdf|application\/zip)/, href);
    const [download] = await Promise.all([page.waitForEvent("download"), page.evaluate((to) => { location.href = to; }, href)]);
    assert.doesNotMatch(download.suggestedFilename(), /[/\\]/);
    await download.cancel();
  }
  nothing(await watcher.told("attachments"));
});

test("A9 the browser was told of no breach of the content security policy", async () => {
  const metrics = await (await fetch(`${program.url}/metrics`)).text();
  assert.doesNotMatch(metrics, /watchbell_csp_reports_total [1-9]/);
});

test("A9 had anything slipped through, it would have been refused, noticed and reported", async () => {
  await page.goto("/");
  await page.evaluate((outside) => {
    const image = new Image();
    image.src = `https://${outside}/beacon.png`;
    const script = document.createElement("script");
    script.textContent = "window.owned = 1";
    document.body.append(image, script);
  }, OUTSIDE);
  const noticed = await until("the reports", async () => {
    const lines = await watcher.told("/");
    return lines.some((line) => line.includes("reported")) && lines;
  });
  assert.ok(noticed.some((line) => line.includes("img-src")), noticed.join("\n"));
  assert.equal(await page.evaluate(() => "owned" in window), false, "the policy stops inline scripts");
  const metrics = await until("the count", async () => {
    const text = await (await fetch(`${program.url}/metrics`)).text();
    return /watchbell_csp_reports_total [1-9]/.test(text) && text;
  });
  assert.ok(metrics);
});
