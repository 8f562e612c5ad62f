// The theme is changed where one is, and kept as it is without this script.
export function chooseThemes(form) {
  const wear = (theme) => {
    document.documentElement.dataset.theme = theme;
    document.querySelector("meta[name='color-scheme']").content = theme === "system" ? "light dark" : theme;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", button.value === theme);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = event.submitter.value;
    wear(theme);
    const kept = { method: "POST", body: new URLSearchParams({ theme }), redirect: "manual", keepalive: true };
    fetch(form.action, kept).catch((error) => console.info("not kept:", error.message));
  });
}
