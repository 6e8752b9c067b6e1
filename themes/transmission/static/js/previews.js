// Previews of what a link leads to, by pointer or focus. A tap shows it as a sheet at the foot of the screen; where
// there is nothing to show it follows the link. Only pages of this site are fetched.
import { content, root, words } from "./page.js";

const preview = document.createElement("div");
preview.className = "preview";
preview.id = "Preview";
preview.hidden = true;
document.querySelector("main").append(preview);
const pages = new Map();
let shownFor;
let timer;
let tapped = false;

function pageAt(url) {
  const address = url.pathname + url.search;
  if (address === location.pathname + location.search) return document;
  if (!pages.has(address))
    pages.set(
      address,
      fetch(address)
        .then((answer) => (answer.ok && answer.headers.get("content-type")?.includes("html") ? answer.text() : ""))
        .then((text) => new DOMParser().parseFromString(text, "text/html"))
        .catch(() => null),
    );
  return pages.get(address);
}

// The part of a page that an address names, as copies of its elements.
function pieces(page, id) {
  const body = page?.querySelector(".e-content");
  if (!body) return [];
  if (!id) {
    if (page === document) return [];
    const start = [...body.children].filter((child) => /^(P|UL|OL|DIV|BLOCKQUOTE)$/.test(child.tagName)).slice(0, 2);
    return [page.querySelector("h1"), page.querySelector(".meta-line"), ...start];
  }
  const place = page.getElementById(id);
  if (!place || !body.contains(place)) return [];
  if (place.matches(".footnotes li, .references li")) return [...place.childNodes];
  if (!/^H[1-6]$/.test(place.tagName)) return [place.closest(".math-display, figure, .table-scroll") ?? place];
  const nodes = [place];
  for (let next = place.nextElementSibling; next && nodes.length < 4; next = next.nextElementSibling) {
    if (/^H[1-6]$/.test(next.tagName)) break;
    nodes.push(next);
  }
  return nodes;
}

const follow = (link) => location.assign(link.href);

async function show(link, sheet = false) {
  const url = new URL(link.href);
  const page = await pageAt(url);
  const nodes = pieces(page, decodeURIComponent(url.hash.slice(1))).filter(Boolean);
  if (shownFor !== link) return;
  if (!nodes.length) return sheet && follow(link);
  const copies = document.createElement("div"); // not on the page yet: a radio button there would change those of its name
  copies.append(...nodes.map((node) => document.importNode(node, true)));
  for (const extra of copies.querySelectorAll(".anchor, .footnote-back, .copy, script, [type=radio]")) extra.remove();
  preview.replaceChildren(...copies.childNodes);
  for (const title of preview.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const words = document.createElement("p");
    words.className = "preview-title";
    words.append(...title.childNodes);
    title.replaceWith(words);
  }
  for (const element of preview.querySelectorAll("[id]")) element.removeAttribute("id");
  for (const element of preview.querySelectorAll("[style*='top']")) element.style.top = "";
  for (const inner of preview.querySelectorAll("a[href^='#']")) inner.href = url.pathname + inner.getAttribute("href");
  for (const element of preview.querySelectorAll("a, button, [tabindex]")) element.tabIndex = -1;
  preview.lang = page.documentElement.lang;
  preview.classList.toggle("sheet", sheet);
  if (sheet) preview.prepend(ways(link));
  preview.hidden = false;
  if (sheet) return;
  const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const below = innerHeight - at.bottom;
  const up = below < preview.offsetHeight + 16 && at.top > below;
  preview.style.left = `${scrollX + Math.max(16, Math.min(at.left - 16, root.clientWidth - preview.offsetWidth - 16))}px`;
  preview.style.top = `${scrollY + (up ? Math.max(at.top - preview.offsetHeight - 8, 8) : at.bottom + 8)}px`;
  link.setAttribute("aria-describedby", preview.id);
}

// Two ways on: to where the link leads, and back.
function ways(link) {
  const row = document.createElement("p");
  row.className = "preview-ways";
  row.lang = words.lang;
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: words.close });
  close.addEventListener("click", hide);
  row.append(Object.assign(document.createElement("a"), { href: link.href, textContent: words.open }), close);
  return row;
}

function hide() {
  clearTimeout(timer);
  shownFor?.removeAttribute("aria-describedby");
  shownFor = undefined;
  preview.hidden = true;
}

function restartTimer(action, time) {
  clearTimeout(timer);
  timer = setTimeout(action, time);
}

// The link to preview around an element, if there is one.
function previewed(element) {
  const link = element.closest?.(".e-content a[href], .backlinks a[href], .series a[href]");
  if (!link || link.origin !== location.origin || link.matches(".anchor, .footnote-back")) return null;
  if (/\.\w+$/.test(link.pathname) && !/\.html$/.test(link.pathname)) return null;
  return content?.matches(".sidenotes") && link.closest(".footnote-ref") ? null : link;
}

function requestPreview(link, time) {
  if (link === shownFor) return clearTimeout(timer);
  restartTimer(() => {
    hide();
    shownFor = link;
    show(link);
  }, time);
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  if (preview.contains(event.target)) return clearTimeout(timer);
  const link = previewed(event.target);
  if (link) requestPreview(link, 250);
  else restartTimer(hide, 250);
});
document.addEventListener("focusin", (event) => {
  const link = previewed(event.target);
  if (link?.matches(":focus-visible")) requestPreview(link, 100);
  else if (!preview.contains(event.target)) hide();
});
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
addEventListener("pointerdown", (event) => (tapped = event.pointerType === "touch"));
document.addEventListener("click", (event) => {
  if (preview.contains(event.target)) return event.target.closest(".preview-ways a") && hide();
  const link = tapped && !event.defaultPrevented && previewed(event.target);
  const again = link && link === shownFor;
  hide();
  if (!link || again || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  shownFor = link;
  show(link, true).catch(() => follow(link));
});
