"""Jupyter Book and MyST: `_config.yml` with `_toc.yml`, or myst.yml. See their documentation: Configuration."""

from collections.abc import Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import LIST, Table, address, lookup, name, read_data, take, text, texts
from notegen.dialects.dialect import HOME_NOTE, Dialect, Setting, Translation, rules
from notegen.dialects.navigation import navigation
from notegen.text.paths import strip_suffix

_CONFIG, _TOC, _MYST = "_config.yml", "_toc.yml", "myst.yml"
_TABLE: Table = {
    "title": ("title", text),
    "author": ("author", name),
    "html.baseurl": ("base_url", address),
    "exclude_patterns": ("ignore", texts),
    "bibtex_bibfiles": ("bibliography", texts),
    "project.bibliography": ("bibliography", texts),
    "project.title": ("title", text),
    "project.description": ("description", text),
    "project.authors": ("author", name),
    "project.exclude": ("ignore", texts),
    "site.title": ("title", text),
    "site.options.base_url": ("base_url", text),
}
_MACROS = (
    "sphinx.config.mathjax3_config.tex.macros",
    "sphinx.config.mathjax_config.TeX.Macros",
    "project.math",
)
_OMITTED = ("execute", "launch_buttons", "latex", "project.exports")


def translate(files: Mapping[str, str]) -> Translation:
    """Return `_config.yml` and `_toc.yml`, or myst.yml as settings."""
    settings: list[Setting] = []
    omitted: list[str] = []
    for path, content in files.items():
        data = _since_011(read_data(path, content))
        settings.extend(_site(data, path, omitted) if path != _TOC else ())
        settings.extend(_contents(data, path))
    return Translation(tuple(settings), tuple(omitted))


def _since_011(data: dict[str, Any]) -> dict[str, Any]:
    """Return `_toc.yml` in its present form; before Jupyter Book 0.11 it is a list that begins with the home page.

    Source: Jupyter Book's documentation, "The Table of Contents file", of version 0.10.
    """
    entries = data.get(LIST)
    if not isinstance(entries, list) or not entries:
        return data
    root = text(lookup(entries[0], "file"))
    below_root = (lookup(entries[0], "sections") or lookup(entries[0], "chapters") or []) if root else entries[:1]
    return {"root": root, "parts": _under_headers([*below_root, *entries[1:]])}


def _under_headers(entries: list[Any]) -> list[Any]:
    """Return the entries, in which `- header: Title` has those up to the next one, or to a part."""
    parts: list[Any] = []
    below: list[Any] = parts
    for entry in entries:
        header = text(lookup(entry, "header"))
        if header:
            below = []
            parts.append({"part": header, "chapters": below})
        else:
            below = parts if text(lookup(entry, "part")) else below
            below.append(entry)
    return parts


def _contents(data: Mapping[str, Any], path: str) -> Iterator[Setting]:
    """Yield the table of contents: `project.toc` of myst.yml, the chapters of `_toc.yml` or its parts."""
    lists = (lookup(data, "project.toc"), *(data.get(key) for key in ("parts", "chapters", "sections")))
    nav = next(filter(None, map(navigation, lists)), None)
    root = strip_suffix(text(data.get("root")) or "") if path == _TOC else ""
    if nav:
        yield Setting("nav", [root, *nav] if root else nav, path)
        if path == _MYST:  # it makes pages of what its table of contents names
            yield Setting("publish", "nav", f"{path}: project.toc")
    if root and root != "index":
        yield Setting(HOME_NOTE, root, f"{path}: root")


def _site(data: dict[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    yield from take(data, path, _TABLE)
    for key in _MACROS:
        table = lookup(data, key)
        macros = (
            {macro.lstrip("\\"): _body(value) for macro, value in table.items()} if isinstance(table, Mapping) else {}
        )
        if any(macros.values()):
            yield Setting("math.macros", {macro: body for macro, body in macros.items() if body}, f"{path}: {key}")
    if data.get("only_build_toc_files") is True:
        yield Setting("publish", "nav", f"{path}: only_build_toc_files")
    if lookup(data, "site.options.folders") is True:
        yield Setting("permalink", "/:path", f"{path}: site.options.folders")
    repository = text(lookup(data, "repository.url"))
    if repository:
        branch = text(lookup(data, "repository.branch")) or "main"
        yield Setting("edit_url", f"{repository.rstrip('/')}/edit/{branch}/:path", f"{path}: repository")
    omitted.extend(f"{path}: {key}" for key in _OMITTED if lookup(data, key))


def _body(value: Any) -> str:
    """Return a macro's LaTeX: a text, a list of text and arguments (MathJax), or a mapping with `macro` (MyST)."""
    first = value[0] if isinstance(value, list) and value else value
    body = first.get("macro") if isinstance(first, Mapping) else first
    return body if isinstance(body, str) else ""


def _dialect(
    key: str, title: str, markers: tuple[str, ...], files: tuple[str, ...], settings: dict[str, Any]
) -> Dialect:
    return Dialect(
        key=key,
        name=title,
        markers=(frozenset(markers),),
        config_files=files,
        translate=translate,
        content=("",),
        static=(),
        sources=(*rules("private", "_* */_* */.ipynb_checkpoints/*"),),
        settings={"addresses.dates": "keep", "addresses.index_files": ("index",), **settings},
    )


JUPYTER_BOOK = _dialect(
    *("jupyter-book", "Jupyter Book", (_TOC, _CONFIG), (_CONFIG, _TOC)),
    {"permalink": "/:path.html", "addresses.spaces": ""},
)
MYST = _dialect(
    *("myst", "MyST", (_MYST,), (_MYST,)),
    {
        "permalink": "/:filename",
        "addresses.lower": True,
        "addresses.punctuation": "letters",
        "addresses.number_prefixes": "strip_all",
    },
)
