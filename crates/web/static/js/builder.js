// The builder: conditions follow the text while it is typed. Every button works on the text as it stands, with or without this.
const builder = document.querySelector("form[data-builder]");
let builderAsked = 0;
let builderTimer = 0;

async function followText() {
  const asked = ++builderAsked;
  const words = new URLSearchParams({ query: builder.elements.namedItem("query").value });
  const answer = await fetch(builder.action + "?" + words, { headers: REFRESH, redirect: "error" }).catch(() => null);
  // what cannot be read comes back as a page, too
  if (!answer || ![200, 422].includes(answer.status)) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (asked !== builderAsked) return;
  const [old, fresh] = [document.querySelector("#conditions .panel-body"), page.querySelector("#conditions .panel-body")];
  if (old && fresh && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(fresh));
  for (const part of [".error", ".query-place"]) {
    builder.querySelector("#query " + part)?.remove();
    const wrong = page.querySelector("#query " + part);
    if (wrong) builder.querySelector("#query .form-actions").before(document.adoptNode(wrong));
  }
  const area = builder.elements.namedItem("query");
  const isWrong = page.querySelector("#query .error") !== null;
  area.setAttribute("aria-invalid", String(isWrong));
  area.closest(".field").classList.toggle("failed", isWrong);
}

builder?.elements.namedItem("query").addEventListener("input", () => {
  clearTimeout(builderTimer);
  builderTimer = setTimeout(followText, 400);
});
