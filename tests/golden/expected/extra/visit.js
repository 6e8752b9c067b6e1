// One visit for the counter that the site's owner runs: path, title and referrer, once the page is idle. Readers who ask
// not to be tracked are not counted, and neither is a preview on one's own machine.
(() => {
  "use strict";
  const counter = document.currentScript.dataset.counter.replace(/\/count$/, "");
  const local = /^(localhost|127\.|\[::1\])/.test(location.hostname);
  if (local || navigator.doNotTrack === "1" || navigator.globalPrivacyControl || navigator.webdriver) return;
  const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 500));
  const count = () =>
    idle(() => {
      const link = document.querySelector('link[rel="canonical"]');
      const path = link ? new URL(link.href).pathname : location.pathname;
      const params = new URLSearchParams({ p: path, t: document.title, r: document.referrer, rnd: Math.random().toString(36).slice(2) });
      new Image().src = `${counter}/count?${params}`;
    });
  if (document.visibilityState === "visible") count();
  else document.addEventListener("visibilitychange", count, { once: true });
})();
