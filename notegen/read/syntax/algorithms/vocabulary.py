r"""The commands that an algorithm knows: those of the packages, and those that its author defines in it."""

from notegen.read.syntax.algorithms.commands import BLOCKS, COMMENTS, IGNORED, INPUTS, STATEMENTS, WORDS, Block
from notegen.read.syntax.algorithms.scan import Scanner

_APPEARANCE = ("SetAlg", "SetNl", "SetSide", "SetNoFill", "SetStartEnd", "SetInd", "SetVline", "SetArgSty")


class Vocabulary:
    """Commands and their words. Those that the author defines (`tables`) are looked up as they are written."""

    def __init__(self) -> None:
        self.inputs = dict(INPUTS)
        self.statements = dict(STATEMENTS)
        self.blocks = dict(BLOCKS)
        self.words = dict(WORDS)
        self.comments = dict(COMMENTS)
        self.functions: dict[str, tuple[str, str]] = {}  # name -> style, words
        self.tables: dict[str, str] = {}  # name -> which of the tables has it
        self.semicolons = True
        self.ends = True  # whether blocks in braces show their `end`

    def read_setting(self, name: str, scanner: Scanner) -> bool:
        """Read a command that defines another one or only changes the look; return whether it is one."""
        if name.startswith(("SetKw", "SetFunc")):
            self._define(name, scanner)
        elif name == "renewcommand":
            self._rename(scanner)
        elif name.endswith("DontPrintSemicolon"):
            self.semicolons = False
        elif name.startswith(_APPEARANCE):
            self.ends = self.ends and name not in {"SetAlgoNoEnd", "SetAlgoVlined"}
            scanner.skip_groups(3)
        elif name in IGNORED:
            scanner.skip_groups(IGNORED[name])
        else:
            return False
        return True

    def _define(self, setter: str, scanner: Scanner) -> None:
        r"""Read `\SetKwInOut{Input}{Input}` and its like."""
        texts = scanner.setter()
        if texts is None:
            return
        name, first, second, third = texts
        table = ""
        if setter in {"SetKwInOut", "SetKwInput"}:
            table, self.inputs[name] = "inputs", f"{first}:"
        elif setter == "SetKwFunction":
            table, self.functions[name] = "functions", ("code", first)
        elif setter in {"SetKwData", "SetKwArray"}:
            table, self.functions[name] = "functions", ("em", first)
        elif setter == "SetKw":
            table, self.words[name] = "words", first
        elif setter == "SetKwComment":
            table, self.comments[name] = "comments", (f"{first.strip()} ", f" {second.strip()}")
        elif setter in {"SetKwProg", "SetKwFor", "SetKwBlock"}:
            words = {
                "SetKwProg": (f"{first} ", second),
                "SetKwFor": (f"{first} ", f" {second}"),
                "SetKwBlock": (first,),
            }
            end = second if setter == "SetKwBlock" else third
            table, self.blocks[name] = "blocks", Block(words[setter], "", end)
        if table:
            self.tables[name] = table

    def _rename(self, scanner: Scanner) -> None:
        r"""Read `\renewcommand{\algorithmicrequire}{\textbf{Input:}}`."""
        key, word = scanner.word()
        if key in self.inputs:
            self.inputs[key] = word
        elif key in self.statements:
            self.statements[key] = word
        elif not key:
            scanner.skip_groups(2)
