"""Templates of notes: a few names filled in, as Hexo's scaffolds, Hugo's archetypes and Obsidian's templates have them.

Nothing is executed: what is not one of these names stays as it is.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from notegen.text.patterns import lazy_regex
from notegen.yaml.write import scalar

_NAME = lazy_regex(r"\{\{([^{}\n]*+)\}\}")
_VALUE = lazy_regex(r"(?<=[:=])[ \t]*+['\"]?\{\{([^{}\n]*+)\}\}['\"]?[ \t]*+$", re.MULTILINE)
_TITLES = frozenset({"title", ".Title"})
_FROM_NAME = lazy_regex(
    r"replace \.(?:File\.ContentBaseName|Name|TranslationBaseName) .* \| title"
)  # Hugo's archetypes
_DATES = frozenset({"date", ".Date", "now"})
# Of Obsidian (Moment.js) -> strftime, the longest first.
_MOMENT = (("YYYY", "%Y"), ("MM", "%m"), ("DD", "%d"), ("HH", "%H"), ("mm", "%M"), ("ss", "%S"))
# Folders of templates -> names of the one for a note, the first that is there.
TEMPLATES: tuple[tuple[str, Sequence[str]], ...] = (
    ("templates", ("note", "post", "default")),
    ("scaffolds", ("post",)),
    ("archetypes", ("posts", "default")),
)


def fill(text: str, title: str, now: datetime) -> str:
    """Return a template's text with title and date. `now`: in the site's time zone.

    A name that is the whole value of a key becomes a value that YAML (and TOML) reads as that text.
    """
    text = text.replace("\r\n", "\n")
    head, body = _split(text)
    head = _VALUE.sub(lambda match: _whole(match, title, now), head)
    return _replaced(head, title, now) + _replaced(body, title, now)


def names_title(text: str) -> bool:
    """Return whether a template says where the title goes."""
    return any(_is_title(match[1].strip()) for match in _NAME.finditer(text))


def find_template(asked: str | None, read: Callable[[str], str | None]) -> str | None:
    """Return the text of the template called `asked`, or of the site's own for notes; None where there is none.

    `read` returns the text of a file below the site's root, None where there is no such file.
    """
    candidates = [asked] if asked is not None and asked.endswith(".md") else []
    for folder, names in TEMPLATES:
        candidates += [f"{folder}/{name}.md" for name in ([asked] if asked is not None else names)]
    return next((text for path in candidates if (text := read(path)) is not None), None)


def _split(text: str) -> tuple[str, str]:
    """Return the front matter, if there is any, and the rest."""
    fence = text[:3]
    end = text.find(f"\n{fence}", 3) if fence in {"---", "+++"} else -1
    return (text[:end], text[end:]) if end >= 0 else ("", text)


def _whole(match: re.Match[str], title: str, now: datetime) -> str:
    """Return what stands behind the colon (or `=`) of a key whose value is one name."""
    if _is_title(match[1].strip()):
        is_toml = match.string[match.start() - 1] == "="
        return f' "{_escaped(title)}"' if is_toml else f" {scalar(title)}"
    value = _value(match[1].strip(), title, now)
    return match[0] if value is None else f" {value}"


def _escaped(title: str) -> str:
    return title.replace("\\", "\\\\").replace('"', '\\"')


def _replaced(text: str, title: str, now: datetime) -> str:
    def value(match: re.Match[str]) -> str:
        known = _value(match[1].strip(), title, now)
        return match[0] if known is None else known

    return _NAME.sub(value, text)


def _is_title(name: str) -> bool:
    return name in _TITLES or _FROM_NAME.fullmatch(name) is not None


def _value(name: str, title: str, now: datetime) -> str | None:
    """Return what a name stands for; None for one that is not known."""
    if _is_title(name):
        return title
    if name in _DATES:
        return now.isoformat(sep=" ", timespec="minutes")[:16]
    if name == "time":
        return f"{now:%H:%M}"
    kind, _, form = name.partition(":")
    if kind in {"date", "time"} and form:
        form = form.replace("%", "%%")
        for theirs, ours in _MOMENT:
            form = form.replace(theirs, ours)
        return now.strftime(form)
    return None
