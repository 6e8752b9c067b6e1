"""Changes and the place of each, which a newcomer finds from the folders' names or from ARCHITECTURE's table."""

import re

import pytest

from tests.house.test_layers import LAYERS
from tests.support.paths import ROOT
from tests.support.source import MODULES, PACKAGE, subpackages

PLACES = {
    "a shortcode that notes may use": "notegen/read/syntax/shortcodes",
    "another spelling of a front matter key": "notegen/read/front_matter/names.py",
    "the date format of English lists": "notegen/jinja/filters.py",
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
    "which files of a Hugo site are notes": "notegen/dialects/programs/hugo.py",
    "what is taken over from mkdocs.yml": "notegen/dialects/programs/mkdocs.py",
    "how a cited work is written": "notegen/bibliography/references.py",
    "a citation in a style of CSL": "notegen/bibliography/csl/style.py",
    "what [@key] reads": "notegen/read/syntax/citations",
    "where an old address leads": "notegen/link/addresses/redirects.py",
    "which of two notes keeps an address": "notegen/link/addresses/collisions.py",
    "what `notegen check` reports": "notegen/check",
    "the front matter of a new note": "notegen/new/front_matter.py",
    "the order of the tree of folders": "notegen/link/sections/folders.py",
    "what stands in the sitemap": "notegen/plan/sitemap.py",
    "whether a picture goes public": "notegen/link/files/public_files.py",
    "the keyword of an algorithm": "notegen/read/syntax/algorithms",
    "the tabs of MkDocs": "notegen/read/syntax/tabs",
    "whether an address is percent-encoded": "notegen/routes/urls.py",
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


def listing() -> str:
    """Return the listing of the folders in ARCHITECTURE.md."""
    return (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## Folders")[1].split("```")[1]


def test_the_listing_has_every_package_with_its_layer() -> None:
    shown = {name: int(number) for name, number in re.findall(r"\b([a-z_]+)(?:/|\.py) +(\d)", listing())}
    assert {name: layer for name, layer in LAYERS.items() if not name.startswith("__")} == shown


def test_the_listing_has_every_folder_of_a_stage() -> None:
    stages = [PACKAGE / stage for stage in ("scan", "read", "link", "plan", "render", "emit", "math")]
    inside = [folder for stage in (*stages, PACKAGE / "read" / "syntax") for folder in subpackages(stage)]
    assert [folder for folder in inside if not re.search(rf"\b{folder}/", listing())] == []


def test_the_table_of_memos_has_them_all() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    memo = re.compile(r"^([A-Z]+)(?:: .*)? = Memo\(", re.MULTILINE)
    declared = [name for path in MODULES for name in memo.findall(path.read_text("utf-8"))]
    assert len(declared) > 10
    assert [memo for memo in declared if f"`{memo}`" not in text] == []


def test_the_map_fits_in_a_reader_s_head() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_what_the_map_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    paths = {path for path in re.findall(r"`([\w-]+(?:/[\w.-]+)+/?)`", text) if not path.startswith("\\")}
    gone = [path for path in sorted(paths) if not any((ROOT / start / path).exists() for start in ("", "notegen"))]
    assert gone == [], "ARCHITECTURE.md names what is not there"
