// Comments by giscus, utterances, Waline, Twikoo, Artalk or Isso: their script is asked for when a reader clicks, or comes
// back from signing in, with the ticket in the address that the script takes out of it.
(() => {
  "use strict";
  const section = document.querySelector(".comments");
  const root = document.documentElement;
  const { system, host, client, lang, repo, envId, region, site } = section.dataset;
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.scheme || (scheme.matches ? "dark" : "light")) === "dark";

  // Call `then` whenever the page has become light or dark.
  function onScheme(then) {
    new MutationObserver(then).observe(root, { attributeFilter: ["data-scheme"] });
    scheme.addEventListener("change", then);
  }

  // Return that of the languages a system has which is nearest to the site's; the first where none is near.
  function language(...known) {
    const tag = lang.toLowerCase();
    const base = tag.split("-")[0];
    const chinese = /-(hant|tw|hk|mo)\b/.test(tag) ? "zh-tw" : "zh-cn";
    const candidates = [tag, base === "zh" ? chinese : base];
    const named = candidates.map((name) => known.find((item) => item.toLowerCase() === name)).find(Boolean);
    return named ?? known.find((item) => item.startsWith(`${base}-`)) ?? known[0];
  }

  // Add an element for the comments; return it.
  function place(id) {
    const element = document.createElement("div");
    element.id = id;
    section.append(element);
    return element;
  }

  // Load a script; the promise is kept when it has run.
  function script(src, attributes = {}) {
    const element = document.createElement("script");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.async = true;
    element.src = src;
    return new Promise((done, failed) => {
      element.addEventListener("load", done);
      element.addEventListener("error", failed);
      section.append(element);
    });
  }

  function style(href) {
    const element = document.createElement("link");
    element.rel = "stylesheet";
    element.href = href;
    document.head.append(element);
  }

  // Tell the frame of a system how the page looks now.
  function postScheme(message) {
    onScheme(() => section.querySelector("iframe")?.contentWindow.postMessage(message(), host));
  }

  const systems = {
    giscus() {
      const known = "en ar be bg ca cs da de eo es eu fa fr gr gsw hbs he hu id it ja kh ko nl pl pt ro ru th tr uk uz vi";
      const theme = () => (dark() ? "dark" : "light");
      const { repoId, category, categoryId, mapping, strict } = section.dataset;
      const locale = language(...known.split(" "), "zh-CN", "zh-TW", "zh-HK");
      const settings = { repo, "repo-id": repoId, category, "category-id": categoryId, mapping, strict, lang: locale, theme: theme() };
      const more = { "reactions-enabled": "1", "emit-metadata": "0", "input-position": "bottom" };
      const data = Object.entries({ ...settings, ...more }).map(([name, value]) => [`data-${name}`, value]);
      place("comments-frame").className = "giscus";
      postScheme(() => ({ giscus: { setConfig: { theme: theme() } } }));
      return script(`${host}/client.js`, { ...Object.fromEntries(data), crossorigin: "anonymous" });
    },
    utterances() {
      const theme = () => (dark() ? "github-dark" : "github-light");
      postScheme(() => ({ type: "set-theme", theme: theme() }));
      return script(`${host}/client.js`, { repo, "issue-term": "pathname", theme: theme(), crossorigin: "anonymous" });
    },
    async waline() {
      style(`${client}/waline.css`);
      const el = place("waline");
      const { init } = await import(`${client}/waline.js`);
      const locale = lang.startsWith("ja") ? "jp" : language("en", "de", "es", "fr", "id", "it", "ko", "pt-BR", "ru", "vi", "zh-CN", "zh-TW");
      const comments = init({ el, serverURL: host, lang: locale, path: location.pathname, dark: dark() });
      onScheme(() => comments?.update({ dark: dark() }));
    },
    async twikoo() {
      const element = place("twikoo");
      const setDark = () => element.classList.toggle("darkmode", dark());
      setDark();
      onScheme(setDark);
      await script(client);
      const locale = language("en", "id", "ja", "ko", "uz", "vi", "zh-CN", "zh-HK", "zh-TW");
      window.twikoo.init({ envId, region, el: "#twikoo", lang: locale, path: location.pathname });
    },
    async artalk() {
      style(`${host}/dist/Artalk.css`);
      const el = place("artalk");
      const locale = language("en", "fr", "ja", "ko", "ru", "tr", "zh-CN", "zh-TW");
      await script(`${host}/dist/Artalk.js`);
      if (locale !== "en" && locale !== "zh-CN") await script(`${host}/dist/i18n/${locale}.js`).catch(() => {});
      const settings = { el, server: host, site, pageKey: location.pathname, pageTitle: document.title, locale };
      const comments = window.Artalk.init({ ...settings, darkMode: dark() });
      onScheme(() => comments.setDarkMode(dark()));
    },
    isso() {
      place("isso-thread");
      const locale = lang.toLowerCase().startsWith("zh") ? language("zh-CN", "zh-TW") : lang;
      return script(`${host}/js/embed.min.js`, { "data-isso": `${host}/`, "data-isso-lang": locale });
    },
  };

  function load() {
    section.querySelector("button").parentElement.remove();
    systems[system]();
  }

  section.hidden = false;
  section.querySelector("button").addEventListener("click", load, { once: true });
  if (new URLSearchParams(location.search).has(system)) load();
})();
