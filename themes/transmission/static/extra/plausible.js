// Asks the script of Plausible, which comes behind this one, to count visits: it reads `o`, its options, and `q`, what was
// counted before it came.
(() => {
  "use strict";
  const plausible = (...event) => plausible.q.push(event);
  window.plausible ??= Object.assign(plausible, { q: [], o: {} });
})();
