// Tells the others at this ticket what its reader does, and shows what they do.
const BEAT = 30000;
const IDLE_AFTER = 120000;
const AGAIN = 3000;
let lastMove = Date.now();
let told = "";

function doing() {
  if (document.hidden || Date.now() - lastMove > IDLE_AFTER) return "idle";
  // the ticket's own page has small forms, too; writing is done on the pages beneath it
  const isBeneath = !/^(\/c\/[^/]+)?\/tickets\/\d+\/?$/.test(location.pathname);
  return isBeneath && document.querySelector("form.form[method=post]") ? "writing" : "looking";
}

function showBeside(html) {
  if (html.trim() !== beside.innerHTML.trim() && !beside.contains(document.activeElement)) beside.innerHTML = html;
}

async function besideRequest(options) {
  const answer = await fetch(beside.dataset.at, { headers: REFRESH, redirect: "error", ...options }).catch(() => null);
  if (answer?.ok) showBeside(await answer.text());
}

function tellDoing(force) {
  const now = doing();
  if (!force && now === told) return;
  told = now;
  besideRequest({ method: "POST", body: new URLSearchParams({ doing: now }) });
}

function moved() {
  const wasIdle = told === "idle";
  lastMove = Date.now();
  if (wasIdle) tellDoing(false);
}

if (beside) {
  tellDoing(true);
  // the farewell of the page before may arrive after this page's greeting, and would stand
  setTimeout(() => tellDoing(true), AGAIN);
  setInterval(() => tellDoing(true), BEAT);
  for (const kind of ["keydown", "pointerdown", "scroll"]) addEventListener(kind, moved, { passive: true, capture: true });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) lastMove = Date.now(); tellDoing(false); });
  addEventListener("pagehide", () => navigator.sendBeacon(beside.dataset.at, new URLSearchParams({ doing: "gone" })));
  onNews((news) => {
    const isOurs = news.kind === "people" && String(news.ticket) === beside.dataset.ticket;
    if (isOurs || news.kind === "hello") besideRequest({});
  });
}
