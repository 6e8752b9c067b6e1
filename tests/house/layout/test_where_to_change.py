"""Changes, the place of each, and that ARCHITECTURE's table names it; whether newcomers find it, only they can tell."""

import re

from tests.house.layout.test_layers import LAYERS
from tests.support.cases import all_cases
from tests.support.paths import ROOT
from tests.support.source import MODULES, PACKAGE, name, subpackages

# The change, the file where it is made, and what of it stands there: code that moves takes its row of the map along.
PLACES = (
    ("a shortcode of Hexo", "read/syntax/shortcodes/hexo.py", "_KNOWN = {"),
    ("another spelling of a front matter key", "read/front_matter/names.py", "updated"),
    ("a new front matter key", "model/note.py", "class Meta("),
    ("how a front matter key is read", "read/front_matter/readers.py", "READERS"),
    ("the date format of English lists", "themes/transmission/i18n/en.yaml", "date_short:"),
    ("the width of a figure's box", "themes/transmission/static/css/", "figure"),
    ("the colours of code on dark pages", "themes/transmission/theme.yaml", "dark pages"),
    ("why a cached page is made again", "render/cached_pages.py", "def parts("),
    ("the reason that --explain prints", "cache/memo.py", "explain"),
    ("a new field of the feeds", "plan/feed.py", "def "),
    ("the address of a note", "routes/notes.py", "def "),
    ("the address of a tag's page", "routes/lists.py", "def "),
    ("a formula that math-core rejects", "math/polyfill/rules.py", "RULES"),
    ("how the second engine is called", "math/katex/", "def "),
    ("when the second engine is asked", "math/render.py", "def _convert("),
    ("the message for an undefined command", "math/diagnostics.py", "undefined"),
    ("how many dollars begin a formula", "read/syntax/math/", "$$"),
    ("where an excerpt ends", "read/document/excerpts/end.py", "PARAGRAPH"),
    ("bold beside Chinese punctuation", "read/syntax/cjk/", "emphasis"),
    ("what counts as a Chinese character", "text/cjk.py", "HAN"),
    ("whether a note dated tomorrow is published", "link/published_notes.py", "future"),
    ("what a wiki link finds", "link/targets/find.py", "def find_name("),
    ("where the hint of an unknown link is chosen", "link/targets/broken_links.py", "hint"),
    ("the words of such a hint", "text/suggestions.py", "did you mean"),
    ("which note the hint of a broken link proposes", "link/targets/near_names.py", "_ALIKE"),
    ("another site with players", "read/syntax/shortcodes/media/video_sites.py", "SITES"),
    ("how the `nav` of MkDocs is understood", "dialects/navigation.py", "_TITLES"),
    ("new data of a feed's entry", "link/linked_notes.py", "FeedEntry"),
    ("where tags live", "routes/lists.py", "TAGS"),
    ("the colours of diagrams on dark pages", "diagrams/svg/dark_colors.py", "def dark("),
    ("the reading time of a note", "read/document/length.py", "minutes"),
    ("how wide the smaller copies of a photo are", "model/config.py", "variants:"),
    ("whether a foreign file is overwritten", "emit/foreign_files.py", "def "),
    ("which files are secret", "text/private_files.py", "_SECRETS"),
    ("the sign of a square root", "math_font/", "radical"),
    ("what search knows of a note", "search/documents.py", "def "),
    ("the size of social cards", "social_cards/draw.py", "1200"),
    ("a flag of the command line", "cli/commands.py", "--keep-going"),
    ("the exit code of a command", "cli/exit_codes.py", "USAGE"),
    ("the number of processes", "system/pool.py", "def worker_count("),
    ("the overlay of mistakes in the browser", "server/overlay.py", "def "),
    ("how the browser hears of a save", "server/client.js", "EventSource"),
    ("a new setting", "model/config.py", "class Config("),
    ("a program that a folder may come from", "dialects/programs/all.py", "DIALECTS"),
    ("which files of a Hugo site are notes", "dialects/programs/", "archetypes"),
    ("the workflow that init writes", "init/repository.py", "pages"),
    ("how a cited work is written, and sorted", "bibliography/references.py", "def "),
    ("a citation in a style of CSL", "bibliography/csl/", "citeproc"),
    ("what [@key] reads", "read/syntax/citations/", "@"),
    ("where an old address leads", "link/addresses/redirects.py", "def "),
    ("which of two notes keeps an address", "link/addresses/collisions.py", "def "),
    ("a new rule of `notegen check`", "check/rules.py", "RULES"),
    ("what a new note says", "new/note.py", "def "),
    ("the order of the tree of folders", "link/sections/folders.py", "def _arranged("),
    ("what stands in the sitemap", "plan/sitemap.py", "def "),
    ("whether a picture goes public", "link/files/public_files.py", "def "),
    ("the keyword of an algorithm", "read/syntax/algorithms/", "Require"),
    ("the number of a theorem", "read/syntax/callouts/numbers.py", "def next("),
    ("the number of a figure", "read/syntax/cross_references/numbers.py", "def "),
    ("the tabs of MkDocs", "read/syntax/tabs/", "==="),
    ("the admonitions of MkDocs", "read/syntax/programs/", '"!!!"'),
    ("the colour of a broken link", "themes/transmission/static/css/", ".broken"),
    ("how long the preview of a link waits", "themes/transmission/static/js/", "setTimeout"),
    ("the words of the page for what is not there", "themes/transmission/i18n/en.yaml", "not_found_text"),
    ("the order of a note's translations", "link/addresses/alternates.py", "def _ordered("),
    ("how deep the contents list goes", "link/toc.py", "DEEPEST"),
    ("a filter for templates", "jinja/filters.py", "def date("),
    ("a hook of extensions", "extensions/api.py", "class Extension("),
    ("a field of a cited work", "bibliography/references.py", "howpublished"),
    ("the port of `notegen serve`", "cli/commands.py", "--port"),
    ("how alike related notes must be", "link/relations/", "_WORD"),
    ("when kept values are dropped", "cache/store.py", "DELETE FROM entry"),
    ("what an editor completes behind [[", "lsp/completion.py", "def "),
    ("what is renamed with a note", "rename/", "def "),
    ("a note for Zhihu", "export/", "zhihu"),
    ("which metadata of photos go public", "system/photos/", "EXIF"),
    ("the colours of diagrams", "diagrams/theme.py", "--accent"),
    ("robots.txt", "plan/sitemap.py", "robots.txt"),
    ("an export of WordPress", "importers/", "wordpress"),
    ("how many entries a page of a list has", "model/config.py", "paginate"),
    ("the kinds of callouts", "read/syntax/callouts/kinds.py", "def "),
    ("what happens at Ctrl-C", "system/stopping.py", "SIGTERM"),
    ("whether an address is percent-encoded", "routes/urls.py", "quote"),
    ("where the caption of a table stands", "themes/transmission/static/css/prose.css", "caption {"),
    ("a new sign in the patterns of dates", "jinja/filters.py", '"mm"'),
    ("the mark of a draft in lists", "link/linked_notes.py", "draft=meta.draft"),
    ("when a film of a shortcode begins", "read/syntax/shortcodes/media/video_sites.py", "start"),
    ("whether code counts as words", "read/document/length.py", "code=False"),
    ("which images load late", "read/html/context.py", "def loading("),
    ("from which length on an output is folded", "read/notebooks/blocks.py", "output-fold"),
)


def rows() -> list[str]:
    """Return the rows of the table of changes."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## Where do I change")[1]
    return [line for line in text.splitlines() if line.startswith("| ")]


def names_place(row: str, place: str) -> bool:
    """Return whether a row names a place: by its path, or by its folder and, there, the name of the file."""
    folder, _, file = place.rpartition("/")
    return f"`{place}`" in row or (bool(file) and f"`{folder}/`" in row and f"`{file}`" in row)


@all_cases(("change", "place", "text"), PLACES)
def test_the_map_names_the_place_of_a_change(change: str, place: str, text: str) -> None:
    path = next((start / place for start in (PACKAGE, ROOT) if (start / place).exists()), None)
    assert path is not None, f"{change}: {place} has moved"
    files = [path] if path.is_file() else [file for file in path.rglob("*.*") if file.suffix in {".py", ".css", ".js"}]
    assert any(text in file.read_text(encoding="utf-8") for file in files), f"{change}: {text} is not in {place}"
    assert any(names_place(row, place) for row in rows()), f"{change}: no row of ARCHITECTURE.md's table names {place}"


def listing() -> str:
    """Return the listing of the folders in ARCHITECTURE.md."""
    return (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## Folders")[1].split("```")[1]


def test_the_listing_has_every_package_with_its_layer() -> None:
    shown = {name: int(number) for name, number in re.findall(r"\b([a-z_]+)(?:/|\.py) +(\d+)\b", listing())}
    assert {name: layer for name, layer in LAYERS.items() if not name.startswith("__")} == shown


def test_the_readme_of_the_package_names_every_package() -> None:
    named = set(re.findall(r"\]\((\w+)[/.)]", (PACKAGE / "README.md").read_text(encoding="utf-8")))
    assert {name for name in LAYERS if not name.startswith("__")} - named == set()


def test_the_listing_has_every_folder_of_a_stage() -> None:
    stages = [PACKAGE / stage for stage in ("scan", "read", "link", "plan", "render", "emit", "math")]
    inside = [folder for stage in (*stages, PACKAGE / "read" / "syntax") for folder in subpackages(stage)]
    assert [folder for folder in inside if not re.search(rf"\b{folder}/", listing())] == []


def test_the_table_of_memos_has_them_all() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    memo = re.compile(r"^([A-Z_]+)(?:: .*)? = Memo\(", re.MULTILINE)
    declared = [name for path in MODULES for name in memo.findall(path.read_text("utf-8"))]
    assert len(declared) > 10
    assert [memo for memo in declared if f"`{memo}`" not in text] == []


def test_the_map_fits_in_a_reader_s_head() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_the_files_that_docstrings_and_comments_name_are_there() -> None:
    path = re.compile(r"(?<![\w/.])(?:tests|docs|scripts|bench)/[\w./-]+\.(?:py|md|yaml|css)\b")
    named = {(name(module), one) for module in MODULES for one in path.findall(module.read_text("utf-8"))}
    assert len(named) > 5
    assert sorted(item for item in named if not (ROOT / item[1]).is_file()) == []


def test_what_the_map_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    paths = {path for path in re.findall(r"`([\w-]+(?:/[\w.-]+)+/?)`", text) if not path.startswith("\\")}
    gone = [path for path in sorted(paths) if not any((ROOT / start / path).exists() for start in ("", "notegen"))]
    assert gone == [], "ARCHITECTURE.md names what is not there"
