r"""What a statement may hold: text, formulas, styles, calls, comments, labels; written line by line.

An opening brace puts a frame on a stack: what to do at its closing one. Frames of blocks (`body`) hold statements;
all others end before the next statement, even where their brace is not closed.
"""

from collections.abc import Callable
from html import unescape

import msgspec

from notegen.math.latex.commands import known_commands
from notegen.read.syntax.algorithms.commands import CONSTANTS, STYLES, SYMBOLS, knautonyms
from notegen.read.syntax.algorithms.lines import DEEPEST, Draft, text_of
from notegen.read.syntax.algorithms.scan import Scanner, Token
from notegen.read.syntax.algorithms.tree import PieceKind, Problem
from notegen.read.syntax.algorithms.vocabulary import Vocabulary
from notegen.text.suggestions import Suggestions

REFERENCES = frozenset({"ref", "eqref", "cref", "Cref", "autoref"})
CITATIONS = frozenset({"cite", "citep", "citet", "parencite", "textcite", "autocite"})


class Frame(msgspec.Struct):
    """An open brace: where it stands, the command that it belongs to, what is to be done when it is closed."""

    start: int
    command: str
    close: Callable[[], None]
    body: bool = False


def nothing() -> None:
    """Close a frame that needs no more."""


class Writer:
    """The lines written so far, and the one that is being written (`line`; None between two)."""

    def __init__(self, text: str, start: int, end: int, *, entities: bool) -> None:
        self.scanner = Scanner(text, start, end)
        self.entities = entities
        self.lines: list[Draft] = []
        self.line: Draft | None = None
        self.last: Draft | None = None  # the line that a comment behind it belongs to
        self.labelled: Draft | None = None  # the line that a label names; None: the algorithm
        self.caption: Draft | None = None
        self.labels: list[str] = []
        self.frames: list[Frame] = []
        self.depth = 0
        self.numbered = True
        self.recovering = False  # from a brace that is not closed
        self.vocabulary = Vocabulary()
        self.problems: list[Problem] = []
        self.unknown: set[str] = set()
        self._styles = 0

    # --- lines

    def begin_line(self, *, numbered: bool = True) -> Draft:
        """Begin a line."""
        self.line = self.last = Draft(self.depth, numbered and self.numbered)
        self.lines.append(self.line)
        if numbered:
            self.labelled = self.line
        return self.line

    def end_line(self) -> None:
        """End the line that is being written."""
        self.line = None

    def writing(self) -> Draft:
        """Return the line that is being written; text outside of a statement begins one."""
        return self.line or self.begin_line()

    # --- braces

    def argument(self, command: str, close: Callable[[], None], *, body: bool = False) -> bool:
        """Go into the argument of a command, if a brace follows; `close` is called at its end."""
        if self.recovering or not self.scanner.brace():
            return False
        self.frames.append(Frame(self.scanner.at - 1, command, close, body))
        return True

    def close_brace(self, start: int) -> None:
        """Read a closing brace."""
        if not self.frames:
            self.problem("algorithm-syntax", "this brace closes nothing", start)
            return
        self.frames.pop().close()

    def leave_arguments(self) -> None:
        """Close what holds no statements, as one begins."""
        while self.frames and not self.frames[-1].body:
            self.leave_frame()

    def leave_frame(self) -> None:
        """Close a brace that the author has not closed."""
        frame = self.frames.pop()
        owner = rf" of \{frame.command}" if frame.command else ""
        self.problem("algorithm-unclosed", f"the brace{owner} is never closed", frame.start)
        self.recovering = True
        frame.close()
        self.recovering = False

    # --- what a line holds

    def plain(self, token: Token) -> None:
        """Write text."""
        text = unescape(token.text) if self.entities else token.text
        if self.line is None and not text.strip():
            return
        self.writing().add("text", text_of(text), token.start)

    def formula(self, token: Token) -> None:
        """Write a formula."""
        latex = token.text.strip()
        shift = len(token.text) - len(token.text.lstrip())
        if latex:
            kind: PieceKind = "math" if token.kind == "formula" else "display"
            self.writing().add(kind, unescape(latex) if self.entities else latex, token.inside + shift)

    def sign(self, token: Token) -> None:
        """Read a brace, or a dollar that opens no formula."""
        if token.text == "{":
            self.frames.append(Frame(token.start, "", nothing, body=self.line is None))
        elif token.text == "}":
            self.close_brace(token.start)
        elif token.text == "$":
            message = "$ is opened but not closed before the next statement"
            self.problem("math-unclosed", message, token.start, hint=r"write \$ for a dollar sign")
            self.writing().add("text", "$", token.start)

    def word(self, word: str, token: Token) -> None:
        """Write a word such as `and` in the middle of a line."""
        line = self.writing()
        line.keyword(word if word in CONSTANTS else f" {word} ", token.start)

    def inline(self, name: str, token: Token) -> bool:
        """Read a command that stands inside a line; return whether it is one."""
        if name in SYMBOLS:
            if SYMBOLS[name].strip() or self.line is not None:
                self.writing().add("text", SYMBOLS[name], token.start)
        elif name == "\\":
            if self.line is not None:
                self.line.add("break", "", token.start)
        elif name in STYLES:
            self._style(name, token)
        elif name in REFERENCES or name in CITATIONS:
            if not (label := self.scanner.label()):
                return False
            kind: PieceKind = "reference" if name in REFERENCES else "citation"
            self.writing().add(kind, label, self.scanner.text.find(label, token.start), name)
        else:
            return False
        return True

    def _style(self, name: str, token: Token) -> None:
        r"""Read text in another style; without a brace, `\textbf x`, nothing changes."""
        style = STYLES[name] if self._styles < DEEPEST else ""
        line = self.writing()

        def close() -> None:
            if style:
                self._styles -= 1
                line.add("close", style)

        if self.argument(name, close) and style:
            self._styles += 1
            line.add("open", style, token.start)

    def call(self, name: str, token: Token, style: str = "smallcaps", word: str = "") -> None:
        r"""Read `\Call{Name}{arguments}`, or with `word` a function of the author's: `\Name{arguments}`."""
        line = self.writing()

        def end() -> None:
            line.add("text", ")", token.start)

        def arguments() -> None:
            line.add("close", style)
            if self.argument(name, end):
                line.add("text", "(", token.start)

        line.add("open", style, token.start)
        if word:
            line.add("text", word, token.start)
            arguments()
        elif not self.argument(name, arguments):
            line.add("close", style)
            self.missing(name, token)

    def comment(self, name: str, token: Token, key: str, *, side: bool) -> None:
        """Read a comment. `side`: it stands at the end of the line before, if none is being written."""
        self.scanner.option()
        between = self.line is None
        line = self.line or (self.last if side and self.last is not None else self.begin_line())
        empty = line.is_empty
        style = "comment" if empty else "comment end"
        before, behind = self.vocabulary.comments[key]
        self.line = line
        mark = len(line.pieces)

        def close() -> None:
            line.add("text", behind, token.start)
            line.add("close", style)
            if between:
                self.end_line()

        line.add("text", " ", token.start)
        line.add("open", style, token.start)
        line.add("text", before, token.start)
        if not self.argument(name, close):
            del line.pieces[mark:]
            line.is_empty = empty
            if between:
                self.end_line()
            self.missing(name, token)

    def label(self, token: Token) -> None:
        r"""Read `\label`: it names the line before it, or the algorithm before the first one and behind the caption."""
        label = self.scanner.label()
        if not label:
            self.missing("label", token)
        elif self.labelled is None:
            self.labels.append(label)
        else:
            self.labelled.labels.append(label)

    def title(self, name: str, token: Token) -> None:
        """Read the caption."""
        self.scanner.option()
        line, self.line = self.line, Draft()
        if self.caption is None:
            self.caption = self.line
        self.labelled = None

        def close() -> None:
            self.line = line

        if not self.argument(name, close):
            self.line = line
            self.missing(name, token)

    # --- what is wrong

    def problem(self, code: str, message: str, start: int, length: int = 1, hint: str = "") -> None:
        """Report a mistake."""
        self.problems.append(Problem(code, message, start, length, hint))

    def missing(self, name: str, token: Token) -> None:
        """Report a command without its argument."""
        message = rf"\{name} has no argument in braces"
        self.problem("algorithm-syntax", message, token.start, len(token.text) + 1)

    def not_known(self, name: str, token: Token) -> None:
        """Show an unknown command as text, and report it, once a name."""
        line = self.writing()
        line.add("text", rf"\{token.text}", token.start)
        if self.scanner.text.startswith("{", self.scanner.at):
            self.argument(name, lambda: line.add("text", "}"))
            line.add("text", "{", token.start)
        if name in self.unknown:
            return
        self.unknown.add(name)
        hint = Suggestions(knautonyms()).hint(name.lower())
        if name in known_commands():
            hint = rf"a formula stands between dollars: $\{name}$"
        message = rf"\{name} is no command of an algorithm; it is shown as text"
        self.problem("algorithm-unknown-command", message, token.start, len(name) + 1, hint)
