"""Like diagnostics as one: a hundred notes with one fault are one message, with the first place and a count.

What is alike is a matter of values: the same code, severity and cause (`Diagnostic.cause`, else the message).
"""

from collections.abc import Iterable, Sequence

import msgspec

from notegen.app.report import counted, place_of
from notegen.model.codes import CODES
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.text.paths import is_note

MAX_ERRORS = 50  # that are listed
MAX_CAUSES = 8  # of one code that are listed
_LEFT_OUT = frozenset(("note-skipped", "note-unmarked", "note-unnamed"))
_OTHERS = 3  # places that are named besides the first one, where there are no more


def condensed(items: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics as they are listed: like ones as one that counts them, in the order of their first places.

    Errors are listed one by one: each keeps the site from being written. Of a code with very many causes the first ones
    are listed; an entry says how many diagnostics of it there are more. What else there is to say about notes that are
    left out, such as drafts, is counted only.
    """
    groups: dict[tuple[str, Severity, str], list[Diagnostic]] = {}
    errors: list[Diagnostic] = []
    items = list(items)
    absent = {item.path for item in items if item.code in _LEFT_OUT}
    silent: list[Diagnostic] = []  # diagnostics of notes that nobody reads yet
    for item in items:
        if item.path in absent and item.code not in _LEFT_OUT and item.severity is not Severity.ERROR:
            silent.append(item)
        elif item.severity is Severity.ERROR:
            errors.append(item)
        else:
            groups.setdefault((item.code, item.severity, item.cause or item.message), []).append(item)
    causes: dict[str, int] = {}
    entries: list[Diagnostic] = []
    unlisted: dict[str, list[Diagnostic]] = {}
    for (code, *_), group in groups.items():
        causes[code] = causes.get(code, 0) + 1
        if causes[code] <= MAX_CAUSES:
            entries.append(_as_one(group))
        else:
            unlisted.setdefault(code, []).extend(group)
    entries += [_more(alike, f"{len(alike)} more of this kind") for alike in unlisted.values()]
    if silent:
        entries.append(_about_absent(silent))
    entries += errors[:MAX_ERRORS]
    more = errors[MAX_ERRORS:]
    return [*entries, _more(more, counted(len(more), "more error"))] if more else entries


def _as_one(group: Sequence[Diagnostic]) -> Diagnostic:
    """Return the first diagnostic of a group, its message with the count and, where they are few, the other places."""
    first = group[0]
    if len(group) == 1:
        return first
    files = {item.path for item in group}
    where = counted(len(files), "note" if all(map(is_note, files)) else "file")
    many = CODES[first.code].many
    if many:
        message = many.format(where)
    elif len(files) == len(group):
        message = f"{first.message}: {where}"
    else:
        message = f"{first.message}: {len(group)} times" + (f" in {where}" if len(files) > 1 else "")
    others = dict.fromkeys(place for item in group[1:] if (place := place_of(item)) != place_of(first))
    also = f"; also {', '.join(others)}" if 0 < len(others) <= _OTHERS else ""
    return msgspec.structs.replace(first, message=message + also)


def _about_absent(items: Sequence[Diagnostic]) -> Diagnostic:
    """Return an entry for the diagnostics of notes that are left out, such as drafts."""
    files = counted(len({item.path for item in items}), "note")
    message = f"{counted(len(items), 'more message')} about what is left out: {files}"
    return Diagnostic("note-skipped", Severity.INFO, message, hint="-v lists all")


def _more(items: Sequence[Diagnostic], message: str) -> Diagnostic:
    """Return an entry for those that are not listed."""
    return Diagnostic(items[0].code, items[0].severity, message, hint="-v lists all")
