// Says something in the live region; it goes away by itself, since nothing there needs an answer.
function announce(text) {
  const region = document.getElementById("live");
  if (!region || !text) return;
  const line = document.createElement("p");
  line.textContent = text;
  region.append(line);
  setTimeout(() => line.remove(), 8000);
}
