"""The tree of a site: its folders and notes, or the groups of `nav`, and what of it stands on each page.

A page shows the open branches alone: what stands beside it, and beside each group above it, at most MOST entries of a
row. So the bytes of all pages together grow linearly with the notes.
"""

from collections.abc import Iterator, Mapping
from html import escape

import msgspec

from notegen.link.sections.folders import Folder
from notegen.model.note import Note
from notegen.model.site import Link, SectionPlace, Term, TreeItem, TreeLevel
from notegen.model.strings import ContentPath, Html, Url

_LABELS = ("sidebar_label", "linkTitle", "short_title")  # keys of front matter
MOST = 60  # entries of one level on a page


class Node(msgspec.Struct, frozen=True):
    """An entry of the tree. `keys`: content paths of the note that it is, and of the folder, with a slash behind it."""

    item: TreeItem
    keys: tuple[str, ...] = ()
    children: tuple["Node", ...] = ()
    is_text: bool = False  # a page with a text, which one reads; not a list alone
    has_page: bool = True  # of its own; else it leads to the first of its children


class _Step(msgspec.Struct, frozen=True):
    """A node on the way through the tree: what is above it."""

    node: Node
    above: tuple[Node, ...]
    levels: tuple[TreeLevel, ...]


def folder_node(folder: Folder) -> Node:
    """Return the tree of a folder: the folders in it and its notes."""
    nodes: dict[str, Node] = {}
    waiting = [folder]
    while waiting:
        current = waiting[-1]
        missing = [folder for folder in current.folders if folder.path not in nodes]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        children = tuple(
            nodes[entry.path]
            if isinstance(entry, Folder)
            else note_node(*label_of(entry.note), entry.url, entry.content_path)
            for entry in current.entries
        )
        keys = (f"{current.path}/", *((current.text.content_path,) if current.text else ()))
        words = label_of(current.text.note) if current.text else (current.title, current.title_html)
        if current.settings.label:
            words = (current.settings.label, Html(escape(current.settings.label)))
        item = TreeItem(*words, current.url, is_section=True)
        nodes[current.path] = Node(item, keys, children, current.text is not None)
    return nodes[folder.path]


def label_of(note: Note) -> tuple[str, Html]:
    """Return a note's words in the tree, as text and HTML: its title there (Docusaurus, Hugo), else anywhere."""
    label = next((label for key in _LABELS if isinstance(label := note.meta.extra.get(key), str) and label), "")
    return (label, Html(escape(label))) if label else (note.title, note.title_html)


def note_node(title: str, title_html: Html, url: Url, content_path: ContentPath) -> Node:
    """Return the entry of a note."""
    return Node(TreeItem(title, title_html, url), (content_path,), is_text=True)


def section_places(top: Node, overflow: Term, *, tree: bool) -> dict[str, SectionPlace]:
    """Return the place of each page of the tree, by the keys of its node.

    `tree`: whether pages show the tree and have an order; else they have breadcrumbs alone. `overflow`: where a long
    row at the top goes on.
    """
    steps = list(_steps(top, overflow, tree=tree))
    texts = [step for step in steps if step.node.is_text and step.node.item.url] if tree else []
    number_of = {id(step.node): number for number, step in enumerate(texts)}
    links = [_link(step.node) for step in texts]
    start = SectionPlace(tree=(_level(top, 0, overflow, is_open=False),)) if tree else SectionPlace()
    places = dict.fromkeys(top.keys, start)
    for step in steps:
        number = number_of.get(id(step.node))
        previous = links[number - 1] if number else None
        following = links[number + 1] if number is not None and number + 1 < len(links) else None
        levels = step.levels
        if tree and step.node.children:
            levels = (*levels, _level(step.node, 0, _overflow(step.node), is_open=False))
        place = SectionPlace(tuple(map(_link, step.above)), levels, previous, following)
        for key in step.node.keys:
            places.setdefault(key, place)
    return places


def _steps(top: Node, overflow: Term, *, tree: bool) -> Iterator[_Step]:
    """Yield the nodes below the top in reading order."""
    waiting = [_Step(top, (), ())]
    while waiting:
        step = waiting.pop()
        if step.node is not top:
            yield step
        above = (*step.above, step.node) if step.node is not top and (step.node.item.url or tree) else step.above
        more = overflow if step.node is top else _overflow(step.node)
        row = TreeLevel(())
        inside: list[_Step] = []
        for index, child in enumerate(step.node.children):
            levels = step.levels
            if tree:
                if index % MOST == 0:
                    row = _level(step.node, index, more)
                levels = (*levels, TreeLevel(row.items, index % MOST, row.more))
            inside.append(_Step(child, above, levels))
        waiting += reversed(inside)


def _level(node: Node, index: int, more: Term, *, is_open: bool = True) -> TreeLevel:
    """Return the row of children of a node, or the part of it that holds the one at an index."""
    start = index - index % MOST
    items = tuple(child.item for child in node.children[start : start + MOST])
    return TreeLevel(items, index - start if is_open else -1, more if len(node.children) > MOST and more.url else None)


def _overflow(node: Node) -> Term:
    return Term(node.item.title, node.item.url if node.has_page else Url(""), len(node.children))


def _link(node: Node) -> Link:
    return Link(node.item.title, node.item.title_html, node.item.url if node.has_page else Url(""))


def found_nodes(top: Node) -> Mapping[str, Node]:
    """Return the nodes of a tree by their keys, in its order."""
    nodes: dict[str, Node] = {}
    waiting: list[Node] = [top]
    while waiting:
        node = waiting.pop()
        waiting += reversed(node.children)
        nodes |= dict.fromkeys(node.keys, node)
    return nodes
