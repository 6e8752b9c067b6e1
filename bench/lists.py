"""Count what lists show: `python -m bench.lists public`, a built site, in Chromium.

Entries of the home page on the first two screens at 1440 by 900 and on a screen at 360 by 740, where an excerpt ends,
and how much of the first screen the banner takes. It ends with 1 where one of the bounds is not kept.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.chromium import chromium, show

SCREENS = ((1440, 900), (360, 740))  # width and height in pixels
DESK_ENTRIES, PHONE_ENTRIES = 4.0, 1.5  # on the first two screens; on a screen, on average
HOME_BANNER, LIST_BANNER = 0.30, 0.20  # of the first screen
_COUNT = """screens => {
  const seen = innerHeight * screens;
  const boxes = [...document.querySelectorAll('.entry')].map(entry => entry.getBoundingClientRect());
  return boxes.reduce((sum, box) => sum + Math.max(0, Math.min(1, (seen - box.top) / box.height)), 0);
}"""
_HEIGHT = """() => {
  const all = [...document.querySelectorAll('.entry')];
  return all.at(-1).getBoundingClientRect().bottom - all[0].getBoundingClientRect().top;
}"""
_BANNER = "() => (document.querySelector('.banner')?.offsetHeight ?? 0) / innerHeight"
_ENDS = "() => [...document.querySelectorAll('.excerpt')].map(box => box.innerText.trim().slice(-1))"


def measured(page: Any, public: Path) -> Iterator[tuple[str, float, bool]]:
    """Yield what was counted on a page of the browser: in words, the number, whether it is within its bound."""
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        show(page, public, "")
        page.add_style_tag(content=".entry { content-visibility: visible !important }")
        banner = page.evaluate(_BANNER)
        yield f"banner of the home page at {width}, of the first screen", banner, banner <= HOME_BANNER
        if width > height:
            entries = page.evaluate(_COUNT, 2)
            yield f"entries on the first two screens at {width}", entries, entries >= DESK_ENTRIES
        else:
            shown = page.evaluate("() => document.querySelectorAll('.entry').length * innerHeight") / page.evaluate(
                _HEIGHT
            )
            yield f"entries a screen at {width}", shown, shown >= PHONE_ENTRIES
        show(page, public, "archives/")
        banner = page.evaluate(_BANNER)
        yield f"banner of a list at {width}, of the first screen", banner, banner <= LIST_BANNER
    show(page, public, "")
    ends = page.evaluate(_ENDS)
    whole = sum(end in "。！？；.!?…" for end in ends) / (len(ends) or 1)
    yield "excerpts that end with a sentence or `…`, of all", whole, whole == 1


def main(folder: str) -> int:
    """Print what was counted of the site in a folder; return 1 where a bound is not kept."""
    with chromium() as browser:
        rows = list(measured(browser.new_page(), Path(folder)))
    for words, number, is_kept in rows:
        sys.stdout.write(f"{'' if is_kept else 'NOT KEPT: '}{words}: {number:.2f}\n")
    return int(not all(is_kept for *_, is_kept in rows))


if __name__ == "__main__":
    raise SystemExit(main(str(Path(sys.argv[1]).resolve())))
