"""How the work of reading a hostile note, or site.yaml, grows with it: in no function of ours like its square.

`python -m scripts.hostile_notes [WORD…]` reads texts of SIZE, 2 SIZE and 4 SIZE characters of each construct (of those
that hold one of the words) and prints the function that grows most, the worst construct first; it exits with 1 if one
grows too fast. Work is counted, not timed: the lines of Python that run in each function of notegen, and the characters
that its patterns look at (what one pattern does with a text is measured by regex_growth).
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from math import log2
from types import CodeType, FrameType
from typing import Any, NamedTuple

from notegen.model.config import Config, read_settings
from notegen.model.source import SourceFile
from notegen.read.read import make_reader
from notegen.scan.config.load import load_config
from notegen.text.patterns import LazyPattern
from scripts.hostile_texts import CONFIGS, NOTES
from scripts.package_patterns import all_modules
from scripts.pattern_attacks import Attack
from scripts.step_matcher import Machine

MOST = 1.3  # exponent: 1 is linear
SIZE = 1000  # characters of the shortest text
_FEW = 30  # steps for each character of the first text: below it, growth is not worth looking at

Steps = Counter[str]  # name of a function or pattern -> its steps


class Growth(NamedTuple):
    """The function or pattern of ours that grows most on a construct: its exponent, and its steps on the last text."""

    attack: Attack
    name: str
    exponent: float
    steps: int


def note_reader() -> Callable[[str], object]:
    """Return the function that reads a note, with all of the dialect."""
    changes = {"hashtags": True, "emoji": True}
    config, _ = load_config(
        "\n".join(["language: zh-CN", "timezone: UTC", "markdown:", *(f"  {key}: true" for key in changes)]),
        "site.yaml",
    )
    read = make_reader(read_settings(config))
    return lambda text: read(SourceFile("note.md", text, ""))


def config_reader() -> Callable[[str], tuple[Config, Any]]:
    """Return the function that reads site.yaml."""
    return lambda text: load_config(text, "site.yaml")


def growth(read: Callable[[str], object], attack: Attack, size: int = SIZE, *, sure: bool = False) -> Growth:
    """Return what grows most when `read` reads one, two and four times `size` characters of a construct.

    What looks too fast is measured with longer texts, unless one is `sure`: perhaps only something begins at a limit.
    """
    read(attack.text(size // 4))  # what is imported and made once
    texts = [attack.text(times * size) for times in (1, 2, 4)]
    worst = _fastest(attack, *(count_steps(read, text) for text in texts), least=_FEW * size)
    if worst.exponent <= MOST or sure:
        return worst
    return min(worst, growth(read, attack, 4 * size, sure=True), key=lambda one: one.exponent)


def _fastest(attack: Attack, once: Steps, twice: Steps, four: Steps, *, least: int) -> Growth:
    """Return what grew most of all that took at least so many more steps. The exponent is that of the differences."""
    growths = [
        Growth(attack, name, log2((count - twice[name]) / max(1, twice[name] - once[name])), count)
        for name, count in four.items()
        if count - twice[name] > least
    ]
    return max(growths, key=lambda one: one.exponent, default=Growth(attack, "", 1.0, 0))


def count_steps(read: Callable[[str], object], text: str) -> Steps:
    """Read a text; return the lines of notegen that ran, by function, and the characters that its patterns saw."""
    steps: Steps = Counter()
    names: dict[CodeType, str] = {}

    def called(frame: FrameType, _event: str, _argument: Any) -> Callable[..., Any] | None:
        code = frame.f_code
        if code not in names:
            module = frame.f_globals.get("__name__", "")
            names[code] = f"{module}.{code.co_name}" if module.startswith("notegen.") else ""
        return line if names[code] else None

    def line(frame: FrameType, event: str, _argument: Any) -> Callable[..., Any]:
        if event == "line":
            steps[names[frame.f_code]] += 1
        return line

    with _counted_patterns(steps):
        previous = sys.gettrace()
        sys.settrace(called)
        try:
            read(text)
        finally:
            sys.settrace(previous)
    return steps


class _CountedPattern:
    """A pattern that counts the steps that it takes, by the matcher of step_matcher."""

    def __init__(self, name: str, pattern: "re.Pattern[Any]", steps: Steps) -> None:
        self._name, self._pattern, self._steps = name, pattern, steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def match(self, text: str, *span: int) -> "re.Match[str] | None":
        return self._counted("match", text, *span)

    def fullmatch(self, text: str, *span: int) -> "re.Match[str] | None":
        return self._counted("fullmatch", text, *span)

    def search(self, text: str, *span: int) -> "re.Match[str] | None":
        return self._counted("search", text, *span)

    def _counted(self, method: str, text: str, start: int = 0, end: int = sys.maxsize) -> "re.Match[str] | None":
        self._steps[self._name] += _machine(self._pattern).find(text, method, start, end)[1]
        match: re.Match[str] | None = getattr(self._pattern, method)(text, start, end)
        return match

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> "Iterator[re.Match[str]]":
        while match := self.search(text, start, end):
            yield match
            start = match.end() + (match.end() == match.start())

    def findall(self, text: str) -> list[Any]:
        self._count_all(text)
        return self._pattern.findall(text)

    def split(self, text: str) -> list[Any]:
        self._count_all(text)
        return self._pattern.split(text)

    def sub(self, replacement: Any, text: str) -> str:
        self._count_all(text)
        result: str = self._pattern.sub(replacement, text)
        return result

    def _count_all(self, text: str) -> None:
        self._steps[self._name] += _machine(self._pattern).find_all(text)[1]


@cache
def _machine(pattern: "re.Pattern[str]") -> Machine:
    return Machine(pattern)


@cache
def _places() -> tuple[tuple[dict[str, Any], str, Any], ...]:
    """Return the patterns in the globals of notegen: those of the module, the name there, the pattern."""
    return tuple(
        (vars(module), name, value)
        for module in all_modules()
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern | LazyPattern)
    )


@contextmanager
def _counted_patterns(steps: Steps) -> Iterator[None]:
    """Let the patterns in the globals of notegen count."""
    places = _places()
    for names, name, pattern in places:
        compiled = pattern.compiled if isinstance(pattern, LazyPattern) else pattern
        names[name] = _CountedPattern(f"{names['__name__']}.{name}", compiled, steps)
    try:
        yield
    finally:
        for names, name, pattern in places:
            names[name] = pattern


def main(words: list[str]) -> int:
    """Print the growth of all constructs, or of those that hold one of the words; return the exit code."""
    readers = ((note_reader(), NOTES), (config_reader(), CONFIGS))
    chosen = [
        (read, attack)
        for read, attacks in readers
        for attack in attacks
        if not words or any(word in "".join(attack) for word in words)
    ]
    table = sorted((growth(read, attack) for read, attack in chosen), key=lambda one: -one.exponent)
    for attack, name, exponent, steps in table:
        print(f"{exponent:5.2f} {steps:9} {name:60} {'…'.join(map(ascii, attack))}")
    return int(any(one.exponent > MOST for one in table))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
