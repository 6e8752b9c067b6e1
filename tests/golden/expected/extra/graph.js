// The map of notes is wider than a phone: it begins where the most notes of the first screen are, not in its corner.
(() => {
  "use strict";
  const box = document.querySelector(".graph-box");
  const edge = 40; // pixels, for titles
  const places = [...box.querySelectorAll("circle")].map(({ cx, cy }) => [cx.baseVal.value, cy.baseVal.value]);
  const first = places.filter(([, y]) => y < innerHeight).map(([x]) => x);
  const shown = (x) => first.filter((other) => other >= x && other - x < box.clientWidth - 2 * edge).length;
  const best = first.reduce((best, x) => (shown(x) > shown(best) ? x : best), first[0] ?? 0);
  if (box.scrollWidth > box.clientWidth) box.scrollLeft = best - edge;
})();
