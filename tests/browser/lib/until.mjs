// Looks again and again until something is there; mail and the work behind it take a moment.

const PATIENCE = 30_000;
const PAUSE = 50;

/** What `look` returns as soon as that is something; an error that names `what` when it never is. */
export async function until(what, look) {
  const end = Date.now() + PATIENCE;
  let reason = "";
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      reason = `: ${error.message}`;
    }
    if (Date.now() > end) throw new Error(`waited too long for ${what}${reason}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
