// Shared by the other scripts: the words of the page, and a short message at its foot.
const words = document.currentScript.dataset;
const root = document.documentElement;
const content = document.querySelector(".e-content");
const toast = document.createElement("div");
toast.className = "toast";
toast.setAttribute("role", "status");
document.body.append(toast);
let toastEnds;

function say(text) {
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(toastEnds);
  toastEnds = setTimeout(() => toast.classList.remove("shown"), 1600);
}

// The clipboard needs https; where it is missing nothing is said to have been copied.
async function copy(text, message) {
  try {
    await navigator.clipboard.writeText(text);
    say(message);
    return true;
  } catch {
    return false;
  }
}

// What scrolls can be reached by keyboard.
const reach = () => {
  for (const box of document.querySelectorAll(".e-content > *, .excerpt > *, .entry-title, h1, .callout > *"))
    if (box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === "auto") box.tabIndex = 0;
};
reach();
addEventListener("load", reach);
