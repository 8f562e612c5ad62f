// Everything works without this script; each part of a page that it makes livelier has a module of its own.
import { pickOnFigure } from "./emphasis.js";
import { offerCopy, offerPrint } from "./small.js";
import { watchProgress } from "./progress.js";
import { trace } from "./tracing.js";

const parts = [
  ["[data-progress]", watchProgress],
  [".week", trace],
  ["[data-emphasis]", pickOnFigure],
  ["[data-copy]", offerCopy],
  ["[data-print]", offerPrint],
];

for (const [selector, begin] of parts) {
  for (const element of document.querySelectorAll(selector)) begin(element);
}
