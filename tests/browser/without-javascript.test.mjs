// The whole story once more in a browser that runs no script: everything is links and forms.

import { after, before, test } from "node:test";
import { launch } from "./lib/browser.mjs";
import { start } from "./lib/program.mjs";
import { play } from "./lib/story.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test("the story works without JavaScript", async () => {
  const program = await start();
  try {
    await play(browser, program, "without-javascript", { javaScriptEnabled: false });
  } finally {
    await program.stop();
  }
});
