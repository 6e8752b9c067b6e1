r"""Pygments' lexers, hastened: the rules of a lexer's state tried as one regular expression instead of one by one.

A RegexLexer tries the rules of its state in order, some forty calls of `re.match` for each token. An alternation
`(rule 1)|(rule 2)|…` tries them in the same order in one call, and `lastindex` tells which one matched. The tokens are
the same; the time is about half.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_GLOBAL_FLAGS = re.compile(r"\(\?[aiLmsux]+\)")
_LETTERS = {re.ASCII: "a", re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s"}
# References to groups would point elsewhere; a comment would hide the parenthesis behind it.
_ALONE = re.compile(r"\\[1-9]|\(\?P|\(\?\(")

Match = Callable[[str, int], "re.Match[str] | None"]
Rule = tuple[Match, Any, Any]  # match, action, next state
Token = tuple[int, Any, str]  # offset, type, text


def hasten(lexer: "Lexer") -> None:
    """Make a lexer quicker where it works in the way that RegexLexer does; leave any other as it is."""
    from pygments.lexer import RegexLexer

    if type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed:
        lexer.get_tokens_unprocessed = _Rules(lexer).tokens  # type: ignore[method-assign]


class _Rules:
    """The rules of one lexer, joined state by state when first needed."""

    def __init__(self, lexer: Any) -> None:
        self._lexer = lexer
        self._rules: Mapping[str, Sequence[Rule]] = lexer._tokens  # noqa: SLF001 (what its metaclass prepared)
        self._joined: dict[str, list[tuple[Match, dict[int, Rule] | None, Rule]]] = {}

    def tokens(self, text: str, stack: Sequence[str] = ("root",)) -> Iterator[Token]:
        """Yield the tokens of `text`, as RegexLexer.get_tokens_unprocessed does."""
        from pygments.token import Error, Whitespace, _TokenType

        states, at = list(stack), 0
        current = self._state(states[-1])
        while True:
            for match, table, rule in current:
                found = match(text, at)
                if found:
                    own, action, following = rule if table is None else table[found.lastindex or 0]
                    if type(action) is _TokenType:
                        yield at, action, found[0]
                    elif action is not None:
                        yield from action(self._lexer, found if table is None else own(text, at))
                    at = found.end()
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

    def _state(self, name: str) -> list[tuple[Match, dict[int, Rule] | None, Rule]]:
        joined = self._joined.get(name)
        if joined is None:
            joined = self._joined[name] = list(_join(self._rules[name]))
        return joined


def _move(states: list[str], following: Any) -> None:
    """Go where a rule leads: -n pops n states, the first one always stays."""
    for step in following if isinstance(following, tuple) else (following,):
        if isinstance(step, int):
            del states[max(1, len(states) + step) :]
        elif step == "#pop":
            del states[max(1, len(states) - 1) :]
        else:
            states.append(states[-1] if step == "#push" else step)


def _join(rules: Sequence[Rule]) -> Iterator[tuple[Match, dict[int, Rule] | None, Rule]]:
    """Yield (match, rules by group, first rule), or (match, None, rule) for a rule that must stand alone."""
    run: list[Rule] = []
    for rule in rules:
        pattern = _pattern(rule)
        if pattern.flags & re.VERBOSE or _ALONE.search(pattern.pattern):
            yield from _alternation(run)
            run = []
            yield rule[0], None, rule
        else:
            run.append(rule)
    yield from _alternation(run)


def _alternation(rules: Sequence[Rule]) -> Iterator[tuple[Match, dict[int, Rule] | None, Rule]]:
    if len(rules) == 1:
        yield rules[0][0], None, rules[0]
    elif rules:
        table: dict[int, Rule] = {}
        parts, group = [], 1
        for rule in rules:
            table[group] = rule
            pattern = _pattern(rule)
            parts.append(f"({_scoped(pattern)})")
            group += 1 + pattern.groups
        yield re.compile("|".join(parts)).match, table, rules[0]


def _pattern(rule: Rule) -> "re.Pattern[str]":
    pattern: re.Pattern[str] = getattr(rule[0], "__self__")  # noqa: B009 (mypy knows no bound methods of C)
    return pattern


def _scoped(pattern: "re.Pattern[str]") -> str:
    """Return a regular expression's text with its flags holding inside it only."""
    head = _GLOBAL_FLAGS.match(pattern.pattern)
    text = pattern.pattern[head.end() :] if head else pattern.pattern
    letters = "".join(letter for flag, letter in _LETTERS.items() if pattern.flags & flag)
    return f"(?{letters}:{text})" if letters else f"(?:{text})"
