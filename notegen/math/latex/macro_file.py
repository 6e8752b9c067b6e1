r"""Files of macros: `macros.tex`, Obsidian's `preamble.sty`, the preamble of a paper.

Definitions are read, what only concerns a document (`\usepackage`, `\newtheorem`, `\makeatletter` …) is passed over,
and anything else is reported at its place. Nothing is expanded here: a definition is kept as it is written.
"""

import msgspec

from notegen.math.latex.definitions import READERS
from notegen.math.latex.tokens import Token, read_argument, read_bracket, skip_spaces, spell, tokenize
from notegen.math.types import Problem

_COLOR = r"\definecolor"
_INPUTS = frozenset({r"\input", r"\include", r"\subfile"})
_ENDS = frozenset({r"\endinput"})
_PREFIXES = frozenset({r"\global", r"\long", r"\protected"})
# Commands of a document, which say nothing of formulas; their arguments, in any number, are passed over too.
_PASSED_NAMES = """
usepackage RequirePackage documentclass ProvidesPackage ProvidesFile NeedsTeXFormat makeatletter makeatother newtheorem
theoremstyle hypersetup geometry setlength setcounter bibliographystyle usetikzlibrary tikzset pgfplotsset pagestyle
sisetup allowdisplaybreaks title author date maketitle numberwithin captionsetup lstset newif relax newlength newcounter
DeclareSymbolFont DeclareFontFamily DeclareFontShape DeclareMathAlphabet SetMathAlphabet DeclareMathSymbol
PassOptionsToPackage graphicspath crefname Crefname require
"""
_PASSED = frozenset("\\" + name for name in _PASSED_NAMES.split())
_HINT = r"a file of macros holds \newcommand, \def, \let, \DeclareMathOperator and their like"


class MacroFile(msgspec.Struct, frozen=True):
    """What one file holds, in its order: definitions as (name, LaTeX), files that it includes as ("", path).

    The places of `problems`, and of included files in `places`, are offsets in the text.
    """

    entries: tuple[tuple[str, str], ...]
    places: tuple[int, ...]
    problems: tuple[Problem, ...] = ()


def read_macro_file(text: str) -> MacroFile:
    """Read a file of macros. Problems: math-macro. Time is linear."""
    tokens, problems = _closed(tokenize(text))
    stack = tokens[::-1]
    entries: list[tuple[str, str]] = []
    places: list[int] = []
    while stack:
        token = stack.pop()
        entry: tuple[str, str] | None = None
        if token.text in READERS or token.text == _COLOR:
            reading = _definition(token, stack, text)
            if isinstance(reading, Problem):
                problems.append(reading)
            else:
                entry = reading
        elif token.text in _INPUTS:
            entry = ("", spell(read_argument(stack) or ()).strip())
        elif token.text in _ENDS or (token.text == r"\begin" and spell(read_argument(stack) or ()) == "document"):
            break
        elif token.text in _PASSED:
            _pass_arguments(stack)
        elif not (token.text.isspace() or token.text in _PREFIXES or token.text in {"$", r"\[", r"\]"}):
            problems.append(_unknown(token, stack))
        if entry is not None:
            entries.append(entry)
            places.append(token.start)
    return MacroFile(tuple(entries), tuple(places), tuple(problems))


def _closed(tokens: list[Token]) -> tuple[list[Token], list[Problem]]:
    """Return tokens up to the first brace that is never closed, and the problem that this is."""
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.text == "{":
            opened.append(index)
        elif token.text == "}" and opened:
            opened.pop()
    if not opened:
        return tokens, []
    brace = tokens[opened[0]]
    return tokens[: opened[0]], [Problem("math-macro", "{ is never closed: nothing behind it is read", brace.start)]


def _definition(token: Token, stack: list[Token], text: str) -> tuple[str, str] | Problem:
    """Take a definition: its name, and how it is written."""
    if token.text == _COLOR:
        name = "color:" + spell(read_argument(stack) or ()).strip()
        read_argument(stack)
        read_argument(stack)
    else:
        reading = READERS[token.text](stack)
        if isinstance(reading, str):
            return Problem("math-macro", reading, token.start, token.end - token.start)
        name = reading[0].removeprefix("\\")
    end = stack[-1].start if stack else len(text)
    return name, text[token.start : end].strip()


def _pass_arguments(stack: list[Token]) -> None:
    while True:
        if stack and stack[-1].text == "*":
            stack.pop()
        if stack and stack[-1].text == "{":
            read_argument(stack)
        elif stack and stack[-1].text == "[":
            if read_bracket(stack) is None:
                return
        elif len(stack) > 1 and stack[-1].text.isspace() and "\n" not in stack[-1].text and stack[-2].text in "{[":
            skip_spaces(stack)
        else:
            return


def _unknown(token: Token, stack: list[Token]) -> Problem:
    """Pass over the rest of a line that is no definition, groups that begin there as a whole."""
    word = token.text
    while word[-1].isalpha() and word[0] != "\\" and stack and stack[-1].text.isalpha():
        word += stack.pop().text
    while stack and "\n" not in stack[-1].text:
        if stack[-1].text == "{":
            read_argument(stack)
        else:
            stack.pop()
    return Problem("math-macro", f"{word} defines no macro: its line is not read", token.start, len(word), _HINT)
