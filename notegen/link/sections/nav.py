"""The tree that `nav` in site.yaml describes, in the form of MkDocs.

An entry is the path of a note (`ml/svm.md`) or of a folder with all that is in it (`ml/`), `title: path`, a group
`title: [entries]`, a note with others below it `path: [entries]`, or `title: https://…`. Source: MkDocs' user guide,
"Writing your docs", "Configure pages and navigation".
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import msgspec

from notegen.link.sections.tree import Node, found_nodes
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.site import TreeItem
from notegen.text.paths import NOTE_SUFFIXES, strip_suffix

DEEPEST = 20  # groups inside groups


def nav_tree(nav: Sequence[Any], top: Node, config_path: str) -> tuple[Node, tuple[Diagnostic, ...]]:
    """Return the tree that `nav` describes, made of entries of the tree of folders. Diagnostic: nav-broken."""
    known = found_nodes(top)
    problems: list[Diagnostic] = []
    children = tuple(_entries(nav, known, 0, problems, config_path))
    return msgspec.structs.replace(top, children=children), tuple(problems)


def _entries(
    items: Sequence[Any], known: Mapping[str, Node], depth: int, problems: list[Diagnostic], config_path: str
) -> Iterator[Node]:
    for item in items if depth < DEEPEST else ():
        title, value = _named(item)
        if isinstance(value, list):
            children = tuple(_entries(value, known, depth + 1, problems, config_path))
            note = _find(title, known)
            yield from (msgspec.structs.replace(note, children=children),) if note else _group(title, children)
        elif isinstance(value, str) and ("://" in value or value.startswith(("/", "#", "mailto:"))):
            yield Node(TreeItem(title or value, escape(title or value), value))
        elif isinstance(value, str) and (node := _find(value, known)) is not None:
            yield _retitled(node, title)
        else:
            hint = "an entry is a path below the content folder, `title: path` or `title: [entries]`"
            problems.append(diagnose("nav-broken", f"nav: there is no note {value!r}", path=config_path, hint=hint))


def _named(item: Any) -> tuple[str, Any]:
    """Return the title ("" for none) and the value of an entry."""
    if isinstance(item, Mapping) and len(item) == 1:
        title, value = next(iter(item.items()))
        return str(title), value
    return "", item


def _group(title: str, children: Sequence[Node]) -> Iterator[Node]:
    """Yield a group. Where it begins with the text of a folder, it is that folder's page; without a title no group."""
    if not title:
        yield from children
        return
    first = children[0] if children else None
    if first is not None and first.item.is_section and not first.children:
        item = msgspec.structs.replace(first.item, title=title, title_html=escape(title))
        yield msgspec.structs.replace(first, item=item, children=tuple(children[1:]))
    elif children:
        yield Node(TreeItem(title, escape(title), "", is_section=True), children=tuple(children))


def _find(path: str, known: Mapping[str, Node]) -> Node | None:
    """Return the note or folder at a path; of the text of a folder, its page without what is in it."""
    content_path = posixpath.normpath(path.strip("/"))
    folder = known.get(f"{content_path}/")
    if folder is not None and strip_suffix(content_path) == content_path:
        return folder
    for name in (content_path, *(content_path + suffix for suffix in NOTE_SUFFIXES)):
        if name in known:
            return msgspec.structs.replace(known[name], children=())
    return None


def _retitled(node: Node, title: str) -> Node:
    if not title:
        return node
    return msgspec.structs.replace(node, item=msgspec.structs.replace(node.item, title=title, title_html=escape(title)))
