"""A program that a pattern was compiled to, run over a text: each instruction, way back and repetition is a step."""

from collections.abc import Callable
from typing import Any

from scripts.pattern_sets import CharacterSet, Place

Text = str | bytes
Registers = tuple[int, ...]  # starts and ends of groups, then starts of rounds of loops
Instruction = tuple[Any, ...]  # its name and what it needs; jumps are relative


class TooManyStepsError(Exception):
    """The limit of steps was reached."""


class Run:
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
        thread = Thread(self, program, start, registers)
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


class Thread:
    """Where one program is in the text: the next instruction, the position, the registers, and where else to go on.

    A method for each instruction moves it on, and returns whether the text fits.
    """

    __slots__ = ("at", "choices", "position", "program", "registers", "run")

    def __init__(self, run: Run, program: list[Instruction], position: int, registers: Registers) -> None:
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


_INSTRUCTIONS: dict[str, Callable[[Thread, Instruction], bool]] = {
    "set": Thread.one,
    "run": Thread.repeated,
    "split": Thread.split,
    "jump": Thread.jump,
    "save": Thread.save,
    "loop": Thread.loop,
    "at": Thread.place,
    "atomic": Thread.atomic,
    "look": Thread.look,
    "ref": Thread.reference,
}


def _replaced(registers: Registers, index: int, value: int) -> Registers:
    return (*registers[:index], value, *registers[index + 1 :])


def _same(left: Text, right: Text, *, folded: bool) -> bool:
    return left.lower() == right.lower() if folded else left == right
