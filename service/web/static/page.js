// Everything works without this script; each part of a page that it makes livelier has a module of its own.
import { sayBusy } from "./busy.js";
import { pickOnFigure } from "./emphasis.js";
import { livenForm } from "./form.js";
import { watchProgress } from "./progress.js";
import { localDate, localMoment, offerCopy, offerPrint } from "./small.js";
import { trace } from "./tracing.js";
import { watchWork } from "./working.js";

const parts = [
  ["[data-progress]", watchProgress],
  ["[data-working]", watchWork],
  ["form[data-busy]", sayBusy],
  ["[data-check]", livenForm],
  [".week", trace],
  ["[data-emphasis]", pickOnFigure],
  ["[data-copy]", offerCopy],
  ["[data-print]", offerPrint],
  ["time[data-date]", localDate],
  ["time[data-moment]", localMoment],
];

for (const [selector, begin] of parts) {
  for (const element of document.querySelectorAll(selector)) begin(element);
}
