"""A note gets another path: what leads to it in other notes and in site.yaml follows, and so do its own relative links.

What leads where is what linking knows: each hole of a body has its place in the file and what it resolves to. So code
and comments are never touched, and every dialect's links are mended that are read at all.
"""

import posixpath
import re
from collections.abc import Iterator
from html import escape
from urllib.parse import unquote

import msgspec

from notegen.link.link import Linking
from notegen.link.targets.resolved import Resolved
from notegen.model.body import EmbedHole, ImageHole, UrlHole, WikiHole
from notegen.model.source import SourceFile
from notegen.model.strings import ContentPath
from notegen.read.front_matter.names import NAMES
from notegen.read.front_matter.split import split_front_matter
from notegen.read.includes.find import with_included
from notegen.read.syntax.lines import outside_fences
from notegen.rename.edits import Edit, Renaming, visible
from notegen.rename.includes import include_edits
from notegen.routes.languages import content_path_of
from notegen.routes.urls import quote_path
from notegen.text.addresses import is_external
from notegen.text.paths import is_index, is_note, strip_suffix
from notegen.text.patterns import lazy_regex
from notegen.yaml.nodes import Mapping, Node, Scalar, Sequence, scalars
from notegen.yaml.parse import parse_yaml

_DEFINITION = lazy_regex(r"^[ \t>]*+\[[^\]\n]++\]:[ \t]*+<?(?P<target>[^\s<>]++)", re.MULTILINE)
_TOML_ALIASES = lazy_regex(r"^[ \t]*+aliases[ \t]*+=[ \t]*+\[", re.MULTILINE)
_EDGES_BEFORE, _EDGES_BEHIND = frozenset("(<\"'[ =|{:,\n"), frozenset(")>\"'|#?] },\n")


class _Move(msgspec.Struct, frozen=True):
    """The note that moves: its content paths, and its site paths where they are known."""

    old: ContentPath
    new: ContentPath
    old_site: str = ""
    new_site: str = ""


def mended(linking: Linking, path: str, new_path: str, new_site: str = "") -> Renaming:
    """Return the edits that let everything lead to a note at its new path.

    `path`, `new_path`: below the site's root. `new_site`: its site path then, "" where it stays.
    """
    config = linking.tree.config
    old_site = {item.note.path: str(item.path) for item in linking.routed}.get(path, "")
    old, new = content_path_of(path, config.content_dir), content_path_of(new_path, config.content_dir)
    move = _Move(old, new, old_site, new_site or old_site)
    sources = {source.path: source for source in with_included(linking.tree)}
    edits: list[Edit] = []
    problems: list[str] = []
    included: dict[
        tuple[str, int, int], set[str]
    ] = {}  # a place in a file that notes include -> what is to stand there
    for content_path, links in linking.links.items():
        note = linking.services.resolver.index.notes[content_path]
        for hole, link in zip(note.body.holes, links.body, strict=True):
            if link is None or not isinstance(hole, UrlHole | WikiHole | ImageHole | EmbedHole):
                continue
            target = _new_target(hole, link, content_path, move)
            if target is None or target == hole.target.partition("#")[0]:
                continue
            changes = list(_edits(sources[note.path], hole, target))
            edits += changes
            inside = () if changes else tuple(_in_included(sources[note.path], hole, target))
            for edit in inside:
                included.setdefault((edit.path, edit.start, edit.end), set()).add(edit.text)
            if not changes and not inside:
                problems.append(f"{note.path}:{hole.line}: the link to {hole.target} is to be mended by hand")
    for (file, start, end), texts in included.items():
        if len(texts) == 1:
            edits.append(Edit(file, start, end, *texts))
        else:
            problems.append(
                f"{file}: notes in several folders include it, for which one link cannot do: mend it by hand"
            )
    edits += [*include_edits(tuple(sources.values()), path, new_path), *_in_nav(linking, move)]
    return Renaming(tuple(dict.fromkeys(edits)), (path, new_path), tuple(dict.fromkeys(problems)))


def _new_target(
    hole: UrlHole | WikiHole | ImageHole | EmbedHole, link: Resolved, content_path: ContentPath, move: _Move
) -> str | None:
    """Return what a hole is to name instead, without a fragment; None where it stays."""
    written = unquote(hole.target.partition("#")[0])
    if not written or is_external(written):
        return None
    moves = content_path == move.old
    home = move.new if moves else content_path
    if link.note == move.old or (link.same_note and moves):
        if move.old_site and written.strip("/") == move.old_site.strip("/"):
            return quote_path(move.new_site).replace("(", "%28").replace(")", "%29")  # which end Markdown's addresses
        return _named_anew(hole, written, home, move)
    if (
        not moves
        or link.broken
        or written.startswith("/")
        or posixpath.dirname(move.old) == posixpath.dirname(move.new)
    ):
        return None
    if isinstance(hole, WikiHole | EmbedHole) and not written.startswith("."):
        return None
    there = posixpath.normpath(posixpath.join(posixpath.dirname(move.old), written))
    return _as_written(hole, posixpath.relpath(there, posixpath.dirname(home) or "."), written)


def _named_anew(hole: object, written: str, home: str, move: _Move) -> str:
    """Return what names the moved note, in the way in which it was named."""
    is_file = is_note(written)
    bare = strip_suffix(move.new)
    if is_index(posixpath.basename(bare)) and not is_file and posixpath.dirname(bare):
        bare = posixpath.dirname(bare)
    target = bare + (posixpath.splitext(move.new)[1] if is_file else "")
    by_name = isinstance(hole, EmbedHole) or (isinstance(hole, WikiHole) and not hole.address)
    if by_name and "/" not in written:
        return posixpath.basename(target)
    if by_name and not written.startswith("."):
        return target
    if written.startswith("/"):
        return _as_written(hole, f"/{target}", written)
    relative = posixpath.relpath(target, posixpath.dirname(home) or ".")
    return _as_written(hole, f"./{relative}" if written.startswith("./") and relative[0] != "." else relative, written)


def _as_written(hole: object, path: str, old: str) -> str:
    """Return a path with the escapes of an address."""
    if old.endswith("/") and not path.endswith("/"):
        path += "/"
    if isinstance(hole, WikiHole | EmbedHole) and not getattr(hole, "address", False):
        return path
    return path.replace("%", "%25").replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _edits(source: SourceFile, hole: UrlHole | WikiHole | ImageHole | EmbedHole, target: str) -> Iterator[Edit]:
    """Yield the edits that put another target in the place of a hole's own: where it stands, or is defined."""
    text, path = source.text, hole.target.partition("#")[0]
    start, end = _span(text, hole.line, hole.column, hole.length)
    forms = dict.fromkeys((path, unquote(path), escape(path), unquote(path).replace("&", "&amp;")))
    by_name = isinstance(hole, WikiHole | EmbedHole)
    for form in forms:
        at = _find(text, form, start, end, last=not by_name)
        if at >= 0:
            quoted = " " in target and text.startswith("{%", start) and text[at - 1] == " "  # words of a tag of Hexo's
            target = f'"{target}"' if quoted else target
            yield Edit(source.path, at, at + len(form), target)
            return
    for form, new in _of_jekyll(path, target):
        at = _find(text, form, start, end, last=False)
        while at >= 0:
            if text.rfind("{%", start, at) > text.rfind("%}", start, at):
                yield Edit(source.path, at, at + len(form), new)
            at = _find(text, form, at + 1, end, last=False)
    for match in outside_fences(_DEFINITION, text):
        written = match["target"].partition("#")[0]
        if written in forms:
            yield Edit(source.path, match.start("target"), match.start("target") + len(written), target)


def _of_jekyll(path: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield how Jekyll's tags write a path, and what is to stand there: `post_url 2024-01-02-a`, `link _posts/…`."""
    if "/" not in path:
        yield strip_suffix(path), strip_suffix(target)
        yield f"_posts/{path}", f"_posts/{posixpath.basename(target)}"
    elif path.startswith("/"):
        yield path.lstrip("/"), target.lstrip("/")


def _in_included(source: SourceFile, hole: UrlHole | WikiHole | ImageHole | EmbedHole, target: str) -> Iterator[Edit]:
    """Yield the edits of a link that stands in a file that a note includes: wherever the file has it as one."""
    path = hole.target.partition("#")[0]
    for file in source.included:
        if not file.path or path not in unquote(file.text):
            continue
        text = visible(SourceFile(file.path, file.text, ""))
        for form in dict.fromkeys((path, unquote(path))):
            at = _find(text, form, 0, len(text), last=False)
            while at >= 0:
                yield Edit(file.path, at, at + len(form), target)
                at = _find(text, form, at + 1, len(text), last=False)


def _span(text: str, line: int, column: int, length: int) -> tuple[int, int]:
    """Return where something begins and ends in a text; without a column it is its line."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    if column:
        return start + column - 1, start + column - 1 + length
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end


def _find(text: str, form: str, start: int, end: int, *, last: bool) -> int:
    """Return where a target stands by itself in a part of a text; -1 where it does not."""
    places = []
    at = text.find(form, start, end)
    while at >= 0:
        before, behind = text[at - 1 : at] or "\n", text[at + len(form) : at + len(form) + 1] or "\n"
        if before in _EDGES_BEFORE and behind in _EDGES_BEHIND:
            places.append(at)
        at = text.find(form, at + 1, end)
    opened = [at for at in places if text[at - 1] in "(<"] if last else []
    return (opened or places)[-1] if last and places else places[0] if places else -1


def _in_nav(linking: Linking, move: _Move) -> Iterator[Edit]:
    """Yield the edits of `nav` in site.yaml."""
    tree = linking.tree
    root = parse_yaml(tree.config_text).root
    for key, value in root.entries if isinstance(root, Mapping) else ():
        for item in scalars(value) if key.text == "nav" else ():
            new = {str(move.old): str(move.new), strip_suffix(move.old): strip_suffix(move.new)}.get(item.text)
            if new is not None and tree.config_text[item.start : item.end] == item.text:
                yield Edit(tree.config_path, item.start, item.end, new)


def alias_edit(source: SourceFile, address: str) -> Edit | None:
    """Return the edit that adds an old address to the aliases of a note; None where that is done by hand (JSON)."""
    block, text = split_front_matter(source.text), source.text
    if not block.form:
        return Edit(source.path, 0, 0, f"---\naliases: [{address}]\n---\n\n")
    fence = text.find("\n", len(text) - len(text.lstrip())) + 1  # behind the line that opens it
    if block.form == "toml" and block.closed:
        match = _TOML_ALIASES.search(block.text)
        if match is None:
            return Edit(source.path, fence, fence, f'aliases = ["{address}"]\n')
        at = fence + match.end()
        return Edit(
            source.path, at, at, f'"{address}"' + ("" if block.text[match.end() :].lstrip()[:1] == "]" else ", ")
        )
    if block.form != "yaml" or not block.closed or not text.startswith("---\n"):
        return None
    root = parse_yaml(block.text).root
    entries = root.entries if isinstance(root, Mapping) else ()
    value = next((value for key, value in entries if key.text.casefold() in NAMES["aliases"]), None)
    if value is None:
        end = fence + len(block.text)
        return Edit(source.path, end, end, f"{'' if text[:end].endswith(chr(10)) else chr(10)}aliases: [{address}]\n")
    return _added(source.path, text, fence, value, address)


def _added(path: str, text: str, start: int, value: Node, address: str) -> Edit | None:
    """Return the edit that puts an address before the others of a list in YAML; of one alone it makes a list."""
    if isinstance(value, Scalar):
        items = [address] if value.null else [address, text[start + value.start : start + value.end]]
        blank = " " if text[start + value.start - 1 : start + value.start] == ":" else ""
        return Edit(path, start + value.start, start + value.end, f"{blank}[{', '.join(items)}]")
    if not isinstance(value, Sequence):
        return None
    if text[start + value.start : start + value.start + 1] == "[":
        comma = ", " if value.items else ""
        return Edit(path, start + value.start + 1, start + value.start + 1, f"{address}{comma}")
    first = start + value.items[0].start
    line = text.rfind("\n", 0, first) + 1
    return Edit(path, line, line, f"{text[line:first]}{address}\n")


def new_path(path: str, name: str, content_dir: str) -> str:
    """Return the path that a note is to have: a name stays in its folder; "" for one outside of the content folder."""
    name = name.replace("\\", "/").strip()
    name = name if is_note(name) else f"{name}{posixpath.splitext(path)[1]}"
    content = f"{content_dir}/" if content_dir not in {"", "."} else ""
    if "/" not in name:
        place = posixpath.join(posixpath.dirname(path), name)
    else:
        place = name if content and name.startswith(content) else content + name
    inside = (
        posixpath.normpath(place) == place and not place.startswith(("/", "..")) and posixpath.basename(place)[0] != "."
    )
    return place if inside and place.startswith(content) and "\0" not in place else ""


def lost_links(before: Linking, after: Linking, moved: tuple[str, str] | None) -> Iterator[str]:
    """Yield a line for each link that led somewhere before a renaming and leads elsewhere after it."""
    content = before.tree.config.content_dir
    old, new = (content_path_of(path, content) for path in moved) if moved else ("", "")
    notes = before.services.resolver.index.notes
    for content_path, links in before.links.items():
        here = ContentPath(new) if content_path == old else content_path
        now = after.links[here].body if here in after.links else ()
        for hole, was, link in zip(notes[content_path].body.holes, links.body, now, strict=False):
            if was is None or link is None or was.broken:
                continue
            goal = new if was.note == old else was.note
            if (goal, was.asset, was.broken) != (link.note, link.asset, link.broken) and not (was.site and link.site):
                place = f"{notes[content_path].path}:{getattr(hole, 'line', 0)}"
                yield f"{place}: the link to {getattr(hole, 'target', '')} leads elsewhere now"
