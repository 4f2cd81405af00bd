// What is typed into a form is kept on the server, within two seconds and when the field is left; in this browser alone while
// the server cannot be reached. The server offers it when the form is opened again, and forgets it once it was sent.
const form = document.querySelector("main form.form[method=post]");
const formState = form?.querySelector(".draft-state");
const localDraft = ["unsaved", document.body.dataset.viewer, location.pathname + location.search.replace(/[?&]draft=\w*/, "")].join(" ");
const SAVE_AFTER = 1200;

function store(kind, name, value) {
  try {
    if (value === null) kind.removeItem(name);
    else kind.setItem(name, value);
  } catch { /* storage is full or forbidden: a help, not a promise */ }
}

function typedText() {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.append(name, value);
  // boxes of which none is ticked would come back as they were
  for (const box of form.querySelectorAll("input[type=checkbox][name]")) if (!typed.has(box.name)) typed.append(box.name, "");
  typed.append("draft-form", location.pathname + location.search);
  return typed.toString();
}

function say(state) {
  if (formState && formState.textContent !== (state ?? "")) formState.textContent = state ?? "";
}

let savedText = "";
let timer = 0;

async function sendDraft(text, keepalive) {
  const headers = { "X-Watchbell-Script": "1", "Content-Type": "application/x-www-form-urlencoded" };
  const answer = await fetch("/drafts", { method: "POST", body: text, headers, keepalive, redirect: "manual" }).catch(() => null);
  return answer?.status ?? 0;
}

async function saveDraft(leaving) {
  clearTimeout(timer);
  timer = 0;
  if (form.dataset.busy) return;
  const text = typedText();
  if (text === savedText) return;
  savedText = text;
  if (leaving) store(localStorage, localDraft, text);
  const status = await sendDraft(text, leaving && text.length < 60000);
  if (status === 204) {
    store(localStorage, localDraft, null);
    return say(formState?.dataset.saved);
  }
  savedText = "";
  store(localStorage, localDraft, text);
  say(status === 401 ? formState?.dataset.signedOut : formState?.dataset.lost);
}

const withoutAddress = (text) => text.replace(/&?draft-form=[^&]*/, "");

// What this browser kept because the server was away goes there now, and is offered like any draft, or shown at once where a
// draft was asked for: the kept one is the newer.
async function handOver() {
  const kept = localStorage.getItem(localDraft);
  if (kept === null || document.querySelector(".error-summary")) return;
  const isNews = withoutAddress(kept) !== withoutAddress(savedText);
  if (isNews && await sendDraft(kept, false) !== 204) return;
  store(localStorage, localDraft, null);
  if (isNews) location.reload();
}

// A form was sent for sure when the next page is one of ours that did not fail.
function forgetSent() {
  const sent = sessionStorage.getItem("draft sent");
  store(sessionStorage, "draft sent", null);
  if (sent && document.body.dataset.outcome === "done" && !document.querySelector(".error-summary")) store(localStorage, sent, null);
}

forgetSent();

if (form && formState) {
  savedText = typedText();
  handOver();
  form.addEventListener("input", () => { timer ||= setTimeout(saveDraft, SAVE_AFTER); say(""); });
  form.addEventListener("change", () => saveDraft(false));
  form.addEventListener("focusout", () => { if (timer) saveDraft(false); });
  addEventListener("pagehide", () => { if (timer) saveDraft(true); });
  addEventListener("online", () => saveDraft(false));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
    if (localStorage.getItem(localDraft) !== null) store(localStorage, localDraft, typedText());
    store(sessionStorage, "draft sent", localDraft);
  });
}
