// Everything works without scripts. What a script makes livelier is marked in the page.
export function begin(selector, start) {
  for (const element of document.querySelectorAll(selector)) start(element);
}
