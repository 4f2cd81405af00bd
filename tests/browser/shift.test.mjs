// B2: the work instruction (IR-001) can be followed in the demo by a newcomer; the manual's chapter "A shift" is these steps.

import assert from "node:assert/strict";
import { access, readFile, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { launch, windowOf } from "./lib/browser.mjs";
import { start } from "./lib/program.mjs";
import { CHAPTER, PARTS, chapter, committedPicture, takePictures } from "./lib/shift.mjs";
import { step } from "./lib/step.mjs";

let browser;
let program;
const windows = new Map();
before(async () => {
  program = await start({ world: "full" });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** The window of a member of the team; each keeps one open for the whole shift. */
async function windowFor(name) {
  if (!windows.has(name)) windows.set(name, await windowOf(browser, program, name, { viewport: { width: 1280, height: 860 } }));
  return windows.get(name);
}

// IR-001, IR-002: from detection to closing, every step in the browser, each signed in as the person whose step it is.
test("B2 a shift can be worked step by step, each step as the manual shows it", async (told) => {
  const tale = { program, sent: program.sent, rest: program.rest("dana") };
  for (const { name, title, as, act } of PARTS.flatMap((part) => part.steps)) {
    await told.test(title, async () => {
      const page = await windowFor(as);
      await step(page, `shift-${name}`, () => act({ ...tale, page, tale }));
      await takePictures(page, name);
    });
  }
});

test("B2 the chapter “A shift” of the manual is made of these steps and their pictures", async () => {
  if (process.env.WATCHBELL_WRITE_MANUAL) await writeFile(CHAPTER, chapter());
  assert.equal(await readFile(CHAPTER, "utf8"), chapter(), "write it again with WATCHBELL_WRITE_MANUAL=1");
  for (const { name } of PARTS.flatMap((part) => part.steps)) {
    for (const look of ["light", "dark"]) await access(committedPicture(name, look));
  }
});
