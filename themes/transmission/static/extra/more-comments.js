// Comments by utterances, Waline, Twikoo, Artalk or Isso: their script is asked for when a reader clicks.
(() => {
  "use strict";
  const section = document.querySelector(".comments");
  const root = document.documentElement;
  const { system, host, client, lang, repo, envId, site } = section.dataset;
  const dark = () => (root.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  // Add an element for the comments; return it.
  function place(id) {
    const element = document.createElement("div");
    element.id = id;
    section.append(element);
    return element;
  }

  // Load a script; `then` is called when it has run.
  function script(src, attributes = {}, then = () => {}) {
    const element = document.createElement("script");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.async = true;
    element.src = src;
    element.addEventListener("load", then);
    section.append(element);
  }

  function style(href) {
    const element = document.createElement("link");
    element.rel = "stylesheet";
    element.href = href;
    document.head.append(element);
  }

  const systems = {
    utterances() {
      const theme = dark() ? "github-dark" : "github-light";
      script(`${host}/client.js`, { repo, "issue-term": "pathname", theme, crossorigin: "anonymous" });
    },
    async waline() {
      style(`${client}/waline.css`);
      const el = place("waline");
      const { init } = await import(`${client}/waline.js`);
      const comments = init({ el, serverURL: host, lang, path: location.pathname, dark: dark() });
      new MutationObserver(() => comments?.update({ dark: dark() })).observe(root, { attributeFilter: ["data-scheme"] });
    },
    twikoo() {
      place("twikoo");
      script(client, {}, () => window.twikoo.init({ envId, el: "#twikoo", lang, path: location.pathname }));
    },
    artalk() {
      style(`${host}/dist/Artalk.css`);
      const el = place("artalk");
      const settings = { el, server: host, site, pageKey: location.pathname, pageTitle: document.title, locale: lang };
      script(`${host}/dist/Artalk.js`, {}, () => {
        const comments = window.Artalk.init({ ...settings, darkMode: dark() });
        new MutationObserver(() => comments.setDarkMode(dark())).observe(root, { attributeFilter: ["data-scheme"] });
      });
    },
    isso() {
      place("isso-thread");
      script(`${host}/js/embed.min.js`, { "data-isso": `${host}/`, "data-isso-lang": lang.split("-")[0] });
    },
  };

  section.hidden = false;
  section.querySelector("button").addEventListener(
    "click",
    (event) => {
      event.target.parentElement.remove();
      systems[system]();
    },
    { once: true },
  );
})();
