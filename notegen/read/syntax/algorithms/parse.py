r"""The text of an algorithm to its lines: the vocabularies of algorithmic, algpseudocode and algorithm2e, as one.

A command such as `\If{…}` begins a line and a block. The block is in braces (algorithm2e), where one follows; else it
goes on to its `\EndIf`. Pure and linear in the text: what is open stands on stacks, nothing is read twice. Problems
have the codes algorithm-unclosed, algorithm-syntax, algorithm-unknown-command, math-unclosed.
"""

import re
from collections.abc import Iterator

from notegen.read.syntax.algorithms.statements import Statements
from notegen.read.syntax.algorithms.tree import Algorithm, Problem
from notegen.text.patterns import lazy_regex

EDGE = lazy_regex(r"\\(?P<edge>begin|end)\s?\{(?P<name>algorithm(?:2e)?\*?|algorithmic)\}")
_FLOAT = lazy_regex(r"(?:\[[^\[\]\n]{0,20}\])?")


def parse_algorithms(text: str, *, entities: bool = False) -> tuple[Algorithm, ...]:
    r"""Return the algorithms in a text, in order; a text without `\begin{algorithm}` is one.

    An `algorithmic` outside of an `algorithm` is one without a caption. `entities`: `&lt;` stands for `<`, as in HTML.
    """
    ranges = list(_ranges(text))
    if not ranges:
        return (_parse(text, 0, len(text), (), entities=entities),)
    return tuple(_parse(text, start, end, problems, entities=entities) for start, end, problems in ranges)


def _ranges(text: str) -> Iterator[tuple[int, int, tuple[Problem, ...]]]:
    r"""Yield where each outermost environment begins and ends, its own `\begin` and `\end` aside, and what is wrong."""
    opened: re.Match[str] | None = None
    for edge in EDGE.finditer(text):
        if opened is None:
            opened = edge if edge["edge"] == "begin" else None
        elif edge["edge"] == "end" and edge["name"] == opened["name"]:
            yield _inside(text, opened), edge.start(), ()
            opened = None
    if opened is not None:
        message = rf"\begin{{{opened['name']}}} is never closed"
        problem = Problem("algorithm-unclosed", message, opened.start(), len(opened[0]))
        yield _inside(text, opened), len(text), (problem,)


def _inside(text: str, opened: re.Match[str]) -> int:
    """Return where the inside of an environment begins; `algorithmic` reads its own option."""
    if opened["name"] == "algorithmic":
        return opened.start()
    option = _FLOAT.match(text, opened.end())
    return option.end() if option else opened.end()


def _parse(text: str, start: int, end: int, problems: tuple[Problem, ...], *, entities: bool) -> Algorithm:
    statements = Statements(text, start, end, entities=entities)
    statements.read()
    drafts = [draft for draft in statements.lines if not draft.is_empty or draft.labels]
    caption = None if statements.caption is None else statements.caption.line().pieces
    return Algorithm(
        caption, tuple(statements.labels), tuple(draft.line() for draft in drafts), (*problems, *statements.problems)
    )
