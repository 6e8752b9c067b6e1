"""The math scanner beyond the fixtures: tables, raw HTML, references, tails of displays, and what it reports."""

from typing import Any

import pytest
from markdown_it.token import Token

from notegen.model.config import Config, MarkdownConfig, MathConfig, read_settings
from notegen.read.parser import make_parser
from notegen.read.syntax.math.table import split_row
from notegen.read.syntax.parse_state import parse_state
from notegen.read.token_data import PLACE, WIKI_TARGET, Place
from tests.support.cases import all_cases
from tests.support.math_fixtures import Formula, formulas, parser, types, visible_text, walk

_MD = parser()


def _formulas(source: str) -> list[Formula]:
    return formulas(_MD.parse(source))


def _cells(rows: str) -> list[list[str]]:
    tokens = _MD.parse(rows)
    table: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            table.append([])
        elif token.type == "inline":
            table[-1].append(token.content)
    return table


@all_cases(
    ("row", "columns", "cells"),
    [
        ("|$|x|$|$P(A|B)$|", 2, ["$|x|$", "$P(A|B)$"]),
        ("| $p(x|y)$ |", 2, ["$p(x|y)$"]),
        ("| 5 $ | 6 $ |", 2, ["5 $", "6 $"]),
        ("| $12 | $30 |", 2, ["$12", "$30"]),
        (r"| $\|x\|$ | a \| b |", 2, [r"$\|x\|$", "a | b"]),
        (r"| \(a|b\) | c |", 2, [r"\(a|b\)", "c"]),
        ('| <img alt="$x"> | $y |', 2, ['<img alt="$x">', "$y"]),
        ("a | b", 2, ["a", "b"]),
        ("| a |  |", 2, ["a", ""]),
        ("|", 1, []),
    ],
)
def test_bars_inside_formulas_do_not_split_a_row(row: str, columns: int, cells: list[str]) -> None:
    assert [cell.text for cell in split_row(row, columns)] == cells


def test_table_with_bars_in_formulas_keeps_rows_and_alignment() -> None:
    source = "| a | $|b|$ |\n| :- | -: |\n| $p(x|y)$ | `c` |\n| d |\n\nafter"
    assert _cells(source.partition("\n\n")[0]) == [["a", "$|b|$"], ["$p(x|y)$", "`c`"], ["d", ""]]
    styles = [token.attrs.get("style") for token in _MD.parse(source) if token.type in {"th_open", "td_open"}]
    assert styles == ["text-align:left", "text-align:right"] * 3


@all_cases("source", ["a | b\n--", "a | b\n- | -", "| a |\n|---|---|", "a\n-|", "    | a |\n    | - |"])
def test_what_is_no_table(source: str) -> None:
    assert "table_open" not in types(_MD.parse(source))


@all_cases(
    ("source", "cells"),
    [
        ("| a | b |\n|---|\n| 1 | $|x|$ |\n| 3 |", [["a", "b"], ["1", "$|x|$"], ["3", ""]]),
        ("| a |\n|---|---|\n| 1 | 2 |", [["a", ""], ["1", "2"]]),
        ("> | a | b | c |\n> |:-:|--|\n> | 1 | 2 |", [["a", "b", "c"], ["1", "2", ""]]),
    ],
)
def test_a_table_whose_row_of_dashes_has_another_number_of_cells_loses_none(
    source: str, cells: list[list[str]]
) -> None:
    assert _cells(source) == cells
    assert _problems(source) == []


def test_a_row_of_dashes_that_fits_neither_header_nor_body_is_told_once() -> None:
    source = "x\n> | a | b | c |\n> |--|--|\n> | 1 | 2 | 3 | 4 |\n\n| a |\n|---|---|\n\nword | a\n---"
    assert "table_open" not in types(_MD.parse(source))
    assert _problems(source) == [("table-columns", 3, 3), ("table-columns", 7, 1)]


def test_a_display_or_heading_ends_a_table() -> None:
    assert types(_MD.parse("| a |\n| - |\n| b |\n$$x$$\n"))[-2:] == ["table_close", "math_block"]


def test_table_row_may_start_with_a_display_in_a_cell() -> None:
    assert _cells("a | b\n-|-\n$$x_1$$ | word\n")[1] == ["$$x_1$$", "word"]


def test_text_of_html_is_read_and_markup_is_not() -> None:
    source = "<div title='$a$'>\n<!-- $b$ -->\n<p>$c &lt; d$</p>\n<pre>$e$</pre><code>$f$</code>\n\\[g_1\\]\n</div>\n"
    tokens = _MD.parse(source)
    assert formulas(tokens) == [("inline", "c < d"), ("display", "g_1")]
    assert "".join(token.content for token in tokens if token.type == "html_block") == source.replace(
        "$c &lt; d$", ""
    ).replace("\\[g_1\\]", "")


def test_double_dollars_in_a_sentence_of_html_are_inline() -> None:
    assert _formulas("<p>we set $$N=1$$ here</p>\n") == [("inline", "N=1")]


def test_blank_line_between_macros_does_not_end_an_html_block() -> None:
    source = '<div style="display:none">\n$$\n\\def\\a{1}\n\n\\def\\b{2}\n$$\n</div>\n\n$c$'
    assert _formulas(source) == [("display", "\\def\\a{1}\n\n\\def\\b{2}"), ("inline", "c")]


def test_inline_code_element_holds_no_formula() -> None:
    assert _formulas("<code>$a$</code> and $b$") == [("inline", "b")]


def test_without_html_angle_brackets_are_text() -> None:
    md = make_parser(read_settings(Config(markdown=MarkdownConfig(html=False))))
    assert formulas(md.parse("<code>$a$</code> and $b$")) == [("inline", "a"), ("inline", "b")]


def test_dollar_of_an_address_closes_no_formula() -> None:
    tokens = _MD.parse("It costs $5, see [docs](https://a.example/?q=$x_1) for $n$")
    assert formulas(tokens) == [("inline", "n")]
    assert "link_open" in types(tokens)


@all_cases(
    ("source", "expected", "text"),
    [
        ("$$x$$ is the input", [("inline", "x")], "is the input"),
        ("we let\n$$x$$ be\nthe input", [("inline", "x")], "be\nthe input"),
        ("$$E=mc^2$$ (2)", [("display", "E=mc^2")], "(2)"),
        ("$$\nx\n$$ where $y$ is", [("display", "x"), ("inline", "y")], "where"),
        ("$$a$$ $$b$$.", [("display", "a"), ("display", "b")], "."),
        ("$$a\\tag{1}$$ and on", [("display", "a\\tag{1}")], "and on"),
        ("- text\n      $$\n      x\n      $$", [("display", "x")], "text"),
        ("\\[1\\] Vaswani et al.", [], "[1] Vaswani"),
        ("see \\[12, 13\\] and \\(见下文\\)", [], "see [12, 13] and (见下文)"),
        ("so \\[a+b\\] holds", [("display", "a+b")], "holds"),
        ("$x=\n\\begin{bmatrix}1\\\\2\n\\end{bmatrix}$ done", None, "done"),
        ("$$\nx\n\ny\n$$", [("display", "x\n\ny")], ""),
        ("$$\nx\n\n## h\n\n$$", [], "h"),
        ("$$\nx\n\n这里忘了关闭。\n\n$$\ny\n$$", [("display", "y")], "忘了关闭"),
        ("```math\nx\n\ny\n```", [("display", "x\n\ny")], ""),
        ("text $$x$$ text", [("inline", "x")], "text"),
        ("## $$x$$", [("inline", "x")], ""),
        ("$a\\ $", [("inline", "a\\ ")], ""),
    ],
)
def test_displays_and_what_is_beside_them(source: str, expected: list[Formula] | None, text: str) -> None:
    tokens = _MD.parse(source)
    if expected is None:
        assert len(formulas(tokens)) == 1
    else:
        assert formulas(tokens) == expected
    assert text in visible_text(tokens)


def test_setting_makes_double_dollars_in_a_sentence_displays() -> None:
    md = make_parser(read_settings(Config(math=MathConfig(inline_double_dollars="display"))))
    assert formulas(md.parse("so $$x$$ holds, $y$ too")) == [("display", "x"), ("inline", "y")]


def test_dialects_are_off_by_default() -> None:
    assert _formulas("`$x$` and $a &lt; b_1$") == [("inline", "a &lt; b_1")]


def test_formulas_in_tags_are_no_dialect() -> None:
    assert _formulas("a {% math %}y{% endmath %} and $z$") == [("inline", "y"), ("inline", "z")]


def test_references_in_prose() -> None:
    tokens = _MD.parse(r"by \eqref{eq:a}, \ref{ eq:b } and `\eqref{c}` and \\eqref{d}")
    found = [token for token in walk(tokens) if token.type == "cross_ref"]
    assert [(token.content, WIKI_TARGET.of(token).form, PLACE.of(token)) for token in found] == [
        ("eq:a", "(%s)", Place(0, 10)),
        ("eq:b", "%s", Place(0, 23)),
    ]


def test_alternative_text_of_an_image_stays_as_written() -> None:
    image = next(token for token in walk(_MD.parse("![a $x_1$ of *b*](p.png)")) if token.type == "image")
    assert [child.content for child in image.children or []] == ["a $x_1$ of *b*"]


def _problems(source: str) -> list[tuple[str, int, int]]:
    env: dict[str, Any] = {}
    _MD.parse(source, env)
    return [(report.code, report.line, report.column) for report in parse_state(env).reports]


@all_cases(
    ("source", "expected"),
    [
        ("text\n\n> - open $$ here\n>   and on", [("math-unclosed", 3, 10)]),
        ("It costs $5 today and $10.", [("math-ambiguous-dollar", 1, 10)]),
        ("the $x_1 forgot", [("math-unclosed", 1, 5)]),
        ("a\n\\begin{align}\nx", [("math-unclosed", 2, 1)]),
        ("| a | b |\n|--|--|\n| c | $\\|x\\|$ |", [("math-table-bar", 3, 8)]),
        ("- [ ] price 5 $ or 6 $ x", [("math-ambiguous-dollar", 1, 15)]),
        ("so^[it is 5 $ or 6 $ x]\n\nit\nis^[and $$ x]", [("math-ambiguous-dollar", 1, 13), ("math-unclosed", 4, 9)]),
        ("a price of $12 is text, and \\$5, `$$`, $x$", [("math-ambiguous-dollar", 1, 12)]),
        ("a price of 12$. Nothing more.", []),
    ],
)
def test_problems_stand_at_their_character(source: str, expected: list[tuple[str, int, int]]) -> None:
    assert _problems(source) == expected


def test_nothing_is_kept_between_notes() -> None:
    assert _problems("| a |\n|--|\n| $\\|x$ |\n\n$y$ and $$") == [("math-table-bar", 3, 4), ("math-unclosed", 5, 9)]
    assert _problems("plain") == []


def test_all_rules_report_in_captions_and_footnotes_of_a_sentence() -> None:
    source = 'a^[see {{ x }} and $$ y]\n\n![p](a.png "so {% z %} $$ q")'
    places = [("math-unclosed", 1, 20), ("math-unclosed", 3, 24)]
    assert sorted(_problems(source), key=lambda report: report[1:]) == places


@pytest.mark.parametrize("source", [">" * 2000 + " $x$", "- " * 2000 + "$x$", "[" * 5000 + "$x$", "**" * 3000 + "$x$"])
def test_deep_nesting_raises_nothing(source: str) -> None:
    tokens: list[Token] = _MD.parse(source)
    assert tokens
