// Work under way: what is said of it is renewed as it goes on, and what came of it is shown as soon as it is there.
import { begin } from "./begin.js";

const PAUSE_MILLISECONDS = 700;

function watchWork(root) {
  const events = new EventSource(root.dataset.working);
  let renewing = false;

  async function renew() {
    if (renewing) return;
    renewing = true;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("work");
    if (there) root.querySelector("#work").replaceChildren(...there.childNodes);
    setTimeout(() => { renewing = false; }, PAUSE_MILLISECONDS);
  }

  events.addEventListener("running", renew);
  events.addEventListener("progress", renew);
  events.addEventListener("ended", () => {
    events.close();
    location.reload();
  });
}

begin("[data-working]", watchWork);
