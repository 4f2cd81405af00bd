// Rows of ticket tables: one of them is in the tab order (roving), j/k move between them, a press opens.
const allRows = () => [...document.querySelectorAll("[data-rows] tbody tr[data-row]")];

function currentRow() {
  return document.activeElement?.closest?.("tr[data-row]") ?? null;
}

function focusRow(row) {
  for (const other of allRows()) other.tabIndex = other === row ? 0 : -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
  sessionStorage.setItem("row " + location.pathname + location.search, row.dataset.row);
}

function rememberedRow() {
  const id = sessionStorage.getItem("row " + location.pathname + location.search);
  return allRows().find((row) => row.dataset.row === id) ?? null;
}

function moveRow(step) {
  const rows = allRows();
  if (!rows.length) return null;
  const at = rows.indexOf(currentRow());
  const target = at < 0 ? (rememberedRow() ?? rows[0]) : rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  focusRow(target);
  return target;
}

function openRow(row) {
  sessionStorage.setItem("row " + location.pathname + location.search, row.dataset.row);
  if (row.dataset.href) location.assign(row.dataset.href);
}

function markSelected(row, on) {
  const box = row.querySelector("[data-select]");
  if (!box) return;
  box.checked = on ?? !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

// What an act means on this row: an address to open or to post to.
function rowAct(row, act) {
  const find = (list) => (list ?? "").split("\n").map((line) => line.split(" ")).find(([name]) => name === act)?.[1];
  const opens = find(row.dataset.opens);
  if (opens) { beginVerdict(row, act); location.assign(opens); return true; }
  const posts = find(row.dataset.posts);
  if (!posts) return false;
  const form = document.createElement("form");
  form.method = "post";
  form.action = posts;
  // what needs no form leaves one where one is
  const next = Object.assign(document.createElement("input"), { type: "hidden", name: "next", value: location.pathname + location.search });
  form.append(next);
  document.body.append(form);
  form.requestSubmit();
  return true;
}

function refreshSelection() {
  const boxes = [...document.querySelectorAll("[data-select]")];
  for (const box of boxes) box.closest("tr").setAttribute("aria-selected", String(box.checked));
  const chosen = boxes.filter((box) => box.checked).length;
  for (const all of document.querySelectorAll("[data-select-all]")) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.hidden = chosen === 0;
    const count = bar.querySelector("[data-bulk-count]");
    if (count) count.textContent = String(chosen);
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) {
    const on = event.target.checked;
    for (const box of event.target.closest("table").querySelectorAll("[data-select]")) box.checked = on;
  }
  if (event.target.matches("[data-select], [data-select-all]")) refreshSelection();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-row]");
  if (!row || event.target.closest("a, button, input, label, summary, select") || String(getSelection())) return;
  if (event.metaKey || event.ctrlKey) window.open(row.dataset.href, "_blank", "noopener");
  else openRow(row);
});

for (const table of document.querySelectorAll("[data-rows]")) {
  const first = rememberedRow() ?? table.querySelector("tr[data-row]");
  for (const row of table.querySelectorAll("tr[data-row]")) row.tabIndex = row === first ? 0 : -1;
}
if (document.querySelector("[data-select]")) refreshSelection();
