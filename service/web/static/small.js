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
