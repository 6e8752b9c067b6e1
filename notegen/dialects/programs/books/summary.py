"""A table of contents that is a Markdown list, as `nav`: SUMMARY.md of GitBook and mdBook, docsify's _sidebar.md.

Source: GitBook's documentation, "Content configuration", the section "Summary"; mdBook's guide, "SUMMARY.md"; docsify's
documentation, "More pages", the section "Sidebar".
"""

import posixpath
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any
from urllib.parse import unquote

from notegen.dialects.navigation import DEEPEST, navigation
from notegen.text.patterns import lazy_regex

_TAB = 4  # columns
_FEWEST = 2  # notes that a table of contents names
_ITEM = lazy_regex(r"(?P<indent>[ \t]*+)(?:[-*+]|\d++[.)])[ \t]++(?P<text>\S.*+)")
_HEADING = lazy_regex(r"#{1,6}[ \t]++(?P<text>\S.*+)")
_LINK = lazy_regex(
    r"\[(?P<title>[^\[\]]{0,300}+)\]\((?P<address><[^<>]{0,500}+>|[^()\s<]{0,500}+(?:\([^()]{0,99}+\)[^()\s]{0,99}+)?+)"
)
_MARKS = lazy_regex(r"[*_`#\\]+")
_IMAGE = lazy_regex(r"!\[[^\[\]]{0,300}+\]\([^()]{0,500}+\)")
_SUFFIXES = (".md", ".markdown")
_BETWEEN = lazy_regex(r"(?:-{3,}|\*{3,}|<!--.*-->)?[ \t]*+")  # of lines that are entries

Entry = dict[str, Any]  # what `navigation` reads: title, file, children


def summary(text: str, ending: str = "") -> list[Any] | None:
    """Return the table of contents in a Markdown file as `nav`; None for one that names no note.

    Items inside items are the notes below them. A heading above a list is its group, but for the first, which is the
    title of the file; a link that stands alone is an entry. `ending`: of paths that have none, as docsify writes them.
    """
    top: list[Entry] = []
    group, levels = top, [(-1, top)]  # indentations of the items that are open, and what is below each
    is_code = titled = False
    for line in text.splitlines():
        is_code ^= line.lstrip().startswith(("```", "~~~"))
        if is_code:
            continue
        heading, item = _HEADING.fullmatch(line), _ITEM.fullmatch(line)
        if heading:
            entry = _entry(heading["text"], ending)
            if titled or entry.get("file"):
                top.append(entry)
                group = entry.setdefault("children", [])
            titled = True
            levels = [(-1, group)]
        elif item:
            indent = len(item["indent"].expandtabs(_TAB))
            while len(levels) > 1 and levels[-1][0] >= indent:
                levels.pop()
            entry = _entry(item["text"], ending)
            levels[-1][1].append(entry)
            if len(levels) < DEEPEST:
                levels.append((indent, entry.setdefault("children", [])))
        elif line.startswith("[") and _LINK.match(line):  # of mdBook: chapters before and behind those with numbers
            group.append(_entry(line, ending))
    return navigation(list(_once(top, set())))


def is_contents(text: str, notes: AbstractSet[str]) -> bool:
    """Return whether a text is a table of contents and nothing else: headings, items and links, of two notes or more.

    `notes`: the paths that are there, as seen from the folder of the text.
    """
    lines = [line for line in text.splitlines() if not _BETWEEN.fullmatch(line)]
    entries = (_LINK.match(line) or _HEADING.fullmatch(line) or _ITEM.fullmatch(line) for line in lines)
    named = {_note(unquote(link["address"].strip("<>")), "") for line in lines for link in _LINK.finditer(line)}
    return all(entries) and len(named & notes) >= _FEWEST


def _entry(text: str, ending: str) -> Entry:
    """Return an item's title, and the note or the address elsewhere that it leads to."""
    words = _IMAGE.sub("", text)
    link = _LINK.search(words)
    title = {"title": _MARKS.sub("", link["title"] if link else words).strip()}
    address = link["address"].strip("<>") if link else ""
    if "://" in address:
        return {**title, "url": address}
    path = _note(unquote(address.partition("#")[0].partition("?")[0]), ending)
    return {**title, "file": path} if path else title


def _note(path: str, ending: str) -> str:
    """Return the path of the note that a link leads to, of a folder its README.md; "" for another file or none."""
    if not path:
        return ""
    file = posixpath.normpath(f"{path}README.md" if path.endswith("/") else path).lstrip("/")
    if "." not in posixpath.basename(file):
        file += ending
    return file if file.lower().endswith(_SUFFIXES) and not file.startswith("../") else ""


def _once(entries: list[Entry], seen: set[str]) -> Iterator[Entry]:
    """Yield the entries, each note once: items that lead to its headings are its own contents list."""
    for entry in entries:
        path, below = entry.get("file", ""), entry.get("children", [])
        is_known = path in seen
        seen |= {path} if path else set()
        children = list(_once(below, seen))
        if is_known:
            yield from children
        elif path and children:  # the text of a group, with a title of its own
            yield {"file": path, "children": children}
        else:
            yield {**entry, "children": children}
