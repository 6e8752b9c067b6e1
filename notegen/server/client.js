// `notegen serve` adds this script to each page it sends: live reload and the overlay of errors. A built site never has it.
(() => {
"use strict";
const script = document.currentScript;
const { epoch, events, version } = script.dataset;
let { have } = script.dataset; // the fingerprint of the page as it is shown
const STATE = `notegen:${location.pathname}`; // where the view is kept over a reload

// --- What was sent, before the theme's deferred scripts change it: the base that new versions are compared with.

function cleaned(root) {
  const copy = root.cloneNode(true);
  for (const script of copy.querySelectorAll("script[data-notegen]")) {
    while (script.nextSibling) script.nextSibling.remove(); // line ends, which come after the script has run
    script.remove();
  }
  return copy;
}

let head = cleaned(document.head);
let body = cleaned(document.body);
const content = (root) => root.querySelector(".e-content");

// --- The view: scroll position, open details and focus, kept over a reload.

function keepView() {
  const open = [...document.querySelectorAll("details")].map((details) => details.open);
  sessionStorage.setItem(STATE, JSON.stringify({ x: scrollX, y: scrollY, open, at: Date.now() }));
}

function restoreView() {
  const text = sessionStorage.getItem(STATE);
  sessionStorage.removeItem(STATE);
  const view = text && JSON.parse(text);
  if (!view || Date.now() - view.at > 10000) return;
  const all = [...document.querySelectorAll("details")];
  if (all.length === view.open.length) all.forEach((details, index) => (details.open = view.open[index]));
  history.scrollRestoration = "manual"; // the browser would put its own memory in place of ours
  const go = () => scrollTo({ left: view.x, top: view.y, behavior: "instant" });
  go();
  addEventListener("load", () => {
    go();
    history.scrollRestoration = "auto";
  });
}

function reload() {
  keepView();
  location.reload();
}

// --- Patching. Three trees go side by side: `live` on the page, `old` as it was sent, `next` as it is sent now. Where
// old and next are equal, live stays untouched, with all that scripts and the reader have done to it.

class Misfit extends Error {} // scripts have changed the page where the new version differs: only a reload helps

const sameShape = (live, old) =>
  live.nodeType === old.nodeType && live.nodeName === old.nodeName && (old.nodeType !== 3 || live.data === old.data);

function patchAttributes(live, old, next) {
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) live.setAttribute(name, value);
}

// `live` may have more children at its end than `old`: what scripts have appended.
function children(live, old) {
  const have = [...live.childNodes].slice(0, old.childNodes.length);
  const sent = [...old.childNodes];
  if (have.length < sent.length || !sent.every((node, index) => sameShape(have[index], node))) throw new Misfit();
  return have;
}

function patch(live, old, next, changed) {
  if (old.isEqualNode(next)) return;
  if (old.nodeType !== 1) {
    live.data = next.data;
    changed.push(live.parentElement);
    return;
  }
  if (old.matches(SCRIPTED)) throw new Misfit();
  patchAttributes(live, old, next);
  if (!old.cloneNode(false).isEqualNode(next.cloneNode(false))) changed.push(live);
  const shown = children(live, old);
  const before = [...old.childNodes];
  const after = [...next.childNodes];
  let start = 0;
  while (start < before.length && start < after.length && before[start].isEqualNode(after[start])) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) end += 1;
  const from = before.slice(start, before.length - end);
  const to = after.slice(start, after.length - end);
  if (from.length === to.length && from.every((node, index) => canPatch(node, to[index]))) {
    from.forEach((node, index) => patch(shown[start + index], node, to[index], changed));
    return;
  }
  const place = shown[before.length - end] ?? live.childNodes[before.length] ?? null; // what follows
  replace(live, shown.slice(start, before.length - end), from, to, place, changed);
}

// Whether one element is a new version of the other; formulas and code are replaced whole.
function canPatch(old, next) {
  if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) return false;
  return old.isEqualNode(next) || old.nodeType === 3 || (old.nodeType === 1 && !old.matches("math, pre, table, svg"));
}

function replace(live, shown, from, to, place, changed) {
  const touched = shown.some((node, index) => !plain(node).isEqualNode(plain(from[index])));
  if (touched || to.some((node) => node.nodeType === 1 && needsScripts(node))) throw new Misfit();
  for (const node of shown) node.remove();
  const fresh = to.map((node) => document.importNode(node, true));
  for (const node of fresh) live.insertBefore(node, place);
  const blocks = fresh.filter((node) => node.nodeType === 1);
  changed.push(...(blocks.length ? blocks : [live]));
}

// A copy without what the reader opens and what makes it reachable by keyboard.
function plain(node) {
  const copy = document.importNode(node, true);
  if (copy.nodeType !== 1) return copy;
  for (const part of [copy, ...copy.querySelectorAll("*")]) {
    part.removeAttribute("open");
    part.removeAttribute("tabindex");
  }
  return copy;
}

// What the theme's scripts take hold of when a page loads: code gets its button, footnotes their place.
const SCRIPTED = ".highlight, .toc, .footnotes, script";
const needsScripts = (node) => node.matches(SCRIPTED) || node.querySelector(SCRIPTED);

// --- Style sheets: the new one is loaded beside the old one, which goes when it is there. Nothing flashes.

const sheets = (root) => [...root.querySelectorAll('link[rel="stylesheet"]')];
const withoutSheets = (root) => {
  const copy = root.cloneNode(true);
  for (const link of copy.querySelectorAll('link[rel="stylesheet"], link[rel="preload"]')) link.remove();
  return copy;
};

function swapSheets(next) {
  const old = sheets(document.head);
  const links = sheets(next);
  for (const [index, link] of links.entries()) {
    const before = old[index];
    if (before?.getAttribute("href") === link.getAttribute("href")) continue;
    const fresh = document.importNode(link);
    const done = () => before?.remove();
    fresh.addEventListener("load", done);
    fresh.addEventListener("error", done);
    before ? before.after(fresh) : document.head.append(fresh);
  }
  for (const link of old.slice(links.length)) link.remove();
}

function patchHead(next) {
  const scripts = (root) => [...root.querySelectorAll("script:not([type]), script[type=module]")].map((script) => script.outerHTML).join();
  if (scripts(head) !== scripts(next)) throw new Misfit();
  if (!withoutSheets(head).isEqualNode(withoutSheets(next))) {
    document.title = next.querySelector("title")?.textContent ?? "";
  }
  swapSheets(next);
}

// --- A new version of the page.

async function update(follow) {
  const response = await fetch(location.pathname + location.search, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const tag = fresh.querySelector("script[data-notegen]");
  if (!tag || tag.dataset.version !== version) return reload();
  const next = { head: cleaned(fresh.head), body: cleaned(fresh.body) };
  const changed = [];
  try {
    if (document.documentElement.lang !== fresh.documentElement.lang) throw new Misfit();
    patchHead(next.head);
    patch(document.body, body, next.body, changed);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return reload();
  }
  [head, body, have] = [next.head, next.body, tag.dataset.have];
  document.documentElement.dataset.notegenEpoch = tag.dataset.epoch;
  if (follow) show(changed);
}

function show(changed) {
  const article = content(document);
  const block = changed.find((node) => node?.isConnected && article?.contains(node) && node !== article);
  if (!block) return;
  const box = block.getBoundingClientRect();
  if (box.bottom < 0 || box.top > innerHeight) block.scrollIntoView({ block: "center", behavior: "instant" });
}

// Images and films whose bytes have changed under the same address are loaded again.
function refresh(paths) {
  const changed = new Set(paths);
  const isOurs = (url) => changed.has(decodeURI(new URL(url, location.href).pathname));
  const anew = (url) => `${url.split("?")[0]}?${Date.now()}`;
  for (const node of document.querySelectorAll("img, video, audio, source, iframe, embed")) {
    const srcset = node.getAttribute("srcset");
    if (node.getAttribute("src") && isOurs(node.src)) node.src = anew(node.getAttribute("src"));
    if (srcset?.split(",").some((part) => isOurs(part.trim().split(/\s+/)[0]))) node.removeAttribute("srcset");
  }
}

// --- The stream. It sleeps while the tab is hidden: a browser keeps only six connections to one host.

let source;
let running = Promise.resolve();
let known = epoch;

function listen() {
  source?.close();
  const page = encodeURIComponent(decodeURI(location.pathname));
  source = new EventSource(`${events}?page=${page}&epoch=${known}`);
  source.onmessage = ({ data }) => {
    const state = JSON.parse(data);
    running = running.then(() => receive(state)).catch((error) => console.error("notegen:", error));
  };
}

async function receive(state) {
  if (state.version !== version) return reload();
  overlay.show(state.problems);
  if (state.files.length) refresh(state.files);
  known = state.epoch;
  if (state.page !== have) await update(state.follow);
}

addEventListener("visibilitychange", () => (document.hidden ? source?.close() : listen()));
addEventListener("pageshow", (event) => event.persisted && listen());
addEventListener("pagehide", () => source?.close());

// --- The overlay, in a shadow tree: neither side's styles reach the other. Text only, never HTML from a message.

const STYLE = `
:host { all: initial; position: fixed; inset: 0; z-index: 2147483647; pointer-events: none; font: 15px/1.5 system-ui, sans-serif; }
.panel { pointer-events: auto; position: absolute; inset: auto 0 0 0; max-height: 70vh; overflow: auto; box-sizing: border-box;
  padding: 16px 24px 24px; background: #16181dF5; color: #e8e6e3; border-top: 4px solid #ff5f56; box-shadow: 0 -8px 40px #0008; }
.panel.warnings { border-top-color: #e8b339; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 16px; }
h2 { margin: 0; font-size: 16px; }
button { font: inherit; color: inherit; background: none; border: 1px solid #888; border-radius: 6px; padding: 0 8px; cursor: pointer; }
article { margin-top: 14px; }
p { margin: 0; }
a, .place { color: #8ab4ff; font-family: ui-monospace, monospace; }
.error { color: #ff8a80; } .warning { color: #ffd27d; }
pre { margin: 4px 0 0; padding: 8px 12px; overflow-x: auto; background: #0006; border-radius: 6px; white-space: pre;
  font: 13px/1.5 ui-monospace, "Sarasa Mono SC", "Noto Sans Mono CJK SC", monospace; }
.badge { pointer-events: auto; position: absolute; right: 12px; bottom: 12px; background: #16181dE0; color: #ffd27d; }
`;

const make = (tag, properties, ...inside) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...inside);
  return node;
};

const overlay = {
  host: null,
  shown: "", // what it shows, and what the reader has put away
  dismissed: "",

  show(problems) {
    const text = JSON.stringify(problems);
    if (text === this.shown) return;
    [this.shown, this.dismissed] = [text, ""];
    this.draw(problems, problems.some((item) => item.severity === "error"));
  },

  draw(problems, open) {
    this.host?.remove();
    this.host = null;
    if (!problems.length) return;
    this.host = make("notegen-overlay", {});
    const root = this.host.attachShadow({ mode: "open" });
    root.append(make("style", { textContent: STYLE }), open ? this.panel(problems) : this.badge(problems));
    document.documentElement.append(this.host);
  },

  badge(problems) {
    const words = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    return make("button", { className: "badge", textContent: words, onclick: () => this.draw(problems, true) });
  },

  panel(problems) {
    const errors = problems.filter((item) => item.severity === "error").length;
    const count = (number, word) => (number === 1 ? `1 ${word}` : `${number} ${word}s`);
    const parts = [errors && count(errors, "error"), problems.length - errors && count(problems.length - errors, "warning")];
    const close = make("button", { textContent: "×", title: "Esc", ariaLabel: "close" });
    close.addEventListener("click", () => this.draw(problems, false));
    const title = make("h2", { textContent: parts.filter(Boolean).join(", ") });
    const panel = make("section", { className: errors ? "panel" : "panel warnings" }, make("header", {}, title, close));
    panel.setAttribute("role", "alert");
    panel.append(...problems.map((item) => this.problem(item)));
    return panel;
  },

  problem(item) {
    const words = [item.file, item.line, item.column].filter(Boolean).join(":");
    const place = item.href ? make("a", { href: item.href, textContent: words }) : make("span", { className: "place", textContent: words });
    const code = make("span", { className: item.severity, textContent: ` ${item.severity}[${item.code}]` });
    const article = make("article", {}, make("p", {}, place, code, `: ${item.message}`));
    if (item.excerpt) article.append(make("pre", { textContent: item.excerpt }));
    return article;
  },
};

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && overlay.host) overlay.draw(JSON.parse(overlay.shown), false);
});

document.documentElement.dataset.notegenEpoch = epoch;
restoreView();
if (!document.hidden) listen();
})();
