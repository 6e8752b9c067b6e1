"""The sentence around each link to another note, for the list of notes that refer to it; the same of cited works.

Made from tokens: a sentence is cut out of the words, formulas and code of its paragraph, never out of HTML. Emphasis,
images and footnote marks are left out; the link's own words are marked. What citations and references to parts of other
notes show is known when notes are linked: a mark stands for each (text/html.py), filled by link/bodies/sentences.py.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

import msgspec
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from notegen.read.plain_text import formula_text, mark_of
from notegen.read.syntax.cjk.punctuation import glued
from notegen.read.token_data import BACKLINK_EXCERPT, CITATION, REFERENCE, WIKI_TARGET
from notegen.text.addresses import is_external
from notegen.text.cjk import LONGEST_TEXT, beginning, width
from notegen.text.html import citation_mark, reference_mark
from notegen.text.patterns import lazy_regex

ROOM = 96  # width of a sentence in Han characters: 160 Latin ones
BEFORE = 0.4  # share of the room for what stands before the link
_SENTENCE = lazy_regex(r"[。！？!?；…]+[”’」』）)\"']*\s*|\.[”’\"')]*(?:\s+(?=[^a-z])|\Z)")
_CLAUSE = lazy_regex(r"[，；：]")
_BREAKS = frozenset({"softbreak", "hardbreak"})
_WORDS = frozenset({"text", "text_special", "emoji", "code_inline", "math_inline", "cross_ref"}) | _BREAKS
_LINKS = {"link_open": "link_close", "wikilink_open": "wikilink_close"}
_MOST = 80  # atoms on each side of a link that are looked at

Render = Callable[[Sequence[Token]], str]


class Atom(msgspec.Struct, frozen=True, gc=False):
    """A part of a sentence: a formula or code as its token, or a piece of text (`token` is None). `ends`: the last one.

    `is_mark`: a text that is never cut, see text/html.py.
    """

    text: str
    token: Token | None = None
    link: int = -1  # number of the link it belongs to
    ends: bool = False
    is_mark: bool = False


def set_backlink_excerpts(tokens: Iterable[Token], render: Render) -> tuple[str, ...]:
    """Return the sentences around local links as HTML, and set BACKLINK_EXCERPT of each link to its sentence's number.

    Of several links with one target the first that shows something has a sentence. `render` makes the HTML of inline
    tokens without links and ids.
    """
    sentences: dict[str, int] = {}
    targets: set[str] = set()  # that have a sentence
    for token in tokens:
        if token.type != "inline" or not token.children or len(token.children) == 1:
            continue
        links = [child for child in token.children if child.type in _LINKS and _target(child)]
        if not links or all(_target(link) in targets for link in links):
            continue
        atoms = list(_atoms(token.children, {id(link): number for number, link in enumerate(links)}))
        spans = _spans(atoms)
        for number, link in enumerate(links):
            html = _around(atoms, *spans[number], render) if number in spans and _target(link) not in targets else ""
            if html:
                targets.add(_target(link))
                BACKLINK_EXCERPT.set(link, sentences.setdefault(html, len(sentences)))
    return tuple(sentences)


def citing_sentences(tokens: Iterable[Token], render: Render) -> dict[str, str]:
    """Return the sentence around the first citation of each work as HTML, by its key; citations in it are marks."""
    sentences: dict[str, str] = {}
    for token in tokens:
        children = token.children or () if token.type == "inline" else ()
        if len(children) < 2 or "citation" not in [child.type for child in children]:  # noqa: PLR2004 - no sentence
            continue
        for index, child in enumerate(children):
            if child.type == "citation" and (keys := _keys(child) - sentences.keys()):
                mark = _cited(child)
                before = _leftwards(children, index)
                html = mark and _sentence(before, [Atom(mark, is_mark=True)], _rightwards(children, index + 1), render)
                sentences |= dict.fromkeys(sorted(keys), html) if html else {}
    return sentences


def _leftwards(children: Sequence[Token], end: int) -> Iterator[Atom]:
    """Yield what stands before a child, the nearest first; the end of a sentence without its text."""
    for index in range(end - 1, -1, -1):
        child = children[index]
        if child.type == "text":
            start = 0
            for sentence in _SENTENCE.finditer(child.content):
                start = sentence.end()
            if start < len(child.content):
                yield Atom(child.content[start:])
            if start:
                yield Atom("", ends=True)
        elif atom := _atom(children, index, -1):
            yield atom


def _rightwards(children: Sequence[Token], start: int) -> Iterator[Atom]:
    """Yield what stands behind a child; of a text in which a sentence ends nothing behind that."""
    for index in range(start, len(children)):
        child = children[index]
        if child.type == "text":
            sentence = _SENTENCE.search(child.content)
            yield Atom(child.content[: sentence.end()], ends=True) if sentence else Atom(child.content)
        elif atom := _atom(children, index, -1):
            yield atom


def _keys(token: Token) -> AbstractSet[str]:
    return {work.key for work in CITATION.of(token).works}


def _target(token: Token) -> str:
    """Return what a link that may lead to another note names, without its fragment; "" for any other token."""
    if token.type == "wikilink_open":
        return WIKI_TARGET.of(token).target
    target = str(token.attrs.get("href", "")).partition("#")[0] if token.type == "link_open" else ""
    return "" if is_external(target) else target


def _atoms(children: Sequence[Token], links: dict[int, int]) -> Iterator[Atom]:
    """Yield what sentences are made of: text cut where sentences end, other words whole."""
    current, close = -1, ""
    for index, child in enumerate(children):
        kind = child.type
        if kind == "text":
            yield from _pieces(child.content, current)
            continue
        if kind in _LINKS:
            current, close = links.get(id(child), -1), _LINKS[kind]
        elif kind == close:
            current, close = -1, ""
        if atom := _atom(children, index, current):
            yield atom


def _atom(children: Sequence[Token], index: int, link: int) -> Atom | None:
    """Return what a sentence has of a token that is no text; None for what it leaves out."""
    child = children[index]
    kind = child.type
    if kind in _BREAKS:
        return Atom(" ", link=link)
    if kind == "citation":
        return Atom(_cited(child), link=link, is_mark=True)
    if kind == "wikilink_open":
        return None if WIKI_TARGET.of(child).has_text else _named(child, link)
    if kind == "link_open":  # [](note.md#fig-x)
        mark = mark_of(children, index)
        return Atom(mark, link=link, is_mark=True) if mark else None
    if kind == "cross_ref" and WIKI_TARGET.of(child).label:
        return _named(child, link)
    return Atom("", child, link) if kind in _WORDS else None


def _named(reference: Token, link: int) -> Atom:
    """Return what a wiki link or a reference without words of its own shows: the name of a note, or a mark."""
    wiki = WIKI_TARGET.of(reference)
    if not (wiki.fragment or wiki.label):
        return Atom(wiki.target, link=link)
    return Atom(reference_mark(wiki.target, wiki.fragment, wiki.label, wiki.form), link=link, is_mark=True)


def _cited(citation: Token) -> str:
    """Return the mark of a citation; nothing for a work that is only in the list."""
    cited = CITATION.of(citation)
    mark = citation_mark(
        [work.key for work in cited.works], narrative=cited.form not in {"parenthetical", "year", "yearpar"}
    )
    return mark if cited.form != "hidden" else ""


def _pieces(text: str, link: int) -> Iterator[Atom]:
    start = 0
    for end in _SENTENCE.finditer(text) if link < 0 else ():
        yield Atom(text[start : (start := end.end())], None, link, True)
    if start < len(text):
        yield Atom(text[start:], None, link)


def _spans(atoms: Sequence[Atom]) -> dict[int, tuple[int, int]]:
    """Return where the atoms of each link begin and end; a link that shows nothing has none."""
    spans: dict[int, tuple[int, int]] = {}
    for index, atom in enumerate(atoms):
        if atom.link >= 0:
            spans[atom.link] = (spans.get(atom.link, (index, 0))[0], index + 1)
    return spans


def _around(atoms: Sequence[Atom], start: int, end: int, render: Render) -> str:
    """Return the HTML of the sentence around the atoms from `start` to `end`."""
    before = (atoms[index] for index in range(start - 1, -1, -1))
    after = (atoms[index] for index in range(end, len(atoms)))
    return _sentence(before, atoms[start:end], after, render)


def _sentence(left: Iterable[Atom], inside: Sequence[Atom], right: Iterable[Atom], render: Render) -> str:
    """Return the HTML of the sentence around a link, at most about ROOM wide. `left`, `right`: nearest atoms first."""
    room = max(0.0, ROOM - sum(map(_width, inside)))
    before, room_left = _before(islice(left, _MOST), room * BEFORE)
    after = [] if inside[-1].ends else _after(islice(right, _MOST), room * (1 - BEFORE) + room_left)
    inner = _html(inside, render).strip()
    before_html, after_html = _html(before, render).lstrip(), _html(after, render).rstrip()
    return f"{before_html}<mark>{inner}</mark>{after_html}" if inner else ""


def _html(atoms: Sequence[Atom], render: Render) -> str:
    """Return atoms as HTML, punctuation beside formulas on their lines."""
    if not atoms:
        return ""
    if all(atom.token is None for atom in atoms):  # most of them
        return escapeHtml("".join([atom.text for atom in atoms]))
    return render(glued([atom.token or Token("text", "", 0, content=atom.text) for atom in atoms]))


def _before(atoms: Iterable[Atom], room: float) -> tuple[list[Atom], float]:
    """Return what stands before the link in its sentence, and the room that it leaves."""
    kept: list[Atom] = []
    for atom in atoms:
        if atom.ends:
            break
        size = _width(atom)
        if size > room:
            tail = _tail(atom.text, room) if _is_text(atom) else ""
            kept.append(Atom("…" + tail))
            return kept[::-1], 0.0
        room -= size
        kept.append(atom)
    return kept[::-1], room


def _after(atoms: Iterable[Atom], room: float) -> list[Atom]:
    """Return what follows the link up to the end of its sentence."""
    kept: list[Atom] = []
    for atom in atoms:
        size = _width(atom)
        if size > room:
            head = beginning(atom.text, room) if _is_text(atom) else ""
            kept.append(Atom(head + "…"))
            break
        room -= size
        kept.append(atom)
        if atom.ends:
            break
    return kept


def _is_text(atom: Atom) -> bool:
    return not atom.is_mark and (atom.token is None or atom.token.type == "text")


def _width(atom: Atom) -> float:
    token, text = atom.token, atom.text
    if token is not None:
        if token.type == "math_inline":
            return width(formula_text(token))
        text = REFERENCE.of(token).text if token.type == "cross_ref" else token.content
    return width(text) if len(text) <= LONGEST_TEXT else float(LONGEST_TEXT)


def _tail(text: str, room: float) -> str:
    """Return the end of a text that fits, cut between words; a part of a sentence that begins soon begins it."""
    tail = beginning(text[: -LONGEST_TEXT - 1 : -1], room)[::-1]
    clause = _CLAUSE.search(tail, 0, len(tail) // 2)
    return (tail[clause.end() :] if clause else tail).lstrip()
