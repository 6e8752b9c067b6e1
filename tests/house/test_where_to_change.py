"""Two dozen changes and the place of each: a newcomer finds it from the folders' names or from ARCHITECTURE's table."""

import re

import pytest

from tests.support.paths import ROOT

PLACES = {
    "a shortcode that notes may use": "notegen/read/syntax/shortcodes",
    "another spelling of a front matter key": "notegen/read/front_matter/names.py",
    "the date format of English lists": "notegen/render/filters.py",
    "the width of a figure's box": "themes/transmission/static/css",
    "why a cached page is made again": "notegen/cache/memo.py",
    "a new field of the feeds": "notegen/plan/feed.py",
    "the address of a note": "notegen/routes/notes.py",
    "a formula that math-core rejects": "notegen/math/polyfill",
    "how the second engine is called": "notegen/math/katex",
    "the message for an undefined command": "notegen/math/diagnostics.py",
    "how many dollars begin a formula": "notegen/read/syntax/math",
    "where an excerpt ends": "notegen/read/document/cut.py",
    "bold beside Chinese punctuation": "notegen/read/syntax/cjk",
    "whether a note dated tomorrow is published": "notegen/link/select.py",
    "what a link to a heading finds": "notegen/link/targets",
    "the reading time of a note": "notegen/read/document/length.py",
    "how wide the smaller copies of a photo are": "notegen/model/config.py",
    "whether a foreign file is overwritten": "notegen/emit/difference.py",
    "the sign of a square root": "notegen/math_font",
    "what search knows of a note": "notegen/search/documents.py",
    "a flag of the command line": "notegen/cli/main.py",
    "the overlay of mistakes in the browser": "notegen/server",
    "a new setting": "notegen/model/config.py",
}


@pytest.mark.parametrize(("change", "place"), PLACES.items())
def test_the_place_of_a_change_is_there_and_named(change: str, place: str) -> None:
    assert (ROOT / place).exists(), f"{change}: {place} has moved"
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    names = re.findall(r"`([\w./-]+)`|(\b[\w]+/)", text)
    named = {name.rstrip("/") for pair in names for name in pair if name}
    inner = place.removeprefix("notegen/")
    folders = [inner.rsplit("/", count)[0] for count in range(inner.count("/") + 1)]
    assert {inner, *folders} & named or inner.rpartition("/")[2] in named, (
        f"{change}: ARCHITECTURE.md does not name {place}"
    )


def test_the_map_fits_in_a_reader_s_head() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_what_the_map_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    paths = {path for path in re.findall(r"`([\w-]+(?:/[\w.-]+)+/?)`", text) if not path.startswith("\\")}
    gone = [path for path in sorted(paths) if not any((ROOT / start / path).exists() for start in ("", "notegen"))]
    assert gone == [], "ARCHITECTURE.md names what is not there"
