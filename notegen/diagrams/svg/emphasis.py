"""Bold and italic words in labels of Mermaid: what draws shows their letters, and here they get their looks again.

A label in Markdown is a string "`…`" with `**bold**` and `*italic*` words; any other label may hold `<b>` and `<i>`.
Labels are found again by their letters, without white space: rows are broken as what draws pleases.

Source: Mermaid docs, "Flowcharts", the section "Markdown formatting".
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from notegen.text.patterns import lazy_regex

Looks = Mapping[str, bytes]  # the letters of a label -> for each of them _PLAIN, or what it is of _BOLD and _ITALIC

_PLAIN, _BOLD, _ITALIC = 0, 1, 2
_OF_MARKS = {1: _ITALIC, 2: _BOLD}  # by the number of stars or lines; more are both
_STRING = lazy_regex(
    r'"`(?P<markdown>[^`"]{1,2000})`"|"(?P<quoted>[^"\n]{1,2000})"|[\[({|](?P<bare>[^"\[\](){}|\n]{1,500})'
)
_MARKS = lazy_regex(
    r"(?P<stars>\*{1,3})(?=[^\s*])(?P<starred>[^*]{1,500})(?<!\s)(?P=stars)(?!\*)"
    r"|(?<![\w_])(?P<lines>_{1,3})(?=[^\s_])(?P<lined>[^_]{1,500})(?<!\s)(?P=lines)(?![\w_])"
)
_TAG = lazy_regex(r"<(?P<end>/?)(?P<name>b|strong|i|em|br)\s{0,9}/?>", flags=re.IGNORECASE)
_OF_TAGS = {"b": _BOLD, "strong": _BOLD, "i": _ITALIC, "em": _ITALIC}
_FALLBACK = "data-merman-foreignobject"


def looks_of_labels(source: str) -> Looks:
    """Return the looks of those labels of a source that have words in bold or italics."""
    has_tags = "<" in source and _TAG.search(source) is not None
    if "`" not in source and not has_tags:
        return {}
    labels: dict[str, bytes] = {}
    for string in _STRING.finditer(source):
        markdown, html = string["markdown"], string["quoted"] or string["bare"]
        parts = _of_markdown(markdown) if markdown else _of_html(html) if has_tags and "<" in html else ()
        letters, looks = "", bytearray()
        for text, style in parts:
            bare = "".join(text.split())
            letters += bare
            looks += bytes([style]) * len(bare)
        if any(looks):
            labels[letters] = bytes(looks)
    return labels


def _of_markdown(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    for mark in _MARKS.finditer(text):
        yield text[at : mark.start()], _PLAIN
        count = len(mark["stars"] or mark["lines"])
        yield mark["starred"] or mark["lined"], _OF_MARKS.get(count, _BOLD | _ITALIC)
        at = mark.end()
    yield text[at:], _PLAIN


def _of_html(text: str) -> Iterator[tuple[str, int]]:
    at = style = 0
    for tag in _TAG.finditer(text):
        yield text[at : tag.start()], style
        kind = _OF_TAGS.get(tag["name"].lower(), _PLAIN)
        style = style & ~kind if tag["end"] else style | kind
        at = tag.end()
    yield text[at:], style


def emphasise(root: Element, labels: Looks) -> None:
    """Give words of labels their looks. In place."""
    for group in root.iter("g") if labels else ():
        texts = [element for element in group if element.tag == "text" and not len(element)]
        if group.get(_FALLBACK) is None or not texts:
            continue
        looks = labels.get("".join("".join((text.text or "").split()) for text in texts))
        if looks is not None:
            remaining = iter(looks)
            for text in texts:
                _split(text, remaining)


def _split(text: Element, looks: Iterator[int]) -> None:
    """Put the letters of a row into an element for each of their looks; white space goes with what stands before."""
    written, text.text = text.text or "", ""
    style = _PLAIN
    letters: list[tuple[str, int]] = []
    for letter in written:
        style = style if letter.isspace() else next(looks, _PLAIN)
        letters.append((letter, style))
    for kind, run in groupby(letters, key=lambda pair: pair[1]):
        part = SubElement(text, "tspan")
        part.text = "".join(letter for letter, _ in run)
        if kind & _BOLD:
            part.set("font-weight", "bold")
        if kind & _ITALIC:
            part.set("font-style", "italic")
