"""math-core, the engine of nearly all formulas: LaTeX to MathML Core in microseconds."""

import re
from functools import cache

import msgspec
from math_core import LatexError, LatexToMathML

from notegen.math.latex.tokens import read_argument, skip_spaces, tokenize
from notegen.math.mathml.html_compat import validated
from notegen.math.mathml.normalize import adjust
from notegen.text.patterns import lazy_regex

# The names of operators, which math-core 0.9 does not always escape: a name like most, and what others must not hold.
_PLAIN_NAME = lazy_regex(r"\\operatorname(?:withlimits)?\*?\s*\{(?:[\w\s*.,:;!~-]|\\[,;: ])*\}")
_MARKUP = frozenset({"<", ">", "&", r"\&", r"\lt", r"\gt", r"\begingroup"})
_PLACE = lazy_regex(r"(\d+): (.*)", re.DOTALL)


class Failure(msgspec.Struct, frozen=True):
    """Why an engine rejects a formula: its words, and the offset in characters of what it was given (-1: its end)."""

    message: str
    offset: int = -1


UNSUPPORTED = Failure("a combination of commands that math-core does not know")


@cache
def engine() -> LatexToMathML:
    r"""Return the converter; it keeps no state from one formula to the next.

    notegen expands macros itself; math-core's own, such as `\ldots`, count as expansions too, so the limit is high.
    """
    return LatexToMathML(fancy_error=False, annotation=True, allow_unreliable_rendering=True, max_expansions=1_000_000)


def to_mathml(engine: LatexToMathML, latex: str, *, display: bool) -> str | Failure:
    """Return the MathML inside `<math><semantics>`, one element, or why there is none."""
    if "\\operatorname" in latex and "\\operatorname" in _PLAIN_NAME.sub("", latex):
        offset = _markup_in_name(latex)
        if offset is not None:
            return Failure("a sign in the name of an operator", offset)
    try:
        html = engine.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        match = _PLACE.match(str(error))
        return Failure(match[2], int(match[1])) if match else Failure(str(error))
    except UnicodeEncodeError as error:
        return Failure("a character that is not Unicode text", error.start)
    inside = html[html.index("<semantics>") + 11 : html.rindex("<annotation ")]
    return validated(adjust(inside.replace("&ApplyFunction;", "\u2061") if "&ApplyFunction;" in inside else inside))


def _markup_in_name(latex: str) -> int | None:
    """Return where the name of an operator holds what is markup in HTML; None when none does."""
    stack = tokenize(latex)[::-1]
    while stack:
        if not stack.pop().text.startswith("\\operatorname"):
            continue
        skip_spaces(stack)
        if stack and stack[-1].text == "*":
            stack.pop()
        name = read_argument(stack) or []
        start = next((token.start for token in name if token.text in _MARKUP), None)
        if start is not None:
            return start
        stack.extend(reversed(name))
    return None
