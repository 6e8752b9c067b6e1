r"""Statements and blocks: which command begins a line, opens a block, goes on with one, or closes it."""

from collections import defaultdict

import msgspec

from notegen.read.syntax.algorithms.commands import BRANCHES, COMMENTS, ENDS, UNTIL, Block, key_of
from notegen.read.syntax.algorithms.lines import Draft
from notegen.read.syntax.algorithms.scan import Token
from notegen.read.syntax.algorithms.writer import Writer

_WRAPPERS = frozenset({"center", "minipage", "multicols", "spacing", "small", "footnotesize", "flushleft"})
_LABELS = frozenset({"label", "nllabel", "lnl"})


class Opened(msgspec.Struct, frozen=True):
    r"""A block that an `\End…` closes: its kind, the command that opened it, and where that stands."""

    kind: str
    command: str
    start: int


class Scope:
    """The blocks that are open inside one pair of braces (or in the whole), and how many there are of each kind."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.opened: list[Opened] = []
        self.counts: defaultdict[str, int] = defaultdict(int)


class Head(msgspec.Struct, frozen=True):
    r"""A block whose first line is being written.

    `origin`: what opened it; of a `branch` the `\If` that it goes on with. `orphan`: a branch without one.
    """

    block: Block
    token: Token
    line: Draft
    origin: Opened
    branch: bool = False
    orphan: bool = False
    side_comment: str = ""


class Statements(Writer):
    """Reads a whole algorithm."""

    def __init__(self, text: str, start: int, end: int, *, entities: bool) -> None:
        super().__init__(text, start, end, entities=entities)
        self.scopes = [Scope(0)]

    def read(self) -> None:
        """Read all of the text."""
        while (token := self.scanner.next()) is not None:
            if token.kind == "command":
                self._command(token)
            elif token.kind == "text":
                self.plain(token)
            elif token.kind == "sign":
                self.sign(token)
            else:
                self.formula(token)
        self._finish()

    def _finish(self) -> None:
        while self.frames:
            self.leave_frame()
        self._leave_blocks(self.scopes[-1], "")
        self.end_line()

    def _command(self, token: Token) -> None:
        name = token.text.rstrip("*")
        if self._structure(name, token) or self._defined(name, token):
            return
        key = key_of(name)
        if not (self._statement(key, name, token) or self._inside_line(key, name, token)):
            self.not_known(name, token)

    # --- commands that are no statements

    def _structure(self, name: str, token: Token) -> bool:
        r"""Read environments, the caption, labels, and what only changes the look."""
        if name in {"begin", "end"}:
            self._environment(name, token)
        elif name in {"caption", "TitleOfAlgo"}:
            self.title(name, token)
        elif name in _LABELS:
            self.label(token)
        elif name == ";":
            self._end_statement(token)
        else:
            return self.vocabulary.read_setting(name, self.scanner)
        return True

    def _environment(self, edge: str, token: Token) -> None:
        name, option = self.scanner.environment()
        if name == "algorithmic":
            self.leave_arguments()
            if edge == "end":
                self._leave_blocks(self.scopes[-1], r"\end{algorithmic}")
            self.numbered = edge == "end" or option.strip() != "0"
            self.end_line()
            self.last = self.labelled = None
        elif name not in _WRAPPERS:
            self.not_known(f"{edge}{{{name}}}", msgspec.structs.replace(token, text=f"{edge}{{{name}}}"))

    def _end_statement(self, token: Token) -> None:
        r"""Read algorithm2e's `\;`."""
        if self.vocabulary.semicolons and self.line is not None:
            self.line.add("text", ";", token.start)
        if not self.frames or self.frames[-1].body:
            self.end_line()
        elif self.line is not None:
            self.line.add("text", " ", token.start)

    def _defined(self, name: str, token: Token) -> bool:
        """Read a command that the author has defined: its name is taken as it is."""
        table = self.vocabulary.tables.get(name)
        if table is None:
            return False
        if table == "functions":
            self.call(name, token, *self.vocabulary.functions[name])
        elif table == "comments":
            self.comment(name, token, name, side=token.text.endswith("*"))
        elif table == "inputs":
            self._input(self.vocabulary.inputs[name], name, token)
        elif table == "words":
            self.word(self.vocabulary.words[name], token)
        else:
            self._block(self.vocabulary.blocks[name], token)
        return True

    # --- statements

    def _statement(self, key: str, name: str, token: Token) -> bool:
        """Read a command that begins a line; return whether it is one."""
        if key == "state":
            self.leave_arguments()
            self.begin_line()
        elif key in self.vocabulary.inputs:
            self._input(self.vocabulary.inputs[key], name, token)
        elif key in self.vocabulary.statements:
            self._word_statement(self.vocabulary.statements[key], name, token)
        elif key in self.vocabulary.blocks:
            self._block(self.vocabulary.blocks[key], token)
        elif key in BRANCHES:
            self._branch(BRANCHES[key], token)
        elif key in ENDS or key == "until":
            self._end(key, token)
        else:
            return False
        return True

    def _inside_line(self, key: str, name: str, token: Token) -> bool:
        if key == "call":
            self.call(name, token)
        elif key in COMMENTS:
            side = token.text.endswith("*") or key == "comment"
            self.comment(name, token, key, side=side)
        elif key in self.vocabulary.words:
            self.word(self.vocabulary.words[key], token)
        else:
            return self.inline(name, token)
        return True

    def _input(self, words: str, name: str, token: Token) -> None:
        r"""Read `\Require …` or `\KwIn{…}`."""
        self.leave_arguments()
        line = self.begin_line(numbered=False)
        line.keyword(f"{words} ", token.start)
        if words:
            self.argument(name, self.end_line)

    def _word_statement(self, word: str, name: str, token: Token) -> None:
        r"""Read `\Return`: on a line of its own, or behind `\State`; as `\RETURN` it ends the line before."""
        if name.isupper() and self.line is not None and not self.line.is_empty:
            self.leave_arguments()
            self.end_line()
        self.writing().keyword(f" {word} ", token.start)

    def _block(self, block: Block, token: Token) -> None:
        """Read the first line of a block."""
        self.leave_arguments()
        self._head(Head(block, token, self.begin_line(), Opened(block.kind, token.text, token.start)))

    def _branch(self, block: Block, token: Token) -> None:
        r"""Read `\Else` or `\ElsIf`: it goes on with an open `\If`, or has a block in braces."""
        self.leave_arguments()
        origin = self._close_to("if", rf"\{token.text}")
        branch = origin is not None
        opened = origin or Opened("if", token.text, token.start)
        self._head(Head(block, token, self.begin_line(), opened, branch=branch, orphan=not branch))

    def _head(self, head: Head) -> None:
        head.line.keyword(head.block.words[0], head.token.start)
        note = self.scanner.side_comment() or self.scanner.option() or ""
        if head.block.kind == "repeat" and self._condition_of_repeat(head):
            return
        self._head_argument(msgspec.structs.replace(head, side_comment=note), 0)

    def _head_argument(self, head: Head, index: int) -> None:
        """Go into the next argument of a block, or to what follows the last one."""
        block, line = head.block, head.line
        if index == block.arguments:
            self._head_end(head)
            return
        small = block.name and index == 0

        def close() -> None:
            if small:
                line.add("close", "smallcaps")
            line.keyword(block.words[index + 1], head.token.start)
            self.line = line
            self._head_argument(head, index + 1)

        if self.argument(head.token.text, close):
            self.line = line
            if small:
                line.add("open", "smallcaps", head.token.start)
            return
        if index == 0:
            self.missing(head.token.text, head.token)
        self._head_end(head)

    def _head_end(self, head: Head) -> None:
        """Open the body of a block."""
        if head.side_comment:
            style = "comment end"
            head.line.add("text", " ", head.token.start)
            head.line.add("open", style, head.token.start)
            head.line.add("text", f"▷ {head.side_comment}", head.token.start)
            head.line.add("close", style)
        self.last = head.line
        if head.block.one_line:
            head.line.add("text", " ", head.token.start)
            self.line = head.line
            if not self.argument(head.token.text, self.end_line):
                self.end_line()
            return
        self.end_line()
        if not head.branch and self._body(head, None):
            return
        if head.orphan:
            message = rf"\{head.token.text} goes on with no \If"
            self.problem("algorithm-syntax", message, head.token.start, len(head.token.text) + 1)
            return
        self._open(head.origin)

    def _open(self, opened: Opened) -> None:
        scope = self.scopes[-1]
        scope.opened.append(opened)
        scope.counts[opened.kind] += 1
        self.depth += 1

    def _body(self, head: Head, until: Draft | None) -> bool:
        """Go into a block in braces, if one follows. `until`: the line behind it."""
        first = until is None and head.token.text == "eIf"
        if not self.argument(head.token.text, lambda: self._close_body(head, until, first=first), body=True):
            return False
        self.scopes.append(Scope(self.depth))
        self.depth += 1
        return True

    def _close_body(self, head: Head, until: Draft | None, *, first: bool) -> None:
        scope = self.scopes.pop()
        self._leave_blocks(scope, "}")
        self.depth = scope.depth
        self.end_line()
        if first:
            self.begin_line().keyword("else", head.token.start)
            self.end_line()
            token = msgspec.structs.replace(head.token, text="eIf*")
            other = msgspec.structs.replace(head, token=token)
            if self._body(other, None):
                return
        if until is not None:
            self.lines.append(until)
            self.last = until
        elif head.block.end and self.vocabulary.ends:
            self.begin_line().keyword(head.block.end, head.token.start)
        self.end_line()

    def _condition_of_repeat(self, head: Head) -> bool:
        r"""Read `\Repeat{condition}{body}`, whose condition is shown behind its body."""
        until = Draft(self.depth, self.numbered)
        until.keyword("until ", head.token.start)

        def close() -> None:
            self.end_line()
            if not self._body(head, until):
                self.lines.append(until)

        if not self.argument(head.token.text, close):
            return False
        self.line = until
        return True

    def _end(self, key: str, token: Token) -> None:
        r"""Read `\EndIf`, or `\Until{…}`."""
        self.leave_arguments()
        kind, words = ENDS.get(key, ("repeat", ""))
        if self._close_to(kind, rf"\{token.text}") is None:
            message = rf"\{token.text} closes no block"
            self.problem("algorithm-syntax", message, token.start, len(token.text) + 1)
        line = self.begin_line()
        if words:
            line.keyword(words, token.start)
            self.end_line()
            return
        line.keyword(UNTIL.words[0], token.start)
        self.argument(token.text, self.end_line)

    def _close_to(self, kind: str, command: str) -> Opened | None:
        """Close the innermost open block of a kind, and those in it, which are reported; return it."""
        scope = self.scopes[-1]
        if not scope.counts[kind]:
            return None
        while True:
            opened = scope.opened.pop()
            scope.counts[opened.kind] -= 1
            self.depth -= 1
            if opened.kind == kind:
                return opened
            self._unclosed(opened, command)

    def _leave_blocks(self, scope: Scope, before: str) -> None:
        """Close the blocks that are still open at the end of what holds them."""
        for opened in reversed(scope.opened):
            self._unclosed(opened, before)
        self.depth -= len(scope.opened)
        scope.opened.clear()
        scope.counts.clear()

    def _unclosed(self, opened: Opened, before: str) -> None:
        behind = f" before {before}" if before else ""
        message = rf"\{opened.command} is not closed{behind}"
        self.problem("algorithm-unclosed", message, opened.start, len(opened.command) + 1)
