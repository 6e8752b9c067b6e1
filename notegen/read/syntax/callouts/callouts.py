"""Callouts: Obsidian's `> [!note]- Title`, GitHub's alerts, and numbered theorems, made from block quotes.

A callout is an `<aside class="callout callout-KIND">` whose first child is `<p class="callout-title">`; a foldable
one (`+` open, `-` closed) is a `<details>` with a `<summary class="callout-title">`. An alias adds its own class:
`[!important]` is `callout-tip callout-important`. Kinds of mathematical texts (definition, theorem, ...) are counted in
each note and titled `定理 1（名字）` or `Theorem 1 (name)`; `[!theorem|thm:bayes] Title` or
`[!theorem] Title {#thm:bayes}` names one: its id is `thm-bayes`; so does `^thm-bayes` behind a title, of any kind.

Tokens: `callout_open` with CALLOUT and, where named, ANCHOR; `callout_title_open`, `inline`, `callout_title_close`; the
body; `callout_close`. The rule works on block tokens before inline parsing, so titles hold
any inline syntax. Report: label-duplicate.

Source: Obsidian Help, "Callouts"; GitHub Docs, "Basic writing and formatting syntax", the section "Alerts".
"""

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.source_map import column_of
from notegen.read.syntax.callouts.heads import (
    NUMBER,
    PROMPT,
    Caption,
    Head,
    caption_of,
    head_of,
    read_head,
    shown_title,
    words_behind_kind,
)
from notegen.read.syntax.callouts.kinds import LANGUAGES
from notegen.read.syntax.callouts.numbers import Numbers
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import AFTER_INLINE, BEFORE_INLINE, Rule
from notegen.read.syntax.section_numbers import section_numbers
from notegen.read.token_data import (
    ANCHOR,
    CALLOUT,
    CONTENT_START,
    COUNTED,
    COUNTED_NUMBER,
    Callout,
    ContentStart,
    TokenField,
)

_COUNTING = frozenset({"blockquote_open", "algorithm"})  # share their numbers
_NOTED = frozenset({*_COUNTING, "heading_open", "blockquote_close"})
_CAPTION: TokenField[Caption | None] = TokenField("caption", None)  # of callout_title_open


def callout_rules(language: str, theorems: str = "by-kind") -> tuple[Rule, Rule]:
    """Return the rule that makes callouts of block quotes, and the one that gives them their titles.

    `language` (a BCP 47 tag) gives the default titles: Chinese for `zh…`, else English.
    `theorems`: see NumberingConfig.

    A note with a language of its own has its titles in that one, if there are words in it.
    """

    def callouts(state: StateCore) -> None:
        if any(token.type in _COUNTING for token in state.tokens):
            _Rewriter(state, spoken(state, language), theorems).run()

    def callout_titles(state: StateCore) -> None:
        _set_captions(state, spoken(state, language))

    return (
        Rule("core", "callouts", callouts, before=BEFORE_INLINE),
        Rule("core", "callout_titles", callout_titles, before=AFTER_INLINE),
    )


def spoken(state: StateCore, language: str) -> str:
    """Return the language of a note's words: its own, if there are words in it, else the site's."""
    of_note = parse_state(state.env).language
    return of_note if of_note.lower().partition("-")[0] in LANGUAGES else language


def anchor_of(label: str) -> str:
    """Return the id of a label: `thm:bayes` gives `thm-bayes`. Letters and digits of all scripts stay."""
    return "".join(char if char.isalnum() or char in "-_." else "-" for char in label)


class _Rewriter:
    """Walks once over the block tokens and turns block quotes into callouts."""

    def __init__(self, state: StateCore, language: str, theorems: str) -> None:
        self.state = state
        self.language = language
        sections = section_numbers(state.tokens, parse_state(state.env).title) if theorems == "by-section" else ()
        self.numbers = Numbers(theorems, {id(heading): number for heading, number in sections})
        self.lines = state.src.split("\n")
        self.tokens: list[Token] = []
        self.anchors: set[str] = set()
        self.tags: list[str] = []  # of the open block quotes; "" where one is no callout

    def run(self) -> None:
        source, index = self.state.tokens, 0
        while index < len(source):
            token = source[index]
            index += 1
            if token.type not in _NOTED:
                self.tokens.append(token)
                continue
            if token.type == "blockquote_open":
                index += self._open(token, source[index : index + 3])
                continue
            if token.type == "heading_open":
                self.numbers.enter(token)
            if token.type == "algorithm" and (kind := COUNTED.of(token)):
                COUNTED_NUMBER.set(token, self.numbers.next(kind))
            tag = self.tags.pop() if token.type == "blockquote_close" else ""
            if tag:
                token.type, token.tag = "callout_close", tag
            self.tokens.append(token)
        self.state.tokens = self.tokens

    def _open(self, quote: Token, following: list[Token]) -> int:
        """Copy the opening of a block quote, as a callout if it is one; return how many of `following` that used."""
        self.tokens.append(quote)
        self.tags.append("")
        head = head_of(quote)
        inline = _first_text(following) if head is None else None
        if inline is not None:
            head = read_head(inline.content.partition("\n")[0])
        if head is None:
            return 0
        self.tags[-1] = "details" if head.fold else "aside"
        self._set_callout(quote, head)
        self._title(quote, head, inline)
        if inline is None:
            return 0
        self._body(following)
        return 3

    def _set_callout(self, quote: Token, head: Head) -> None:
        kind = head.word.kind
        number = self._number(head)
        word = head.word.title(self.language)
        classes = ["callout", f"callout-{kind.name}"]
        classes += [name for name in str(quote.attrs.get("class", "")).split() if not PROMPT.fullmatch(name)]
        if head.word.name != kind.name:
            classes.append(f"callout-{head.word.name}")
        quote.type, quote.tag = "callout_open", self.tags[-1]
        quote.attrs = {**quote.attrs, "class": " ".join(classes)}
        text = f"{word} {number}".rstrip()
        CALLOUT.set(quote, Callout(kind.name, number, head.label, text))
        if head.label:
            self._name(quote, head.label)
        if head.fold == "+":
            quote.attrs["open"] = ""

    def _name(self, quote: Token, label: str) -> None:
        anchor = anchor_of(label)
        if anchor in self.anchors:
            line = quote.map[0] + 1 if quote.map else 0
            message = f"the label {label!r} is given twice; references lead to the first one"
            report(self.state.env, "label-duplicate", message, (line, 0))
            return
        self.anchors.add(anchor)
        quote.attrs["id"] = anchor
        ANCHOR.set(quote, anchor)

    def _number(self, head: Head) -> str:
        """Return the callout's number: the author's own (`[!theorem] 定理 2.1`), or the next of its kind."""
        kind = head.word.kind
        if not kind.numbered:
            return ""
        words = words_behind_kind(head.title, kind)
        if words is not None and (number := NUMBER.match(words)):
            return number[1]
        return head.number or self.numbers.next(kind.name)

    def _title(self, quote: Token, head: Head, inline: Token | None) -> None:
        holder = inline or quote
        line = holder.map[0] if holder.map else 0
        level = quote.level + 1
        tag = "summary" if head.fold else "p"
        opened = Token("callout_title_open", tag, 1, attrs={"class": "callout-title"}, map=[line, line + 1])
        callout = CALLOUT.of(quote)
        _CAPTION.set(opened, caption_of(head, callout.text if callout else ""))
        title = Token("inline", "", 0, content=shown_title(head), map=[line, line + 1], children=[])
        source = self.lines[line] if line < len(self.lines) else ""
        shown = head.title if inline is None else inline.content.partition("\n")[0]
        CONTENT_START.set(title, ContentStart(column_of(source, shown) + head.start))
        closed = Token("callout_title_close", tag, -1)
        opened.level, title.level, closed.level = level, level + 1, level
        opened.block = title.block = closed.block = True
        self.tokens += [opened, title, closed]

    def _body(self, following: list[Token]) -> None:
        """Keep what follows the title line in its paragraph (or in the heading that an underline makes of it)."""
        opened, inline, closed = following
        content = inline.content.partition("\n")[2].lstrip()
        if content:
            start, end = inline.map or [0, 1]
            lines = [start + 1, end]
            opened.map = [start + 1, opened.map[1]] if opened.map else None
            self.tokens += [opened, inline.copy(content=content, map=lines), closed]
        elif opened.markup == "-":
            rule = Token("hr", "hr", 0, markup="---", map=opened.map, block=True, level=opened.level)
            self.tokens.append(rule)


def _first_text(following: list[Token]) -> Token | None:
    """Return the inline token of the paragraph that a block quote begins with; a line below may make it a heading."""
    if len(following) < 3 or following[0].type not in {"paragraph_open", "heading_open"}:  # noqa: PLR2004 - open, inline, close
        return None
    return following[1] if following[0].markup in {"", "-", "="} else None


def _set_captions(state: StateCore, language: str) -> None:
    """Put the captions around the parsed titles."""
    left, right = ("（", "）") if language.lower().startswith("zh") else (" (", ")")
    for index, token in enumerate(state.tokens):
        if token.type != "callout_title_open" or not (caption := _CAPTION.of(token)) or not caption.text:
            continue
        children = state.tokens[index + 1].children or []
        opened = Token("callout_label_open", "span", 1, attrs={"class": "callout-label"})
        label = [opened, Token("text", "", 0, content=caption.text, level=1), Token("callout_label_close", "span", -1)]
        if caption.named:
            children = [Token("text", "", 0, content=left), *children, Token("text", "", 0, content=right)]
        state.tokens[index + 1].children = [*label, *children] if caption.named else label
