// A shift: the work instruction of a CSIRT (IR-001), step by step, as a newcomer can follow it in the demo. Each step is said, done in
// the browser, and pictured in light and dark; the manual's chapter "A shift" is made of the steps and their pictures.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { answering } from "./shift/answering.mjs";
import { closing } from "./shift/closing.mjs";
import { investigating } from "./shift/investigating.mjs";
import { receiving } from "./shift/receiving.mjs";
import { triage } from "./shift/triage.mjs";

/** Parts of the chapter, each with its steps `{ name, title, say, as, act }`: what the manual says, who does it, and what is done. */
export const PARTS = [receiving, triage, investigating, answering, closing];

const MANUAL = fileURLToPath(new URL("../../../docs/manual/src/", import.meta.url));
const OUT = fileURLToPath(new URL("../out/", import.meta.url));
export const CHAPTER = `${MANUAL}shift.md`;

/** Pictures go beside the chapter when the manual is written, and into `out` when it is only tested. */
export function pictureFolder(of = "shift") {
  return process.env.WATCHBELL_WRITE_MANUAL ? `${MANUAL}${of}/` : `${OUT}${of}/`;
}

/** As the chapter shows them. */
export function committedPicture(name, look) {
  return `${MANUAL}shift/${name}-${look}.png`;
}

export async function takePictures(page, name, of = "shift") {
  const folder = pictureFolder(of);
  await mkdir(folder, { recursive: true });
  for (const look of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: look });
    await page.screenshot({ path: `${folder}${name}-${look}.png` });
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** The whole chapter as Markdown. */
export function chapter() {
  const intro = `# A shift

<!-- Written from tests/browser/lib/shift: change it there, then run the browser test with WATCHBELL_WRITE_MANUAL=1. -->

One day of a duty team, step by step. Start the [demo](quick-start.md) and do each step yourself: \`dana\` has the duty and takes what comes in,
\`tariq\` decides what is an incident, \`hana\` handles incidents; everybody's password is \`watchbell\`. Mail from outside is sent in as the
[quick start](quick-start.md) shows. Whatever is done here can be done without a mouse (\`?\` lists the keys) and without JavaScript.
`;
  let number = 0;
  const parts = PARTS.map(({ title, intro: first, steps }) => {
    const told = steps.map((step) => {
      number += 1;
      return `### ${number}. ${step.title}\n\n${step.say.trim()}\n\n${picture(step)}`;
    });
    return `## ${title}\n\n${first.trim()}\n\n${told.join("\n\n")}`;
  });
  return `${intro}\n${parts.join("\n\n")}\n`;
}

function picture({ name, title }) {
  const dark = `<source media="(prefers-color-scheme: dark)" srcset="shift/${name}-dark.png">`;
  return `<picture>${dark}<img src="shift/${name}-light.png" alt="${title.replaceAll('"', "&quot;")}"></picture>`;
}
