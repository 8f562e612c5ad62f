// The figure of the form: a muscle that is clicked goes on to its next emphasis, in the list that belongs to it.
import { begin } from "./begin.js";

const NEXT = { "": "2", 2: "3", 3: "0", 0: "", 1: "2" };
const SHADES = ["priority-0", "priority-1", "priority-2", "priority-3"];

function pickOnFigure(element) {
  const told = element.querySelector(".picked");
  const hint = "Pick a muscle to train it more, past its target, or not at all.";
  const listOf = (muscle) => document.getElementById(`priority-${muscle}`);
  const piecesOf = (muscle) => element.querySelectorAll(`[data-muscle="${muscle}"]`);
  const words = (list) => `${list.labels[0].textContent}: ${list.selectedOptions[0].textContent.toLowerCase()}`;
  const light = (muscle, on) => {
    for (const piece of piecesOf(muscle)) piece.classList.toggle("is-lit", on);
  };

  const shade = (list) => {
    const muscle = list.name.replace("priority-", "");
    for (const piece of piecesOf(muscle)) {
      piece.classList.remove(...SHADES);
      piece.classList.add(`priority-${list.value || piece.dataset.usual}`);
    }
  };

  element.classList.add("is-live");
  told.hidden = false;
  told.textContent = hint;
  element.addEventListener("change", (event) => event.target.matches("select") && shade(event.target));
  element.addEventListener("click", (event) => {
    const { muscle } = event.target.dataset;
    if (!muscle) return;
    const list = listOf(muscle);
    list.value = NEXT[list.value];
    list.dispatchEvent(new Event("change", { bubbles: true }));
    told.textContent = words(list);
  });
  element.addEventListener("pointerover", (event) => {
    const { muscle } = event.target.dataset;
    if (!muscle) return;
    light(muscle, true);
    told.textContent = words(listOf(muscle));
  });
  element.addEventListener("pointerout", (event) => {
    const { muscle } = event.target.dataset;
    if (muscle) light(muscle, false);
  });
}

begin("[data-emphasis]", pickOnFigure);
