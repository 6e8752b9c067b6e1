// The switch between light and dark. A choice that equals the system's is forgotten, so the page follows the system again.
import { root } from "./page.js";

const system = matchMedia("(prefers-color-scheme: dark)");
const dark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
const bars = document.querySelectorAll('meta[name="theme-color"]');
const barColors = [...bars].map((bar) => bar.content);

function paintBars() {
  bars.forEach((bar, i) => (bar.content = root.dataset.scheme ? barColors[dark() ? 1 : 0] : barColors[i]));
}

export function switchScheme() {
  const next = dark() ? "light" : "dark";
  const follow = (next === "dark") === system.matches;
  if (follow) delete root.dataset.scheme;
  else root.dataset.scheme = next;
  try {
    if (follow) localStorage.removeItem("scheme");
    else localStorage.setItem("scheme", next);
  } catch {
    // Private windows may refuse storage.
  }
  paintBars();
}

for (const button of document.querySelectorAll(".scheme-switch")) {
  button.hidden = false;
  button.addEventListener("click", switchScheme);
}
paintBars();
