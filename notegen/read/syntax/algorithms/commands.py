r"""The commands of pseudo-code and the words that they show.

A command that begins with a capital is looked up in small letters, so that `\If` (algpseudocode), `\IF` (algorithmic)
are one; those of algorithm2e that begin with a small letter (`\eIf`, `\lFor`, `\tcp`) stand as they are.

Source: the documentation of the LaTeX packages algorithms (algorithmic), algorithmicx (algpseudocode) and algorithm2e;
the grammar of pseudocode.js.
"""

import msgspec


class Block(msgspec.Struct, frozen=True):
    r"""A command that begins a block: the words before, between and behind its arguments.

    `kind`: which `\End…` or `\Until` closes it. `end`: what a block in braces (algorithm2e) ends with; "" for nothing.
    `one_line`: its body stands behind it. `name`: its first argument is the name of a function.
    """

    words: tuple[str, ...]
    kind: str
    end: str = "end"
    one_line: bool = False
    name: bool = False

    @property
    def arguments(self) -> int:
        """How many arguments it has."""
        return len(self.words) - 1


def _variants(name: str, words: tuple[str, ...], kind: str) -> dict[str, Block]:
    r"""Return a block of algorithm2e with its forms: `\uIf` shows no end, `\lIf` stands on one line."""
    capital = name[0].upper() + name[1:]
    return {
        name.lower(): Block(words, kind),
        f"u{capital}": Block(words, kind, end=""),
        f"l{capital}": Block(words, kind, end="", one_line=True),
    }


BLOCKS: dict[str, Block] = {
    **_variants("if", ("if ", " then"), "if"),
    **_variants("for", ("for ", " do"), "for"),
    **_variants("forAll", ("for all ", " do"), "for"),
    **_variants("forEach", ("for each ", " do"), "for"),
    **_variants("while", ("while ", " do"), "while"),
    **_variants("case", ("case ", " do"), "case"),
    **_variants("other", ("otherwise",), "case"),
    "eIf": Block(("if ", " then"), "if"),
    "switch": Block(("switch ", " do"), "switch"),
    "loop": Block(("loop",), "loop"),
    "repeat": Block(("repeat",), "repeat", end=""),
    "begin": Block(("begin",), "begin"),
    "procedure": Block(("procedure ", "(", ")"), "procedure", name=True),
    "function": Block(("function ", "(", ")"), "function", name=True),
}
# Those that go on with an `\If`.
BRANCHES: dict[str, Block] = {
    **_variants("else", ("else",), "if"),
    **_variants("elseIf", ("else if ", " then"), "if"),
    "elsif": Block(("else if ", " then"), "if"),
    "elif": Block(("else if ", " then"), "if"),
}
# What closes a block that was not opened with a brace, and the words it shows.
ENDS: dict[str, tuple[str, str]] = {
    **{f"end{kind}": (kind, f"end {kind}") for kind in ("if", "for", "while", "loop", "procedure", "function")},
    "endforall": ("for", "end for"),
    "endforeach": ("for", "end for"),
    "endswitch": ("switch", "end switch"),
    "endcase": ("case", "end case"),
}
UNTIL = Block(("until ", ""), "repeat")
# Lines without a number, and their words.
INPUTS: dict[str, str] = {
    "require": "Require:",
    "ensure": "Ensure:",
    "input": "Input:",
    "output": "Output:",
    "globals": "Globals:",
    "data": "Data:",
    "result": "Result:",
    "kwin": "Input:",
    "kwout": "Output:",
    "kwdata": "Data:",
    "kwresult": "Result:",
    "statex": "",
}
# Statements that begin with a word; inside a line they are that word.
STATEMENTS: dict[str, str] = {
    "return": "return",
    "kwret": "return",
    "print": "print",
    "break": "break",
    "continue": "continue",
}
WORDS: dict[str, str] = {
    **{name: name for name in ("and", "or", "xor", "not", "to", "downto", "true", "false", "null", "nil")},
    "kwto": "to",
}
CONSTANTS = frozenset({"true", "false", "null", "nil"})  # no space is put around them
STYLES: dict[str, str] = {
    **dict.fromkeys(("textbf", "KwSty"), "b"),
    **dict.fromkeys(("emph", "textit", "textsl", "ArgSty", "DataSty"), "em"),
    **dict.fromkeys(("texttt", "FuncSty"), "code"),
    **dict.fromkeys(("textsc", "textproc", "ProcNameSty"), "smallcaps"),
    **dict.fromkeys(("underline", "uline"), "u"),
    **dict.fromkeys(("textrm", "textsf", "textnormal", "textup", "textmd", "text", "mbox", "uppercase"), ""),
}
COMMENTS: dict[str, tuple[str, str]] = {
    "comment": ("▷ ", ""),
    "linecomment": ("▷ ", ""),
    "tcp": ("// ", ""),
    "tcc": ("/* ", " */"),
}
SYMBOLS: dict[str, str] = {
    **dict.fromkeys(("ldots", "dots"), "…"),
    **dict(zip(("cdots", "S", "LaTeX", "TeX", "textbackslash"), ("⋯", "§", "LaTeX", "TeX", "\\"), strict=True)),
    **dict(zip(("textgreater", "textless", "textbar", "textunderscore", "textasciitilde"), "><|_~", strict=True)),
    **dict(zip(("textrightarrow", "textleftarrow", "quad", "qquad", ","), "→←\u2003\u2003\u2009", strict=True)),
    **dict.fromkeys((" ", "\n", ":", ">"), " "),
    **dict.fromkeys(("!", "-", "/", "@"), ""),
    **{sign: sign for sign in "%&#_${}"},
}
# What only changes the look, and how many arguments in braces it has.
IGNORED: dict[str, int] = {
    **dict.fromkeys(("tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE"), 0),
    **dict.fromkeys(("huge", "Huge", "HUGE", "bf", "it", "rm", "tt", "sc", "sf", "centering", "raggedright"), 0),
    **dict.fromkeys(("noindent", "indent", "par", "hline", "hrule", "hrulefill", "hfill", "newline", "BlankLine"), 0),
    **dict.fromkeys(("rmfamily", "sffamily", "ttfamily", "upshape", "itshape", "slshape", "scshape", "bfseries"), 0),
    **dict.fromkeys(("normalfont", "mdseries", "Indp", "Indm", "LinesNumbered", "LinesNotNumbered", "protect"), 0),
    **dict.fromkeys(("RestyleAlgo", "vspace", "hspace", "algsetup", "setstretch", "textcolor", "color"), 1),
    **dict.fromkeys(("vskip", "smallskip", "medskip", "bigskip", "LinesNumberedHidden", "nonumber", "nl"), 0),
    **dict.fromkeys(("setlength", "addtolength", "setcounter", "renewcommand", "algrenewcommand"), 2),
}


def key_of(name: str) -> str:
    """Return what a command is looked up as, given without its backslash; "" for one that is none of these."""
    if name[0].isupper():
        return name.lower()
    return name if name != name.lower() or name in {"tcp", "tcc"} else ""


def knautonyms() -> dict[str, str]:
    """Return commands in small letters -> as algpseudocode writes them, to be proposed for unknown ones."""
    tables = (BLOCKS, BRANCHES, ENDS, INPUTS, STATEMENTS, WORDS, COMMENTS)
    names = {name for table in tables for name in table if name.islower()} | {"state", "until", "call"}
    parts = {"endif": "EndIf", "elsif": "ElsIf", "forall": "ForAll", "elseif": "ElseIf", "downto": "DownTo"}
    written = {name: parts.get(name, name.capitalize()) for name in sorted(names)}
    written |= {f"end{kind}": f"End{kind.capitalize()}" for kind in ("for", "while", "loop", "procedure", "function")}
    return {name: f"\\{word}" for name, word in written.items()} | {"caption": r"\caption", "label": r"\label"}
