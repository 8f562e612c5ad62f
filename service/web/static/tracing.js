// Numbers and muscles tell where they come from: pointed at or focused, a card lists the entries, and the entries light
// up. Escape puts the card away; without this script a number opens into the same list.
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

function linesOf(element) {
  const own = element.closest(".traced") ?? document.querySelector(`tr${alike(muscleOf(element))} .traced`);
  const listed = own && !element.closest(".recovery") ? own.querySelectorAll("li") : [];
  if (listed.length) return [...listed].map((line) => [line.querySelector("a").textContent, line.querySelector(".amount")?.textContent ?? ""]);
  return entriesOf(element).map((key) => {
    const entry = document.getElementById(key);
    return [entry?.querySelector("h3")?.textContent ?? key, ""];
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
  const title = element.querySelector("title")?.textContent;
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


export function trace() {
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
