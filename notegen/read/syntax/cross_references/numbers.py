r"""Numbers of figures, tables and code, and of the parts of a figure; the labels of these and of sections.

Numbered is what has a label: a figure, a table, a code block (which becomes a figure with the class `listing`), a
container of these, whose last paragraph is its caption. Labels are ids that begin with a kind (`{#fig-x}`, `^tbl-x`),
those of MyST of any form where there is a caption (`(x)=`, `:name:`), and `\label{fig:x}` in the caption. Figures
with labels inside a figure are its parts: (a), (b).

Tokens: what opens the block gets LABELLED; its caption, made where there is none, begins with `<b>图 1</b>`. Report:
label-duplicate.

Source: Quarto docs, "Cross References"; pandoc-crossref's manual; MyST guide, "Cross-references".
"""

from collections.abc import Iterable

import msgspec
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.syntax.attributes.code_captions import CAPTION
from notegen.read.syntax.callouts.callouts import anchor_of
from notegen.read.syntax.cross_references.label_prefixes import float_of, numbered_words
from notegen.read.syntax.cross_references.latex import as_text, take_labels
from notegen.read.syntax.cross_references.layout import LAYOUT, layout_tokens
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.token_data import ANCHOR, LABEL, LABELLED, SECTION, Labelled

_KINDS = {"figure_open": "figure", "table_open": "table", "float_open": "figure", "fence": "listing"}
_NUMBERED = frozenset({*_KINDS, "heading_open"})
_CAPTIONS = frozenset({"figcaption_open", "caption_open"})
_CLOSE = {"figure_close": "figure_open", "float_close": "float_open", "table_close": "table_open"}
_NOTED = frozenset({*_NUMBERED, *_CLOSE, "heading_close"})  # and "inline", where a block is open
_HEADINGS = frozenset({"heading_open", "heading_close"})
_BOXES = frozenset({"callout_open", "algorithm_open", "algorithm_line_open"})
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SIGN = r"\label{"


class _Open(msgspec.Struct):
    """A block that is open: where it begins in the result, its number, its caption's inline token, its parts."""

    start: int
    token: Token
    kind: str
    number: str = ""
    caption: Token | None = None
    parts: int = 0
    figures: int = 0


def floats_rule(language: str, *, number_all: bool) -> Rule:
    """Return the rule. `language` (a BCP 47 tag) gives the words where those of the note's are not known."""

    def floats(state: StateCore) -> None:
        blocks = [token for token in state.tokens if token.type in _NUMBERED]
        if parse_state(state.env).labelling or any(_may_be_numbered(block, number_all=number_all) for block in blocks):
            state.tokens = _Numberer(state, language, number_all=number_all).numbered()

    return Rule("core", "floats", floats, before=AFTER_INLINE)


def _may_be_numbered(token: Token, *, number_all: bool) -> bool:
    """Return whether a block of a kind in _NUMBERED may get a number or have a label."""
    return "id" in token.attrs or token.type == "float_open" or (number_all and token.type in _KINDS)


class _Numberer:
    """Walks once over all tokens; `tokens` are those of the result."""

    def __init__(self, state: StateCore, language: str, *, number_all: bool) -> None:
        self.state = state
        self.languages = (parse_state(state.env).language, language)
        self.number_all = number_all
        self.tokens: list[Token] = []
        self.counts: dict[str, int] = {}
        self.open: list[_Open] = []
        # The ids of labels; those of boxes and algorithms are known from the beginning.
        self.taken = {name for token in state.tokens if token.type in _BOXES and (name := _box(token))}

    def numbered(self) -> list[Token]:
        """Return all tokens of the note, numbered."""
        tokens, unlabelled = self.state.tokens, False  # the heading that is open
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "heading_open":
                unlabelled = "id" not in token.attrs and _SIGN not in tokens[index + 1].content
            if unlabelled and kind in _HEADINGS:
                self.tokens.append(token)
            elif kind in _NOTED or (kind == "inline" and (self.open or _SIGN in token.content)):
                self._add(token)
            else:
                self.tokens.append(token)
        return self.tokens

    def _add(self, token: Token) -> None:
        """Take the next token of a kind in _NOTED, or a text."""
        if token.type == "inline":
            self.tokens.append(token)
            self._text(token)
            return
        if token.type == "fence":
            self._code(token)
            return
        if token.type in _CLOSE and self.open and self.open[-1].token.type == _CLOSE[token.type]:
            self._close(self.open.pop(), token)
            return
        self.tokens.append(token)
        if token.type in _KINDS:
            self._begin(token)
        elif token.type == "heading_open":
            self.open.append(_Open(len(self.tokens) - 1, token, "section"))
        elif token.type == "heading_close":
            self._heading(self.open.pop())

    def _text(self, token: Token) -> None:
        """Take a text: that of a caption, or one in which a label is no label."""
        if self.open and self.tokens[-2].type in _CAPTIONS:
            self.open[-1].caption = token
        elif token.children and _SIGN in token.content and not (self.open and self.open[-1].kind == "section"):
            token.children = as_text(token.children)

    def _begin(self, token: Token) -> None:
        block = _Open(len(self.tokens) - 1, token, _KINDS[token.type])
        label = str(token.attrs.get("id", ""))
        block.kind = float_of(label) or block.kind
        if token.type == "float_open" and float_of(label):
            self._number(block, self._claim(token, (label,)))
        self.open.append(block)

    def _close(self, block: _Open, closing: Token) -> None:
        """End a block: its caption is known."""
        parent = self.open[-1] if self.open else None
        if block.token.type == "float_open":
            self._caption_of_container(block)
            self._lay_out(block)
        else:
            labels = self._labels(block)
            if block.caption is None and not any(map(float_of, labels)):
                labels = ()
            block.kind = next(filter(None, map(float_of, labels)), block.kind)
            if labels or (self.number_all and block.caption is not None and not (parent and parent.number)):
                self._number(block, self._claim(block.token, labels), parent)
        if parent is not None:
            parent.figures += 1
        if block.number:
            self._show(block)
        self.tokens.append(closing)

    def _labels(self, block: _Open) -> tuple[str, ...]:
        """Return the labels of a block, those of LaTeX taken out of its caption."""
        latex: tuple[str, ...] = ()
        if block.caption is not None:
            block.caption.children, latex = take_labels(block.caption.children or [])
        name = str(block.token.attrs.get("id", ""))
        named = bool(float_of(name)) or block.kind == "section" or (bool(name) and LABEL.of(block.token) == name)
        return ((name,) if name and named else ()) + latex

    def _claim(self, token: Token, labels: tuple[str, ...]) -> tuple[str, ...]:
        """Return the labels that a block gets, and give it an id if it has none; report those that are taken."""
        kept: list[tuple[str, str]] = []
        for label in labels:
            is_id = label == token.attrs.get("id")
            anchor = label if is_id else anchor_of(label)
            if anchor not in self.taken:
                self.taken.add(anchor)
                kept.append((label, anchor))
                continue
            message = f"the label {label!r} is given twice; references lead to the first one"
            report(self.state.env, "label-duplicate", message, ((token.map or [0])[0] + 1, 0))
            if is_id:
                del token.attrs["id"]
                ANCHOR.set(token, "")
        if kept:
            token.attrs.setdefault("id", kept[0][1])
        return tuple(label for label, _ in kept)

    def _number(self, block: _Open, labels: tuple[str, ...], parent: _Open | None = None) -> None:
        """Give a block its number: a letter in a numbered one."""
        if parent is not None and parent.number and labels:
            block.number = f"{parent.number}({_letter(parent.parts)})"
            parent.parts += 1
            kind = parent.kind
        else:
            kind = block.kind
            self.counts[kind] = self.counts.get(kind, 0) + 1
            block.number = str(self.counts[kind])
        anchor = str(block.token.attrs.get("id", ""))
        if anchor and labels:
            text = numbered_words(kind, block.number, self.languages)
            LABELLED.set(block.token, Labelled(anchor, block.number, labels, text))
            if block.token.type != "heading_open":
                ANCHOR.set(block.token, anchor)

    def _show(self, block: _Open) -> None:
        """Begin the caption of a block with its number; make one where there is none."""
        inside = "(" in block.number
        words = (
            block.number[block.number.index("(") :]
            if inside
            else numbered_words(block.kind, block.number, self.languages)
        )
        label = [
            Token("strong_open", "b", 1),
            Token("text", "", 0, content=words, level=1),
            Token("strong_close", "b", -1),
        ]
        if block.caption is not None:
            space = [Token("text", "", 0, content=" ")] if block.caption.children else []
            block.caption.children = [*label, *space, *(block.caption.children or [])]
            return
        table = block.token.type == "table_open"
        caption = _caption_tokens(label, block.token, "caption" if table else "figcaption")
        at = block.start + 1 if table else len(self.tokens)
        self.tokens[at:at] = caption

    def _caption_of_container(self, block: _Open) -> None:
        """Make the last paragraph of a container of figures its caption, if it holds more than pictures."""
        match self.tokens[max(block.start + 1, len(self.tokens) - 3) :]:
            case [opened, inline, closed] if block.token.tag == "figure":
                pass
            case _:
                return
        if opened.type != "paragraph_open" or opened.level != block.token.level + 1 or opened.hidden:
            return
        if any(child.type == "text" and child.content.strip() for child in inline.children or ()):
            opened.type, opened.tag = "figcaption_open", "figcaption"
            closed.type, closed.tag = "figcaption_close", "figcaption"
            block.caption = inline

    def _lay_out(self, block: _Open) -> None:
        """Put what a container holds into a grid, where it says how many stand in a row."""
        columns = LAYOUT.of(block.token)
        columns = -(block.figures // columns) if columns < 0 else columns
        if not columns:
            return
        before, behind = layout_tokens(columns, block.token.level + 1)
        end = len(self.tokens) - (3 if block.caption is not None else 0)
        self.tokens[end:end] = [behind]
        self.tokens[block.start + 1 : block.start + 1] = [before]

    def _code(self, fence: Token) -> None:
        """Take a code block: one with a label and a caption, or a label of code, becomes a figure."""
        label, words = str(fence.attrs.get("id", "")), CAPTION.of(fence)
        if not label or (float_of(label) != "listing" and LABEL.of(fence) != label):
            fence.info += ' title="' + words.replace('"', "'") + '"' if words else ""
            self.tokens.append(fence)
            return
        opened = Token("figure_open", "figure", 1, {"class": "listing", "id": label}, map=fence.map, level=fence.level)
        closed = Token("figure_close", "figure", -1, level=fence.level, block=True)
        opened.block = True
        LABEL.set(opened, label)
        del fence.attrs["id"]
        ANCHOR.set(fence, "")
        block = _Open(len(self.tokens), opened, "listing")
        self.tokens.append(opened)
        children: list[Token] = []
        self.state.md.inline.parse(words, self.state.md, self.state.env, children)
        caption = _caption_tokens(children, fence, "figcaption", words)
        block.caption = caption[1]
        self.tokens += [*caption, fence]
        self._close(block, closed)

    def _heading(self, block: _Open) -> None:
        """Take a heading: its labels are its id and those of LaTeX in it."""
        inline = self.tokens[-2]
        block.caption = inline
        labels = self._labels(block)
        block.caption = None
        if labels and (kept := self._claim(block.token, labels)):
            number = SECTION.of(block.token)
            text = numbered_words("section", number, self.languages) if number else ""
            LABELLED.set(block.token, Labelled(str(block.token.attrs["id"]), number, kept, text))


def _box(token: Token) -> str:
    """Return the id of a labelled callout or algorithm, or a line of one."""
    labelled = LABELLED.of(token)
    return labelled.anchor if labelled else ANCHOR.of(token) if token.type == "callout_open" else ""


def _letter(number: int) -> str:
    """Return the letter of a part, counted from 0; numbers behind the last one."""
    return _LETTERS[number] if number < len(_LETTERS) else str(number + 1)


def _caption_tokens(children: Iterable[Token], block: Token, tag: str, content: str = "") -> list[Token]:
    """Return a caption for a block."""
    level, lines = block.level + 1, block.map
    return [
        Token(f"{tag}_open", tag, 1, map=lines, block=True, level=level),
        Token("inline", "", 0, children=list(children), content=content, map=lines, block=True, level=level + 1),
        Token(f"{tag}_close", tag, -1, block=True, level=level),
    ]
