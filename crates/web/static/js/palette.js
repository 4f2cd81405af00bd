// The palette: everything one can go to or do, by words. The server finds it; here is only the sheet around it.
let palette = null;
let paletteAsked = 0;

function paletteSheet() {
  if (palette) return palette;
  palette = document.createElement("dialog");
  palette.id = "palette";
  palette.className = "sheet palette";
  const link = document.querySelector('a[data-act="palette"]');
  palette.setAttribute("aria-label", link.textContent);
  const input = document.createElement("input");
  Object.assign(input, { type: "search", autocomplete: "off", placeholder: link.textContent });
  input.setAttribute("aria-label", link.textContent);
  const result = document.createElement("div");
  palette.append(input, result);
  document.body.append(palette);
  input.addEventListener("input", () => findInPalette(input.value));
  palette.addEventListener("keydown", walkPalette);
  return palette;
}

async function findInPalette(words) {
  const asked = ++paletteAsked;
  const ticket = ticketHere()?.number ?? "";
  const address = "/palette?" + new URLSearchParams({ fragment: "1", q: words, ticket });
  const answer = await fetch(address, { headers: REFRESH, redirect: "error" }).catch(() => null);
  if (!answer?.ok || asked !== paletteAsked) return;
  palette.lastElementChild.innerHTML = await answer.text();
}

function walkPalette(event) {
  const entries = [...palette.querySelectorAll("li :is(a, button)")];
  const at = entries.indexOf(document.activeElement);
  if (event.key === "Enter" && at < 0) {
    event.preventDefault();
    return entries[0]?.click();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const next = event.key === "ArrowDown" ? at + 1 : at - 1;
  (next < 0 ? palette.querySelector("input") : entries[Math.min(next, entries.length - 1)])?.focus();
}

function openPalette() {
  const sheet = paletteSheet();
  if (sheet.open) return sheet.close();
  sheet.showModal();
  const input = sheet.querySelector("input");
  input.value = "";
  input.focus();
  findInPalette("");
}

document.addEventListener("click", (event) => {
  if (!event.target.closest('a[data-act="palette"]') || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  openPalette();
});
