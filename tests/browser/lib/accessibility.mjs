// What a page must hold in light, in dark, and at 320 px: nothing serious found by axe, and no sideways scrolling at any width.

import axe from "axe-core";

const WIDE = { width: 1400, height: 1000 };
const NARROW = { width: 320, height: 800 };
const GRAVE = ["serious", "critical"];

/** Every problem of the page as it stands, one line each; of the part `within` alone where something covers the rest. */
export async function problems(page, name, within = "html") {
  await page.evaluate(axe.source);
  const found = [];
  for (const [look, size, colorScheme] of [["light", WIDE, "light"], ["dark", WIDE, "dark"], ["320 px", NARROW, "light"], ["320 px, dark", NARROW, "dark"]]) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    // the colours of dark and light differ, the structure of a narrow page from that of a wide one; neither twice
    const rules = look === "320 px, dark" ? ["color-contrast"] : null;
    found.push(...(await violations(page, within, rules)).map((line) => `${name}, ${look}: ${line}`));
    if (!rules) found.push(...(await overflow(page)).map((line) => `${name}, ${look}: ${line}`));
  }
  await page.setViewportSize(WIDE);
  return found;
}

async function violations(page, within, rules) {
  const results = await page.evaluate(async ([within, only]) => {
    const options = only ? { runOnly: only } : { rules: { "target-size": { enabled: true } } };
    const { violations } = await globalThis.axe.run(within, { ...options, resultTypes: ["violations"] });
    return violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)) }));
  }, [within, rules]);
  return results.filter(({ impact }) => GRAVE.includes(impact)).map(({ id, impact, help, nodes }) => `${impact} ${id}: ${help}\n      ${nodes.join("\n      ")}`);
}

/** WCAG 1.4.10, and what sticks out if it fails. */
function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const isWide = (one) => one.checkVisibility() && one.getBoundingClientRect().right > width + 1 && getComputedStyle(one).position !== "fixed";
    const wide = [...document.body.querySelectorAll("*")].filter(isWide);
    return [`${document.documentElement.scrollWidth} px wide because of\n      ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 160)).join("\n      ")}`];
  });
}
