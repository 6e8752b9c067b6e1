"""How notes read on a phone: displays that scroll and lines with holes, counted in Chromium over a built site.

`python -m bench.reading public` prints a row for each note and the sum. A display scrolls when its box is wider inside
than outside. A line has a hole when the next one of its paragraph begins although more than HOLE em are empty at its
end, as happens before what cannot be broken: formulas (counted by themselves too), code, long words. Lists of
references, which are names, titles and addresses, are not counted.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.chromium import chromium, show

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTH, HEIGHT = 360, 780  # of a phone, in CSS pixels
HOLE = 2.5  # em
COLUMNS = ("displays", "scroll", "shrunk", "lines", "holes", "formulas", "sideways")
COUNT = """
(hole) => {
  const counts = { displays: 0, scroll: 0, shrunk: 0, lines: 0, holes: 0, formulas: 0, sideways: 0 };
  const root = document.querySelector(".e-content");
  if (!root) return counts;
  const boxes = ".math-display, .table-scroll, pre, table, svg, .visually-hidden, .algorithm, .references";
  const box = (node) => node.closest(boxes);
  for (const display of root.querySelectorAll(".math-display")) {
    counts.displays += 1;
    counts.scroll += display.scrollWidth > display.clientWidth + 1;
    counts.shrunk += Boolean(display.style.fontSize);
  }
  counts.sideways += document.documentElement.scrollWidth > innerWidth;
  let listed = false;
  for (const block of root.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd")) {
    if (/^H/.test(block.nodeName)) listed = /^(参考|References|Bibliography)/.test(block.textContent);
    if (/^H/.test(block.nodeName) || box(block) || (listed && block.nodeName === "LI")) continue;
    counts.sideways += block.scrollWidth > block.clientWidth + 1 && getComputedStyle(block).overflowX === "auto";
    const style = getComputedStyle(block);
    const right = block.getBoundingClientRect().right - parseFloat(style.paddingRight);
    const pieces = [];
    const formulas = new Set();
    const nested = (node) => /^(P|UL|OL|DL|LI|DIV|TABLE|PRE|FIGURE|DETAILS|BLOCKQUOTE)$/.test(node.nodeName);
    const walk = (node) => {
      for (const child of node.childNodes) {
        if (child.className === "whole") continue; // its pieces are seen
        if (child.nodeType === 3) {
          const range = document.createRange();
          range.selectNodeContents(child);
          pieces.push(...range.getClientRects());
        } else if (child.nodeName === "BR" || nested(child) || (child.nodeType === 1 && box(child))) pieces.push(null);
        else if (child.nodeName === "math" || child.nodeName === "IMG") {
          const rects = [...child.getClientRects()];
          formulas.add(rects[0]);
          pieces.push(...rects);
        } else if (child.nodeType === 1) walk(child);
      }
    };
    walk(block);
    let end = null;
    for (const piece of pieces) {
      if (piece && !piece.width) continue;
      if (!piece) end = null;
      else if (end === null) {
        counts.lines += 1;
        end = piece.right;
      } else if (piece.left < end - 1) {
        counts.lines += 1;
        const empty = right - end > hole * parseFloat(style.fontSize);
        counts.holes += empty;
        counts.formulas += empty && formulas.has(piece);
        end = piece.right;
      } else end = piece.right;
    }
  }
  return counts;
}
"""


def notes(public: Path) -> Iterator[str]:
    """Yield the path of each page in `public` that is a note, in order."""
    for file in sorted(public.rglob("index.html")):
        if 'class="note h-entry"' in file.read_text(encoding="utf-8"):
            yield file.parent.relative_to(public).as_posix() + "/"


def count(browser: "Browser", public: Path, width: int = WIDTH, hole: float = HOLE) -> dict[str, Counter[str]]:
    """Return the COLUMNS of each note of the site in `public`, shown `width` CSS pixels wide."""
    counted: dict[str, Counter[str]] = {}
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce")
    page = context.new_page()
    for path in notes(public):
        show(page, public, path)
        counted[path] = Counter(page.evaluate(COUNT, hole))
    context.close()
    return counted


def main() -> None:
    """Count and print."""
    options = argparse.ArgumentParser(prog="python -m bench.reading")
    options.add_argument("public", type=Path, help="the output folder of a site with `base_url: /`")
    options.add_argument("--width", type=int, default=WIDTH, help="of the window, in CSS pixels")
    options.add_argument("--hole", type=float, default=HOLE, help="what is a hole, in em")
    options.add_argument("--total", action="store_true", help="only the sum")
    chosen = options.parse_args()
    with chromium() as browser:
        counted = count(browser, chosen.public, chosen.width, chosen.hole)
    print("".join(f"{name:>10}" for name in COLUMNS))
    for note, row in counted.items():
        if not chosen.total:
            print("".join(f"{row[name]:10}" for name in COLUMNS), "", note)
    total = sum(counted.values(), Counter[str]())
    print("".join(f"{total[name]:10}" for name in COLUMNS))
    scroll, holes = total["scroll"] / max(1, total["displays"]), total["holes"] / max(1, total["lines"])
    print(f"at {chosen.width} px {scroll:.1%} of displays scroll, {holes:.1%} of lines have holes")


if __name__ == "__main__":
    main()
