// A muscle that is pointed at lights up wherever else it is.
import { begin } from "./begin.js";

function lightAlike(part) {
  let lit = [];
  part.addEventListener("pointerover", (event) => {
    for (const element of lit) element.classList.remove("is-lit");
    const muscle = event.target.closest("[data-muscle]")?.dataset.muscle;
    lit = muscle ? [...part.querySelectorAll(`[data-muscle="${CSS.escape(muscle)}"]`)] : [];
    for (const element of lit) element.classList.add("is-lit");
  });
}

begin("[data-alike]", lightAlike);
