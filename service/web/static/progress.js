// A search as it goes on: the figures renewed, the gap drawn as it closes, the week as soon as it is there.
import { begin } from "./begin.js";

const FRAME = { left: 44, right: 628, top: 14, bottom: 190 };
const SVG = "http://www.w3.org/2000/svg";
const TICK = 200;

function watchProgress(root) {
  const steps = [];
  const limit = Number(root.dataset.limit);
  const told = (name) => root.querySelector(`[data-${name}]`);
  const events = new EventSource(root.dataset.progress);
  let clock = 0;

  events.addEventListener("running", () => {
    told("state").textContent = `The search is running, for ${limit} seconds at most.`;
    const begun = performance.now();
    clearInterval(clock);
    clock = setInterval(() => {
      told("seconds").value = Math.min(limit, (performance.now() - begun) / 1000);
    }, TICK);
  });
  events.addEventListener("progress", (event) => {
    const step = JSON.parse(event.data);
    if (step.score !== null) told("score").textContent = rounded(step.score);
    if (step.bound !== null) told("bound").textContent = rounded(step.bound);
    if (step.gap !== null) told("gap").textContent = percent(step.gap);
    if (step.score === null || step.bound === null) return;
    steps.push(step);
    draw(told("closing"), steps, limit);
  });
  events.addEventListener("ended", () => {
    events.close();
    clearInterval(clock);
    location.reload();
  });
}

function rounded(value) {
  return String(Math.round(100 * value) / 100);
}

function percent(share) {
  return share > 0 && share < 0.001 ? "under 0.1 %" : `${Math.round(1000 * share) / 10} %`;
}

function draw(figure, steps, limit) {
  figure.hidden = false;
  const last = steps[steps.length - 1];
  const low = 10 * Math.floor(Math.min(...steps.map((step) => step.score)) / 10);
  const high = 10 * Math.ceil(Math.max(...steps.map((step) => step.bound)) / 10);
  const width = Math.max(limit, last.seconds);
  const x = (seconds) => FRAME.left + ((FRAME.right - FRAME.left) * seconds) / width;
  const y = (value) => FRAME.bottom - ((FRAME.bottom - FRAME.top) * (value - low)) / Math.max(high - low, 1);
  // A value stands until the next one is told.
  const corners = (name) => steps.flatMap((step, at) => {
    const until = steps[at + 1]?.seconds ?? last.seconds + width / 100;
    return [`${x(step.seconds).toFixed(1)},${y(step[name]).toFixed(1)}`, `${x(until).toFixed(1)},${y(step[name]).toFixed(1)}`];
  });
  const bounds = corners("bound"), scores = corners("score");
  figure.querySelector(".bound").setAttribute("d", `M${bounds.join(" L")}`);
  figure.querySelector(".score").setAttribute("d", `M${scores.join(" L")}`);
  figure.querySelector(".between").setAttribute("d", `M${bounds.join(" L")} L${scores.reverse().join(" L")} Z`);
  figure.querySelector(".axes").replaceChildren(
    ...[low, (low + high) / 2, high].flatMap((value) => [
      made("line", { x1: FRAME.left, x2: FRAME.right, y1: y(value), y2: y(value) }),
      made("text", { x: FRAME.left - 8, y: y(value) + 4, "text-anchor": "end" }, rounded(value)),
    ]),
    ...[0, width / 2, width].map((seconds) =>
      made("text", { x: x(seconds), y: FRAME.bottom + 18, "text-anchor": "middle" }, `${rounded(seconds)} s`)),
  );
}

function made(kind, attributes, words = "") {
  const element = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = words;
  return element;
}

begin("[data-progress]", watchProgress);
