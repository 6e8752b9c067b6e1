r"""Expanding macros in a formula, and learning the ones it defines."""

from collections.abc import Mapping

import msgspec

from notegen.math.latex.colors import COLOR_COMMANDS, read_color
from notegen.math.latex.commands import engine_knows
from notegen.math.latex.definitions import PREFIXES, READERS
from notegen.math.latex.macros import Macro, substitute
from notegen.math.latex.nesting import Nesting
from notegen.math.latex.tokens import Token, read_argument, read_bracket, spell
from notegen.math.types import Problem

MAX_EXPANSIONS = 200  # in one formula, and 10 more for each of its tokens
MAX_GROWTH = 5_000  # tokens that expansions push in one formula, and 50 more for each of its tokens
_COLOR = "color:"  # begins the keys of colours in tables of macros
_PROTECTED = frozenset({r"\begin", r"\end", r"\left", r"\right", r"\text", r"\\"}) | READERS.keys()


class Expanded(msgspec.Struct, frozen=True):
    """A formula without macros: its tokens, the macros it defines, and the problem that stopped the expansion."""

    tokens: list[Token]
    defined: dict[str, Macro]
    problem: Problem | None = None


def expand(tokens: list[Token], macros: Mapping[str, Macro]) -> Expanded:
    r"""Return `tokens` with every macro expanded as TeX would, definitions taken out, `\require{…}` dropped.

    Macros are expanded from left to right; what an expansion yields is expanded again. The number of expansions and the
    tokens they push are limited, so recursive and exploding macros end in a `math-macro` problem.
    """
    expansion = _Expansion(tokens, macros)
    problem = None
    while expansion.stack and problem is None:
        problem = expansion.step()
    return Expanded(expansion.output, expansion.defined, problem)


class _Expansion:
    """The state of one expansion: the reversed input, the output, and what was defined on the way."""

    def __init__(self, tokens: list[Token], macros: Mapping[str, Macro]) -> None:
        self.stack = tokens[::-1]
        self.output: list[Token] = []
        self.defined: dict[str, Macro] = {}
        self._macros = macros
        self._nesting = Nesting()
        self._expansions = MAX_EXPANSIONS + 10 * len(tokens)
        self._growth = MAX_GROWTH + 50 * len(tokens)

    def step(self) -> Problem | None:
        """Deal with the next token; return a problem when the formula cannot be expanded."""
        token = self.stack.pop()
        if token.text[0] == "\\" and not token.fixed:
            if token.text in READERS:
                return self._define(token)
            macro = self.defined.get(token.text) or self._macros.get(token.text)
            if macro is not None:
                return self._use(token, macro)
            if token.text == r"\definecolor":
                return self._define_color(token)
            if token.text == r"\require":
                read_argument(self.stack)
                return None
            if token.text in COLOR_COMMANDS:
                self._name_color()
            if token.text in PREFIXES:
                return None
        self._emit(token)
        return None

    def _emit(self, token: Token) -> None:
        self.output.append(token)
        self._nesting.feed(token.text)

    def _define(self, token: Token) -> Problem | None:
        length = token.end - token.start
        reading = READERS[token.text](self.stack)
        if isinstance(reading, str):
            return Problem("math-macro", reading, token.start, length)
        name, macro = reading
        if name in _PROTECTED:
            return Problem("math-macro", f"{name} cannot be redefined", token.start, length)
        if token.text != r"\providecommand" or not self._is_known(name):
            self.defined[name] = self._resolved(macro)
        return None

    def _is_known(self, name: str) -> bool:
        return name in self.defined or name in self._macros or engine_knows(name[1:])

    def _define_color(self, token: Token) -> Problem | None:
        reading = read_color(self.stack)
        if isinstance(reading, str):
            return Problem("math-macro", reading, token.start, token.end - token.start)
        name, value = reading
        self.defined[_COLOR + name] = Macro(0, (Token(value, token.start, token.end),))
        return None

    def _name_color(self) -> None:
        """Replace the name of a defined colour that comes next by its value."""
        argument = read_argument(self.stack) or []
        name = _COLOR + spell(argument).strip()
        macro = self.defined.get(name) or self._macros.get(name)
        color = argument if macro is None else macro.body
        if argument:
            edge = Token("{", argument[0].start, argument[-1].end)
            self.stack.extend(reversed((edge, *color, edge._replace(text="}"))))

    def _resolved(self, macro: Macro) -> Macro:
        r"""Return what `\let` copies: the macro that its target is now, else the target itself."""
        if len(macro.body) == 1 and macro.body[0].fixed:
            target = macro.body[0].text
            return self.defined.get(target) or self._macros.get(target) or macro
        return macro

    def _use(self, token: Token, macro: Macro) -> Problem | None:
        grouped = self._nesting.expects_argument
        arguments = self._arguments(macro)
        length = token.end - token.start
        if arguments is None:
            plural = "argument" if macro.arity == 1 else "arguments"
            return Problem("math-syntax", f"{token.text} needs {macro.arity} {plural}", token.start, length)
        body = substitute(macro, arguments, token)
        if grouped and len(body) != 1:
            body = [Token("{", token.start, token.end), *body, Token("}", token.start, token.end)]
        self._expansions -= 1
        self._growth -= len(body)
        if self._expansions < 0 or self._growth < 0:
            message = f"{token.text} expands without end: a macro must not use itself"
            return Problem("math-macro", message, token.start, length)
        self.stack.extend(reversed(body))
        return None

    def _arguments(self, macro: Macro) -> list[list[Token]] | None:
        """Take the arguments of `macro` from the stack; None when some are missing."""
        if macro.arity == 0:
            return []
        arguments: list[list[Token]] = []
        if macro.default is not None:
            optional = read_bracket(self.stack)
            arguments.append(list(macro.default) if optional is None else optional)
        while len(arguments) < macro.arity:
            argument = read_argument(self.stack)
            if argument is None:
                return None
            arguments.append(argument)
        return arguments
