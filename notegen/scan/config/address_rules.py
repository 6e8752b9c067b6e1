"""What the settings of addresses may be, besides what their types say: patterns, redirects, signs for spaces."""

import re

import msgspec

from notegen.routes.placeholders import PRESETS, VALUES, identifies, tokens, unknown
from notegen.scan.config.values import InvalidValue
from notegen.text.characters import CONTROL
from notegen.text.paths import is_note
from notegen.text.patterns import lazy_regex
from notegen.text.suggestions import close_matches

_CONTROLS = lazy_regex(f"[{CONTROL}]")
_UNSAFE = lazy_regex(rf"[{CONTROL} \\]")
_UNSAFE_TARGET = lazy_regex(rf"[{CONTROL}\\]")


def permalink(value: str) -> str | InvalidValue:
    """A pattern of site paths, or the name of a preset; the slash in front may be left out, as in Hexo."""
    if value.strip().lower() in PRESETS:
        return PRESETS[value.strip().lower()]
    checked = _pattern(value)
    if not isinstance(checked, InvalidValue) and not any(map(identifies, tokens(value))):
        hint = "add :slug, :filename, :title or :path, so that every note has its own address"
        return InvalidValue("a pattern that tells notes apart", hint)
    return checked


def pages(value: str) -> str | InvalidValue:
    """A pattern of site paths, or nothing."""
    return permalink(value) if value else value


def _pattern(value: str) -> str | InvalidValue:
    """A pattern of site paths."""
    wrong = _placeholders(value)
    if wrong is not None:
        return wrong
    if ".." in value.split("/") or _UNSAFE.search(value) or "://" in value:
        return InvalidValue("a pattern such as /posts/:slug/, or hexo, jekyll, hugo")
    return value if value.startswith("/") else f"/{value}"


def _placeholders(pattern: str) -> InvalidValue | None:
    """Return what is wrong with the placeholders of a pattern."""
    names = unknown(pattern)
    if not names:
        return None
    near = close_matches(names[0], VALUES, 1)
    common = ":year :month :day :category :categories :slug :filename :title :path :sections"
    return InvalidValue(f"a pattern of {common} and the like", f"did you mean :{near[0]}?" if near else "")


def permalinks(value: dict[str, str]) -> dict[str, str] | InvalidValue:
    """Patterns by folder below the content folder; the address of one file need not tell notes apart."""
    patterns = {}
    for name, pattern in value.items():
        checked = _pattern(pattern) if is_note(name) else permalink(pattern)
        if isinstance(checked, InvalidValue):
            return msgspec.structs.replace(checked, key=name)
        if not name.strip("/") or ".." in name.split("/"):
            return InvalidValue("folders below the content folder, each with a pattern", key=name)
        patterns[name.strip("/")] = checked
    return patterns


def redirects(value: dict[str, str]) -> dict[str, str] | InvalidValue:
    """Old paths of the site, and where each leads: a path, or an address of another site."""
    for old, new in value.items():
        if not old.startswith("/") or old.startswith("//") or _CONTROLS.search(old) or ".." in old.split("/"):
            return InvalidValue("old paths that begin with /, and new ones", f"did you mean /{old.lstrip('/')}?", old)
        if re.search("[?#*]", old):
            hint = "a page answers a path; what stands behind ? or #, and patterns, no page can answer"
            return InvalidValue("old paths without ?, # and *", hint, old)
        is_web = re.match(r"(?i:https?)://[\w.-]", new)
        if not (is_web or (new.startswith("/") and not new.startswith("//"))) or _UNSAFE_TARGET.search(new):
            return InvalidValue("new paths that begin with /, or addresses that begin with https://", key=old)
    return value


def separator(value: str) -> str | InvalidValue:
    """What stands for a space in an address; nothing keeps it."""
    wrong = re.search(r"""[/\\?#%:*<>|"\s]""", value) or _CONTROLS.search(value)
    return InvalidValue("a sign such as -, or nothing") if wrong else value
