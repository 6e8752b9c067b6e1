"""math-core, the engine of nearly all formulas: LaTeX to MathML Core in microseconds."""

import re
from functools import cache

import msgspec
from math_core import LatexError, LatexToMathML

from notegen.math.mathml.html_compat import validated
from notegen.math.mathml.normalize import adjust

_PLACE = re.compile(r"(\d+): (.*)", re.DOTALL)


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
    try:
        html = engine.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        match = _PLACE.match(str(error))
        return Failure(match[2], int(match[1])) if match else Failure(str(error))
    except UnicodeEncodeError as error:
        return Failure("a character that is not Unicode text", error.start)
    inside = html[html.index("<semantics>") + 11 : html.rindex("<annotation ")]
    return validated(adjust(inside.replace("&ApplyFunction;", "\u2061") if "&ApplyFunction;" in inside else inside))
