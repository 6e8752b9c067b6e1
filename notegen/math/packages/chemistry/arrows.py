r"""The arrows of reactions, with what stands above and below them: `->[above][below]`, `<=>`, `<=>>`."""

from collections.abc import Sequence

from notegen.math.packages.chemistry.cursor import Cursor
from notegen.math.packages.rule import Part

# How an arrow is written -> its command; the longest first.
_ARROWS = (
    ("<-->", r"\rightleftarrows"),
    ("<<=>", r"\leftequilibrium"),
    ("<=>>", r"\rightequilibrium"),
    ("<->", r"\xleftrightarrow"),
    ("<=>", r"\xrightleftharpoons"),
    ("->", r"\xrightarrow"),
    ("<-", r"\xleftarrow"),
    ("→", r"\xrightarrow"),
    ("⟶", r"\xrightarrow"),
    ("←", r"\xleftarrow"),
    ("⇌", r"\xrightleftharpoons"),
    ("↔", r"\xleftrightarrow"),
)
_FIRST = frozenset("<-→⟶←⇌↔")
# Arrows in two rows: the one above, the one below.
_DOUBLE = {
    r"\rightleftarrows": (r"\xrightarrow{\quad}", r"\xleftarrow{\quad}"),
    r"\leftequilibrium": (r"\rightharpoonup", r"\xleftharpoondown{\quad}"),
    r"\rightequilibrium": (r"\xrightharpoonup{\quad}", r"\leftharpoondown"),
}


def take_arrow(cursor: Cursor) -> str:
    """Take an arrow that comes next and return its command; empty when none does."""
    if cursor.peek() not in _FIRST:
        return ""
    for written, command in _ARROWS:
        if cursor.run(len(written)) == written:
            cursor.index += len(written)
            return command
    return ""


def arrow(command: str, above: Sequence[Part], below: Sequence[Part]) -> list[Part]:
    """Return an arrow with its words as LaTeX."""
    if command in _DOUBLE:
        upper, lower = _DOUBLE[command]
        parts: list[Part] = [rf"\mathrel{{\substack{{{upper}\\{lower}}}}}"]
        parts = [r"\underset{", *below, "}{", *parts, "}"] if below else parts
        return [r"\overset{", *above, "}{", *parts, "}"] if above else parts
    return [r"\;", command, *(["[", *below, "]"] if below else []), "{", *(above or [r"\quad"]), r"}\; "]
