// Single keys. The bindings are read from the help sheet, which the server made from its key table.
const bindings = new Map();
for (const { dataset: { binding, on, usual } } of document.querySelectorAll("#help [data-binding]")) {
  for (const keys of on.split("|").filter(Boolean)) bindings.set(keys, binding);
  if (on.split("|")[0] !== usual) showKey(binding, usual, on);
}

// Whoever chose another key reads it where the usual one stands.
function showKey(binding, usual, chosen) {
  for (const element of document.querySelectorAll(`[data-act="${binding}"]`)) {
    if (chosen) element.setAttribute("aria-keyshortcuts", chosen);
    else element.removeAttribute("aria-keyshortcuts");
    if (element.title) element.title = element.title.replace(` (${usual})`, chosen && ` (${chosen})`);
    for (const kbd of element.parentElement.querySelectorAll("kbd")) if (kbd.textContent === usual) kbd.textContent = chosen;
  }
}

let pending = "";
let pendingTimer = 0;

function isTyping(target) {
  return target.isContentEditable || target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

// Rows first (the one in focus), then whatever on the page says it does this.
const acts = {
  "next-row": () => moveRow(1),
  "previous-row": () => moveRow(-1),
  "open": () => currentRow() && openRow(currentRow()),
  "select": () => currentRow() && markSelected(currentRow()),
  "select-all": () => document.querySelector("[data-select-all]")?.click(),
  "search": () => { const box = document.getElementById("search"); box?.focus(); box?.select(); },
  "help": () => document.getElementById("help").showModal(),
  "sidebar": () => toggleSidebar(),
  "palette": () => openPalette(),
};
for (const act of ["copy-number", "copy-title", "copy-address", "copy-observables"]) acts[act] = () => copyAct(act);

function extend(step) {
  const row = currentRow();
  if (row) markSelected(row, true);
  const next = moveRow(step);
  if (next) markSelected(next, true);
}

function perform(act, key) {
  if (act === "extend") return extend(key === "J" ? 1 : -1), true;
  if (act === "next-page" && showNewRows()) return true;
  if (acts[act]) return acts[act](), true;
  const row = currentRow();
  if (row && rowAct(row, act)) return true;
  const scope = row?.querySelector(`[data-act="${act}"]`) ?? document.querySelector(`main [data-act="${act}"], [data-act="${act}"]`);
  if (!scope) return false;
  scope.click();
  return true;
}

function escape(event) {
  const menu = openMenu();
  if (menu) return closeMenu(menu);
  if (isTyping(event.target)) return event.target.blur();
  if (document.body.dataset.keys !== "off") perform("back", "Escape");
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return sendFocused(event);
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); return openPalette(); }
  if (event.key === "Escape") return escape(event);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches?.("tr[data-row]") && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    return void moveRow(event.key === "ArrowDown" ? 1 : -1);
  }
  if (event.target.matches?.("tr[data-row]") && event.key === "Enter") return openRow(event.target);
  if (document.body.dataset.keys === "off" || isTyping(event.target)) return;
  if (event.key === "Enter" || event.key === "Tab" || event.key === " ") return;
  clearTimeout(pendingTimer);
  const keys = pending ? pending + " " + event.key : event.key;
  pending = "";
  const act = bindings.get(keys);
  if (act && perform(act, event.key)) event.preventDefault();
  if ([...bindings.keys()].some((binding) => binding.startsWith(keys + " "))) {
    pending = keys;
    pendingTimer = setTimeout(() => { pending = ""; }, 1500);
  }
});
