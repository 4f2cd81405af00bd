// An open page of a ticket: says politely that something is new, and fetches it in place when asked to.
const changed = document.getElementById("changed");
const beside = document.getElementById("beside");

function sayNew(news) {
  if (changed && Number(news.version) > Number(changed.dataset.version) && changed.hidden) {
    changed.hidden = false;
    announce(changed.querySelector("span").textContent);
  } else if (!changed && !news.mine && Number(news.version) > Number(beside.dataset.version)) {
    beside.dataset.version = news.version;
    announce(beside.dataset.news);
  }
}

const KEPT_IN_PLACE = [".ticket-head", ".main-column", ".side-column"];

async function showNew() {
  const fresh = await freshPage().catch(() => null);
  if (!fresh?.getElementById("changed")) return location.reload();
  const known = new Set([...document.querySelectorAll("li.entry")].map((entry) => entry.id));
  for (const part of KEPT_IN_PLACE) {
    const [mine, theirs] = [document.querySelector(part), fresh.querySelector(part)];
    if (mine && theirs) mine.replaceWith(document.adoptNode(theirs));
  }
  changed.dataset.version = fresh.getElementById("changed").dataset.version;
  changed.hidden = true;
  const first = [...document.querySelectorAll("li.entry")].find((entry) => !known.has(entry.id));
  if (!first) return;
  first.tabIndex = -1;
  first.focus();
  first.scrollIntoView({ block: "nearest" });
}

changed?.querySelector("a").addEventListener("click", (event) => {
  event.preventDefault();
  showNew();
});

if (beside) {
  onNews((news) => {
    if (news.kind === "ticket" && String(news.ticket) === beside.dataset.ticket) sayNew(news);
  });
}
