"""Values that folders give to notes' front matter: Jekyll's `defaults`, Hugo's `cascade`, Quarto's `_metadata.yml`.

Source: Jekyll's documentation, "Front Matter Defaults"; Hugo's, "Front matter", the section "Cascade"; Quarto's guide,
"Project Basics", the section "Directory Metadata".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import lookup, read_data, text
from notegen.dialects.front_matter.data import front_matter_data

_TARGETS = ("target", "_target")
_KINDS = {"page": "note", "section": "page", "home": "page", "posts": "note", "drafts": "note", "pages": "page"}
# Keys that mean something here, besides those that templates may ask for.
_MEANT = frozenset(
    (
        *("published", "draft", "categories", "category", "tags", "author", "authors", "lang", "language", "sitemap"),
        *("toc", "image", "cover", "math", "mathjax", "katex", "comments", "layout", "permalink", "hidden", "unlisted"),
        *(
            "build",
            "_build",
            "weight",
            "series",
            "params",
            "expiryDate",
            "publishDate",
            "date",
            "excerpt",
            "description",
        ),
    )
)


def cascades(value: Any, folder: str) -> Iterator[dict[str, Any]]:
    """Yield a `cascade` of Hugo as `defaults` of site.yaml. `folder`: whose notes it is for, "" for all."""
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, Mapping):
            continue
        target: Mapping[str, Any] = next((item[key] for key in _TARGETS if isinstance(item.get(key), Mapping)), {})
        values = {key: inner for key, inner in item.items() if key not in _TARGETS}
        named = (text(target.get("path")) or "").strip("/")
        path = named if not folder or named.startswith(folder) else folder
        if values:
            yield _defaults(path, _KINDS.get(str(target.get("kind")), ""), values)


def cascades_of_note(path: str, content: str) -> Iterator[dict[str, Any]]:
    """Yield what the text of a folder, `a/_index.md`, hands down to the notes in it."""
    if "cascade" in content:
        yield from cascades(front_matter_data(content).get("cascade"), path.rpartition("/")[0])


def metadata_of_folder(folder: str, content: str) -> dict[str, Any]:
    """Return what a `_metadata.yml` gives to the notes in its folder and below; how these are rendered is no part."""
    data = read_data("_metadata.yml", content)
    return _defaults(folder, "", {key: value for key, value in data.items() if key in _MEANT and value is not None})


def jekyll_defaults(data: Mapping[str, Any], handled: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Yield `defaults` of Jekyll as those of site.yaml. `handled`: types whose permalinks are patterns already."""
    defaults = data.get("defaults")
    for item in defaults if isinstance(defaults, list) else ():
        path, kind = text(lookup(item, "scope.path")) or "", text(lookup(item, "scope.type")) or ""
        values = lookup(item, "values")
        if not isinstance(values, Mapping):
            continue
        if kind and kind not in _KINDS:  # of a collection
            path = path or f"_{kind}"
        meant = {key: value for key, value in values.items() if key in _MEANT and value is not None}
        if kind in handled or path.strip("/") in {"", "_posts"}:
            meant.pop("permalink", None)
        if meant.get("layout") == "page" or _KINDS.get(kind) == "page":  # what is a post or a page is one in any layout
            meant.pop("layout", None)
        if meant:
            yield _defaults(path.strip("/"), _KINDS.get(kind, ""), meant)


def _defaults(path: str, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry of `defaults` without what says nothing."""
    return {**({"path": path} if path else {}), **({"kind": kind} if kind else {}), "values": dict(values)}
