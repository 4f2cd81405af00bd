// Lists and counts refresh without a reload: changed rows in place, new ones behind a notice. The row under the cursor never
// moves. What is shown is the server's own markup of the same page.
const REST = 3000;
let freshLists = null;
let refreshing = false;
let dirty = false;
let lastRefresh = 0;

const panelsWith = (root, inside) => [...root.querySelectorAll(".panel[id]")].filter((panel) => panel.querySelector(inside));
const rowsOf = (panel) => [...panel.querySelectorAll("tr[data-row]")];

function refreshRow(row, fresh) {
  row.classList.toggle("gone", !fresh);
  if (!fresh || row.innerHTML === fresh.innerHTML) return;
  if (row !== document.activeElement && row.contains(document.activeElement)) return;
  const chosen = row.querySelector("[data-select]")?.checked;
  row.innerHTML = fresh.innerHTML;
  const box = row.querySelector("[data-select]");
  if (box) box.checked = chosen;
  for (const name of ["opens", "posts", "href"]) {
    if (fresh.dataset[name] === undefined) delete row.dataset[name];
    else row.dataset[name] = fresh.dataset[name];
  }
}

// How many rows of the fresh panel are new here.
function refreshPanel(panel, fresh) {
  const known = new Map(rowsOf(panel).map((row) => [row.dataset.row, row]));
  const there = new Map(rowsOf(fresh).map((row) => [row.dataset.row, row]));
  for (const [id, row] of known) refreshRow(row, there.get(id));
  return [...there.keys()].filter((id) => !known.has(id)).length;
}

function offerNewRows(count) {
  const offer = document.getElementById("new-rows");
  if (!offer) return;
  offer.hidden = count === 0;
  if (!count) return;
  const words = (count === 1 ? offer.dataset.one : offer.dataset.many.replace("#", count));
  const line = offer.querySelector("span");
  if (line.textContent !== words) line.textContent = words;
}

async function refreshLists() {
  if (refreshing || document.hidden) { dirty = true; return; }
  refreshing = true;
  dirty = false;
  lastRefresh = Date.now();
  freshLists = await freshPage().catch(() => null);
  refreshing = false;
  if (!freshLists) return;
  let count = 0;
  for (const fresh of panelsWith(freshLists, "[data-rows]")) {
    const panel = document.getElementById(fresh.id);
    if (panel) count += refreshPanel(panel, fresh);
  }
  for (const fresh of panelsWith(freshLists, "table.counts")) {
    const counts = document.getElementById(fresh.id)?.querySelector("table.counts");
    if (counts && !counts.contains(document.activeElement)) counts.innerHTML = fresh.querySelector("table.counts").innerHTML;
  }
  offerNewRows(count);
}

// Everything as it is now; the focus stays on its row, or goes to the first.
function showNewRows() {
  const offer = document.getElementById("new-rows");
  if (!freshLists || !offer || offer.hidden) return false;
  const focused = currentRow()?.dataset.row;
  for (const fresh of panelsWith(freshLists, "[data-rows]")) {
    document.getElementById(fresh.id)?.querySelector(".panel-body").replaceWith(document.adoptNode(fresh.querySelector(".panel-body")));
  }
  freshLists = null;
  offer.hidden = true;
  const rows = allRows();
  const target = rows.find((row) => row.dataset.row === focused) ?? rows[0];
  if (target) focusRow(target);
  return true;
}

function wantRefresh() {
  setTimeout(refreshLists, Math.max(300, lastRefresh + REST - Date.now()));
}

if (document.querySelector(".panel [data-rows], .panel table.counts") || document.getElementById("new-rows")) {
  let planned = 0;
  onNews((news) => {
    if (["people", "signed-out", "hello"].includes(news.kind) || planned > Date.now()) return;
    planned = Math.max(Date.now() + 300, lastRefresh + REST);
    wantRefresh();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && dirty) refreshLists(); });
  document.addEventListener("click", (event) => { if (event.target.closest("#new-rows button")) showNewRows(); });
}
