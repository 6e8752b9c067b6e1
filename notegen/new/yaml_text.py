"""Keys put into the front matter of a note's text."""

import json
import re
from collections.abc import Mapping

import yaml

_FENCES = {"---": "yaml", "+++": "toml"}


def with_fields(text: str, fields: Mapping[str, str]) -> str:
    """Return a note's text with these keys in its front matter (YAML or TOML): in place of what the key has there.

    `fields`: key -> value as YAML; a list or a quoted text is the same in TOML. A note without front matter gets some.
    """
    if not fields:
        return text
    lines = text.split("\n")
    form = _FENCES.get(lines[0].rstrip())
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == lines[0].rstrip()), 0)
    if form is None or not end:
        return "\n".join(["---", *(f"{key}: {value}" for key, value in fields.items()), "---", "", text])
    block = lines[1:end]
    for key, value in fields.items():
        block = _with_field(block, key, value if form == "yaml" else _toml(value), ": " if form == "yaml" else " = ")
    return "\n".join([lines[0], *block, *lines[end:]])


def _with_field(block: list[str], key: str, value: str, sign: str) -> list[str]:
    """Return the lines of a block with one key set; what belonged to the key before goes."""
    start = next((number for number, line in enumerate(block) if _key(line) == key), len(block))
    end = start + 1
    while end < len(block) and (block[end].startswith((" ", "\t", "- ")) or block[end] == "-"):
        end += 1
    return [*block[:start], f"{key}{sign}{value}", *block[end:]]


def _key(line: str) -> str:
    """Return the key that a line of YAML or TOML begins with."""
    match = re.match(r"([\w-]+)\s*[:=]", line)
    return match[1] if match else ""


def _toml(value: str) -> str:
    """Return a YAML value of ours as TOML, which has no plain texts."""
    return json.dumps(yaml.safe_load(value), ensure_ascii=False)
