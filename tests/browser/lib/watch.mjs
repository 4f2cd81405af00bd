// Watches a window for what hostile content would do: run, ask outside, or knock at our content security policy.

/** `told()` gives everything noticed so far, one line each. */
export async function watch(page, program, outside) {
  const lines = [];
  const note = (line) => lines.push(line);
  const context = page.context();
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== program.url) note(`asked ${request.url()}`);
    if (url.pathname === "/csp-report") note(`reported ${request.postData()}`);
  });
  context.on("page", () => note("opened another window"));
  page.on("dialog", (dialog) => { note(`opened a dialog: ${dialog.message()}`); return dialog.dismiss(); });
  page.on("pageerror", (error) => note(`an error in a script: ${error.message}`));
  page.on("console", (message) => { if (isComplaint(message)) note(`the console says: ${message.text()}`); });
  page.on("framenavigated", (frame) => { if (frame.url().includes(outside)) note(`went to ${frame.url()}`); });
  return {
    async told(where) {
      if (await page.evaluate(() => "owned" in window)) note("a script ran");
      if (page.frames().length > 1) note("a frame stands in the page");
      return lines.splice(0).map((line) => `${where}: ${line}`);
    },
  };
}

/** Forms that come back with errors do so with 422, which the console calls a failure too. */
function isComplaint(message) {
  if (/the server responded with a status of 4\d\d/.test(message.text())) return false;
  return message.type() === "error" || /content security policy|refused to/i.test(message.text());
}
