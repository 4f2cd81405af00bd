// The timer of a ticket counts minutes into its form until somebody types there.
{
  const place = document.querySelector("[data-timer]");
  const input = document.getElementById("field-minutes");
  if (place && input) {
    const began = Date.now();
    let typed = input.value !== "";
    input.addEventListener("input", () => { typed = true; });
    const count = () => {
      const minutes = Math.max(1, Math.ceil((Date.now() - began) / 60000));
      if (!typed) input.value = minutes;
      place.textContent = place.dataset.timer.replace("#", minutes);
    };
    count();
    setInterval(count, 5000);
  }
}
