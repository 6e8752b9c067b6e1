"""A backtracking matcher for Python's regular expressions that counts its steps.

Python's `re` has no hook that says how long it looked. This matcher reads the parsed form that `re` itself makes of a
pattern (`re._parser` of CPython, from 3.11 on) and tries the same alternatives in the same order, so that its number of
steps grows as the time of `re` does: a step is an instruction, a character of a repeated set, or a way back. `re` is
faster at some of these, by a factor; it leaves none out that would change the order of growth.
"""

import re
import sys
from importlib import import_module
from typing import Any

from scripts.pattern_sets import CharacterSet, place_test, set_test
from scripts.step_runs import Instruction, Run, Text

_PARSER: Any = import_module("re._parser")
_ENDLESS = int(_PARSER.MAXREPEAT)
_MOST_COPIES = 400  # of a repeated group that are written out
_REPEATS = {"MAX_REPEAT": "greedy", "MIN_REPEAT": "lazy", "POSSESSIVE_REPEAT": "possessive"}
Spans = tuple[tuple[int, int], ...]  # of the match and of each group; (-1, -1) for a group without one
SINGLE = frozenset({"LITERAL", "NOT_LITERAL", "ANY", "IN"})


class Machine:
    """A compiled pattern as a program. Raises NotImplementedError for what no pattern of ours has used so far."""

    def __init__(self, pattern: "re.Pattern[Any]") -> None:
        flags = pattern.flags if isinstance(pattern.pattern, bytes) else pattern.flags & ~re.UNICODE
        self.pattern = pattern
        self.tree = _PARSER.parse(pattern.pattern, flags)
        self.sets: dict[tuple[str, str], CharacterSet] = {}
        self._bounds: list[int] = []
        self._slots = 2 * (pattern.groups + 1)
        self._program = [*self._sequence(self.tree, pattern.flags), ("accept",)]
        self._first_sets, self._refusal = _beginning(self._program)
        self._begins = CharacterSet(lambda code: any(accepts.takes(code) for accepts in self._first_sets))

    def find(
        self, text: Text, mode: str, start: int = 0, end: int = sys.maxsize, *, limit: int = 0
    ) -> tuple[Spans | None, int]:
        """Return the spans of what `mode` ("match", "fullmatch" or "search") finds, or None, and the number of steps.

        From `start` on, as if the text ended at `end`. Raises TooManyStepsError beyond `limit` steps, if that is not 0.
        """
        run = Run(text, min(end, len(text)), limit)
        starts = range(start, run.end + 1 if mode == "search" else start + 1)
        return self._first(run, starts, full=mode == "fullmatch"), run.steps

    def find_all(self, text: Text, *, limit: int = 0) -> tuple[list[Spans], int]:
        """Return the spans of all matches, as `finditer` gives them, and the number of steps. Raises as `find` does."""
        run = Run(text, len(text), limit)
        spans_of_all: list[Spans] = []
        position, empty = 0, -1
        while spans := self._first(run, range(position, len(text) + 1), empty=empty):
            spans_of_all.append(spans)
            position = spans[0][1]
            empty = position if spans[0][0] == position else -1
        return spans_of_all, run.steps

    def _first(self, run: "Run", starts: range, *, full: bool = False, empty: int = -1) -> Spans | None:
        for start in starts:
            run.steps += 1
            if self._refusal and not (start < run.end and self._begins[run.text[start]]):
                run.take(self._refusal)
                continue
            registers = run.execute(self._program, start, (-1,) * self._slots, full=full, empty=empty)
            if registers is not None:
                return tuple(
                    (registers[2 * group], registers[2 * group + 1]) for group in range(self.pattern.groups + 1)
                )
        return None

    # --- from the parsed form to a program

    def _sequence(self, tree: Any, flags: int) -> list[Instruction]:
        return [instruction for code, argument in tree for instruction in self._part(str(code), argument, flags)]

    def _part(self, code: str, argument: Any, flags: int) -> list[Instruction]:  # noqa: PLR0911 (a return for each kind)
        if code in SINGLE:
            return [("set", self._set(code, argument, flags))]
        if code in _REPEATS:
            least, most, repeated = argument
            return self._repeat(_REPEATS[code], least, most, repeated, flags)
        if code == "BRANCH":
            return _branches([self._sequence(branch, flags) for branch in argument[1]])
        if code == "SUBPATTERN":
            group, more, less, tree = argument
            inside = self._sequence(tree, (flags | more) & ~less)
            return inside if group is None else [("save", 2 * group), *inside, ("save", 2 * group + 1)]
        if code == "ATOMIC_GROUP":
            return [("atomic", [*self._sequence(argument, flags), ("accept",)])]
        if code in {"ASSERT", "ASSERT_NOT"}:
            direction, tree = argument
            back = tree.getwidth()[0] if direction < 0 else 0
            return [("look", [*self._sequence(tree, flags), ("accept",)], back, code == "ASSERT")]
        if code == "AT":
            return [("at", place_test(str(argument), flags))]
        if code == "GROUPREF":
            return [("ref", argument, bool(flags & re.IGNORECASE))]
        raise NotImplementedError(code)

    def set_of(self, code: str, argument: Any) -> CharacterSet:
        """Return what a part of the parsed form that takes one character accepts."""
        return self.sets[code, str(argument)]

    def longest_bound(self, most: int) -> int:
        """Return the highest number of times up to `most` that a part of the pattern may be repeated; 0 for none."""
        return max((bound for bound in self._bounds if bound <= most), default=0)

    def _set(self, code: str, argument: Any, flags: int) -> CharacterSet:
        items = argument if code == "IN" else [(code, argument)]
        accepts = CharacterSet(set_test([(str(item), value) for item, value in items], flags))
        self.sets[code, str(argument)] = accepts
        return accepts

    def _repeat(self, kind: str, least: int, most: int, tree: Any, flags: int) -> list[Instruction]:
        self._bounds.append(most)
        if len(tree) == 1 and str(tree[0][0]) in SINGLE:
            return [("run", self._set(str(tree[0][0]), tree[0][1], flags), kind, least, most)]
        if kind == "possessive":
            return [("atomic", [*self._repeat("greedy", least, most, tree, flags), ("accept",)])]
        body = self._sequence(tree, flags)
        if least > _MOST_COPIES or _MOST_COPIES < most < _ENDLESS:
            raise NotImplementedError(f"a group repeated {most} times")
        optional: list[Instruction] = []
        if most == _ENDLESS:
            slot, self._slots = self._slots, self._slots + 1
            size = len(body) + 3
            optional = [_split(kind, size), ("save", slot), *body, ("loop", slot, 1 - size)]
        for _ in range(0 if most == _ENDLESS else most - least):
            optional = [_split(kind, len(body) + len(optional) + 1), *body, *optional]
        return [*body * least, *optional]


def _split(kind: str, size: int) -> Instruction:
    """Return the choice between the next instruction and that behind an optional part; greedy or lazy."""
    return ("split", 1, size) if kind == "greedy" else ("split", size, 1)


def _branches(branches: list[list[Instruction]]) -> list[Instruction]:
    program = branches[-1]
    for branch in reversed(branches[:-1]):
        program = [("split", 1, len(branch) + 2), *branch, ("jump", len(program) + 1), *program]
    return program


def _beginning(program: list[Instruction]) -> tuple[list[CharacterSet], int]:
    """Return the sets one of which has the first character of each match, and the steps that it takes if none has it.

    No steps where a match may begin otherwise: with an edge, a look around, nothing at all.
    """
    sets: list[CharacterSet] = []
    choices: list[int] = []
    at = steps = 0
    while True:
        kind, *needs = program[at]
        steps += 1
        if kind == "split":
            choices.append(at + needs[1])
        if kind in {"split", "jump"}:
            at += needs[0]
        elif kind == "save":
            at += 1
        elif kind == "set" or (kind == "run" and needs[2] > 0):
            sets.append(needs[0])
            if not choices:
                return sets, steps
            steps += 1  # back to a choice
            at = choices.pop()
        else:
            return [], 0
