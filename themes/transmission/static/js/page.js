// Shared by the other scripts: the words of the page, and a short message at its foot.
export const words = document.currentScript.dataset;
export const root = document.documentElement;
export const content = document.querySelector(".e-content");
const toast = document.createElement("div");
toast.className = "toast";
toast.lang = words.lang;
toast.setAttribute("role", "status");
document.body.append(toast);
let toastEnds;

export function announce(text) {
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(toastEnds);
  toastEnds = setTimeout(() => toast.classList.remove("shown"), 1600);
}

// The clipboard needs https; without it nothing is said to have been copied.
export async function copy(text, message) {
  try {
    await navigator.clipboard.writeText(text);
    announce(message);
    return true;
  } catch {
    return false;
  }
}

// The mark behind a heading copies its link; it says of what while it has the focus.
document.addEventListener("focusin", (event) => {
  const anchor = event.target;
  if (anchor.ariaLabel !== "#") return;
  anchor.ariaLabel = `${words.to} ${anchor.parentElement.innerText}`;
  anchor.onblur = () => (anchor.ariaLabel = "#");
});
document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.(".anchor");
  if (anchor) copy(anchor.href, words.link);
});

// Only what scrolls is a stop for the keyboard; without this script all boxes are. Widths are asked for when the browser
// rests.
const boxes = ".math-display, .table-scroll, pre, .e-content > *, .excerpt > *, .entry-title, h1, .callout > *";
export const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
let waiting = false;

function markScrollable(left, time) {
  const measured = [];
  while (left.length && (!time || time.timeRemaining() > 1)) {
    const box = left.shift();
    const wide = box.scrollWidth > box.clientWidth + 1;
    const tall = box.style.maxHeight && box.scrollHeight > box.clientHeight + 1; // code that asks for it
    measured.push([box, (wide || tall) && getComputedStyle(box).overflowX === "auto"]);
  }
  for (const [box, scrolls] of measured) {
    if (scrolls) box.tabIndex = 0;
    else if (box.tabIndex === 0 && box !== document.activeElement && !box.matches("a, summary")) box.removeAttribute("tabindex");
  }
  if (left.length) whenIdle((more) => markScrollable(left, more));
}

function findScrollable() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() =>
    whenIdle((time) => {
      waiting = false;
      markScrollable([...document.querySelectorAll(boxes)], time);
    }),
  );
}
addEventListener("load", findScrollable);
addEventListener("resize", findScrollable);
addEventListener("toggle", findScrollable, true);
document.fonts.ready.then(findScrollable);
