// A verdict given by a key on a row leads back to the list, to the row after it: the server is told where by a cookie that
// goes with the form.
const VERDICTS = ["reply", "comment", "new-incident", "link-incident", "reject", "snooze", "resolve", "edit", "assign", "merge", "forward"];
const listHere = location.pathname + location.search;
const verdictForm = document.querySelector("main form.form[method=post]");

// Before the form of an act on a row opens.
function beginVerdict(row, act) {
  if (!VERDICTS.includes(act)) return;
  const rows = allRows();
  const next = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1];
  store(sessionStorage, "row " + listHere, (next ?? row).dataset.row);
  store(sessionStorage, "verdict", listHere);
}

verdictForm?.addEventListener("submit", () => {
  const list = sessionStorage.getItem("verdict");
  if (list) document.cookie = `verdict=${list.replaceAll(";", "%3B")}; Path=/; Max-Age=60; SameSite=Lax`;
});

// Back in the list, the next row has the focus; anywhere else but on a form, the way back is forgotten.
if (!verdictForm) {
  if (sessionStorage.getItem("verdict") === listHere) {
    const row = rememberedRow() ?? allRows()[0];
    if (row) focusRow(row);
  }
  store(sessionStorage, "verdict", null);
}
