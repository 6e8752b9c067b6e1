"""Pygments' lexers with a look at the next character: only those rules of a state are tried that can begin with it.

A RegexLexer tries the rules of its state in order, some forty calls of `re.match` for each token. The next character
alone rules out most of them, and what is left is the same few for each place with that character. Which characters a
pattern can begin with is read from its parsed form: "no" is always right, whatever is not understood is a "yes".

Gain: 5.6 % of the processor time of a cold build of 1,000 notes; half of that is the index for search.
Equality: `tests/read/code/test_fast_lexer.py`. Off with NOTEGEN_PLAIN=1. It uses `RegexLexer._tokens`, and Python's
`re._parser`: where that is missing, all rules are tried.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pygments.lexer import Lexer

Match = Callable[[str, int], "re.Match[str] | None"]
Rule = tuple[Match, Any, Any]  # match, action, next state
Token = tuple[int, Any, str]  # offset, type, text
Tree = Iterable[tuple[Any, Any]]

# Sets of ASCII characters are whole numbers with a bit for each code point.
_ALL = (1 << 128) - 1
_UPPER, _LOWER = (
    sum(1 << ord(letter) for letter in letters)
    for letters in ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
)
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_WIDTHLESS = frozenset({"AT", "ASSERT", "ASSERT_NOT"})


def add_lookahead(lexer: "Lexer") -> None:
    """Let a lexer look at the next character where it works as RegexLexer does; leave any other as it is."""
    from pygments.lexer import RegexLexer

    if type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed:
        lexer.get_tokens_unprocessed = _Rules(lexer).tokens  # type: ignore[method-assign]


class _Rules:
    """The rules of one lexer, chosen by state and character when first needed."""

    def __init__(self, lexer: Any) -> None:
        self._lexer = lexer
        self._states: dict[str, _State] = {}

    def tokens(self, text: str, stack: Sequence[str] = ("root",)) -> Iterator[Token]:
        """Yield the tokens of `text`, as RegexLexer.get_tokens_unprocessed does."""
        from pygments.token import Error, Whitespace, _TokenType

        states, at = list(stack), 0
        current = self._state(states[-1])
        while True:
            for match, action, following in current[text[at : at + 1]]:
                matched = match(text, at)
                if matched:
                    if type(action) is _TokenType:
                        yield at, action, matched[0]
                    elif action is not None:
                        yield from action(self._lexer, matched)
                    at = matched.end()
                    if following is not None:
                        _move(states, following)
                        current = self._state(states[-1])
                    break
            else:
                if at >= len(text):
                    return
                if text[at] == "\n":  # no rule wants it: the line's end ends whatever was open
                    states = ["root"]
                    current = self._state("root")
                yield at, Whitespace if text[at] == "\n" else Error, text[at]
                at += 1

    def _state(self, name: str) -> "_State":
        state = self._states.get(name)
        if state is None:
            rules = self._lexer._tokens[name]  # noqa: SLF001 (what its metaclass prepared)
            state = self._states[name] = _State(rules)
        return state


class _State(dict[str, Sequence[Rule]]):
    """The rules of a state that can begin with a character ("" at the end of the text), found when first asked for."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self._rules = rules
        self._first = [first_of(_pattern(rule)) for rule in rules]

    def __missing__(self, character: str) -> Sequence[Rule]:
        if not ((character.isascii() and character.isprintable()) or character in {"\t", "\n"}):  # too many to keep
            return self._rules
        rules = [rule for rule, first in zip(self._rules, self._first, strict=True) if first.may(character)]
        self[character] = rules
        return rules


def _move(states: list[str], following: Any) -> None:
    """Go where a rule leads: -n pops n states, the first one always stays."""
    for step in following if isinstance(following, tuple) else (following,):
        if isinstance(step, int):
            del states[max(1, len(states) + step) :]
        elif step == "#pop":
            del states[max(1, len(states) - 1) :]
        else:
            states.append(states[-1] if step == "#push" else step)


def _pattern(rule: Rule) -> "re.Pattern[str]":
    pattern: re.Pattern[str] = getattr(rule[0], "__self__")  # noqa: B009 (mypy knows no bound methods of C)
    return pattern


class First(NamedTuple):
    """What a match can begin with: a set of ASCII characters, and whether it can be empty."""

    characters: int
    empty: bool

    def may(self, character: str) -> bool:
        """Return whether a match can begin with this ASCII character, or be empty; for "", whether it can be empty."""
        return self.empty or bool(character and self.characters >> ord(character) & 1)


def first_of(pattern: "re.Pattern[str]") -> First:
    """Return what a match of a compiled pattern can begin with. Upper and lower case are not told apart."""
    try:
        parser = import_module("re._parser")
    except ImportError:
        return First(_ALL, empty=True)
    return _sequence(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def _sequence(tree: Tree) -> First:
    characters = 0
    for code, argument in tree:
        part = _part(str(code), argument)
        characters |= part.characters
        if not part.empty:
            return First(characters, empty=False)
    return First(characters, empty=True)


def _part(code: str, argument: Any) -> First:
    if code in _WIDTHLESS:
        return First(0, empty=True)
    if code in {"LITERAL", "IN"}:
        return First(_folded(_in_set(argument if code == "IN" else [(code, argument)])), empty=False)
    if code in {"SUBPATTERN", "ATOMIC_GROUP"}:
        return _sequence(argument[-1] if code == "SUBPATTERN" else argument)
    if code == "BRANCH":
        branches = [_sequence(branch) for branch in argument[1]]
        return First(_union(item.characters for item in branches), any(item.empty for item in branches))
    if code in _REPEATS:
        repeated = _sequence(argument[2])
        return First(repeated.characters, repeated.empty or argument[0] == 0)
    return First(_ALL, code not in {"NOT_LITERAL", "ANY"})


def _in_set(items: Tree) -> int:
    characters, negated = 0, False
    for code, argument in items:
        name = str(code)
        if name == "NEGATE":
            negated = True
        elif name in {"LITERAL", "RANGE"}:
            characters |= _range(*argument) if name == "RANGE" else _range(argument, argument)
        else:
            kind = str(argument).removeprefix("CATEGORY_").removeprefix("UNI_")
            category = _CATEGORIES.get(kind.removeprefix("NOT_"))
            if category is None:
                return _ALL
            characters |= _ALL ^ category if kind.startswith("NOT_") else category
    return _ALL ^ characters if negated else characters


def _range(low: int, high: int) -> int:
    """Return the ASCII characters from one code point to another, both included."""
    return (_ALL >> (127 - min(high, 127))) & (_ALL << low) if low <= 127 else 0  # noqa: PLR2004 (the last of ASCII)


def _folded(characters: int) -> int:
    """Return the characters with the same letters in the other case, since a part may ignore it."""
    return characters | (characters & _UPPER) << 32 | (characters & _LOWER) >> 32


def _union(sets: Iterable[int]) -> int:
    union = 0
    for characters in sets:
        union |= characters
    return union


def _where(test: Callable[[str], bool]) -> int:
    return sum(1 << code for code in range(128) if test(chr(code)))


_CATEGORIES = {
    "DIGIT": _where(str.isdecimal),
    "SPACE": _where(str.isspace),
    "WORD": _where(lambda character: character.isalnum() or character == "_"),
}
