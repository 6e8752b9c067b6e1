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

    def takes(self, code: int) -> bool:
        """Return whether it takes a code point."""
        return self._accepts(code)


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


class _Run:
    """A text, and the steps counted so far while programs run over it."""

    def __init__(self, text: Text, end: int, limit: int) -> None:
        self.text = text
        self.end = end
        self.steps = 0
        self._limit = limit

    def take(self, steps: int) -> None:
        """Count steps that are known."""
        self.steps += steps
        if 0 < self._limit < self.steps:
            raise TooManyStepsError

    def execute(
        self, program: list[Instruction], start: int, registers: Registers, *, full: bool = False, empty: int = -1
    ) -> Registers | None:
        """Return the registers of a match from `start` on, its own span first; None without one.

        `full`: only up to the end of the text. `empty`: the start at which an empty match does not count.
        """
        thread = _Thread(self, program, start, registers)
        while True:
            self.steps += 1
            if 0 < self._limit < self.steps:
                raise TooManyStepsError
            instruction = program[thread.at]
            thread.at += 1
            if instruction[0] == "accept":
                fits = not (full and thread.position < self.end) and not start == thread.position == empty
                if fits:
                    return (start, thread.position, *thread.registers[2:])
            else:
                fits = _INSTRUCTIONS[instruction[0]](thread, instruction)
            if not fits and not thread.go_back():
                return None


class _Thread:
    """Where one program is in the text: the next instruction, the position, the registers, and where else to go on.

    A method for each instruction moves it on, and returns whether the text fits.
    """

    __slots__ = ("at", "choices", "position", "program", "registers", "run")

    def __init__(self, run: _Run, program: list[Instruction], position: int, registers: Registers) -> None:
        self.run = run
        self.program = program
        self.at = 0
        self.position = position
        self.registers = registers
        # An instruction, a position from which it may be moved on up to the last one by so many; registers.
        self.choices: list[tuple[int, int, int, int, Registers]] = []

    def go_back(self) -> bool:
        """Go on at the latest choice that there is; return whether there was one."""
        text = self.run.text
        while self.choices:
            self.run.steps += 1
            self.at, self.position, last, by, self.registers = self.choices.pop()
            if by <= 0 or self.program[self.at - 1][1][text[self.position - 1]]:  # a lazy run takes one more
                if self.position != last:
                    self.choices.append((self.at, self.position + by, last, by, self.registers))
                return True
        return False

    def one(self, instruction: Instruction) -> bool:
        """Take a character of a set."""
        accepts: CharacterSet = instruction[1]
        text, position = self.run.text, self.position
        self.position = position + 1
        return position < self.run.end and accepts[text[position]]

    def repeated(self, instruction: Instruction) -> bool:
        """Take characters of a set: as few as may be where its kind is "lazy", else as many."""
        _, accepts, kind, least, most = instruction
        text, end, position = self.run.text, self.run.end, self.position
        first: int = position + least
        last = min(position + most, end)
        stop = min(first if kind == "lazy" else last, end)
        while position < stop and accepts[text[position]]:
            position += 1
        self.run.steps += position - self.position
        self.position = position
        if kind == "lazy" and first <= position < last:
            self.choices.append((self.at, position + 1, last, 1, self.registers))
        elif kind == "greedy" and position > first:
            self.choices.append((self.at, position - 1, first, -1, self.registers))
        return position >= first

    def split(self, instruction: Instruction) -> bool:
        """Go on at an instruction, and keep another one as a choice."""
        self.choices.append((self.at - 1 + instruction[2], self.position, self.position, 0, self.registers))
        self.at += instruction[1] - 1
        return True

    def jump(self, instruction: Instruction) -> bool:
        """Go on at another instruction."""
        self.at += instruction[1] - 1
        return True

    def save(self, instruction: Instruction) -> bool:
        """Keep the position."""
        self.registers = _replaced(self.registers, instruction[1], self.position)
        return True

    def loop(self, instruction: Instruction) -> bool:
        """Begin another round, unless the last one was empty."""
        if self.registers[instruction[1]] != self.position:
            self.at += instruction[2] - 1
        return True

    def place(self, instruction: Instruction) -> bool:
        """Ask for an edge of the text, of a line, of a word."""
        is_there: Place = instruction[1]
        return is_there(self.run.text, self.position, self.run.end)

    def atomic(self, instruction: Instruction) -> bool:
        """Take what a part of the pattern matches, without a way back into it."""
        inside = self.run.execute(instruction[1], self.position, self.registers)
        if inside is not None:
            self.position = inside[1]
            self._keep_groups(inside)
        return inside is not None

    def look(self, instruction: Instruction) -> bool:
        """Ask whether a part of the pattern matches here, or so many characters before."""
        _, program, back, expected = instruction
        start = self.position - back
        inside = self.run.execute(program, start, self.registers) if start >= 0 else None
        if inside is not None and expected:
            self._keep_groups(inside)
        return bool((inside is not None) == expected)

    def _keep_groups(self, inside: Registers) -> None:
        self.registers = (*self.registers[:2], *inside[2:])

    def reference(self, instruction: Instruction) -> bool:
        """Take what a group matched once more."""
        _, group, folded = instruction
        first, last = self.registers[2 * group : 2 * group + 2]
        text, start = self.run.text, self.position
        self.run.steps += max(0, last - first)
        self.position += last - first
        return last >= 0 and _same(text[first:last], text[start : min(self.run.end, self.position)], folded=folded)


_INSTRUCTIONS: dict[str, Callable[[_Thread, Instruction], bool]] = {
    "set": _Thread.one,
    "run": _Thread.repeated,
    "split": _Thread.split,
    "jump": _Thread.jump,
    "save": _Thread.save,
    "loop": _Thread.loop,
    "at": _Thread.place,
    "atomic": _Thread.atomic,
    "look": _Thread.look,
    "ref": _Thread.reference,
}


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
