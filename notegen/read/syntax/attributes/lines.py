"""kramdown's attribute lines: `{: .class #id}` alone on a line, for the block right above it, else right below it.

`{:toc}` drops the list it marks, and `{::options … /}` leaves nothing behind. A line below a code block may name its
language (`.language-python`) and its title (`file="x.py"`), as the theme Chirpy has it.

Source: kramdown syntax, "Block Inline Attribute Lists" and "Extensions".
"""

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from notegen.read.syntax.attributes.list import ATTRIBUTE_LIST, AttributeList, apply_attributes, read_attributes
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.token_data import ANCHOR, LABEL, TokenField
from notegen.text.patterns import lazy_regex

LINE = "attribute_line"
TARGET = "(label)="  # markup of the line of a target of MyST, which is a label
_OPTIONS = lazy_regex(r"\{::options [^{}]*/\}[ \t]*|\{:/\}[ \t]*")
_LANGUAGE = "language-"
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})
# Of lines: they are for the block below them, because a blank line stands above or because it is of another syntax.
FOR_BELOW: TokenField[bool] = TokenField("for_below", default=False)


def attribute_line(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Read a line that is nothing but kramdown attributes, or one of its option lines, which is dropped."""
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if not state.src.startswith("{:", start) or state.is_code_block(start_line):
        return False
    dropped = _OPTIONS.fullmatch(state.src, start, end) is not None
    attributes = None if dropped else read_attributes(state.src[start:end], 0, kramdown=True)
    if not dropped and (attributes is None or state.src[start + attributes.end : end].strip()):
        return False
    if silent:
        return True
    if attributes is not None:
        token = state.push(LINE, "", 0)
        after_blank = start_line == 0 or state.isEmpty(start_line - 1)
        token.map = [start_line, start_line + 1]
        ATTRIBUTE_LIST.set(token, attributes)
        FOR_BELOW.set(token, after_blank)
    state.line = start_line + 1
    return True


class LineResolver:
    """Walks once over block tokens, gives the attributes of each line to its block and leaves the line out."""

    def __init__(self) -> None:
        self.kept: list[Token] = []
        self._opened: list[int] = []  # indexes in `kept` of the blocks that are open
        self._last: int | None = None  # index in `kept` of the sibling block before
        self._waiting: Token | None = None  # a line without a block above it
        self._dropped: Token | None = None  # a list that is read to its end before it goes

    def add(self, token: Token) -> None:
        """Take the next block token."""
        if token.type == LINE:
            self._line(token)
            return
        self._give_waiting(token)
        if token.nesting > 0:
            self._opened.append(len(self.kept))
            self._last = None
        elif token.nesting < 0:
            self._last = self._opened.pop()
        elif token.type != "inline":
            self._last = len(self.kept)
        self.kept.append(token)
        if token.nesting < 0 and self._last is not None and self.kept[self._last] is self._dropped:
            self._drop_last()

    def _line(self, line: Token) -> None:
        if self._last is None or FOR_BELOW.of(line):
            self._waiting = line
        elif _give(self.kept[self._last], line):
            self._drop_last()

    def _give_waiting(self, token: Token) -> None:
        line, self._waiting = self._waiting, None
        if line is None or token.nesting < 0 or not line.map or not token.map or line.map[1] != token.map[0]:
            return
        if _give(token, line):
            self._dropped = token

    def _drop_last(self) -> None:
        del self.kept[self._last :]
        self._last = None


def _give(block: Token, line: Token) -> bool:
    """Give a block its attributes. Return True for a list that only stands for a contents list."""
    attributes = ATTRIBUTE_LIST.of(line)
    if "toc" in attributes.words and block.type in _LISTS:
        return True
    if block.type in {"fence", "code_block"}:
        attributes = _code(block, attributes)
    apply_attributes(block, attributes)
    if line.markup == TARGET:
        LABEL.set(block, attributes.id)
    if block.type == "heading_open":
        ANCHOR.set(block, "")  # headings make their ids unique later
    return False


def _code(block: Token, attributes: AttributeList) -> AttributeList:
    """Put language and title into the info string, where the highlighter reads them; return what is left."""
    languages = [name for name in attributes.classes if name.startswith(_LANGUAGE)]
    if languages and not block.info.strip():
        block.type, block.tag, block.info = "fence", "code", languages[0].removeprefix(_LANGUAGE)
    title = attributes.values.get("file") or attributes.values.get("title")
    if title and block.type == "fence":
        title = title.replace('"', "'")
        block.info = f'{block.info or "text"} title="{title}"'
    return AttributeList(id=attributes.id)


ATTRIBUTE_LINE = Rule("block", "attribute_line", attribute_line, starts="{", before="fence", interrupts=BLOCKS)
