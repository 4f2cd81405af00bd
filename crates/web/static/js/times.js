// Relative times tick, in the server's words and with its limits (component/time.rs).
const words = document.getElementById("tick-words")?.dataset;

function spanWords(seconds) {
  if (seconds < 7200) return words.minutes.replace("#", Math.floor(seconds / 60));
  if (seconds < 172800) return words.hours.replace("#", Math.floor(seconds / 3600));
  return words.days.replace("#", Math.floor(seconds / 86400));
}

function tick() {
  for (const time of document.querySelectorAll("time[data-tick]")) {
    const past = (Date.now() - Date.parse(time.dateTime)) / 1000;
    const span = spanWords(Math.abs(past));
    let text = span;
    if (time.dataset.tick === "ago") text = past < 60 ? words.now : words.ago.replace("#", span);
    if (time.dataset.tick === "due") text = (past > 0 ? words.over : words.in).replace("#", span);
    if (time.textContent !== text) time.textContent = text;
    const due = time.closest(".due");
    if (due && time.dataset.tick === "due") {
      due.classList.toggle("overdue", past > 0);
      due.classList.toggle("soon", past <= 0 && past > -14400);
    }
  }
}

if (words) setInterval(tick, 30000);
