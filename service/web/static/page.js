// Everything works without this script; each part of a page that it makes livelier has a module of its own.
import { watchProgress } from "./progress.js";
import { watchWork } from "./working.js";

const parts = [
  ["[data-progress]", watchProgress],
  ["[data-working]", watchWork],
];

for (const [selector, begin] of parts) {
  for (const element of document.querySelectorAll(selector)) begin(element);
}
