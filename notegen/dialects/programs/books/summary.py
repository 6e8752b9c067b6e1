"""A table of contents that is a Markdown list, as `nav`: SUMMARY.md of GitBook and mdBook, docsify's _sidebar.md.

Source: GitBook's documentation, "Content configuration", the section "Summary"; mdBook's guide, "SUMMARY.md"; docsify's
documentation, "More pages", the section "Sidebar".
"""

import posixpath
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from notegen.dialects.navigation import DEEPEST, navigation
from notegen.text.paths import NOTE_SUFFIXES

if TYPE_CHECKING:
    from markdown_it.token import Token

FOLDER_NOTE = "README.md"  # what a link to a folder leads to

_FEWEST = 2  # notes that a table of contents names
_SUFFIXES = (".md", ".markdown")
_OTHER_FILES = (
    ".html .htm .pdf .png .jpg .jpeg .gif .webp .svg .mp3 .mp4 .zip .gz .tar .7z .py .ipynb .txt .csv .json .xml .yml"
    " .yaml .doc .docx .ppt .pptx .xls .xlsx .epub"
)
_ELSEWHERE = ("mailto:", "tel:", "data:", "//")
_TEXTS = frozenset({"text", "code_inline", "text_special"})
# Blocks of a table of contents, besides comments.
_BLOCKS = frozenset(
    f"{name}_{end}" for name in ("heading", "bullet_list", "ordered_list", "list_item") for end in ("open", "close")
) | {"paragraph_open", "paragraph_close", "inline", "hr"}

Entry = dict[str, Any]  # what `navigation` reads: title, file, children; and "bare", the file of one without address


def summary(text: str, ending: str = "", home: str = FOLDER_NOTE) -> list[Any] | None:
    """Return the table of contents in a Markdown file as `nav`; None for one that names no note.

    Items inside items are the notes below them. A heading above a list is its group, but for the first, which is the
    title of the file; a link that stands alone is an entry. `ending`: of paths that have none, as docsify writes them;
    `home`: the note of the home page, which is the one of the folder.
    """
    top: list[Entry] = []
    levels = [top]  # the entries that an item of each level stands among; the first: of a list of its own
    is_titled, block = False, ""
    for token in _tokens(text):
        if token.type == "list_item_open":
            levels.append(levels[-1])
        elif token.type == "list_item_close":
            levels.pop()
        elif token.type != "inline":
            block = token.type
        elif block == "heading_open" and len(levels) == 1:
            entry = _entry(token.children or (), ending, home)
            if is_titled or top or entry.get("file"):
                top.append(entry)
                levels = [entry.setdefault("children", [])]
            is_titled = True
        elif len(levels) == 1:  # of mdBook: chapters before and behind those with numbers
            (levels[0] if ending else top).extend(_entry(part, ending, home) for part in _links(token))
        elif levels[-1] is levels[-2]:  # the first paragraph of an item
            entry = _entry(token.children or (), ending, home)
            levels[-1].append(entry)
            levels[-1] = entry.setdefault("children", []) if len(levels) <= DEEPEST else levels[-1]
    return navigation(list(_once(top, set())))


def is_contents(text: str, notes: AbstractSet[str]) -> bool:
    """Return whether a text is a table of contents and nothing else: headings, items and links, of two notes or more.

    `notes`: the paths that are there, as seen from the folder of the text.
    """
    named: set[str] = set()
    depth = 0
    block = ""
    for token in _tokens(text):
        depth += token.nesting if token.type.startswith("list_item") else 0
        if token.type == "inline":
            if not depth and block == "paragraph_open" and not all(map(_begins_with_link, _parts(token))):
                return False
            named |= {_note(_path(child), "") for child in token.children or () if child.type == "link_open"}
        elif token.type not in _BLOCKS and not token.content.lstrip().startswith("<!--"):
            return False
        block = token.type
    return len(named & notes) >= _FEWEST


def _tokens(text: str) -> "list[Token]":
    from markdown_it import MarkdownIt  # few sites have such a file

    return MarkdownIt("commonmark").parse(text)


def _parts(token: "Token") -> "list[Sequence[Token]]":
    """Return the children of each line of a paragraph."""
    lines = groupby(token.children or (), lambda child: child.type in {"softbreak", "hardbreak"})
    return [[*line] for is_break, line in lines if not is_break]


def _begins_with_link(line: "Sequence[Token]") -> bool:
    return next((child.type == "link_open" for child in line if child.content.strip() or child.nesting), False)


def _links(token: "Token") -> "Iterator[Sequence[Token]]":
    return filter(_begins_with_link, _parts(token))


def _entry(children: "Sequence[Token]", ending: str, home: str) -> Entry:
    """Return an item's title, and the note or the address elsewhere that it leads to."""
    opened = next((index for index, child in enumerate(children) if child.type == "link_open"), None)
    if opened is None:
        return {"title": _words(children)}
    closed = next(index for index, child in enumerate(children) if child.type == "link_close" and index > opened)
    title = {"title": _words(children[opened:closed])}
    address = str(children[opened].attrs.get("href", ""))
    if "://" in address:
        return {**title, "url": address}
    if ending and not address:  # the home page, but for a group, which some write so
        return {**title, "bare": home}
    path = _note(_path(children[opened]), ending)
    return {**title, "file": home if path == FOLDER_NOTE else path} if path else title


def _words(children: "Sequence[Token]") -> str:
    return " ".join(
        "".join(
            child.content if child.type in _TEXTS else " " * (child.type == "softbreak") for child in children
        ).split()
    )


def _path(link: "Token") -> str:
    return unquote(str(link.attrs.get("href", "")).partition("#")[0].partition("?")[0])


def _note(path: str, ending: str) -> str:
    """Return the path of the note that a link leads to, of a folder its README.md; "" for another file or none."""
    if not path or path.lower().startswith(_ELSEWHERE):
        return ""
    is_folder = posixpath.basename(path) in {"", ".", ".."}
    file = posixpath.normpath(f"{path}/{FOLDER_NOTE}" if is_folder else path).lstrip("/")
    suffix = posixpath.splitext(file)[1].lower()
    if suffix not in (*NOTE_SUFFIXES, *_OTHER_FILES.split()):  # v1.2 has none
        file += ending
    return file if file.lower().endswith(_SUFFIXES) and not file.startswith("../") else ""


def _once(entries: list[Entry], seen: set[str]) -> Iterator[Entry]:
    """Yield the entries, each note once: items that lead to its headings are its own contents list."""
    for entry in entries:
        below = entry.get("children", [])
        path = entry.get("file") or ("" if below else entry.get("bare", ""))
        is_known = path in seen
        seen |= {path} if path else set()
        children = list(_once(below, seen))
        if is_known:
            yield from children
        elif path and children:  # the text of a group, with a title of its own
            yield {"file": path, "children": children}
        else:
            yield {**entry, **({"file": path} if path else {}), "children": children}
