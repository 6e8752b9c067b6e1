"""Lines and columns of formulas and links inside every kind of block."""

from pathlib import Path

from notegen.read.source_map import SourceMap, column_of
from tests.support.cases import all_cases
from tests.support.math_fixtures import parser, walk

_MD = parser()


def _places(source: str) -> list[tuple[str, int, int]]:
    source_map = SourceMap(source.split("\n"), 0)
    types = {"math_block", "math_inline", "cross_ref", "wikilink_open"}
    return [(token.content, *source_map.of(token)) for token in walk(_MD.parse(source)) if token.type in types]


@all_cases(
    ("source", "places"),
    [
        ("a $x$ b", [("x", 1, 4)]),
        ("one\ntwo $x$\n  three $ y $", [("x", 2, 6), ("y", 3, 11)]),
        ("> - a $x$\n>   b $y$\n> c $z$", [("x", 1, 8), ("y", 2, 8), ("z", 3, 6)]),
        ("1. 1 $1$", [("1", 1, 7)]),
        ("# # $x$ ##", [("x", 1, 6)]),
        ("set $x$\n===", [("x", 1, 6)]),
        ("| $x$ | $x$ |\n|--|--|\n| a \\| $y$ | $x|y$ |", [("x", 1, 4), ("x", 1, 10), ("y", 3, 9), ("x|y", 3, 15)]),
        ("> | $x$ |\n> |--|\n> |  $y$ |", [("x", 1, 6), ("y", 3, 7)]),
        ("term $x$\n: def $y$\n  more $z$", [("x", 1, 7), ("y", 2, 8), ("z", 3, 9)]),
        ("a[^1]\n\n[^1]: see $x$\n\n    and $y$", [("x", 3, 12), ("y", 5, 10)]),
        ("a^[see $x$]\nb^[see $y$]", [("x", 1, 9), ("y", 2, 9)]),
        ("- [ ] do $x$", [("x", 1, 11)]),
        ("中文 $x$ 与 \\eqref{a}", [("x", 1, 5), ("a", 1, 17)]),
        ("> $$\n>   x\n>  y\n> $$ tail $z$", [("x\n y", 2, 5), ("z", 4, 12)]),
        ("- a\n  ```math\n\n  x\n  ```", [("x", 4, 3)]),
        ("<div>\n <p>so $x$\n$$\n  y\n$$\n</div>", [("x", 2, 9), ("y", 4, 3)]),
        ("see [[note]]", [("", 1, 5)]),
    ],
)
def test_every_formula_has_its_line_and_column(source: str, places: list[tuple[str, int, int]]) -> None:
    assert _places(source) == places


def test_characters_inside_a_display_have_their_place() -> None:
    source = "> $$\n> a\n>   \\bad\n> $$"
    display = next(token for token in _MD.parse(source) if token.type == "math_block")
    source_map = SourceMap(source.split("\n"), 0)
    assert source_map.inside(source_map.of(display), display.content, display.content.index("\\bad")) == (3, 5)


@all_cases(
    ("source_line", "text", "column"), [("> a  ", "a", 2), ("\t\tx", "    x", 2), ("## x ##", "x", 3), ("abc", "zz", 0)]
)
def test_column_of_content_in_its_line(source_line: str, text: str, column: int) -> None:
    assert column_of(source_line, text) == column


def test_places_are_exact_in_real_posts(corpus: Path) -> None:
    wrong: list[str] = []
    for path in sorted(corpus.glob("d2l-zh/chapter_*/*.md"))[:12]:
        lines = path.read_text(encoding="utf-8").split("\n")
        for latex, line, column in _places("\n".join(lines)):
            if not lines[line - 1].startswith(latex.partition("\n")[0].rstrip(), column - 1):
                wrong.append(f"{path.name}:{line}:{column}: {latex}")
    assert wrong == []
