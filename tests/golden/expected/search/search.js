// The search box: loaded when it is first opened. pagefind finds the candidates; what is shown, and in which order, is ours:
// notes that hold the words as they were typed come first, and so do formulas that hold them as LaTeX.
const AGAIN = 1000; // milliseconds after which an index that could not be loaded is asked for again
const LOADED = 20; // results that are looked at
const BEFORE = 30; // characters shown before the hit
const TYPESET = 6; // formulas that are shown as formulas, each from its page
const AROUND = 150; // and of the whole excerpt
const END = "␞"; // behind it a document holds words that are never shown; it also stands between formulas
const UNIT = "␟"; // between the section of a formula and its LaTeX
const COMMAND = /\\([a-z]+)(?:\s*\{\s*\\?(\w+)\s*\}?|\s+(\w)(?!\w))?/gi;
const ALPHABET = /^(math|bold|bm)/; // commands that are written without braces too: \mathcal L

let index; // pagefind, once it is there
let recent = []; // the newest notes: title, address, category and date
let version; // what the index said of itself when it was loaded
let asked = 0; // the number of the latest query

export async function open(box) {
  if (!box.dataset.ready) {
    box.dataset.ready = "yes";
    await Promise.all([style(box.dataset.style), listen(box)]);
  }
  box.showModal();
  const input = box.querySelector("input");
  input.select();
  await load(box);
}

function style(address) {
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}

// The index is loaded when there is one, and another one when that has taken its place: while notes are being written,
// it comes after them. A module that could not be loaded is never asked for again, so its entry comes first.
async function load(box) {
  let words = box.dataset.failed;
  try {
    const reply = await fetch(`${box.dataset.index}pagefind-entry.json`, { cache: "no-cache" });
    const entry = await reply.text();
    if (reply.status === 503 && reply.headers.get("content-type")?.startsWith("text/plain")) words = entry;
    if (!reply.ok) throw new Error(words);
    if (entry !== version) await begin(box);
    version = entry;
    await show(box);
  } catch {
    box.querySelector(".status").textContent = words;
    setTimeout(() => box.open && load(box), AGAIN);
  }
}

async function begin(box) {
  const pagefind = await import(`${box.dataset.index}pagefind.js`);
  if (index) await pagefind.destroy();
  await pagefind.options({ basePath: box.dataset.index, baseUrl: "/" });
  await pagefind.init();
  const filters = await (await fetch(`${box.dataset.index}filters.json`, { cache: "no-cache" })).json();
  recent = filters.recent ?? [];
  for (const choice of box.querySelectorAll("select")) {
    const names = filters[choice.dataset.filter] ?? [];
    const value = choice.value || names.find(([name]) => name === choice.dataset.chosen)?.[2];
    delete choice.dataset.chosen; // the page's language, at first
    choice.length = 1;
    choice.append(...names.map(([name, count, word]) => new Option(`${name} (${count})`, word)));
    choice.value = names.some((known) => known[2] === value) ? value : "";
    choice.hidden = !names.length;
  }
  index = pagefind;
}

function listen(box) {
  const input = box.querySelector("input");
  let waiting;
  box.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(() => show(box), event.target === input ? 120 : 0);
  });
  input.addEventListener("compositionend", () => show(box));
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.addEventListener("keydown", (event) => move(box, input, event));
  box.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter?.value === "close" && document.activeElement !== input) return;
    event.preventDefault();
    box.querySelector(".hits a")?.click();
  });
  box.querySelector(".hits").addEventListener("click", (event) => event.target.closest("a") && box.close());
}

// Arrow keys go from the box through the hits and back.
function move(box, input, event) {
  if (event.isComposing || event.target.tagName === "SELECT") return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [input, ...box.querySelectorAll(".hits a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  event.preventDefault();
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

async function show(box) {
  const status = box.querySelector(".status");
  const list = box.querySelector(".hits");
  const query = box.querySelector("input").value.trim();
  const number = ++asked;
  if (!index) return;
  const choices = [...box.querySelectorAll("select")].filter((choice) => choice.value);
  const limits = choices.map((choice) => choice.value);
  if (!query && choices.every((choice) => choice.dataset.filter === "language")) {
    status.textContent = recent.length ? box.dataset.recent : "";
    list.replaceChildren(...recent.map(([title, url, about]) => item({ title: [[title, false]], url, about, parts: [] }, box.dataset.base)));
    return;
  }
  const { results } = await index.search([terms(query), ...limits].join(" "));
  const pages = await Promise.all(results.slice(0, LOADED).map((result) => result.data()));
  if (number !== asked) return; // another query has been typed
  const hits = pages.map((page) => toHit(page, query)).filter((hit) => hit.rank || near(hit, query));
  hits.sort((a, b) => b.rank - a.rank);
  const count = hits.length && results.length > LOADED ? results.length : hits.length;
  const label = count ? box.dataset[count === 1 ? "one" : "other"] : box.dataset.none;
  status.textContent = label.replace("{n}", count);
  list.replaceChildren(...hits.map((hit) => item(hit, box.dataset.base)));
  list.scrollTop = 0;
  for (const [row, hit] of hits.slice(0, TYPESET).entries()) if (hit.code) typeset(list.children[row], hit, box.dataset.base);
}

// A formula that is a hit is shown as its page shows it, above its LaTeX: it is the one with this LaTeX.
async function typeset(row, hit, base) {
  try {
    const reply = await fetch(base + hit.url);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const same = (note) => bare(note.textContent) === bare(hit.source);
    const formula = [...page.querySelectorAll(".e-content annotation")].find(same)?.closest("math");
    if (!formula || !row.isConnected) return;
    const shown = document.createElement("span");
    shown.className = "formula";
    const copy = document.importNode(formula, true);
    for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
    shown.append(copy);
    row.querySelector("code").before(shown);
  } catch {
    // Its LaTeX stays.
  }
}

// The words that pagefind is asked for: a LaTeX command with its argument is one, and Chinese is cut into words.
export function terms(query) {
  if (query.includes("\\")) {
    const commands = [...query.matchAll(COMMAND)].map(([, name, argument, letter]) => name + (argument ?? (ALPHABET.test(name) ? (letter ?? "") : "")));
    if (commands.length) return commands.join(" ").toLowerCase();
  }
  if (!/[\u3040-\u30ff\u3400-\u9fff]/.test(query) || !Intl.Segmenter) return query;
  return [...new Intl.Segmenter("zh", { granularity: "word" }).segment(query)].map((part) => part.segment).join(" ");
}

// How well a page answers, and the text to show: [words, whether they are a hit] in turn.
function toHit(page, query) {
  const { title = "", latex = "", category = "", date = "", url = "" } = page.meta;
  const hit = { title: marked(title, query), url, category, date, rank: 0, parts: [], section: "", code: false };
  const text = page.content.split(END)[0];
  const body = text.startsWith(title) ? text.slice(title.length).replace(/^\s*[.。]?\s*/, "") : text;
  const at = place(body, query);
  const line = at < 0 ? latex.split(END).find((known) => bare(known.split(UNIT)[1]).includes(bare(query))) : "";
  if (line) {
    const [id, source] = line.split(UNIT);
    const typed = asTyped(source, query);
    const shown = cut(source, source.indexOf(typed));
    Object.assign(hit, { rank: 1, parts: marked(shown, typed, true), code: true, section: id, source });
  } else if (at >= 0) {
    Object.assign(hit, { rank: 2, parts: marked(cut(body, at), query) });
    hit.section = sectionOf(page, query);
  } else {
    const words = page.excerpt.split(/<mark>|<\/mark>/).map((part, i) => [plain(part), i % 2 === 1]);
    hit.matches = words.filter((part) => part[1]).map((part) => part[0]);
    hit.parts = page.excerpt.includes(END) ? [[cut(body, 0), false]] : words;
  }
  hit.rank += place(title, query) >= 0 ? 4 : 0;
  return hit;
}

const bare = (text = "") => text.replace(/[\s{}]+/g, "");
// pagefind shortens what it does not find, down to a letter. A hit begins with half of one of the words at least.
function near(hit, query) {
  const words = terms(query).toLowerCase().split(/\s+/);
  return hit.matches.some((match) => words.some((word) => match.toLowerCase().startsWith(word.slice(0, Math.ceil(word.length / 2)))));
}

// LaTeX is the same with and without braces and spaces.
const loosely = (query) => new RegExp([...bare(query)].map((char) => char.replace(/[^\w]/, "\\$&")).join("[\\s{}]*"));

function asTyped(source, query) {
  const [match] = source.match(loosely(query)) ?? [""];
  const closed = match.includes("{") && query.endsWith("}") && source.includes(`${match}}`);
  return closed ? `${match}}` : match;
}

const plain = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
const place = (text, query) => text.toLowerCase().indexOf(query.toLowerCase());

function cut(text, at) {
  const start = at > BEFORE ? at - BEFORE : 0;
  const part = text.slice(start, start + AROUND);
  return (start ? "…" : "") + part + (start + AROUND < text.length ? "…" : "");
}

function marked(text, query, exact = false) {
  const parts = [];
  const [where, what] = exact ? [text, query] : [text.toLowerCase(), query.toLowerCase()];
  let from = 0;
  for (let at = where.indexOf(what); at >= 0 && what; at = where.indexOf(what, from)) {
    parts.push([text.slice(from, at), false], [text.slice(at, at + what.length), true]);
    from = at + what.length;
  }
  return [...parts, [text.slice(from), false]];
}

function sectionOf(page, query) {
  const section = page.sub_results.find((part) => place(part.plain_excerpt ?? "", query) >= 0);
  return decodeURIComponent(section?.url.split("#")[1] ?? "");
}

function item(hit, base) {
  const link = make("a", "", hit.title);
  link.href = base + hit.url + (hit.section ? `#${encodeURIComponent(hit.section)}` : "");
  const about = make("span", "about", [[hit.about ?? [hit.category, hit.date].filter(Boolean).join(" · "), false]]);
  // See tabs.js.
  link.onclick = () => {
    sessionStorage.sought = link.outerHTML;
    dispatchEvent(new Event("sought"));
  };
  link.append(about, make(hit.code ? "code" : "span", "text", hit.parts));
  const row = document.createElement("li");
  row.append(link);
  return row;
}

function make(name, className, parts) {
  const element = document.createElement(name);
  element.className = className;
  for (const [words, isHit] of parts) {
    if (!words) continue;
    const mark = isHit ? document.createElement("mark") : null;
    if (mark) mark.textContent = words;
    element.append(mark ?? words);
  }
  return element;
}
