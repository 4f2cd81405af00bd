// Menus are <details>; here they also close on Escape and on a press outside, and arrow keys walk their entries.
function openMenu() {
  return document.querySelector("details.menu[open]");
}

function closeMenu(menu) {
  const inside = menu.contains(document.activeElement);
  menu.open = false;
  if (inside) menu.querySelector("summary").focus();
}

document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const entries = [...menu.querySelectorAll(".menu-panel :is(a, button)")];
  const step = event.key === "ArrowDown" ? 1 : -1;
  const next = entries[(entries.indexOf(document.activeElement) + step + entries.length) % entries.length];
  if (!next) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  next.focus();
});

// A menu near the right edge opens to the left.
document.addEventListener("toggle", (event) => {
  const panel = event.target.matches?.("details.menu[open]") && event.target.querySelector(".menu-panel");
  if (!panel) return;
  panel.classList.remove("leftward");
  if (panel.getBoundingClientRect().right > document.documentElement.clientWidth - 8) panel.classList.add("leftward");
}, true);
