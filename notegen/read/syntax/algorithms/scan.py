r"""The text of an algorithm, read from left to right: commands, formulas, braces, and what follows a command."""

import re

import msgspec

from notegen.text.patterns import lazy_regex

# What no formula holds: where one is not closed, it ends before the next statement.
_STATEMENT = (
    r"(?:State|STATE|Statex|If|IF|Else|ELSE|ElsIf|ELSIF|For|FOR|ForAll|FORALL|While|WHILE|Repeat|REPEAT|Until|UNTIL"
    r"|Require|REQUIRE|Ensure|ENSURE|Return|RETURN|END[A-Z]++|End[A-Z][a-z]++|end\s?\{algorithm)"
)
_INSIDE = rf"\\(?!{_STATEMENT}(?![A-Za-z]))"
_TOKEN = lazy_regex(
    rf"\$\$(?P<double>(?:[^$\\]++|{_INSIDE}[\s\S])++)\$\$"
    rf"|\$(?P<single>(?:[^$\\]++|{_INSIDE}[\s\S])++)\$"
    rf"|\\\((?P<round>(?:[^\\]++|{_INSIDE}[^()])++)\\\)"
    rf"|\\\[(?P<square>(?:[^\\]++|{_INSIDE}[^\[\]])++)\\\]"
    r"|\\(?P<command>[A-Za-z]++\*?|[^A-Za-z])"
    r"|(?P<sign>[{}$\\])"
    r"|%[^\n]*+(?:\n[ \t]*+)?"
    r"|(?P<text>[^\\${}%]++)"
)
_KINDS = {"command": "command", "sign": "sign", "text": "text", "square": "display"}  # of the groups of _TOKEN
_SPACE = lazy_regex(r"(?:\s++|%[^\n]*+)*+")
_LABEL = lazy_regex(r"\s?\{\s?([^{}\\$\n]{1,200}?)\s?\}")
_OPTION = lazy_regex(r"\s?\[([^\[\]\n]{0,200})\]")
_SIDE_COMMENT = lazy_regex(r"\s?\(\s?\\tc[cp]\*?(?:\[[a-z]?\])?\{([^{}]{0,500})\}\s?\)")
_ENVIRONMENT = lazy_regex(r"\s?\{([A-Za-z]{1,40}\*?)\}(?:\[([^\[\]\n]{0,100})\])?")
_SETTER = lazy_regex(r"\s?\{\\?([A-Za-z]{1,40})\}\s?\{([^{}]{0,100})\}(?:\{([^{}]{0,100})\})?(?:\{([^{}]{0,100})\})?")
_ESCAPED = lazy_regex(r"\\([%&#_$])")
_WORD = lazy_regex(r"\s?\{?\\algorithmic([a-z]{1,20})\}?\s?\{(?:\\textbf\s?)?\{?([^{}\n]{0,80})\}?\}")


class Token(msgspec.Struct, frozen=True, gc=False):
    """`kind` is "command", "formula", "display", "sign" (a brace, or what stands alone) or "text"; `start`: its place.

    `text` is the command's name without its backslash, or the LaTeX between the dollars, which begins at `inside`.
    """

    kind: str
    text: str
    start: int
    inside: int


class Scanner:
    """A place in the text; each method reads on from it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.at = start
        self.end = end

    def next(self) -> Token | None:
        """Return the next token; None at the end. Comments are passed over."""
        while self.at < self.end:
            match = _TOKEN.match(self.text, self.at, self.end)
            if match is None:  # a backslash at the very end
                self.at = self.end
                return None
            start, self.at = match.span()
            group = match.lastgroup
            if group is not None:
                return Token(_KINDS.get(group, "formula"), match[group], start, match.start(group))
        return None

    def brace(self) -> bool:
        """Return whether an opening brace comes next, behind white space; go behind it if so."""
        at = self.at
        if not self.text.startswith("{", at, self.end):  # nearly always the brace is there, or none
            space = _SPACE.match(self.text, at, self.end)
            at = space.end() if space else at
            if not self.text.startswith("{", at, self.end):
                return False
        self.at = at + 1
        return True

    def label(self) -> str:
        """Return a label in braces; "" where none follows."""
        return self._group(_LABEL)

    def option(self) -> str | None:
        """Return what stands in brackets, if these follow."""
        match = _OPTION.match(self.text, self.at, self.end)
        if match is None:
            return None
        self.at = match.end()
        return match[1]

    def side_comment(self) -> str:
        r"""Return the comment of `\For(\tcp*[h]{comment})`; "" where there is none."""
        return self._group(_SIDE_COMMENT)

    def environment(self) -> tuple[str, str]:
        r"""Return the name behind `\begin` or `\end`, and what stands in brackets behind it."""
        match = _ENVIRONMENT.match(self.text, self.at, self.end)
        if match is None:
            return "", ""
        self.at = match.end()
        return match[1], match[2] or ""

    def setter(self) -> tuple[str, str, str, str] | None:
        r"""Return the name that `\SetKw…{Name}{text}{text}{text}` defines, and its texts."""
        match = _SETTER.match(self.text, self.at, self.end)
        if match is None:
            return None
        self.at = match.end()
        first, second, third = (_ESCAPED.sub(r"\1", text or "") for text in match.groups()[1:])
        return match[1], first, second, third

    def word(self) -> tuple[str, str]:
        r"""Return what `\renewcommand{\algorithmicrequire}{\textbf{Input:}}` renames, and the new word."""
        match = _WORD.match(self.text, self.at, self.end)
        if match is None:
            return "", ""
        self.at = match.end()
        return match[1], match[2]

    def skip_groups(self, count: int) -> None:
        """Go behind up to `count` groups in braces, and brackets before them."""
        self.option()
        for _ in range(count):
            if not self.brace():
                return
            depth = 1
            while depth and (token := self.next()) is not None:
                depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0

    def _group(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at, self.end)
        if match is None:
            return ""
        self.at = match.end()
        return match[1]
