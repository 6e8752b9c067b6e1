"""GitBook (HonKit) and mdBook: SUMMARY.md says which notes are pages, and in which order.

Source: GitBook's documentation, "Content configuration"; HonKit's, "Configuration"; mdBook's guide, "Configuration".
"""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import Table, language, lookup, name, read_data, take, text
from notegen.dialects.dialect import HOME_NOTE, Dialect, Setting, Translation, rules
from notegen.dialects.navigation import named_in_nav
from notegen.dialects.programs.books.summary import summary
from notegen.text.paths import strip_suffix

_BOOK, _YAML, _MDBOOK = "book.json", ".gitbook.yaml", "book.toml"
_SUMMARIES = tuple(f"{folder}SUMMARY.md" for folder in ("", "docs/", "src/"))
CONTENTS = _SUMMARIES[:2]  # of which one that is a table of contents is GitBook's; a note may have the name, too
_TABLES: dict[str, Table] = {
    _BOOK: {
        "title": ("title", text),
        "description": ("description", text),
        "author": ("author", name),
        "language": ("language", language),
        "root": ("content_dir", text),
    },
    _YAML: {"root": ("content_dir", text)},
    _MDBOOK: {
        "book.title": ("title", text),
        "book.description": ("description", text),
        "book.authors": ("author", name),
        "book.language": ("language", language),
        "book.src": ("content_dir", text),
    },
}
_OMITTED = ("plugins", "pluginsConfig", "styles", "preprocessor", "output.html.additional-js")


def translate(files: Mapping[str, str]) -> Translation:
    """Return SUMMARY.md and book.json, .gitbook.yaml or book.toml as settings."""
    configured = {path: read_data(path, content) for path, content in files.items() if path in _TABLES}
    settings = [item for path, data in configured.items() for item in _book(data, path)]
    root = next((str(item.value) for item in settings if item.name == "content_dir"), "")
    named = posixpath.normpath(posixpath.join(root.lstrip("/"), "SUMMARY.md"))
    place = next((path for path in (named, *_SUMMARIES) if path in files), "")
    if place:
        settings += _contents(files[place], place, is_mdbook=_MDBOOK in files)
    omitted = (f"{path}: {key}" for path, data in configured.items() for key in _OMITTED if lookup(data, key))
    return Translation(tuple(settings), tuple(omitted))


def _book(data: dict[str, Any], path: str) -> Iterator[Setting]:
    yield from take(data, path, _TABLES[path])
    if path == _YAML:  # of gitbook.com, whose addresses have no ending
        yield Setting("permalink", "/:path", path)
        redirects = data.get("redirects")
        if isinstance(redirects, Mapping):
            pairs = {f"/{old}": _address(new) for old, new in redirects.items() if isinstance(new, str)}
            yield Setting("redirects", pairs, f"{path}: redirects")


def _address(path: str) -> str:
    """Return the address of a page of gitbook.com by its path."""
    stem = path.lstrip("./").removesuffix(".md")
    return "/" + (posixpath.dirname(stem) if posixpath.basename(stem) == "README" else stem)


def _contents(content: str, path: str, *, is_mdbook: bool) -> Iterator[Setting]:
    """Yield where the notes are, and the table of contents: the program makes pages of what it names."""
    yield Setting("content_dir", posixpath.dirname(path) or ".", f"the folder of {path}")
    nav = summary(content)
    if nav:
        yield Setting("nav", nav, path)
        yield Setting("publish", "nav", f"{path} names the pages")
    first = next(named_in_nav([list(entry.values()) if isinstance(entry, dict) else entry for entry in nav or ()]), "")
    if is_mdbook and first and posixpath.basename(first) != "README.md":
        yield Setting(HOME_NOTE, strip_suffix(first), f"{path}: the first chapter")


def _dialect(key: str, title: str, markers: tuple[frozenset[str], ...], content: str) -> Dialect:
    return Dialect(
        key=key,
        name=title,
        markers=markers,
        config_files=(_BOOK, _YAML, _MDBOOK, *_SUMMARIES),
        translate=translate,
        content=(content,),
        static=(),
        notebooks=False,
        sources=(
            *rules("section", "readme.* */readme.*"),
            *rules("private", "summary.* glossary.* _book/* book/* .* */.*"),
        ),
        settings={
            "permalink": "/:path.html",
            "addresses.spaces": "",
            "addresses.dates": "keep",
            "addresses.index_files": ("readme", "index"),
        },
    )


_BOOKS = (frozenset({_YAML}), *(frozenset({_BOOK, path}) for path in CONTENTS))
GITBOOK = _dialect("gitbook", "GitBook", _BOOKS, "")
MDBOOK = _dialect("mdbook", "mdBook", tuple(frozenset({_MDBOOK, path}) for path in _SUMMARIES), "src")
