// Numbers and muscles tell where they come from: pointed at or focused, a card lists the entries, and the entries light
// up. Escape puts the card away; without this script a number opens into the same list.
import { begin } from "./begin.js";

const card = document.createElement("div");
card.className = "trace-card";
card.hidden = true;
card.setAttribute("aria-hidden", "true"); // The list that a number opens into says the same.
let traced = null;

const lit = (selector, name, on) => {
  if (selector) for (const element of document.querySelectorAll(selector)) element.classList.toggle(name, on);
};

const entriesOf = (element) => (element.dataset.entries ?? "").split(" ").filter(Boolean);
const selectorOf = (keys) => keys.map((key) => `#${CSS.escape(key)}`).join(",");
const muscleOf = (element) => element.closest("[data-muscle]")?.dataset.muscle;
const alike = (muscle) => (muscle ? `[data-muscle="${CSS.escape(muscle)}"]` : "");

const textOf = (parent, selector) => parent?.querySelector(selector)?.textContent ?? "";

// The list that tells it: the number's own, or that of the muscle's row.
function listOf(element) {
  const own = element.closest(".traced");
  const muscle = muscleOf(element);
  return own || !muscle || element.closest(".recovery") ? own : document.querySelector(`tr${alike(muscle)} .traced`);
}

function linesOf(element) {
  const lines = [...(listOf(element)?.querySelectorAll("li") ?? [])];
  if (lines.length) return lines.map((line) => [line.firstElementChild.textContent, textOf(line, ".amount")]);
  return entriesOf(element).map((key) => {
    const entry = document.getElementById(key);
    return [`${textOf(entry?.closest(".session"), "h2")}: ${textOf(entry, "h3")}`, ""];
  });
}

function show(element) {
  if (traced === element) return;
  hide();
  traced = element;
  lit(selectorOf(entriesOf(element)), "is-source", true);
  lit(alike(muscleOf(element)), "is-lit", true);
  const list = document.createElement("ul");
  for (const [name, amount] of linesOf(element)) {
    const line = document.createElement("li");
    const what = document.createElement("span");
    what.textContent = name;
    const much = document.createElement("span");
    much.className = "amount";
    much.textContent = amount;
    line.append(what, much);
    list.append(line);
  }
  const title = textOf(element, "title");
  card.replaceChildren();
  if (title) {
    const head = document.createElement("p");
    head.textContent = title;
    card.append(head);
  }
  card.append(list);
  if (!list.children.length && !title) return;
  card.hidden = false;
  place(element);
}

function place(element) {
  const at = element.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const left = Math.min(Math.max(8, at.left + at.width / 2 - width / 2), document.documentElement.clientWidth - width - 8);
  const above = at.top - height - 8;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(above > 0 ? above : at.bottom + 8) + scrollY}px`;
}

function hide() {
  if (!traced) return;
  lit(selectorOf(entriesOf(traced)), "is-source", false);
  lit(".is-lit", "is-lit", false);
  card.hidden = true;
  traced = null;
}

function trace() {
  document.body.append(card);
  const begin = (event) => {
    const element = event.target.closest?.("[data-entries]");
    if (element && !element.closest(".traced[open]")) show(element);
    else if (!card.contains(event.target)) hide();
  };
  document.addEventListener("pointerover", begin);
  document.addEventListener("focusin", begin);
  document.addEventListener("focusout", hide);
  document.addEventListener("click", (event) => event.target.closest("summary[data-entries]") && hide());
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}

begin(".week", trace);
