// One step of a longer test. When it fails, the picture of the page is kept in out/ and the error says which step it was.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../out/", import.meta.url));

export async function step(page, name, act) {
  try {
    return await act();
  } catch (error) {
    await mkdir(FOLDER, { recursive: true });
    await page.screenshot({ path: `${FOLDER}${name}.png`, fullPage: true }).catch(() => {});
    error.message = `${name}, at ${page.url()}: ${error.message}`;
    throw error;
  }
}
