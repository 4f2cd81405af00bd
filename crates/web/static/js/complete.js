// Proposals for what is being typed: in the text of a query as a list beneath it, in other lines as their own list of proposals.
// The server knows what may come next; without this everything can be typed all the same.
let proposals = null;
let proposedFor = null;
let proposalsAsked = 0;
let proposalsTimer = 0;

async function askProposals(parameters) {
  const asked = ++proposalsAsked;
  const answer = await fetch("/search/complete?" + new URLSearchParams(parameters), { headers: REFRESH, redirect: "error" }).catch(() => null);
  if (!answer?.ok) return null;
  const found = await answer.json().catch(() => null);
  return asked === proposalsAsked ? found : null;
}

function proposalList() {
  if (proposals) return proposals;
  proposals = document.createElement("ul");
  proposals.id = "proposals";
  proposals.className = "proposals";
  proposals.setAttribute("role", "listbox");
  proposals.hidden = true;
  proposals.addEventListener("mousedown", (event) => {
    const option = event.target.closest("li");
    if (!option) return;
    event.preventDefault();
    takeProposal(option);
  });
  return proposals;
}

function hideProposals() {
  if (!proposals || proposals.hidden) return;
  proposals.hidden = true;
  proposedFor?.removeAttribute("aria-activedescendant");
}

function showProposals(area, { from, found }) {
  if (!found.length || document.activeElement !== area) return hideProposals();
  const list = proposalList();
  if (list.previousElementSibling !== area) area.after(list);
  list.setAttribute("aria-label", area.labels?.[0]?.textContent ?? "");
  list.replaceChildren(...found.map((words, number) => {
    const option = document.createElement("li");
    option.id = "proposal-" + number;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = words;
    return option;
  }));
  list.dataset.from = String(from);
  list.hidden = false;
  proposedFor = area;
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-autocomplete", "list");
  area.removeAttribute("aria-activedescendant");
}

function markProposal(step) {
  const options = [...proposals.children];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const next = options[(at + step + options.length) % options.length] ?? options[0];
  for (const option of options) option.setAttribute("aria-selected", String(option === next));
  next.scrollIntoView({ block: "nearest" });
  proposedFor.setAttribute("aria-activedescendant", next.id);
}

function takeProposal(option) {
  const area = proposedFor;
  const from = Number(proposals.dataset.from);
  hideProposals();
  area.setRangeText(option.textContent + " ", from, area.selectionStart, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

async function propose(area) {
  if (area.selectionStart !== area.selectionEnd) return hideProposals();
  const found = await askProposals({ before: area.value.slice(0, area.selectionStart) });
  if (found) showProposals(area, found);
}

for (const area of document.querySelectorAll('.code-form textarea[name="query"], .builder textarea[name="query"]')) {
  area.addEventListener("input", () => {
    clearTimeout(proposalsTimer);
    proposalsTimer = setTimeout(() => propose(area), 200);
  });
  area.addEventListener("blur", hideProposals);
  area.addEventListener("keydown", (event) => {
    if (!proposals || proposals.hidden || proposedFor !== area) return;
    const chosen = proposals.querySelector('[aria-selected="true"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") markProposal(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && chosen && !event.ctrlKey && !event.metaKey) takeProposal(chosen);
    else if (event.key === "Escape") hideProposals();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// A row of the builder: the field that is chosen beside it says whose values these are.
for (const line of document.querySelectorAll("input[data-complete]")) {
  const row = line.closest(".adding-row");
  line.addEventListener("input", () => {
    clearTimeout(proposalsTimer);
    proposalsTimer = setTimeout(async () => {
      const chosen = row.querySelector('select[name^="field-"]')?.value ?? "";
      const part = row.querySelector('select[name^="part-"]')?.value ?? "";
      const field = line.dataset.complete === "custom" ? `CF.{${chosen}}` : part === "Name" ? chosen + ".Name" : chosen;
      const answer = await askProposals({ field, value: line.value });
      const list = document.getElementById(line.getAttribute("list"));
      if (!answer || !list) return;
      list.replaceChildren(...answer.found.map((words) => Object.assign(document.createElement("option"), { value: words })));
    }, 200);
  });
}
