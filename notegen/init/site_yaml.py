"""A site.yaml out of settings, each with a comment that says where it comes from."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from notegen.dialects.dialect import Setting

_WIDTH = 1_000_000  # characters: no value is broken into lines


def site_yaml(settings: Iterable[Setting], head: str) -> str:
    """Return the text of site.yaml: `head` as a comment, then a line or a block for each setting.

    Settings of one section (`markdown.breaks`) stand together, where the first of them is. Of a setting that is given
    twice the last holds.
    """
    lines = [f"# {line}".rstrip() for line in head.splitlines()]
    return "\n".join([*lines, *_section({setting.name: setting for setting in settings}, "")]) + "\n"


def _section(settings: Mapping[str, Setting], indent: str) -> Iterator[str]:
    """Yield the lines of settings by their names below the section."""
    sections: dict[str, dict[str, Setting]] = {}
    for name, setting in settings.items():
        first, _, deeper = name.partition(".")
        sections.setdefault(first, {})[deeper] = setting
    for first, members in sections.items():
        if "" in members:
            yield from _entry(first, members[""], indent)
        else:
            yield f"{indent}{first}:"
            yield from _section(members, f"{indent}  ")


def _entry(key: str, setting: Setting, indent: str) -> Iterator[str]:
    """Yield the lines of one setting."""
    comment = f"  # {setting.origin}" if setting.origin else ""
    value = _plain(setting.value)
    inline = _inline(value)
    if isinstance(value, (dict, list)) and value and len(inline) > 60:  # noqa: PLR2004 (characters, to be read at a glance)
        flow = None if isinstance(value, list) else False  # of a mapping a line for each entry
        dumped = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=flow)
        yield f"{indent}{key}:{comment}"
        yield from (f"{indent}  {line}" for line in dumped.splitlines())
    else:
        yield f"{indent}{key}: {inline}{comment}"


def _inline(value: Any) -> str:
    """Return a value on one line."""
    dumped: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=True)
    return dumped.removesuffix("...\n").strip()


def _plain(value: Any) -> Any:
    """Return the value as lists and dicts, which YAML can write."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (tuple, list)) else value
