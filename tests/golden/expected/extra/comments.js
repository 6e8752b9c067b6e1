// Comments: giscus is asked for when a reader clicks.
(() => {
  "use strict";
  const section = document.querySelector(".comments");
  const root = document.documentElement;
  const dark = () => (root.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const theme = () => (dark() ? "dark" : "light");

  function load() {
    const { host, ...settings } = section.dataset;
    const script = document.createElement("script");
    Object.assign(script.dataset, settings, {
      theme: theme(),
      reactionsEnabled: "1",
      emitMetadata: "0",
      inputPosition: "bottom",
      strict: "0",
    });
    script.src = `${host}/client.js`;
    script.async = true;
    script.crossOrigin = "anonymous";
    const place = document.createElement("div");
    place.className = "giscus";
    section.append(place, script);
    section.querySelector("button").parentElement.remove();
    new MutationObserver(() => {
      const frame = section.querySelector("iframe.giscus-frame");
      frame?.contentWindow.postMessage({ giscus: { setConfig: { theme: theme() } } }, host);
    }).observe(root, { attributeFilter: ["data-scheme"] });
  }

  section.hidden = false;
  section.querySelector("button").addEventListener("click", load, { once: true });
})();
