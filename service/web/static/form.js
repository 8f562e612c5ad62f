// The form of a plan: judged while it is filled in, by the same schema as when it is sent.
import { begin } from "./begin.js";

const PAUSE = 350;

function livenForm(form) {
  let waiting = 0, asking = null;

  async function judge() {
    asking?.abort();
    asking = new AbortController();
    const sent = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: sent, signal: asking.signal });
      if (answer.ok) show(form, (await answer.json()).faults);
    } catch (error) {
      // Whoever is offline or types on is told when the form is sent.
      if (error.name !== "AbortError") console.info("not judged:", error.message);
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(judge, PAUSE);
  });
  for (const place of form.querySelectorAll("[data-place]")) followPreset(place);
  for (const input of form.querySelectorAll("[data-exercises]")) completeNames(input);
  renamePlaces(form);
}

function show(form, faults) {
  for (const line of form.querySelectorAll(".fault")) {
    const name = line.id.replace(/-fault$/, "");
    const messages = faults[name] ?? [];
    line.textContent = messages.map(sentence).join(" ");
    line.hidden = messages.length === 0;
    if (messages.length) for (let around = line.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    const field = document.getElementById(name);
    if (field?.matches("input, select")) {
      if (messages.length) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }
  const count = Object.keys(faults).length;
  const told = count === 0 ? "" : `${count} field${count === 1 ? "" : "s"} to look at again.`;
  const status = form.querySelector("[data-judged]");
  if (status.textContent !== told) status.textContent = told;
  if (count === 0) document.getElementById("faults")?.remove();
}

function sentence(text) {
  return text[0].toUpperCase() + text.slice(1) + (/[.?]$/.test(text) ? "" : ".");
}

// A preset ticks its items; whoever changes one of them has a list of their own.
function followPreset(place) {
  const own = place.querySelector("[data-own]");
  place.addEventListener("change", (event) => {
    const items = place.querySelectorAll("[name$='-items']");
    if (event.target.dataset.items !== undefined) {
      const ticked = new Set(event.target.dataset.items.split(" "));
      for (const item of items) item.checked = ticked.has(item.value);
    } else if (event.target === own) {
      place.querySelector("details").open = true;
    } else if (event.target.name.endsWith("-items")) {
      own.checked = true;
    }
  });
}

// The places of the days go by the names that were just typed.
function renamePlaces(form) {
  form.addEventListener("input", (event) => {
    const number = /^place-(\d+)-id$/.exec(event.target.name)?.[1];
    if (number === undefined) return;
    for (const option of form.querySelectorAll(`.place-of-day option[value="${number}"]`)) {
      option.textContent = event.target.value;
    }
  });
}

// Names after a comma are completed like the first one.
function completeNames(input) {
  const names = [...document.querySelectorAll("#exercise-names option")].map((option) => option.value);
  const list = document.createElement("datalist");
  list.id = `${input.id}-names`;
  input.after(list);
  input.setAttribute("list", list.id);
  const offer = () => {
    const before = /^(.*,\s*)?/.exec(input.value)[0];
    const begun = input.value.slice(before.length).toLowerCase();
    const fitting = begun.length < 2 ? [] : names.filter((name) => name.toLowerCase().includes(begun));
    list.replaceChildren(...fitting.slice(0, 12).map((name) => new Option(name, before + name)));
  };
  input.addEventListener("input", offer);
}

begin("[data-check]", livenForm);
