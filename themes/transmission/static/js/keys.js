// Keys: t switches light and dark, j and k go to the next and the previous entry of a list, / searches. A box says so, and
// turns them off: who speaks to a computer would else press them by speaking (WCAG 2.1.4).
import { words } from "./page.js";
import { switchScheme } from "./scheme.js";
import { find, finder } from "./search.js";

const stored = () => {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch {
    return true;
  }
};
let keysOn = stored();

const help = document.createElement("dialog");
help.className = "keys";
help.lang = words.lang;
help.setAttribute("aria-label", words.keys);
const list = document.createElement("ul");
for (const line of words.keysList.split(" · ")) list.append(Object.assign(document.createElement("li"), { textContent: line }));
const choice = Object.assign(document.createElement("input"), { type: "checkbox", checked: keysOn });
const label = document.createElement("label");
label.append(choice, ` ${words.keysOn}`);
const done = Object.assign(document.createElement("button"), { type: "button", textContent: words.close });
done.addEventListener("click", () => help.close());
help.append(list, label, done);
choice.addEventListener("change", () => {
  keysOn = choice.checked;
  try {
    if (keysOn) localStorage.removeItem("keys");
    else localStorage.setItem("keys", "off");
  } catch {
    // As for the scheme: the choice holds for this page.
  }
});

// Without a keyboard nobody is told.
const foot = document.querySelector(".site-footer p");
if (foot && matchMedia("(hover: hover)").matches) {
  const opener = Object.assign(document.createElement("button"), { type: "button", className: "keys-open", textContent: words.keys });
  opener.setAttribute("aria-keyshortcuts", "?");
  opener.addEventListener("click", () => help.showModal());
  foot.append(opener);
}
document.body.append(help);

function step(by) {
  const entries = [...document.querySelectorAll(".entry-title a, .note-rows .p-name, .group h2 a")];
  const at = entries.indexOf(document.activeElement);
  const next = entries[at < 0 ? 0 : at + by];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
}

const actions = { t: switchScheme, j: () => step(1), k: () => step(-1), "/": () => finder && find(), "?": () => help.showModal() };
addEventListener("keydown", (event) => {
  if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (!actions[event.key] || event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  if (event.key === "/") event.preventDefault();
  actions[event.key]();
});
