"""A backtracking matcher for Python's regular expressions that counts its steps.

Python's `re` has no hook that says how long it looked. This matcher reads the parsed form that `re` itself makes of a
pattern (`re._parser` of CPython, from 3.11 on) and tries the same alternatives in the same order, so that its number of
steps grows as the time of `re` does: a step is an instruction, a character of a repeated set, or a way back. `re` is
faster at some of these, by a factor; it leaves none out that would change the order of growth.
"""

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

_PARSER: Any = import_module("re._parser")
_NEWLINES = frozenset({"\n", ord("\n")})
_ENDLESS = int(_PARSER.MAXREPEAT)
_MOST_COPIES = 400  # of a repeated group that are written out
_REPEATS = {"MAX_REPEAT": "greedy", "MIN_REPEAT": "lazy", "POSSESSIVE_REPEAT": "possessive"}
SINGLE = frozenset({"LITERAL", "NOT_LITERAL", "ANY", "IN"})

Text = str | bytes
Accepts = Callable[[int], bool]  # whether a set has a code point
Place = Callable[[Any, int, int], bool]  # whether a text has, at a position, what a pattern asks for; with its end
Registers = tuple[int, ...]  # starts and ends of groups, then starts of rounds of loops
Instruction = tuple[Any, ...]  # its name and what it needs; jumps are relative
Spans = tuple[tuple[int, int], ...]  # of the match and of each group; (-1, -1) for a group without one


class TooManyStepsError(Exception):
    """The limit of steps was reached."""


class CharacterSet(dict[str | int, bool]):
    """Whether a part of a pattern takes a character (of bytes, a number); worked out when first asked for."""

    def __init__(self, accepts: Accepts) -> None:
        super().__init__()
        self._accepts = accepts

    def __missing__(self, character: str | int) -> bool:
        self[character] = answer = self._accepts(_code(character))
        return answer


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

    def find(
        self, text: Text, mode: str, start: int = 0, end: int = sys.maxsize, *, limit: int = 0
    ) -> tuple[Spans | None, int]:
        """Return the spans of what `mode` ("match", "fullmatch" or "search") finds, or None, and the number of steps.

        From `start` on, as if the text ended at `end`. Raises TooManyStepsError beyond `limit` steps, if that is not 0.
        """
        run = _Run(text, min(end, len(text)), limit)
        starts = range(start, run.end + 1 if mode == "search" else start + 1)
        return self._first(run, starts, full=mode == "fullmatch"), run.steps

    def find_all(self, text: Text, *, limit: int = 0) -> tuple[list[Spans], int]:
        """Return the spans of all matches, as `finditer` gives them, and the number of steps. Raises as `find` does."""
        run = _Run(text, len(text), limit)
        spans_of_all: list[Spans] = []
        position, empty = 0, -1
        while spans := self._first(run, range(position, len(text) + 1), empty=empty):
            spans_of_all.append(spans)
            position = spans[0][1]
            empty = position if spans[0][0] == position else -1
        return spans_of_all, run.steps

    def _first(self, run: "_Run", starts: range, *, full: bool = False, empty: int = -1) -> Spans | None:
        for start in starts:
            run.steps += 1
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
            return [("at", _place(str(argument), flags))]
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
        accepts = CharacterSet(_accepts([(str(item), value) for item, value in items], flags))
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


class _Run:
    """A text, and the steps counted so far while programs run over it."""

    def __init__(self, text: Text, end: int, limit: int) -> None:
        self.text = text
        self.end = end
        self.steps = 0
        self._limit = limit

    def execute(  # noqa: C901, PLR0912, PLR0915 (one loop with a branch for each instruction)
        self, program: list[Instruction], start: int, registers: Registers, *, full: bool = False, empty: int = -1
    ) -> Registers | None:
        """Return the registers of a match from `start` on, its own span first; None without one.

        `full`: only up to the end of the text. `empty`: the start at which an empty match does not count.
        """
        text, end = self.text, self.end
        at, position = 0, start
        # Where else to go on: at an instruction, from a position up to the last one by so many; registers.
        choices: list[tuple[int, int, int, int, Registers]] = []
        while True:
            self.steps += 1
            if 0 < self._limit < self.steps:
                raise TooManyStepsError
            instruction = program[at]
            name = instruction[0]
            at += 1
            fits = True
            if name == "set":
                fits = position < end and instruction[1][text[position]]
                position += 1
            elif name == "run":
                _, accepts, kind, least, most = instruction
                first, last = position + least, min(position + most, end)
                stop = first if kind == "lazy" else last
                while position < min(stop, end) and accepts[text[position]]:
                    position += 1
                    self.steps += 1
                fits = position >= first
                if fits and kind == "lazy" and position < last:
                    choices.append((at, position + 1, last, 1, registers))
                elif fits and kind == "greedy" and position > first:
                    choices.append((at, position - 1, first, -1, registers))
            elif name == "split":
                choices.append((at - 1 + instruction[2], position, position, 0, registers))
                at += instruction[1] - 1
            elif name == "jump":
                at += instruction[1] - 1
            elif name == "save":
                registers = _replaced(registers, instruction[1], position)
            elif name == "loop":
                if registers[instruction[1]] != position:  # an empty round is the last one
                    at += instruction[2] - 1
            elif name == "at":
                fits = instruction[1](text, position, end)
            elif name == "atomic":
                inside = self.execute(instruction[1], position, registers)
                fits = inside is not None
                if inside is not None:
                    position, registers = inside[1], _replaced(_replaced(inside, 0, registers[0]), 1, registers[1])
            elif name == "look":
                _, inner, back, expected = instruction
                inside = self.execute(inner, position - back, registers) if position >= back else None
                fits = (inside is not None) == expected
                if inside is not None and expected:
                    registers = _replaced(_replaced(inside, 0, registers[0]), 1, registers[1])
            elif name == "ref":
                _, group, folded = instruction
                first, last = registers[2 * group : 2 * group + 2]
                self.steps += max(0, last - first)
                fits = last >= 0 and _same(
                    text[first:last], text[position : min(end, position + last - first)], folded=folded
                )
                position += last - first
            else:
                fits = not (full and position < end) and not start == position == empty
                if fits:
                    return (start, position, *registers[2:])
            while not fits:
                if not choices:
                    return None
                self.steps += 1
                at, position, last, by, registers = choices.pop()
                fits = by <= 0 or program[at - 1][1][text[position - 1]]  # a lazy run takes one more
                if fits and position != last:
                    choices.append((at, position + by, last, by, registers))


def _replaced(registers: Registers, index: int, value: int) -> Registers:
    return (*registers[:index], value, *registers[index + 1 :])


def _same(left: Text, right: Text, *, folded: bool) -> bool:
    return left.lower() == right.lower() if folded else left == right


def _code(character: str | int) -> int:
    return ord(character) if isinstance(character, str) else character


# --- what sets and places accept


def _accepts(items: list[tuple[str, Any]], flags: int) -> Accepts:
    """Return the test whether one character is in a set, by its code point."""
    negated = items[0][0] in {"NEGATE", "NOT_LITERAL"}
    tests = [_item(code, argument, flags) for code, argument in items if code != "NEGATE"]
    folds = bool(flags & re.IGNORECASE)

    def accepts(code: int) -> bool:
        return any(test(form) for form in (_forms(code) if folds else (code,)) for test in tests) != negated

    return accepts


def _forms(code: int) -> Iterator[int]:
    character = chr(code)
    for form in (character, character.lower(), character.upper()):
        if len(form) == 1:
            yield ord(form)


def _item(code: str, argument: Any, flags: int) -> Accepts:
    if code in {"LITERAL", "NOT_LITERAL"}:
        return lambda character: character == argument
    if code == "RANGE":
        return lambda character: argument[0] <= character <= argument[1]
    if code == "ANY":
        return lambda character: bool(flags & re.DOTALL) or character != ord("\n")
    return _category(str(argument).removeprefix("CATEGORY_"), unicode=bool(flags & re.UNICODE))


def _category(name: str, *, unicode: bool) -> Accepts:
    kind = name.removeprefix("NOT_")
    tests: dict[str, Callable[[str], bool]] = {
        "DIGIT": str.isdecimal,
        "SPACE": str.isspace,
        "WORD": lambda character: character.isalnum() or character == "_",
    }
    test, negated = tests[kind], kind != name
    if unicode:
        return lambda character: test(chr(character)) != negated
    space = frozenset(b" \t\n\r\f\v")
    return lambda character: (
        (character in space if kind == "SPACE" else chr(character).isascii() and test(chr(character))) != negated
    )


def _place(name: str, flags: int) -> Place:
    """Return the test whether a position of a text is the start, the end, or an edge of a word."""
    word = _category("WORD", unicode=bool(flags & re.UNICODE))
    if name == "AT_BEGINNING_STRING" or (name == "AT_BEGINNING" and not flags & re.MULTILINE):
        return lambda _text, at, _end: at == 0
    if name == "AT_BEGINNING":
        return lambda text, at, _end: at == 0 or text[at - 1] in _NEWLINES
    if name == "AT_END_STRING":
        return lambda _text, at, end: at == end
    if name == "AT_END":
        lines = bool(flags & re.MULTILINE)
        return lambda text, at, end: at == end or (text[at] in _NEWLINES and (lines or at + 1 == end))
    if name in {"AT_BOUNDARY", "AT_NON_BOUNDARY"}:
        return lambda text, at, end: (
            ((at > 0 and word(_code(text[at - 1]))) != (at < end and word(_code(text[at])))) == (name == "AT_BOUNDARY")
        )
    raise NotImplementedError(name)
