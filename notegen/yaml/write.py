"""Values written as YAML, so that it reads them as they were given."""

import json
import re
from collections.abc import Sequence

import yaml


def scalar(text: str, *, in_list: bool = False) -> str:
    """Return a text as a YAML scalar on one line: plain where that means the same, else in quotes."""
    text = " ".join(text.split())
    plain = text and not (in_list and re.search(r"[\[\]{},]", text))
    try:
        same = yaml.safe_load(f"[{text}]" if in_list else f"x: {text}") == ([text] if in_list else {"x": text})
    except (yaml.YAMLError, ValueError):  # ValueError: a day that no calendar has
        same = False
    return text if plain and same else json.dumps(text, ensure_ascii=False)


def flow_list(names: Sequence[str]) -> str:
    """Return texts as a YAML list on one line."""
    return f"[{', '.join(scalar(name, in_list=True) for name in names)}]"
