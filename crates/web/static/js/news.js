// News from the server. One tab of a browser listens (the leader, by Web Locks) and tells the others; a tab that cannot have
// it so asks now and then. Whoever wants to hear registers with onNews.
const REFRESH = { "X-Watchbell-Refresh": "1" };
const listeners = [];
const signedIn = Boolean(document.body.dataset.viewer);
const channelName = "watchbell " + document.body.dataset.viewer;
const channel = "BroadcastChannel" in window && signedIn ? new BroadcastChannel(channelName) : null;
const ASK_EVERY = 20000;

function onNews(listener) {
  listeners.push(listener);
}

function hear(news) {
  for (const listener of listeners) listener(news);
}

function spread(kind, id, data) {
  if (id) store(localStorage, "news since", id);
  // who came between a page's making and the stream's opening is in no news: listeners hear that it is open now
  const news = kind === "hello" ? { kind } : { kind, ...JSON.parse(data) };
  channel?.postMessage(news);
  hear(news);
}

function liveAddress() {
  const since = localStorage.getItem("news since");
  return since ? "/live?since=" + since : "/live";
}

// Ends when the server will not have us listen.
function listen() {
  return new Promise((ended) => {
    const source = new EventSource(liveAddress());
    for (const kind of ["hello", "ticket", "people", "everything", "signed-out"]) {
      source.addEventListener(kind, (event) => {
        spread(kind, event.lastEventId, event.data);
        if (kind === "signed-out") { source.close(); ended(); }
      });
    }
    source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) ended(); });
    addEventListener("pagehide", () => { source.close(); ended(); });
  });
}

async function ask() {
  const answer = await fetch(liveAddress(), { headers: { ...REFRESH, Accept: "text/plain" }, redirect: "error" });
  for (const piece of (await answer.text()).split("\n\n")) {
    const found = Object.fromEntries(piece.split("\n").map((line) => line.split(/: (.*)/s, 2)));
    if (found.event) spread(found.event, found.id, found.data);
  }
}

async function follow() {
  for (;;) {
    if (navigator.locks && window.EventSource) await navigator.locks.request(channelName, listen);
    await new Promise((later) => setTimeout(later, ASK_EVERY));
    if (!document.hidden) await ask().catch(() => {});
  }
}

// The same page as it is now, made by the server.
async function freshPage() {
  const answer = await fetch(location.href, { headers: REFRESH, redirect: "error" });
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

if (signedIn) {
  channel?.addEventListener("message", (event) => hear(event.data));
  follow();
}
