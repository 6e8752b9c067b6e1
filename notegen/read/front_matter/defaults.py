"""What a note's folder gives to its front matter, below what the note says itself."""

from collections.abc import Mapping as Values
from typing import Any

from notegen.read.front_matter.data import node_of
from notegen.read.front_matter.names import NAMES, fold
from notegen.yaml.nodes import Mapping, Node, Scalar


def with_defaults(root: Mapping | None, defaults: Values[str, Any]) -> Mapping:
    """Return front matter with the defaults behind what it says.

    A note has a value where it has the key, or another that means the same in every way: `category` of a note goes
    before the default `categories`. Mappings such as `params` are joined.
    """
    entries = list(root.entries) if root is not None else []
    present = {fold(key.text): index for index, (key, _) in enumerate(entries)}
    for key, value in defaults.items():
        index = present.get(fold(key))
        if index is not None:
            name, node = entries[index]
            entries[index] = (name, _joined(node, value))
        elif not _has_value(fold(key), present):
            entries.append((Scalar(key, '"'), node_of(value, 1, 1)))
    return Mapping(tuple(entries))


def _has_value(key: str, present: Values[str, int]) -> bool:
    """Return whether other keys of the note speak for every field that this one is for."""
    fields = [names for names in NAMES.values() if key in names]
    return bool(fields) and all(any(name in present for name in names) for names in fields)


def _joined(node: Node, value: Any) -> Node:
    return with_defaults(node, value) if isinstance(node, Mapping) and isinstance(value, Values) else node
