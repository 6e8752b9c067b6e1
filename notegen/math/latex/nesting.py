r"""How deep a formula nests, counted the way a recursive parser meets it: groups, environments, `\hat\hat\hat`."""

from collections.abc import Iterable

from notegen.math.latex.commands import ARITY, SWITCHES
from notegen.math.latex.tokens import Token

# math-core recurses about once per open frame; 400 frames overflowed a thread stack of 512 KiB, 200 did not.
LIMIT = 200
# A polyfill may make three frames of one, and looks for the ends of those that it meets.
POLYFILL_LIMIT = LIMIT // 3
# KaTeX, on the small stack of its JavaScript engine, follows 40 frames of any kind, not always 60.
KATEX_LIMIT = 30

_GROUP, _BRACKET, _SWITCH, _TABLE = 0, -1, -2, -3
_OPENERS = {"{": _GROUP, r"\left": _GROUP, r"\bgroup": _GROUP, r"\begingroup": _GROUP, r"\begin": _TABLE}
_GROUPS = frozenset({_GROUP, _BRACKET, _TABLE})
_NOTED = frozenset("{}_^&[]")  # other single characters matter as arguments only
_CLOSERS = frozenset({"}", r"\right", r"\end", r"\egroup", r"\endgroup"})


class Nesting:
    """A pushdown automaton fed token by token. A positive frame is a command that waits for that many arguments."""

    def __init__(self) -> None:
        self._frames: list[int] = []
        self._previous = ""
        self.deepest = 0

    @property
    def expects_argument(self) -> bool:
        """True when the next token is an argument of a command, `_` or `^`."""
        return bool(self._frames) and self._frames[-1] > 0

    def feed(self, text: str) -> None:
        """Take the text of the next token."""
        if text.isspace():
            return
        if text[0] == "\\" or text in _NOTED or self.expects_argument:
            self._take(text)
            self.deepest = max(self.deepest, len(self._frames))
        self._previous = text

    def _take(self, text: str) -> None:
        """Take a token that opens, closes or completes something."""
        name = text.partition("{")[0] or text  # \begin{align} may be one token
        if name in _OPENERS:
            self._frames.append(_OPENERS[name])
        elif name in _CLOSERS:
            self._close()
        elif text in {"_", "^"}:
            self._frames.append(1)
        elif text in ARITY or text in SWITCHES:
            self._command(text)
        elif text == "&" and self._innermost() == _TABLE:
            self._end_cell()
        elif text == "[" and self._previous in ARITY:
            self._frames.append(_BRACKET)
        elif text == "]" and self._innermost() == _BRACKET:
            self._end_cell()
            self._frames.pop()
        elif text != "*" or self._previous not in ARITY:
            self._complete()

    def _command(self, text: str) -> None:
        if text in SWITCHES:
            self._frames.append(_SWITCH)
        if text in ARITY or text == r"\color":
            self._frames.append(ARITY.get(text, 1))

    def _innermost(self) -> int:
        """Return the kind of the innermost group, bracket or table."""
        return next((frame for frame in reversed(self._frames) if frame in _GROUPS), _SWITCH)

    def _end_cell(self) -> None:
        r"""`&` ends what `\displaystyle` and the like began in its cell."""
        while self._frames[-1] not in _GROUPS:
            self._frames.pop()

    def _close(self) -> None:
        while self._frames and self._frames.pop() not in {_GROUP, _TABLE}:
            pass
        self._complete()

    def _complete(self) -> None:
        """One argument is complete; commands that have all of theirs are complete arguments themselves."""
        while self._frames and self._frames[-1] > 0:
            self._frames[-1] -= 1
            if self._frames[-1]:
                return
            self._frames.pop()


def too_deep(tokens: Iterable[Token], limit: int = LIMIT) -> bool:
    """True when parsing `tokens` could overflow the stack of an engine."""
    nesting = Nesting()
    for token in tokens:
        nesting.feed(token.text)
        if nesting.deepest > limit:
            return True
    return False


def surely_shallow(latex: str) -> bool:
    """True when `latex` has too few openers of any kind to nest beyond the limit: a quick test for most formulas."""
    return len(latex) <= LIMIT or sum(map(latex.count, "\\{_^[")) <= LIMIT
