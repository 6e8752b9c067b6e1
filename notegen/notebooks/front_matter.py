"""The front matter of a notebook: YAML in its first cell, a first cell as fastpages has it, or its metadata.

Source: Quarto docs, "Jupyter Notebooks"; nbdev docs, "Notebook Best Practices"; fastpages, "Writing Blog Posts With
Jupyter", the section "Configure Title & Summary"; Nikola's handbook, "Jupyter".
"""

import json
from collections.abc import Mapping
from typing import Any

from notegen.text.patterns import lazy_regex

_ITEM = lazy_regex(r"-[ \t]++(?P<key>[A-Za-z][\w-]*+)[ \t]*+:[ \t]*+(?P<value>[^\n]*+)")
_TITLE = lazy_regex(r"#[ \t]++(?P<title>[^\n]++)")
# Keys of a notebook's metadata that are front matter; others are those of tools.
_KEYS = (
    *("title", "date", "author", "authors", "tags", "categories", "category", "description", "summary", "draft"),
    *("slug", "permalink", "lang", "updated", "subtitle", "cover", "image", "keywords", "series", "aliases"),
)
_TABLES = ("front-matter", "front_matter", "frontmatter", "nikola", "hugo", "hexo", "pelican")

Line = tuple[str, int]  # text, and the line of the cell that it comes from, from 1; 0 for none


def is_front_matter(source: str) -> bool:
    """Return whether a cell is YAML between lines of dashes; what stands behind it is text."""
    head = source.lstrip("\n")
    return head.startswith("---\n") and ("\n---\n" in f"{head}\n"[3:] or "\n...\n" in f"{head}\n"[3:])


def of_title_cell(source: str) -> list[Line] | None:
    """Return the front matter of a cell that is `# Title`, `> summary` and `- key: value`, as YAML; None for others."""
    lines = source.strip("\n").split("\n")
    shift = len(source) - len(source.lstrip("\n")) + 1
    title = _TITLE.fullmatch(lines[0]) if lines else None
    items: list[Line] = []
    summary: list[str] = []
    if title is None:
        return None
    for number, line in enumerate(lines[1:], start=1):
        item = _ITEM.fullmatch(line.rstrip())
        if item is not None:
            items.append((f"{item['key']}: {item['value']}".rstrip(), number + shift))
        elif line.startswith(">") and not items:
            summary.append(line.lstrip("> \t").strip('" '))
        elif line.strip():
            return None
    if not items and not summary:
        return None
    words = " ".join(filter(None, summary))
    return [
        ("---", 0),
        (f"title: {_quoted(title['title'].strip())}", shift),
        *([(f"summary: {_quoted(words)}", shift + 1)] if words else []),
        *items,
        ("---", 0),
    ]


def of_metadata(metadata: Mapping[str, Any]) -> list[Line]:
    """Return the front matter in the metadata of a notebook, as YAML; nothing where there is none."""
    values: dict[str, Any] = {}
    for table in (*(metadata.get(name) for name in _TABLES), {key: metadata.get(key) for key in _KEYS}):
        if isinstance(table, Mapping):
            values |= {str(key): value for key, value in table.items() if value not in (None, "", [], {})}
    if not values:
        return []
    return [("---", 0), *((f"{_quoted(key)}: {_quoted(value)}", 0) for key, value in values.items()), ("---", 0)]


def _quoted(value: Any) -> str:
    """Return a value as JSON, which is YAML."""
    return json.dumps(value, ensure_ascii=False)
