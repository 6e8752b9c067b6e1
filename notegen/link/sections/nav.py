"""The tree that `nav` in site.yaml describes, in the form of MkDocs.

An entry is the path of a note (`ml/svm.md`) or of a folder with all that is in it (`ml/`; `ml/*` without the folder
itself), a glob of notes (`ml/*.md`), `title: path`, a group `title: [entries]`, a note with others below it
`path: [entries]`, or `title: https://…`. Source: MkDocs' user guide, "Writing your docs", "Configure pages and
navigation".
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import msgspec

from notegen.link.sections.tree import Node, found_nodes
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.site import TreeItem
from notegen.model.strings import Html, Url
from notegen.text.paths import NOTE_SUFFIXES, fits_path, is_index, strip_suffix

_NONE: Mapping[str, str] = {}
_NO_NODES: Mapping[str, Node] = {}
DEEPEST = 20  # groups inside groups


class NavNames(msgspec.Struct, frozen=True):
    """What `nav` names: paths of notes below the content folder without endings, folders with all in them, globs."""

    notes: frozenset[str]
    folders: tuple[str, ...]
    globs: tuple[str, ...] = ()

    def has(self, content_path: str) -> bool:
        """Return whether a note is named, by its path or by a folder around it."""
        is_named = strip_suffix(content_path) in self.notes or content_path.startswith(self.folders)
        return is_named or fits_path(content_path, self.globs)


def names_in_nav(nav: Sequence[Any]) -> NavNames:
    """Return what `nav` names, at any depth; a folder is named with or without its slash."""
    pairs = list(_paths(nav, 0))
    globs = tuple(path for path, is_title in pairs if not is_title and _is_glob(path))
    named = [path.removesuffix("*") for path, is_title in pairs if not is_title and not _is_glob(path)]
    notes = [posixpath.normpath(path.strip("/")) for path in named if path.strip("/")]
    folders = [f"{path}/" for path in notes if strip_suffix(path) == path]
    above = [posixpath.normpath(title) for title, is_title in pairs if is_title and title]
    return NavNames(
        frozenset(map(strip_suffix, (*notes, *above))),
        (*folders, *("" for path in named if not path.strip("/"))),
        globs,
    )


def _paths(items: Sequence[Any], depth: int) -> Iterator[tuple[str, bool]]:
    """Yield each path, and the title of each group, which may be that of the note above it: whether it is a title."""
    for item in items if depth < DEEPEST else ():
        title, value = _named(item)
        if isinstance(value, list):
            yield title, True
            yield from _paths(value, depth + 1)
        elif isinstance(value, str) and "://" not in value:
            yield value, False


def nav_tree(
    nav: Sequence[Any],
    top: Node,
    config_path: str,
    ids: Mapping[str, str] = _NONE,
    pages: Mapping[str, Node] = _NO_NODES,
) -> Result[Node]:
    """Return the tree that `nav` describes, made of entries of the tree of folders. Diagnostic: nav-broken.

    `ids`: other names of notes -> inner paths; `pages`: the entries of pages, which are in no folder's list.
    """
    known = {**pages, **dict(found_nodes(top))}
    known |= {name: known[inner] for name, inner in ids.items() if name not in known and inner in known}
    problems: list[Diagnostic] = []
    children = tuple(_entries(nav, known, 0, problems, config_path))
    return Result(msgspec.structs.replace(top, children=children), tuple(problems))


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
            yield Node(TreeItem(title or value, Html(escape(title or value)), Url(value)))
        elif isinstance(value, str) and (folder := _all_in(value, known)) is not None:
            yield from _group(title, folder.children)
        elif isinstance(value, str) and (fitting := _fitting(value, known)):
            yield from _group(title, fitting)
        elif isinstance(value, str) and (node := _find(value, known)) is not None:
            yield _retitled(node, title)
        else:
            hint = "an entry is a path below the content folder, `title: path` or `title: [entries]`"
            problem = diagnose("nav-broken", f"nav: {_wrong(value)}", path=config_path, hint=hint)
            problems.append(msgspec.structs.replace(problem, cause="nav"))


def _wrong(value: Any) -> str:
    """Return what is wrong with the value of an entry."""
    if isinstance(value, str):
        return f"there is no note {value!r}"
    if isinstance(value, Mapping):
        return f"the keys {', '.join(map(str, value))} where a path or a list is expected"
    return f"{value} is no path"


def _named(item: Any) -> tuple[str, Any]:
    """Return the title ("" for none) and the value of an entry."""
    if isinstance(item, Mapping) and len(item) == 1:
        title, value = next(iter(item.items()))
        return str(title), value
    return "", item


def _group(title: str, children: Sequence[Node]) -> Iterator[Node]:
    """Yield a group: the page of a folder where it begins with its text, else one that leads to its first entry.

    Without a title there is no group.
    """
    if not title:
        yield from children
        return
    first = children[0] if children else None
    if first is not None and first.item.is_section and not first.children:
        item = msgspec.structs.replace(first.item, title=title, title_html=Html(escape(title)))
        yield msgspec.structs.replace(first, item=item, children=tuple(children[1:]))
    elif children:
        url = next((child.item.url for child in children if child.item.url), Url(""))
        item = TreeItem(title, Html(escape(title)), url, is_section=True)
        yield Node(item, children=tuple(children), has_page=False)


def _all_in(path: str, known: Mapping[str, Node]) -> Node | None:
    """Return the folder that `folder/*` or `*` names."""
    return known.get(f"{path.removesuffix('*').strip('/')}/") if path == "*" or path.endswith("/*") else None


def _is_glob(path: str) -> bool:
    return "*" in path.removesuffix("/*") and path != "*"


def _fitting(pattern: str, known: Mapping[str, Node]) -> list[Node]:
    """Return the notes that a glob fits, in the order of their folders; not the home page, which is above all."""
    if not _is_glob(pattern):
        return []
    paths = (path for path in known if not path.endswith("/") and fits_path(path, (pattern,)))
    fitting = (path for path in paths if "/" in path or not is_index(path))
    return [msgspec.structs.replace(known[path], children=()) for path in fitting]


def _find(path: str, known: Mapping[str, Node]) -> Node | None:
    """Return the note or folder at a path; of the text of a folder, its page without what is in it."""
    below_content = posixpath.normpath(path.strip("/"))
    folder = known.get(f"{below_content}/")
    if folder is not None and strip_suffix(below_content) == below_content:
        return folder
    for name in (below_content, *(below_content + suffix for suffix in NOTE_SUFFIXES)):
        if name in known:
            return msgspec.structs.replace(known[name], children=())
    return None


def _retitled(node: Node, title: str) -> Node:
    if not title:
        return node
    return msgspec.structs.replace(
        node, item=msgspec.structs.replace(node.item, title=title, title_html=Html(escape(title)))
    )
