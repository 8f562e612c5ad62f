// A form that takes a moment says so, and is sent once.

export function sayBusy(form) {
  const said = document.createElement("p");
  said.className = "words";
  said.setAttribute("role", "status");
  form.append(said);

  const rest = () => {
    form.removeAttribute("aria-busy");
    said.textContent = "";
  };

  form.addEventListener("submit", (event) => {
    if (form.hasAttribute("aria-busy")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
    said.textContent = `${event.submitter?.dataset.busy ?? form.dataset.busy} \u2026`;
  });
  // A page that a browser goes back to is as it was left.
  window.addEventListener("pageshow", rest);
}
