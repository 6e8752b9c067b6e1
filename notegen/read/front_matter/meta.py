"""Front matter as a Meta: keys by `names.py`, each read as `readers.py` says; others are kept for templates."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from notegen.model.note import Meta
from notegen.read.front_matter.names import KEPT, NAMES, TABLES, TOGGLES, fold, known
from notegen.read.front_matter.readers import COMBINED, READERS
from notegen.read.front_matter.values import Fields, as_boolean
from notegen.yaml.nodes import Mapping, Node, Scalar, Sequence, plain

_WHOLE = {
    "math",
    "toc",
    "sitemap",
    *NAMES["cover"],
    *NAMES["authors"],
    *NAMES["citation"],
}  # keys whose mappings say more than the field holds
Entries = dict[str, tuple[Scalar, Node]]  # folded key -> the key as written, its value


def read_meta(root: Mapping, fields: Fields) -> Meta:
    """Return what the mapping says.

    Keys without a meaning go to `extra`; so do all but the first of several with the same meaning, and values that hold
    more than their field does (`toc` as a list of headings, `authors` with their homes).
    """
    entries: Entries = {fold(key.text): (key, value) for key, value in root.entries}
    extra = _lift(entries)
    values: dict[str, Any] = {}
    used: set[str] = set()
    for field, names in NAMES.items():
        present = [name for name in names if name in entries]
        if not present:
            continue
        readings = _readings(field, present, entries, fields)
        combine = COMBINED.get(field)
        read = dict(readings if combine else islice(readings, 1))
        if read:
            used |= read.keys()
            values[field] = combine(list(read.values())) if combine else next(iter(read.values()))
    for name, (key, node) in entries.items():
        empty = known(name) and isinstance(node, Scalar) and (node.null or not node.text)
        if not empty and (name not in used or name in KEPT or (name in _WHOLE and _is_rich(node))):
            toggle = as_boolean(node) if name in TOGGLES else None
            extra[key.text] = plain(node) if toggle is None else toggle
    return Meta(**values, extra=extra)


def _readings(field: str, names: list[str], entries: Entries, fields: Fields) -> Iterator[tuple[str, Any]]:
    for name in names:
        key, node = entries[name]
        if isinstance(node, Scalar) and node.null and field not in {"title", "tags"}:
            continue  # `title: #1 tip` is null to YAML
        value = READERS[field](fields, key.text, node)
        if value not in (None, "", ()):
            yield name, value


def _lift(entries: Entries) -> dict[str, Any]:
    """Take Zola's and Hugo's tables out of `given`: terms become keys, the rest is returned as plain data."""
    extra: dict[str, Any] = {}
    for table in TABLES:
        node = entries[table][1] if table in entries else None
        if not isinstance(node, Mapping):
            continue
        del entries[table]
        if table == "taxonomies":
            entries |= {fold(key.text): (key, value) for key, value in node.entries if fold(key.text) not in entries}
        else:
            extra |= plain(node)
    return extra


def _is_rich(node: Node) -> bool:
    """True when a value holds a mapping."""
    return isinstance(node, Mapping) or (isinstance(node, Sequence) and any(map(_is_rich, node.items)))
