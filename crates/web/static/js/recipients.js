// Who would get mail: the box follows what is typed. Without this, the button Preview brings it up to date.
const previewed = document.querySelector("form[data-preview]");

async function previewRecipients() {
  const body = new FormData(previewed);
  body.delete("files");
  body.set("preview", "1");
  const answer = await fetch(previewed.action, { method: "POST", body, redirect: "error" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [old, fresh] = [document.getElementById("recipients"), page.getElementById("recipients")];
  if (!old || !fresh) return;
  for (const box of fresh.querySelectorAll("input[name=mail]")) {
    const before = [...old.querySelectorAll("input[name=mail]")].find((one) => one.value === box.value);
    if (before) box.checked = before.checked;
  }
  old.replaceWith(fresh);
}

if (previewed) {
  previewed.addEventListener("change", (event) => {
    if (["type", "cc", "bcc", "status", "owner"].includes(event.target.name)) previewRecipients();
  });
}

// Another queue has other fields: the form comes back with them.
document.addEventListener("change", (event) => {
  const button = event.target.name === "queue" && event.target.form?.querySelector("button[name=redisplay]");
  if (button) event.target.form.requestSubmit(button);
});
