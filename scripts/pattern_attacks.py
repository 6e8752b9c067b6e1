"""Strings that make a regular expression take many steps, made from its own parsed form.

An attack is a prefix, a pump that is repeated, and a suffix: the shape of every text on which a backtracking matcher
takes more than linear time. The prefix leads to a repeat of the pattern, the pump is what that repeat takes or what a
match begins with, the suffix spoils the match.
"""

import random
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from scripts.pattern_sets import CharacterSet
from scripts.step_matcher import SINGLE, Machine

_CANDIDATES = "aA0 \n\t中_-!,"
_SAMPLES = 6  # of what a part of a pattern takes
_RANDOM = 12  # pumps of a few random characters, for a pattern


class Attack(NamedTuple):
    """A text of any length: prefix, then the pump again and again, then the suffix."""

    prefix: str
    pump: str
    suffix: str

    def text(self, size: int) -> str:
        """Return the text with `size` characters of pumps."""
        return self.prefix + self.pump * max(1, size // len(self.pump)) + self.suffix


def attacks(machine: Machine) -> list[Attack]:
    """Return the attacks on a pattern, each once."""
    alphabet = _alphabet(machine)
    spoilers = ["", min(alphabet, key=lambda letter: sum(accepts[letter] for accepts in machine.sets.values()))]
    seed = random.Random(repr(machine.pattern.pattern))  # noqa: S311 (the same attacks in each run)
    pumps = [*alphabet, *("".join(seed.choices(alphabet, k=seed.randint(2, 4))) for _ in range(_RANDOM))]
    shapes = [("", pump) for pump in pumps]
    for before, pump in _repeated(machine.tree, "", alphabet, machine):
        shapes += [(before, pump), ("", before + pump)]
    return [Attack(*shape, suffix) for shape in dict.fromkeys(shapes) if shape[1] for suffix in spoilers]


def _alphabet(machine: Machine) -> list[str]:
    """Return one character of each kind that the pattern tells apart."""
    letters = [*(chr(code) for code in _codes(machine.tree)), *_CANDIDATES]
    if isinstance(machine.pattern.pattern, bytes):
        letters = [letter for letter in letters if letter.isascii()]
    kinds: dict[tuple[bool, ...], str] = {}
    for letter in letters:
        sides = (letter.isalnum() or letter == "_", letter.isspace())
        kinds.setdefault((*(accepts[letter] for accepts in machine.sets.values()), *sides), letter)
    return list(kinds.values())


def _codes(tree: Iterable[tuple[Any, Any]]) -> Iterator[int]:
    """Yield the code points that a pattern names."""
    for code, argument in tree:
        if str(code) in {"LITERAL", "NOT_LITERAL"}:
            yield argument
        elif str(code) == "RANGE":
            yield from argument
        elif str(code) == "IN":
            yield from _codes(argument)
        for inside in _inside(str(code), argument):
            yield from _codes(inside)


def _inside(code: str, argument: Any) -> list[Any]:
    """Return the patterns that a part of a pattern is made of: branches, or the one in its parentheses."""
    if code == "BRANCH":
        return list(argument[1])
    if code == "ATOMIC_GROUP":
        return [argument]
    if code == "SUBPATTERN" or code.startswith("ASSERT") or code.endswith("_REPEAT"):
        return [argument[-1]]
    return []


def _repeated(tree: Any, before: str, alphabet: list[str], machine: Machine) -> Iterator[tuple[str, str]]:
    """Yield a text that leads up to each repeat and a text that it takes, for all repeats, outer ones first."""
    for code, argument in tree:
        name = str(code)
        if name.endswith("_REPEAT"):
            taken = _samples(argument[2], alphabet, machine)
            yield from ((before, sample) for sample in taken)
            if len(taken) > 1:
                yield before, taken[0] + taken[1]
        for inside in _inside(name, argument):
            if not name.startswith("ASSERT"):
                yield from _repeated(inside, before, alphabet, machine)
        before += next(iter(_samples([(code, argument)], alphabet, machine)), "")


def _samples(tree: Any, alphabet: list[str], machine: Machine) -> list[str]:
    """Return some short texts that a pattern takes, of each branch and each kind of character."""
    samples = [""]
    for code, argument in tree:
        part = _part(str(code), argument, alphabet, machine)
        samples = list(dict.fromkeys(start + end for start in samples for end in part))[:_SAMPLES]
    return samples


def _part(code: str, argument: Any, alphabet: list[str], machine: Machine) -> list[str]:
    if code in SINGLE:
        accepts: CharacterSet = machine.set_of(code, argument)
        return [letter for letter in alphabet if accepts[letter]]
    if code == "BRANCH":
        return [sample for branch in argument[1] for sample in _samples(branch, alphabet, machine)[:2]]
    if code.endswith("_REPEAT"):
        taken = _samples(argument[2], alphabet, machine)
        return [*(sample * max(1, argument[0]) for sample in taken), *([""] if not argument[0] else [])]
    if code in {"SUBPATTERN", "ATOMIC_GROUP"}:
        return _samples(_inside(code, argument)[0], alphabet, machine)
    return [""]
