// The contents list: open in the margin, and the section in view marked.
const contents = document.querySelector(".toc");
if (contents && content) {
  const fold = contents.querySelector("details");
  const wide = matchMedia("(min-width: 1200px)");
  const unfold = () => (fold.open = wide.matches);
  wide.addEventListener("change", unfold);
  if (wide.matches) unfold();

  const links = new Map([...contents.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...content.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((heading) => links.has(heading.id));
  const passed = new Set();
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
  // A heading is passed once it is above a line a quarter down the window, however far above.
  const watch = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) passed[isIntersecting ? "add" : "delete"](target);
      mark(links.get(headings.findLast((heading) => passed.has(heading))?.id));
    },
    { rootMargin: "1000000px 0px -75% 0px" },
  );
  for (const heading of headings) watch.observe(heading);
}
