"""Front matter as plain data, for what a program's folder means; how notes are read is in read/front_matter/."""

import re
from collections.abc import Mapping
from typing import Any

from notegen.dialects.configuration import read_data
from notegen.text.patterns import lazy_regex

_HEAD = lazy_regex(r"\A(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)


def front_matter_data(text: str) -> dict[str, Any]:
    """Return what the front matter of a note says, YAML or TOML; what cannot be read says nothing."""
    head = _HEAD.match(text)
    return read_data("x.yaml" if head[1] == "---" else "x.toml", head[2]) if head else {}


def merged(values: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    """Return values over those `below` them, mappings in mappings likewise."""
    both = dict(below)
    for key, value in values.items():
        under = both.get(key)
        both[key] = merged(value, under) if isinstance(value, Mapping) and isinstance(under, Mapping) else value
    return both
