// Typed text is kept in this browser until its form was sent for sure: when the next page is one of ours that did
// not fail. Kept per person, page and field; sign-in and error pages keep everything.
const viewer = document.body.dataset.viewer;
const draftFields = [...document.querySelectorAll("textarea[data-draft]")];
const draftKey = (field) => ["draft", viewer, location.pathname + location.search, field.name].join(" ");
const SENT = "drafts sent";

function store(kind, name, value) {
  try {
    if (value === null) kind.removeItem(name);
    else kind.setItem(name, value);
  } catch { /* storage is full or forbidden: drafts are a help, not a promise */ }
}

function forgetSent() {
  const failed = document.body.dataset.outcome !== "done" || document.querySelector(".error-summary");
  // what this form did not send is not sent by a later page either
  if (failed) return store(sessionStorage, SENT, null);
  for (const name of JSON.parse(sessionStorage.getItem(SENT) ?? "[]")) store(localStorage, name, null);
  store(sessionStorage, SENT, null);
}

function restore(field) {
  const kept = localStorage.getItem(draftKey(field));
  const note = field.parentElement.querySelector(".draft-note");
  if (kept === null || kept === field.value || !note) return;
  const original = field.value;
  field.value = kept;
  note.hidden = false;
  announce(note.querySelector("span").textContent);
  note.querySelector("button").addEventListener("click", () => {
    field.value = original;
    store(localStorage, draftKey(field), null);
    note.hidden = true;
    field.focus();
  });
}

forgetSent();
for (const field of draftFields) {
  const start = field.defaultValue;
  restore(field);
  const keep = () => store(localStorage, draftKey(field), field.value === start ? null : field.value);
  let timer = 0;
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
  field.addEventListener("blur", keep);
  field.form?.addEventListener("submit", () => {
    clearTimeout(timer);
    keep();
    const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
    store(sessionStorage, SENT, JSON.stringify([...new Set([...sent, draftKey(field)])]));
  });
}
