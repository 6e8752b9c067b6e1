// Copying a formula gives its LaTeX; an equation number copies a link to its equation.
import { copy, words } from "./page.js";
import { part } from "./pieces.js";

const latexOf = (math) => math.querySelector('annotation[encoding="application/x-tex"]')?.textContent ?? math.textContent;
function mathAround(node) {
  const element = node.nodeType === 1 ? node : node.parentElement;
  return element?.closest(".pieces")?.previousSibling.firstChild ?? element?.closest("math");
}

document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0).cloneRange();
  const first = mathAround(range.startContainer);
  const last = mathAround(range.endContainer);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const fragment = range.cloneContents();
  for (const whole of fragment.querySelectorAll(".whole")) {
    whole.nextSibling?.remove();
    whole.replaceWith(whole.firstChild);
  }
  const formulas = fragment.querySelectorAll("math");
  if (!formulas.length) return;
  if (first && first === last) {
    event.clipboardData.setData("text/plain", latexOf(first));
    event.preventDefault();
    return;
  }
  const copied = document.createElement("div");
  copied.append(fragment);
  event.clipboardData.setData("text/html", copied.innerHTML);
  for (const math of formulas) {
    const latex = latexOf(math);
    math.replaceWith(math.matches("[display]") ? `$$\n${latex}\n$$` : `$${latex}$`);
  }
  // Only text on the page has line breaks between its blocks.
  copied.style.cssText = "position:fixed;left:-200vw;white-space:pre-line";
  document.body.append(copied);
  event.clipboardData.setData("text/plain", copied.innerText.replace(/\n{3,}/g, "\n\n").trim());
  copied.remove();
  event.preventDefault();
});

document.addEventListener("dblclick", (event) => {
  const math = mathAround(event.target);
  if (math) copy(latexOf(math), words.latex);
});

// By keyboard the link is an anchor of its own: nothing inside a formula takes focus.
const numbers = ".math-display mtd[id]";
for (const number of document.querySelectorAll(numbers)) {
  const anchor = document.createElement("a");
  anchor.className = "anchor";
  anchor.href = `#${number.id}`;
  anchor.setAttribute("aria-label", `${words.to} ${number.textContent}`);
  number.closest(".math-display").append(anchor);
}

document.addEventListener("click", (event) => {
  const number = event.target.closest?.(numbers);
  if (!number || event.target.closest("a")) return;
  const url = new URL(location.href);
  url.hash = number.id;
  history.replaceState(null, "", url);
  copy(url.href, words.link);
});

// A display that is a little too wide, though its lines break, is set smaller. Letters shrink less evenly than numbers:
// what was set is measured again.
const isWide = (box) => box.clientWidth < box.scrollWidth;
function fitDisplays() {
  const displays = [...document.querySelectorAll(".math-display")];
  for (const box of displays) {
    box.style.fontSize = "";
    box.classList.remove("parted");
  }
  for (const box of displays.filter(isWide)) {
    box.classList.add("parted");
    part(box.firstElementChild);
  }
  shrink(displays, 0.85);
  shrink(displays.filter((box) => box.style.fontSize), 0.84);
}
function shrink(displays, least) {
  const sizes = displays.map((box) => (box.clientWidth / box.scrollWidth) * (parseFloat(box.style.fontSize) || 1));
  const wide = displays.map(isWide);
  displays.forEach((box, index) => {
    const size = Math.floor(sizes[index] * 100) / 100;
    if (wide[index] && size >= least) box.style.fontSize = `${size}em`;
  });
}
document.fonts.ready.then(fitDisplays);
addEventListener("resize", fitDisplays);

// Paper does not scroll: what is too wide is set smaller.
addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll(".math-display, .table-scroll")) box.style.setProperty("--fit", 850 / box.scrollWidth);
});
