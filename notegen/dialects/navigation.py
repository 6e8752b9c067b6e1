"""Tables of contents of other programs as the setting `nav`: paths of notes, titles and groups in MkDocs' form."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from notegen.dialects.configuration import text
from notegen.text.paths import NOTE_SUFFIXES, strip_suffix

# What the programs call the title, the note and the inner entries of an entry; the first key that is there counts.
_TITLES = ("title", "text", "caption", "label", "section", "part")
_PATHS = ("file", "link", "href", "url", "path")
_GLOBS = ("glob", "pattern")  # all in a folder that nothing else names
_CHILDREN = ("children", "sections", "chapters", "items", "contents")
DEEPEST = 20  # entries inside entries

Path = Callable[[str], str]


def navigation(value: Any, path: Path = str, depth: int = 0) -> list[Any] | None:
    """Return a table of contents as `nav`; None for one without notes. `path` makes a path of what names a note.

    Entries may be paths, `title: entries` (MkDocs), or mappings that name their title, note and entries (Jupyter Book,
    MyST, Quarto, VitePress). A note with entries below it is the group `path: [entries]`.
    """
    items = value if isinstance(value, list) else []
    return [entry for item in items if depth < DEEPEST for entry in _entries(item, path, depth)] or None


def below(folder: str, nav: Sequence[Any]) -> list[Any]:
    """Return a table of contents whose paths begin in another folder than that of its notes."""
    return [_below(folder, entry) for entry in nav]


def named_in_nav(entries: Any, depth: int = 0) -> Iterator[str]:
    """Yield the paths that `nav` names: its author means these as notes, CONTRIBUTING.md, too."""
    if isinstance(entries, str):
        yield entries
    elif depth < DEEPEST and isinstance(entries, (list, tuple)):
        for entry in entries:
            yield from named_in_nav(entry, depth + 1)
    elif depth < DEEPEST and isinstance(entries, dict):
        for value in (*entries.keys(), *entries.values()):
            yield from named_in_nav(value, depth + 1)


def titled_in_nav(entries: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the notes that `nav` gives a title, by path without suffix: it is that of a note that has no other."""
    for entry in entries if isinstance(entries, (list, tuple)) and depth < DEEPEST else ():
        for title, value in entry.items() if isinstance(entry, Mapping) else ():
            if isinstance(value, str):
                yield strip_suffix(value.strip("/")), str(title)
            else:
                yield from titled_in_nav(value, depth + 1)


def _below(folder: str, entry: Any) -> Any:
    if isinstance(entry, str):
        return entry if "://" in entry or entry.startswith("/") else f"{folder}/{entry}"
    if not isinstance(entry, Mapping):
        return below(folder, entry) if isinstance(entry, list) else entry
    return {
        _below(folder, name) if name.endswith(NOTE_SUFFIXES) else name: _below(folder, value)
        for name, value in entry.items()
    }


def _entries(item: Any, path: Path, depth: int) -> Iterator[Any]:
    if isinstance(item, str):
        yield from (path(item),) if item.strip("- ") else ()
    elif isinstance(item, Mapping) and (pattern := _first(item, _GLOBS)):
        yield path(f"{pattern.partition('*')[0].rpartition('/')[0]}/*".lstrip("/"))
    elif isinstance(item, Mapping) and _plain(item):
        title, value = next(iter(item.items()))
        if isinstance(value, list):
            yield from _group(str(title), "", navigation(value, path, depth + 1) or [])
        elif text(value):
            yield {str(title): path(value)}
    elif isinstance(item, Mapping):
        title, named = _first(item, _TITLES), _first(item, _PATHS)
        if title and not named and title.endswith(NOTE_SUFFIXES):  # Quarto: `section: note.qmd`
            title, named = "", title
        inner: list[Any] = next((item[key] for key in _CHILDREN if isinstance(item.get(key), list)), [])
        yield from _group(title, path(named) if named else "", navigation(inner, path, depth + 1) or [])


def _group(title: str, named: str, inner: Sequence[Any]) -> Iterator[Any]:
    """Yield an entry with others inside it, of which it may have none."""
    if not inner:
        yield from ({title: named} if title else named,) if named else ()
    elif title:
        yield {title: [*([named] if named else []), *inner]}
    elif named:
        yield {named: list(inner)}
    else:
        yield from inner


def _plain(item: Mapping[str, Any]) -> bool:
    """Return whether a mapping is `title: entries` in MkDocs' form."""
    return len(item) == 1 and not {*_TITLES, *_PATHS, *_CHILDREN}.issuperset(item)


def _first(item: Mapping[str, Any], keys: Sequence[str]) -> str:
    return next(filter(None, (text(item.get(key)) for key in keys)), "")
