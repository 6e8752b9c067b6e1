"""The first line of a callout: its kind, fold mark, label, title, and the caption that its title shows."""

import re
from typing import Any

import msgspec
from markdown_it.token import Token

from notegen.read.syntax.callouts.kinds import Kind, Word, find_word
from notegen.read.token_data import TokenField
from notegen.text.patterns import lazy_regex

_MARK = lazy_regex(
    r"\[!(?P<kind>[^\[\]|\n]{1,40})(?:\|(?P<meta>\{[^\n]{0,500}?\}|[^\[\]\n]{0,200}))?\](?P<fold>[+-]?)(?![(\[:])[ \t]*"
)
_LABEL = lazy_regex(r"(?:^|[ \t])(?:\{#([^\s{}]{1,100})\}|\^([A-Za-z0-9-]{1,100}))[ \t]*$")
_LABEL_WORD = lazy_regex(r"\s*#?([^\s{}#]{1,100})\s*")
PROMPT = lazy_regex(r"(?:^| )prompt-(tip|info|warning|danger)(?= |$)")
NUMBER = lazy_regex(r"[ \t]*([0-9]+(?:\.[0-9]+)*)")
_AUTOMATIC = frozenset({"*", "auto"})  # of Obsidian's plugin LaTeX-like Theorem & Equation Referencer: count this one


class Head(msgspec.Struct, frozen=True):
    """The first line of a callout: its word, fold mark, label, and title with its place in the line.

    `number`: one that the author has given; "" for the next one.
    """

    word: Word
    fold: str
    label: str
    title: str
    start: int
    number: str = ""


HEAD: TokenField[Head | None] = TokenField("head", None)  # of blockquote_open: other syntax has fields what it is


class Caption(msgspec.Struct, frozen=True):
    """What a title shows around the author's words: `定理 1`, and whether these words are a name in parentheses."""

    text: str
    named: bool = False


def read_head(line: str) -> Head | None:
    """Return what the first line of a block quote says about a callout, or None when it opens none."""
    mark = _MARK.match(line)
    if mark is None or not mark["kind"].strip():
        return None
    written = line[mark.end() :].rstrip()
    title = without_heading_marks(written)
    start = mark.end() + len(written) - len(title)
    word = find_word(mark["kind"])
    label = _LABEL.search(title)
    if label is not None:
        title = title[: label.start()].rstrip()
    is_math = mark["kind"].strip() == "math"
    if (mark["meta"] or "").startswith("{") and (is_math or word.kind.theorem):
        head = _head_of_json(mark, line)
        return head if is_math or head.title else msgspec.structs.replace(head, title=title, start=start)
    named = _LABEL_WORD.fullmatch(mark["meta"] or "") if word.kind.theorem else None
    number = NUMBER.fullmatch(named[1]) if named else None
    name = (label[1] or label[2]) if label else named[1] if named and not number and named[1] not in _AUTOMATIC else ""
    return Head(word, mark["fold"], name, title, start, number[1] if number else "")


def without_heading_marks(title: str) -> str:
    """Return a title without the marks of a heading before it: `> [!note] ## Title`."""
    bare = title.lstrip("#")
    return title if bare == title or bare[:1] not in {" ", "\t"} else bare.lstrip()


def _head_of_json(mark: re.Match[str], line: str) -> Head:
    """Return the head of the older forms of the plugin: `[!math|{"type":"theorem","label":"x"}] Theorem 1`.

    Also `[!theorem|{"label":"x"}]`, where the callout says the type.
    """
    try:
        fields: Any = msgspec.json.decode(mark["meta"])
    except msgspec.DecodeError:
        fields = {}
    words = {key: str(fields.get(key) or "").strip() for key in ("type", "title", "label", "number")}
    number = NUMBER.fullmatch(words["number"])
    title = words["title"]
    start = max(0, line.find(title, mark.end()))
    label = _LABEL_WORD.fullmatch(words["label"])
    name = label[1] if label else ""
    kind = "theorem" if mark["kind"].strip() == "math" else mark["kind"]
    return Head(find_word(words["type"] or kind), mark["fold"], name, title, start, number[1] if number else "")


def head_of(quote: Token) -> Head | None:
    """Return the head of a block quote that says what it is: made of a shortcode, or Chirpy's `.prompt-tip`."""
    head = HEAD.of(quote)
    if head is not None:
        return head
    prompt = PROMPT.search(str(quote.attrs.get("class", "")))
    return Head(find_word(prompt[1]), "", "", "", 0) if prompt else None


def words_behind_kind(title: str, kind: Kind) -> str | None:
    """Return what follows the kind's own word where a title begins with it: " of Bayes" in `Proof of Bayes`."""
    for word in (kind.zh, kind.en):
        if title[: len(word)].lower() == word.lower():
            words = title[len(word) :]
            return None if word.isascii() and words[:1].isalnum() else words
    return None


def shown_title(head: Head) -> str:
    """Return the author's title; nothing where it only repeats the kind's word."""
    return "" if head.word.kind.theorem and words_behind_kind(head.title, head.word.kind) == "" else head.title


def caption_of(head: Head, text: str) -> Caption:
    """Return what the title shows beside the author's words, where `text` is the kind's word with its number."""
    title, kind = shown_title(head), head.word.kind
    if not kind.theorem:
        return Caption("" if title else text)
    words = words_behind_kind(title, kind)
    if words is not None and (not kind.numbered or NUMBER.match(words)):
        return Caption("")
    return Caption(text, named=bool(title))
