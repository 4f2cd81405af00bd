// A text that speaks of an attachment while there is none: said once before it is sent. Without this, the form comes back and says it.
function spokenOf(text, phrases) {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => line.trimEnd() === "--");
  const own = lines.slice(0, end < 0 ? undefined : end).filter((line) => !line.startsWith(">"));
  const said = own.join("\n").match(/[\p{L}\p{N}'-]+/gu) ?? [];
  const fits = (word, pattern) => {
    const bare = pattern.replaceAll("*", "");
    if (pattern.startsWith("*") && pattern.endsWith("*")) return word.includes(bare);
    if (pattern.startsWith("*")) return word.endsWith(bare);
    return pattern.endsWith("*") ? word.startsWith(bare) : word === bare;
  };
  const wanted = phrases.split(",").map((one) => one.toLowerCase().split(/\s+/).filter(Boolean)).filter((one) => one.length);
  for (let at = 0; at < said.length; at++) {
    const found = wanted.find((one) => one.every((pattern, next) => fits(said[at + next]?.toLowerCase() ?? "\n", pattern)));
    if (found) return said.slice(at, at + found.length).join(" ");
  }
  return null;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const mark = form.querySelector("input[name=unattached]");
  if (!mark || mark.value || ["preview", "attach", "redisplay"].includes(event.submitter?.name)) return;
  const ticked = form.querySelector("input[name=kept_file]:checked, input[name=again_file]:checked, input[name=attach_reports]:checked");
  const chosen = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  const message = form.querySelector("textarea[name=message]");
  const word = ticked || chosen || !message ? null : spokenOf(message.value, mark.dataset.words);
  if (!word) return;
  event.preventDefault();
  mark.value = "1";
  const notice = document.createElement("p");
  notice.className = "error";
  notice.setAttribute("role", "alert");
  notice.textContent = mark.dataset.warning.replace("{word}", word);
  message.after(notice);
  message.focus();
});
