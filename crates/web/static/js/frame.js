// The frame: collapsing the navigation, and theme and density without a page load.
const root = document.documentElement;
root.classList.add("scripted");

function toggleSidebar() {
  const collapse = root.dataset.sidebar !== "collapsed";
  if (collapse) root.dataset.sidebar = "collapsed";
  else delete root.dataset.sidebar;
  document.cookie = `sidebar=${collapse ? "collapsed" : "open"}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

document.addEventListener("click", (event) => {
  const act = event.target.closest("button[type=button][data-act]")?.dataset.act;
  if (act && acts[act]) acts[act]();
});

document.addEventListener("submit", (event) => {
  const name = event.target.dataset.preference;
  if (!name || !event.submitter) return;
  event.preventDefault();
  delete event.target.dataset.busy;
  const value = event.submitter.value;
  root.dataset[name] = value;
  document.querySelector('meta[name="color-scheme"]').content = root.dataset.theme === "system" ? "light dark" : root.dataset.theme;
  for (const button of event.target.querySelectorAll("button")) {
    button.removeAttribute("aria-disabled");
    button.setAttribute("aria-pressed", String(button === event.submitter));
  }
  fetch(event.target.action, { method: "POST", body: new URLSearchParams({ [name]: value }), redirect: "manual" }).catch(() => {});
});
