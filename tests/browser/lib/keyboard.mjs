// A person without a mouse: everything by keys, and wherever the focus goes it can be seen.

import assert from "node:assert/strict";

/** More than any page of the story has between its start and the input that is looked for. */
const MOST_TABS = 120;

/** Presses Tab until `target` has the focus, and sees on the way that the focus is never lost from sight. */
export async function tabTo(page, target, key = "Tab") {
  const wanted = await target.elementHandle();
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    await seeFocus(page);
  }
  throw new Error(`${MOST_TABS} times ${key} did not lead to ${target}`);
}

/** WCAG 2.4.7 and 2.4.11: the focused element is marked, on the screen, and not covered. */
export async function seeFocus(page) {
  const seen = await page.evaluate(lookAtFocus);
  assert.equal(seen.problem, "", seen.element);
}

/** Runs in the page. */
function lookAtFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return { problem: "", element: "" };
  const tag = element.outerHTML.slice(0, 200);
  const problem = (text) => ({ problem: text, element: `${location.pathname}: ${tag}` });
  const style = getComputedStyle(element);
  const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  if (!marked) return problem("the focus is not marked");
  const box = element.getBoundingClientRect();
  const isOnScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (!isOnScreen || box.width === 0) return problem("the focus is off the screen");
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 12), 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const label = element.labels?.[0];
  const isCovered = top && !element.contains(top) && !top.contains(element) && !label?.contains(top);
  return isCovered ? problem(`the focus is covered by ${top.outerHTML.slice(0, 100)}`) : { problem: "", element: "" };
}

/** Presses keys one after another, and waits for the page that they lead to when `path` is given. */
export async function press(page, keys, path) {
  for (const key of keys.split(" ")) await page.keyboard.press(key);
  if (path) await page.waitForURL((url) => path.test(url.pathname + url.search));
  await page.waitForLoadState("domcontentloaded");
}
