"""What of a note can be linked to: its headings, its labelled theorems and algorithms, and every other id."""

from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import islice

from markdown_it.token import Token

from notegen.model.note import BlockLabel, Heading
from notegen.model.strings import Html
from notegen.read.document.headings import heading_pairs
from notegen.read.document.open_references import leads_elsewhere, with_marks
from notegen.read.html.urls import ids_in
from notegen.read.plain_text import formula_text, inline_text
from notegen.read.services import NoteDraft, ReaderServices, render_label
from notegen.read.token_data import (
    ANCHOR,
    CALLOUT,
    CITATION,
    HEADING,
    LABELLED,
    LINE_IDS,
    RENDERED,
    HeadingLink,
    Labelled,
    footnote_number,
)
from notegen.text.cjk import shortened
from notegen.text.patterns import lazy_regex

Render = Callable[[Sequence[Token]], str]
_CAPTION = lazy_regex(r"(?i)<(?:fig)?caption\b[^<>]*>((?:[^<]|<(?!/(?:fig)?caption))*+)")
_TAG = lazy_regex(r"<[^<>]*>")
_LONGEST_HTML = 2000  # characters behind an id in which its caption is looked for
_WITH_WORDS = frozenset({"callout_open", "callout_close", "html_block"})  # which need no field to name a block
ROOM = 24  # width in Han characters of the words that stand for a block


def headings_of(tokens: Sequence[Token], draft: NoteDraft, services: ReaderServices) -> tuple[Heading, ...]:
    """Return the headings for contents lists: formulas rendered once more, without ids or links."""
    result = []
    in_tabs = _in_tabs(tokens)
    for index, opened, inline, closed in heading_pairs(tokens):
        children = inline.children or ()
        html = render_label(children, draft, services).strip()
        marked = render_label(with_marks(children), draft, services).strip() if leads_elsewhere(children) else ""
        line = draft.source_map.of(opened)[0]
        link = HEADING.of(closed) or HeadingLink("", "")
        source = " ".join(inline.content.split())
        source = "" if source == link.text else source
        level, in_tab = int(opened.tag[1]), index in in_tabs
        result.append(Heading(level, link.id, Html(html), link.text, line, source, in_tab, marked))
    return tuple(result)


def _in_tabs(tokens: Sequence[Token]) -> set[int]:
    """Return the indices of the headings that stand in tabs."""
    indices: set[int] = set()
    depth = 0
    for index, token in enumerate(tokens):
        if token.type in {"tabs_open", "tabs_close"}:
            depth += token.nesting
        elif depth and token.type == "heading_open":
            indices.add(index)
    return indices


def anchors_of(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the ids that links may name: headings, footnotes, blocks, raw HTML."""
    for token in tokens:
        if token.meta and (anchor := _anchor(token)):  # few tokens have any field
            yield anchor
        elif token.type == "fence" and (ids := LINE_IDS.of(token)):
            yield from (f"{ids.prefix}{ids.first + number}" for number in range(ids.count))
        elif token.type == "html_block":
            yield from ids_in(token.content)
        elif token.type == "footnote_open":
            yield f"fn{footnote_number(token)[0]}"
        for child in token.children or ():
            if child.type == "html_inline":
                yield from ids_in(child.content)
            elif child.type == "footnote_ref":
                yield f"fnref{footnote_number(child)[1]}"
            elif "id" in child.attrs:
                yield str(child.attrs["id"])


def _anchor(token: Token) -> str:
    """Return the id of a block."""
    if token.type == "heading_close" and (heading := HEADING.of(token)):
        return heading.id
    labelled = LABELLED.of(token) if token.type != "heading_open" else None
    return ANCHOR.of(token) or (labelled.anchor if labelled else "")


def block_labels_of(tokens: Sequence[Token], render: Render | None = None) -> dict[str, BlockLabel]:
    """Return all that is labelled but equations, by label and by id; the first of equal labels counts.

    `render` makes the HTML of inline tokens without links and ids. Without it, as formulas are not rendered yet, names
    are missing, and so are sections without a number.
    """
    labels: dict[str, BlockLabel] = {}
    for index, token in enumerate(tokens):
        if not token.meta:
            continue
        if labelled := LABELLED.of(token):
            named = _section(tokens, index, labelled, render) if token.type == "heading_open" else None
            box = named or BlockLabel(labelled.anchor, labelled.text, labelled.number)
            for label in (*labelled.labels, labelled.anchor) if labelled.labels and box.text else ():
                labels.setdefault(label, box)
        callout = CALLOUT.of(token) if token.type == "callout_open" else None
        if callout is not None and (anchor := ANCHOR.of(token)) and (callout.label or callout.number):
            html = Html("" if render is None else render(_named(tokens[index + 2].children or ())))
            box = BlockLabel(anchor, callout.text, callout.number, html)
            labels.setdefault(callout.label or anchor, box)
            labels.setdefault(anchor, box)
    return labels


def _section(tokens: Sequence[Token], index: int, labelled: Labelled, render: Render | None) -> BlockLabel | None:
    """Return the label of a section without a number: its words. None for one with a number."""
    if labelled.number or render is None:
        return None
    children = tokens[index + 1].children or ()
    anchor = str(tokens[index].attrs.get("id") or labelled.anchor)
    return BlockLabel(anchor, " ".join(inline_text(children).split()), "", Html(render(children).strip()))


def _named(title: Sequence[Token]) -> list[Token]:
    """Return the title of a callout, without the tags around its kind and number, and without citations."""
    named: list[Token] = []
    for token in title:
        if token.type == "citation" and not CITATION.of(token).text:
            if named and named[-1].type == "text":
                named[-1] = named[-1].copy(content=named[-1].content.rstrip())
        elif token.type not in {"callout_label_open", "callout_label_close"}:
            named.append(token)
    return named


def block_words_of(tokens: Sequence[Token]) -> dict[str, str]:
    """Return what blocks with an id are called, by id: by box or equation that it is in, else its first words.

    What raw HTML has an id for is called by its caption, else by its words.
    """
    words: dict[str, str] = {}
    boxes: list[str] = []  # of the open callouts, what each is called: "" for one that is not counted
    for index, token in enumerate(tokens):
        if not token.meta and token.type not in _WITH_WORDS:
            continue
        if token.type == "callout_open":
            callout = CALLOUT.of(token)
            title = tokens[index + 2].children or ()
            boxes.append(" ".join(inline_text(title).split()) if callout and callout.number else "")
        if token.meta and token.type != "callout_open" and LABELLED.of(token):
            continue  # among the labels
        if token.type == "html_block":
            for name in ids_in(token.content):
                words.setdefault(name, shortened(_words_of_html(token.content, name), ROOM))
        if token.meta and (anchor := ANCHOR.of(token)):
            box = next(filter(None, reversed(boxes)), "")
            words.setdefault(anchor, box or shortened(_text_of(tokens, index), ROOM))
        if token.type == "callout_close":
            boxes.pop()
    return {anchor: text for anchor, text in words.items() if text}


def _words_of_html(html: str, name: str) -> str:
    """Return the caption that follows an id in raw HTML, else the words that do."""
    start = html.find(name)
    behind = html[start : start + _LONGEST_HTML].partition(">")[2]
    caption = _CAPTION.search(behind)
    return " ".join(unescape(_TAG.sub("", caption[1] if caption else behind)).split())


def _text_of(tokens: Sequence[Token], index: int) -> str:
    """Return the first text in the block that begins at an index; of a figure its caption, else its picture's words."""
    first = ""
    for token in islice(tokens, index, None):
        if token.type == "math_block":
            numbers = RENDERED.of(token).numbers
            return ", ".join(f"({number})" for number in numbers) or formula_text(token)
        if token.type == "inline" and (text := " ".join(inline_text(token.children or ()).split())):
            if tokens[index].type != "figure_open":
                return text
            first = text  # the caption comes last
        if token is not tokens[index] and token.level <= tokens[index].level and token.nesting <= 0:
            break
    return first
