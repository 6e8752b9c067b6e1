// Search: the button opens it, and a key: see keys.js. What it needs is loaded then.
import { announce } from "./page.js";

export const finder = document.querySelector("dialog.search");
const finderButton = document.querySelector(".search-open");

export async function find() {
  if (finder.open) return;
  finderButton.disabled = true;
  try {
    const { open } = await import(finder.dataset.script);
    await open(finder);
  } catch {
    announce(finder.dataset.failed);
  }
  finderButton.disabled = false;
}

if (finder) {
  finderButton.hidden = false;
  finderButton.addEventListener("click", find);
}
