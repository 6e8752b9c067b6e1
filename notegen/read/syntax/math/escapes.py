r"""Formulas escaped for a renderer that reads Markdown's backslashes before LaTeX's: `D\_{KL}`, `\\epsilon`, `\\{1\\}`.

Goldmark, marked and kramdown turn `\_` into `_` and `\\` into `\` inside of formulas too, and authors of notes for
them write LaTeX with that in mind. Here formulas are kept to the byte, so such a note shows wrong signs. A note is
known by its formulas: what makes no sense in LaTeX is certain (an underscore sign with a group behind it, a line break
in a line followed by a command's name); what a line break may be is none of it, and is only read where its formula is
escaped. With `math.unescape` the formulas of such a note get the LaTeX that its author meant, and keep in WRITTEN what
stands in the file; without it they stay. Report: math-escaped, once a note. Raw HTML and code fences, which Markdown
does not unescape, are left alone.

Source: CommonMark specification, "Backslash escapes"; Hugo docs, "Mathematics in Markdown", on passthrough.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.token import Token as MarkdownToken

from notegen.math.latex.commands import known_commands
from notegen.math.latex.tokens import Token, is_word, tokenize
from notegen.model.config import MathConfig
from notegen.read.syntax.math.prose import ZERO_WIDTH
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.token_data import FORMULA, PLACE, WRITTEN, Place, Written
from notegen.text.patterns import lazy_regex

# Without any of these a formula has none of them: most have only line breaks that end a row.
_POSSIBLE = lazy_regex(r"\\[_^]|\\\\(?:\\\\|[A-Za-z]{2}|[{},;:!>|_%#$])")
# The same in the text of a note, where what formulas are read without may stand between, or an entity for the sign.
_IN_TEXT = lazy_regex(rf"\\[_^{ZERO_WIDTH}]|\\\\(?:\\\\|[A-Za-z]{{2}}|[{{}},;:!>|_%#$&{ZERO_WIDTH}])")
_BREAK = r"\\"
_ESCAPED = frozenset({r"\_", r"\^"})
# Behind two backslashes: what a single one makes a sign or a space of. `\\&` and `\\[` begin a row, and a row's gap.
_SPACES = frozenset(",;:!>")
_ADDED = frozenset("*+-")  # what a base has besides letters, figures and groups
_BRACES = frozenset("{}")
_OTHER = frozenset("|_%#$")
_TEXTS = frozenset(
    rf"\{name}"
    for name in ("text", "textrm", "textbf", "textit", "texttt", "textsf", "mbox", "hbox", "mathrm", "mathtt", "mathsf")
) | {r"\operatorname", r"\mathit", r"\tag", r"\label", r"\ref", r"\eqref"}
_FENCES = frozenset({r"\left", r"\right", r"\middle"}) | {
    rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
}
_LONG = 3  # letters of a name that no row of a display begins with by chance
_SHORT = 2
_SHOWN = 24  # characters of an example


class _Sign(NamedTuple):
    """A backslash too many: where it stands, where what it belongs to ends, and whether LaTeX leaves no doubt."""

    start: int
    end: int
    certain: bool
    doubled: bool  # two of them: belongs to a formula in which all are doubled


def math_escapes_rule(settings: MathConfig) -> Rule:
    """Return the rule, which runs when all formulas are found."""

    def math_escapes(state: StateCore) -> None:
        if _IN_TEXT.search(state.src):
            _Note(state).read(unescape=settings.unescape)

    return Rule("core", "math_escapes", math_escapes, before=AFTER_INLINE)


class _Note:
    """The formulas of one note that hold a backslash too many, perhaps."""

    def __init__(self, state: StateCore) -> None:
        self.state = state
        self.marked = [(token, signs) for token in _formulas(state.tokens) if (signs := _signs(token))]

    def read(self, *, unescape: bool) -> None:
        """Report an escaped note, or mend its formulas."""
        first = next(((token, sign) for token, signs in self.marked for sign in signs if sign.certain), None)
        if first is None:
            return
        escaped = [(token, kept) for token, signs in self.marked if (kept := _belonging(token.content, signs))]
        if not unescape:
            self._report(*first, len(escaped))
            return
        for token, signs in escaped:
            latex, dropped = _without(token.content, signs)
            WRITTEN.set(token, Written(token.content, dropped))
            token.content = latex

    def _report(self, token: MarkdownToken, sign: _Sign, count: int) -> None:
        place = PLACE.of(token) or Place(0, -1)
        before = token.content[: sign.start]
        down = before.count("\n")
        column = place.column + sign.start + 1 if not down else 0
        start = max(before.rfind(" ") + 1, before.rfind("\n") + 1, sign.start - _SHOWN // 2)
        example = token.content[start : start + _SHOWN].split()[0]
        formulas = "a formula is" if count == 1 else f"{count} formulas are"
        message = f"{formulas} escaped for a renderer that reads Markdown's backslashes first, as in {example}"
        hint = r"set math.unescape: true in site.yaml to read \_ as _ and \\x as \x in such notes"
        length = max(1, sign.end - sign.start)
        report(self.state.env, "math-escaped", message, (place.line + down + 1, column), hint=hint, length=length)


def _formulas(tokens: Iterable[MarkdownToken]) -> Iterator[MarkdownToken]:
    for token in tokens:
        if token.type == "math_block":
            yield token
        elif token.type == "inline":
            yield from (child for child in token.children or () if child.type == "math_inline")


def _signs(token: MarkdownToken) -> list[_Sign]:
    """Return the backslashes of a formula that may be too many, in order."""
    latex, source = token.content, FORMULA.of(token)
    if source.from_html or token.markup.endswith(("math", "{math}")) or not _POSSIBLE.search(latex):
        return []
    return list(_Formula(latex, display=source.display).signs())


class _Formula:
    """One walk over a formula's tokens; it knows in which group and environment it is."""

    def __init__(self, latex: str, *, display: bool) -> None:
        self.latex = latex
        self.tokens = tokenize(latex)
        self.braced = latex.count(r"\\{") > 0 and latex.count(r"\\{") == latex.count(r"\\}")
        self.inline = not display
        self.depth = 0  # of environments
        self.texts: list[bool] = []  # of the open groups: whether they hold text
        self.after = 0  # where the last doubled backslash's sign or name ended
        self.name = ""  # that sign or name, with one backslash

    def signs(self) -> Iterator[_Sign]:
        """Yield what may be a backslash too many, in order."""
        for index, token in enumerate(self.tokens):
            if token.text == "{":
                doubled = self.after == token.start and index
                before = self.name if doubled else self.tokens[index - 1].text if index else ""
                self.texts.append(before in _TEXTS or (bool(self.texts) and self.texts[-1]))
            elif token.text == "}" and self.texts:
                self.texts.pop()
            elif token.text in {r"\begin", r"\end"}:
                self.depth += 1 if token.text == r"\begin" else -1
            elif token.text in _ESCAPED and not (self.texts and self.texts[-1]):
                yield from self._escaped(index, token)
            elif token.text == _BREAK and token.start >= self.after:
                sign = self._doubled(token, self.tokens[index - 1].text if index else "")
                if sign is not None:
                    self.after, self.name = sign.end, self.latex[token.start + 1 : sign.end]
                    yield sign

    def _escaped(self, index: int, token: Token) -> Iterator[_Sign]:
        r"""Yield `\_` or `\^` where a subscript makes sense and the sign does not: not in `batch\_size`."""
        before = self.tokens[index - 1].text if index else ""
        after = self.tokens[index + 1].text if index + 1 < len(self.tokens) else ""
        if after == "{":
            yield _Sign(token.start, token.end + 1, certain=before != "", doubled=False)
        elif before and after and not before.isspace() and before not in _BRACES - {"}"}:
            word = self._letters(index - 1, -1) >= _SHORT and token.start > self.after
            fits = is_word(after) or after.isalnum() or after in _ADDED
            if fits and not word and self._letters(index + 1, 1) < _SHORT:
                yield _Sign(token.start, token.end + len(after), certain=True, doubled=False)

    def _letters(self, index: int, step: int) -> int:
        """Return how many letters stand there in a row, at most two."""
        return sum(
            self.tokens[at].text.isalpha() and len(self.tokens[at].text) == 1
            for at in (index, index + step)
            if 0 <= at < len(self.tokens) and (at == index or self.tokens[index].text.isalpha())
        )

    def _doubled(self, token: Token, before: str) -> _Sign | None:
        r"""Return what stands behind two backslashes where it may be a command: `\\alpha`, `\\{`, `\\\\`."""
        latex, start = self.latex, token.start
        following = latex[token.end : token.end + 1]
        plain = self.depth <= 0
        if latex.startswith(_BREAK, token.end):
            return _Sign(start, token.end + 2, certain=False, doubled=True)
        word = _word(latex, token.end)
        if word in {"begin", "end"}:
            braced = latex.startswith("{", token.end + len(word))
            return _Sign(start, token.end + len(word), certain=True, doubled=True) if braced else None
        if len(word) >= _SHORT:
            known = word in known_commands()
            certain = known and plain and (self.inline or len(word) >= _LONG)
            return _Sign(start, token.end + len(word), certain=certain, doubled=True) if known else None
        if following in _BRACES:
            certain = before in _FENCES or (plain and (self.inline or self.braced))
            return _Sign(start, token.end + 1, certain=certain, doubled=True)
        if following and (following in _SPACES or (following in _OTHER and plain)):
            return _Sign(start, token.end + 1, certain=plain and self.inline, doubled=True)
        return None


def _word(latex: str, start: int) -> str:
    end = start
    while end < len(latex) and latex[end].isascii() and latex[end].isalpha():
        end += 1
    return latex[start:end]


def _belonging(latex: str, signs: Sequence[_Sign]) -> list[_Sign]:
    r"""Return the backslashes that are too many in a formula of an escaped note.

    Doubled ones are, where one of them is certain or a line break is doubled too; `\\` at the end of a row never is.
    """
    doubled = any(sign.certain or latex.startswith(r"\\\\", sign.start) for sign in signs if sign.doubled)
    return [sign for sign in signs if doubled or not sign.doubled]


def _without(latex: str, signs: Sequence[_Sign]) -> tuple[str, tuple[int, ...]]:
    r"""Return LaTeX without these backslashes (of `\\\\`, two), and before which characters of it they stood."""
    pieces: list[str] = []
    dropped: list[int] = []
    written = position = 0
    for sign in signs:
        count = 2 if latex.startswith(r"\\\\", sign.start) else 1
        pieces.append(latex[position : sign.start])
        written += sign.start - position
        dropped += [written] * count
        position = sign.start + count
    return "".join([*pieces, latex[position:]]), tuple(dropped)
