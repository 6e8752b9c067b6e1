"""Pygments' lexers, hastened: of the rules of a lexer's state only those are tried that can begin where it stands.

A RegexLexer tries the rules of its state in order, some forty calls of `re.match` for each token. The next character
alone rules out most of them (see `code_first`), and what is left is the same few for each place with that character.
The tokens are the same; the time is about a third.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from notegen.read.code.first_characters import first_of

if TYPE_CHECKING:
    from pygments.lexer import Lexer

Match = Callable[[str, int], "re.Match[str] | None"]
Rule = tuple[Match, Any, Any]  # match, action, next state
Token = tuple[int, Any, str]  # offset, type, text


def hasten(lexer: "Lexer") -> None:
    """Make a lexer quicker where it works in the way that RegexLexer does; leave any other as it is."""
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
                found = match(text, at)
                if found:
                    if type(action) is _TokenType:
                        yield at, action, found[0]
                    elif action is not None:
                        yield from action(self._lexer, found)
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
