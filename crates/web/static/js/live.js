// Says politely that the ticket on this page has changed since; nothing moves by itself.
const changed = document.getElementById("changed");

async function lookForChange() {
  if (!changed || !changed.hidden || document.hidden) return;
  const answer = await fetch(changed.dataset.versionAt, { redirect: "error" }).catch(() => null);
  const version = answer?.ok ? Number(await answer.text()) : 0;
  if (version <= Number(changed.dataset.version)) return;
  changed.hidden = false;
  announce(changed.querySelector("span").textContent);
}

if (changed) {
  setInterval(lookForChange, 20000);
  document.addEventListener("visibilitychange", lookForChange);
}
