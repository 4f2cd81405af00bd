// Copying for mails and chats: numbers, addresses, and what was found in a ticket, made harmless.
function copy(text) {
  if (!text) return;
  navigator.clipboard?.writeText(text).then(() => announce(document.body.dataset.copied.replace("#", text.split("\n").join(", "))), () => {});
}

// The ticket of the row in focus, or of the page.
function ticketHere() {
  const row = currentRow();
  if (row) return { number: row.dataset.row, subject: row.querySelector("th.main a")?.textContent ?? "", address: row.dataset.href };
  const number = document.querySelector(".ticket-id .number")?.textContent.replace("#", "");
  return number ? { number, subject: document.querySelector("h1").textContent, address: location.pathname } : null;
}

function defanged(text) {
  return text.replaceAll(/\bhttp/gi, "hxxp").replaceAll(".", "[.]").replaceAll("@", "[@]");
}

function copyAct(act) {
  const here = ticketHere();
  if (act === "copy-observables") {
    const found = [...document.querySelectorAll("main .observable > summary, main span.observable")];
    return copy([...new Set(found.map((one) => one.textContent.trim()).filter(Boolean))].map(defanged).join("\n"));
  }
  if (!here) return;
  if (act === "copy-number") copy("#" + here.number);
  if (act === "copy-title") copy(`#${here.number} ${here.subject.trim()}`);
  if (act === "copy-address") copy(new URL(here.address, location.origin).href);
}
