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
  let current;
  const mark = () => {
    const line = innerHeight * 0.25;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
    const link = links.get(passed.at(-1)?.id);
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    if (link && wide.matches) {
      const box = contents.getBoundingClientRect();
      const at = link.getBoundingClientRect();
      if (at.top < box.top || at.bottom > box.bottom) contents.scrollTop += at.top - box.top - box.height / 3;
    }
    current = link;
  };
  let asked = false;
  addEventListener(
    "scroll",
    () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}
