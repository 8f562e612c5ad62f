// What any page may hold; a page that needs more names a script of its own.
import { begin } from "./begin.js";
import { sayBusy } from "./busy.js";
import { localDate, localMoment, offerCopy, offerPrint, tellZone } from "./small.js";
import { chooseThemes } from "./theme.js";

begin("form[data-busy]", sayBusy);
begin("[data-themes]", chooseThemes);
begin("[data-copy]", offerCopy);
begin("[data-print]", offerPrint);
begin("time[data-date]", localDate);
begin("time[data-moment]", localMoment);
begin("[data-timezone]", tellZone);
