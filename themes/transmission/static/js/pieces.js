// Where style sheets break no lines in formulas, their parts stand behind them as formulas; the whole is heard and copied.
// Marks stay with what they touch. In Firefox a space keeps the room around a fraction alone.
const breaks = CSS.supports("display: inline math") && CSS.supports("overflow-anchor: auto");
const span = (name, html) => `<span class="${name}">${html}</span>`;

export function part(math) {
  if (breaks || !math?.matches(".lines")) return;
  const display = math.matches("[display]");
  const row = math.querySelector("semantics").firstChild;
  const [, cell, tag] = row.querySelectorAll(":scope > mtr > mtd");
  const [start, end] = cell ? ["", ""] : row.cloneNode().outerHTML.split(/(?=<\/)/);
  const joined = (all) => [...all].map(piece).join("<wbr>");
  const piece = (one) =>
    one.matches(".parts")
      ? span("parts", joined(one.children))
      : `<math displaystyle="${display}"><mspace />${start}${one.outerHTML}${end}</math>`;
  const edge = (one) => (math.matches(".nowrap > *") ? span("nowrap", piece(one)) : piece(one));
  const [first, ...others] = row.firstChild.children;
  const html = display
    ? span("parts", joined((cell ?? row).children)) + `<math class="math-tag">${tag?.innerHTML ?? ""}</math>`
    : [edge(first), joined(others), edge(row.lastChild)].join("<wbr>");
  math.insertAdjacentHTML("afterend", span("whole", "") + span('pieces" aria-hidden="true', html));
  math.nextSibling.append(math);
}

document.querySelectorAll(".lines:not([display], td > :only-child, :has(a))").forEach(part);
if (!breaks) for (const marked of document.querySelectorAll(".nowrap")) marked.before(document.createElement("wbr"));
