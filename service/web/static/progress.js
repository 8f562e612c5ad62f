// A search as it goes on: the figures renewed, the gap drawn as it closes, the week as soon as it is there.

const WIDTH = 600, HEIGHT = 180, SHARE_OF_SCORES = 1.02;

export function watchProgress(root) {
  const steps = [];
  const limit = Number(root.dataset.limit);
  const told = (name) => root.querySelector(`[data-${name}]`);
  const events = new EventSource(root.dataset.progress);

  events.addEventListener("running", () => {
    told("state").textContent = `The search is running, for ${limit} seconds at most.`;
  });
  events.addEventListener("progress", (event) => {
    const step = JSON.parse(event.data);
    steps.push(step);
    if (step.score !== null) told("score").textContent = rounded(step.score);
    if (step.bound !== null) told("bound").textContent = rounded(step.bound);
    if (step.gap !== null) told("gap").textContent = `${rounded(100 * step.gap)} %`;
    draw(told("closing"), steps.filter((one) => one.score !== null && one.bound !== null), limit);
  });
  events.addEventListener("ended", () => {
    events.close();
    location.reload();
  });
}

function rounded(value) {
  return String(Math.round(100 * value) / 100);
}

function draw(figure, steps, limit) {
  if (steps.length < 2) return;
  figure.hidden = false;
  const last = steps[steps.length - 1];
  const low = Math.min(...steps.map((step) => step.score));
  const high = Math.max(...steps.map((step) => step.bound)) * SHARE_OF_SCORES;
  const width = Math.max(limit, last.seconds);
  const x = (step) => (WIDTH * step.seconds) / width;
  const y = (value) => HEIGHT - 8 - ((HEIGHT - 16) * (value - low)) / Math.max(high - low, 0.01);
  const line = (name) => steps.map((step) => `${x(step).toFixed(1)},${y(step[name]).toFixed(1)}`);
  const bounds = line("bound"), scores = line("score");
  figure.querySelector("polyline.bound").setAttribute("points", bounds.join(" "));
  figure.querySelector("polyline.score").setAttribute("points", scores.join(" "));
  figure.querySelector(".between").setAttribute("d", `M${bounds.join(" L")} L${scores.reverse().join(" L")} Z`);
}
