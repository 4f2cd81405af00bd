// What a form makes of its inputs, in the part of the page that it names: asked for anew a moment after the last key. Without
// this, the button Preview does so.
const followed = document.querySelector("form[data-follow]");
let following = 0;

async function follow() {
  const asked = ++following;
  const place = followed.dataset.follow;
  const body = new URLSearchParams(new FormData(followed));
  if (!body.get("ticket")) return;
  body.set("preview", "1");
  const answer = await fetch(followed.action, { method: "POST", body, redirect: "error" }).catch(() => null);
  if (!answer?.ok || asked !== following) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [old, fresh] = [document.getElementById(place), page.getElementById(place)];
  if (old && fresh) old.replaceWith(fresh);
}

if (followed) {
  let waiting = 0;
  followed.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(follow, 400);
  });
}
