// Selects based on another select (TC-137): only the group of what is chosen there is offered. Without this script all groups are.
for (const select of document.querySelectorAll("select[data-based-on]")) {
  const parents = () => [...document.getElementsByName(select.dataset.basedOn)];
  const chosen = () => parents().flatMap((parent) => {
    if (parent.selectedOptions) return [...parent.selectedOptions].map((option) => option.value);
    return parent.type === "hidden" || ((parent.type === "radio" || parent.type === "checkbox") && !parent.checked) ? [] : parent.value.split("\n");
  }).map((value) => value.trim().toLowerCase());
  const refresh = () => {
    const values = chosen();
    for (const group of select.querySelectorAll("optgroup")) {
      const offered = values.includes(group.label.toLowerCase());
      group.hidden = !offered;
      group.disabled = !offered;
    }
  };
  for (const parent of parents()) parent.addEventListener("change", refresh);
  if (parents().length) refresh();
}
