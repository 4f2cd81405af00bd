// Older parts of a history come while scrolling, or after the page: the link that leads to them is followed in place.
{
  const more = () => document.querySelector("a[data-more]");
  const bring = async (link) => {
    if (link.dataset.busy) return;
    link.dataset.busy = "1";
    const answer = await fetch(link.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const entries = page.querySelectorAll(".history > ol > li");
    document.querySelector(".history > ol")?.append(...entries);
    const next = page.querySelector("a[data-more]");
    link.replaceWith(...(next ? [next] : []));
    watch();
  };
  const seen = new IntersectionObserver((rows) => {
    for (const row of rows) if (row.isIntersecting) { seen.unobserve(row.target); bring(row.target); }
  }, { rootMargin: "300px" });
  const watch = () => {
    const link = more();
    if (!link) return;
    if (link.dataset.more === "delay" && !document.querySelector(".history > ol > li")) bring(link);
    else seen.observe(link);
  };
  watch();
}
