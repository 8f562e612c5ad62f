// Small conveniences.

export function offerPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

export function offerCopy(input) {
  input.addEventListener("focus", () => input.select());
  // Browsers hand out the clipboard on secure addresses only.
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(input.value);
    button.textContent = "Copied";
  });
  input.after(button);
}

// The server writes dates in English; a browser knows all languages.
export function localDate(time) {
  const locale = document.body.dataset.locale;
  if (locale.startsWith("en")) return;
  // The date on the wall where the session is, whatever the time zone of the browser.
  const [year, month, day] = time.dateTime.slice(0, 10).split("-").map(Number);
  const options = { day: "numeric", month: time.dataset.date || "short", timeZone: "UTC" };
  if (time.dataset.date) options.year = "numeric";
  time.textContent = new Intl.DateTimeFormat(locale, options).format(Date.UTC(year, month - 1, day));
  time.lang = locale;
}

// The server knows no clock but its own.
export function localMoment(time) {
  const locale = document.body.dataset.locale;
  const shown = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" });
  time.textContent = shown.format(new Date(time.dateTime));
  if (!locale.startsWith("en")) time.lang = locale;
}

// The server cannot know where the browser is.
export function tellZone(field) {
  if (!field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
