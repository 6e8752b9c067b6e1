"""docsify: Markdown that index.html shows by itself. See docsify's documentation: Configuration, More pages."""

import posixpath
from collections.abc import Iterator, Mapping

from notegen.dialects.configuration import text
from notegen.dialects.dialect import HOME_NOTE, Dialect, Setting, Translation, rules
from notegen.dialects.javascript import read_objects
from notegen.dialects.programs.books.summary import FOLDER_NOTE, summary
from notegen.text.paths import is_note, strip_suffix

_FOLDERS = ("", "docs/")
PAGES = tuple(f"{folder}index.html" for folder in _FOLDERS)  # of which one that holds SIGN is docsify's
SIGN = "$docsify"
_PARTS = ("_sidebar.md", "_coverpage.md", "_navbar.md")


def translate(files: Mapping[str, str]) -> Translation:
    """Return the settings that index.html holds as literals, and _sidebar.md as the table of contents."""
    page = next((path for path in PAGES if SIGN in files.get(path, "")), "")
    sidebars = (path for path in files if path.endswith("_sidebar.md"))
    folder = posixpath.dirname(page or next(sidebars, ""))
    return Translation(tuple(_site(files, page, folder)))


def _site(files: Mapping[str, str], page: str, folder: str) -> Iterator[Setting]:
    options = read_objects(files[page].partition(SIGN)[2].partition("</script>")[0]) if page else {}
    if title := text(options.get("name")):
        yield Setting("title", title, f"{page}: name")
    yield Setting("content_dir", folder or ".", f"the folder of {page or '_sidebar.md'}")
    place = posixpath.join(folder, "_sidebar.md")
    home = _home(text(options.get("homepage")) or "")
    if home != FOLDER_NOTE:
        yield Setting(HOME_NOTE, strip_suffix(home), f"{page}: homepage")
    nav = summary(files.get(place, ""), ".md", home)
    if nav:
        yield Setting("nav", nav, place)
    elif not folder:  # where README.md is that of a repository otherwise
        yield Setting("include", (home,), f"{page}: the home page")


def _home(path: str) -> str:
    """Return the note of the home page, as seen from the folder; README.md for an address elsewhere, or none."""
    file = posixpath.normpath(path).lstrip("/")
    return file if is_note(file) and "://" not in path and not file.startswith("../") else FOLDER_NOTE


DOCSIFY = Dialect(
    key="docsify",
    name="docsify",
    markers=tuple(frozenset({f"{folder}{part}"}) for folder in _FOLDERS for part in _PARTS),
    config_files=(*PAGES, *(f"{folder}_sidebar.md" for folder in _FOLDERS)),
    translate=translate,
    content=("docs", ""),
    static=(),
    notebooks=False,
    sources=(*rules("section", "readme.* */readme.*"), *rules("template", "_* */_*")),
    settings={
        "permalink": "/:path/",  # there all is one page, and addresses are behind a #
        "markdown.emoji": True,
        "addresses.spaces": "",
        "addresses.dates": "keep",
        "addresses.index_files": ("readme",),
    },
)
