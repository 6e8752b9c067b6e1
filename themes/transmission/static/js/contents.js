// The contents list and the tree: open in the margin.
import { content, root, whenIdle } from "./page.js";

const wide = matchMedia("(min-width: 1200px)");
const unfold = () => document.querySelectorAll(".toc details, .tree details").forEach((fold) => (fold.open = wide.matches));
wide.addEventListener("change", unfold);
if (wide.matches) unfold();

// The section in view is marked.
const contents = document.querySelector(".toc");
if (contents && content) {
  const links = new Map([...contents.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...content.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((heading) => links.has(heading.id));
  let current;
  const mark = (link) => {
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    current = link;
    if (!link || !wide.matches) return;
    const box = contents.getBoundingClientRect();
    const at = link.getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) contents.scrollTop += at.top - box.top - box.height / 3;
  };
  // In view is the last heading above a quarter of the window. At the end of the page: the one asked for, or the last.
  const follow = () => {
    const top = (heading) => heading.getBoundingClientRect().top;
    const ended = scrollY && scrollY + innerHeight > root.scrollHeight - 50;
    const asked = (heading) => heading.matches(":target") && top(heading) > 0;
    const current = ended ? (headings.find(asked) ?? headings.at(-1)) : headings.findLast((heading) => top(heading) < innerHeight / 4);
    mark(links.get(current?.id));
  };
  addEventListener("scroll", follow, { passive: true });
  whenIdle(follow);
}
