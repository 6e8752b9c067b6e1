"""What an import comes to, before anything is written: notes, files, old addresses, what its author should know."""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import msgspec

from notegen.model.diagnostic import first_names
from notegen.text.characters import CONTROL
from notegen.text.patterns import lazy_regex
from notegen.yaml.write import flow_list, scalar

_UNSAFE = lazy_regex(rf"[{CONTROL}<>:\"/\\|?*#\[\]^]+")
_LONGEST = 80  # characters of a file's name
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10)))
)


FieldValue = str | int | tuple[str, ...]  # a switch is an int, too


class ImportedNote(msgspec.Struct, frozen=True):
    """A note: its path below the content folder, its front matter (key -> text, list or switch), its Markdown."""

    path: str
    fields: Mapping[str, FieldValue]
    body: str


class ImportedFile(msgspec.Struct, frozen=True):
    """A file beside notes: its path below the content folder, and what reads it."""

    path: str
    read: Callable[[], bytes]


class Import(msgspec.Struct, frozen=True):
    """A whole export. `moved`: addresses that no note can have as an alias -> where they lead now.

    `remarks`: what could not be taken over, a line each.
    """

    notes: tuple[ImportedNote, ...]
    files: tuple[ImportedFile, ...] = ()
    moved: Mapping[str, str] = {}
    remarks: tuple[str, ...] = ()


class UnreadableExportError(Exception):
    """An export that cannot be read, or must not be; the message says why."""


def aliases(old: str) -> tuple[str, ...]:
    """Return what `aliases` of front matter says of an old path; nothing for one that no site can have.

    Slashes that stand together, as in `//a/`, are one: with two the path would name a host.
    """
    old = re.sub("//+", "/", old)
    possible = old.strip("/") and ".." not in old.split("/") and not re.search(f"[{CONTROL}]", old)
    return (old,) if possible else ()


def safe_name(title: str, fallback: str = "note") -> str:
    """Return a title as a file's name, without its ending: letters of all scripts stay, it fits every system."""
    name = re.sub(r"\s+", " ", _UNSAFE.sub(" ", title)).strip(" .")[:_LONGEST].strip(" .")
    return f"{name}-" if name.casefold() in _RESERVED else name or fallback


class Names:
    """The paths that an import has given so far: no two of them are the same, whatever the system makes of case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, path: str) -> str:
        """Return the path, or the next one with a number that nothing has."""
        stem, suffix = posixpath.splitext(path)
        candidate, number = path, 1
        while candidate.casefold() in self._taken:
            number += 1
            candidate = f"{stem}-{number}{suffix}"
        self._taken.add(candidate.casefold())
        return candidate


def note_text(note: ImportedNote) -> str:
    """Return a note as the text of its file."""
    lines = [f"{key}: {_value(value)}" for key, value in note.fields.items() if value not in ("", ())]
    return "\n".join(["---", *lines, "---", "", note.body.strip("\n"), ""])


def _value(value: FieldValue) -> str:
    if isinstance(value, int):  # a switch among them
        return str(value).lower()
    if isinstance(value, tuple):
        return flow_list(value)
    return value if _is_date(value) else scalar(value)


def _is_date(text: str) -> bool:
    """Return whether a text is a date, which YAML reads as one anyway."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def relative(path: str, home: str) -> str:
    """Return the address of a file in the Markdown of a note; both are paths below the content folder."""
    target = posixpath.relpath(path, posixpath.dirname(home) or ".")
    return re.sub(r"[ ()<>%#?]", lambda sign: f"%{ord(sign[0]):02X}", target)


def counted(names: Iterable[str], what: str) -> Iterable[str]:
    """Yield one line for all of these names, if there are any: how many, and the first of them."""
    items = list(dict.fromkeys(names))
    if items:
        yield f"{what}: {len(items)} ({first_names(items, 5)})"
