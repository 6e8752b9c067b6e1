"""Every case of the formula fixtures, and what their notes ask for beyond formulas and text."""

import re

import pytest

from notegen.read.token_data import ANCHOR, LABEL
from tests.support.cases import all_cases
from tests.support.limits import ends
from tests.support.math_fixtures import Case, formulas, load_cases, parser, types, visible_text, walk

_CASES = list(load_cases())
_FRONT_MATTER = re.compile(r"---\n(?:\w+:.*\n)+---\n")


@all_cases("case", _CASES, ids=[case.title for case in _CASES])
def test_case(case: Case) -> None:
    tokens = parser(*case.options).parse(_FRONT_MATTER.sub("", case.source))
    found = formulas(tokens)
    expected = [
        (actual[0] if wanted[0] == "either" else wanted[0], wanted[1])
        for wanted, actual in zip(case.formulas, [*found, *[("none", "")] * len(case.formulas)], strict=False)
    ]
    assert found == expected
    text = visible_text(tokens)
    assert [wanted for wanted in case.texts if wanted not in text] == []


def _tokens(number: int) -> list[str]:
    case = next(case for case in _CASES if case.title.startswith(f"{number} "))
    return types(parser(*case.options).parse(case.source))


def _text(number: int) -> str:
    case = next(case for case in _CASES if case.title.startswith(f"{number} "))
    return visible_text(parser(*case.options).parse(case.source))


def test_all_sections_are_there() -> None:
    assert len(_CASES) > 100


def test_full_stop_after_the_closing_fence_stays() -> None:
    assert ".\nThe next line is prose." in _text(8)


def test_backslashes_of_escaped_dollars_are_not_shown() -> None:
    assert "\\" not in _text(30)


@all_cases(("number", "rows", "cells"), [(31, 3, 6), (104, 3, 6), (106, 2, 4)])
def test_tables_keep_their_shape(number: int, rows: int, cells: int) -> None:
    found = _tokens(number)
    assert (found.count("tr_open"), found.count("th_open") + found.count("td_open")) == (rows, cells)


def test_attribute_values_are_byte_identical() -> None:
    case = next(case for case in _CASES if case.title.startswith("44 "))
    (block,) = parser().parse(case.source)
    assert (block.type, block.content.strip()) == ("html_block", case.source)


@pytest.mark.parametrize(
    ("number", "addresses"), [(46, ["?q=$a$&r=$b$", "/$c$"]), (47, [r"%5Ctheta_1&plus;%5Ctheta_2"])]
)
def test_addresses_keep_their_dollars(number: int, addresses: list[str]) -> None:
    case = next(case for case in _CASES if case.title.startswith(f"{number} "))
    found = [str(token.attrs.get("href", token.attrs.get("src", ""))) for token in walk(parser().parse(case.source))]
    links = [link.replace("+", "&plus;") for link in found if link]
    assert all(link.endswith(address) for link, address in zip(links, addresses, strict=True))


@all_cases("number", [47, 69, 70, 75, 83])
def test_no_emphasis_comes_out_of_formulas(number: int) -> None:
    assert not {"em_open", "strong_open", "s_open", "sub_open", "mark_open"} & set(_tokens(number))


def test_bold_closes_next_to_chinese_and_full_width_marks() -> None:
    found = _tokens(71)
    assert found.count("strong_open") == found.count("strong_close") == 2
    assert "*" not in _text(71)


def test_emphasis_and_strikethrough_may_hold_nothing_but_a_formula() -> None:
    found = _tokens(73)
    assert (found.count("em_open"), found.count("s_open")) == (2, 1)


@all_cases("number", [76, 77, 80, 91])
def test_formulas_make_no_links_images_or_footnotes(number: int) -> None:
    assert not {"link_open", "image", "footnote_ref"} & set(_tokens(number))


def test_alias_of_a_wikilink_holds_the_formula() -> None:
    found = _tokens(90)
    assert found.count("wikilink_open") == 1
    assert found.index("wikilink_open") < found.index("math_inline", found.index("wikilink_open"))


def test_setext_and_atx_headings_with_formulas() -> None:
    case = next(case for case in _CASES if case.title.startswith("93 "))
    assert [token.tag for token in parser().parse(case.source) if token.type == "heading_open"] == ["h2", "h3"]


def test_display_does_not_split_an_ordered_list() -> None:
    found = _tokens(95)
    assert (found.count("ordered_list_open"), found.count("list_item_open")) == (1, 2)


def test_display_indented_under_a_list_item_is_no_code() -> None:
    assert "code_block" not in _tokens(97)


@pytest.mark.parametrize(("number", "anchor"), [(117, "eq-f"), (119, "eq:ab")])
def test_name_behind_a_display_is_its_anchor(number: int, anchor: str) -> None:
    case = next(case for case in _CASES if case.title.startswith(f"{number} "))
    display = next(token for token in parser().parse(case.source) if token.type == "math_block")
    assert (ANCHOR.of(display) or LABEL.of(display)) == anchor


def test_blocks_follow_a_display_directly() -> None:
    blocks = ["heading_open", "bullet_list_open", "table_open"]
    assert [kind for kind in _tokens(135) if kind in blocks] == blocks


def test_zero_width_characters_are_dropped() -> None:
    assert formulas(parser().parse("取 $m,n\u200b$ 与 $\ufeffk$ 为整数")) == [("inline", "m,n"), ("inline", "k")]


def test_crlf_becomes_plain_newlines() -> None:
    tokens = parser().parse("令\r\n$$\r\na \\\\\r\nb\r\n$$\r\n则 $c$\r\n")
    assert formulas(tokens) == [("display", "a \\\\\nb"), ("inline", "c")]


def test_very_long_formula_is_kept() -> None:
    rows = "\n".join("x" * 297 + r"\\ " for _ in range(200))
    latex = f"\\begin{{aligned}}\n{rows}\n\\end{{aligned}}"
    assert formulas(parser().parse(f"$$\n{latex}\n$$")) == [("display", latex)]


_HOSTILE = {
    "pairs": "$x$ " * 20000,
    "dollars": "$" * 100000,
    "doubles": "$$ " * 10000,
    "double lines": "$$ a\n\n" * 10000,
    "parentheses": r"\(" * 50000,
    "brackets": "\\[ a\n" * 20000,
    "environments": "\\begin{align}\n" * 5000,
    "braces": "$ {" * 20000,
    "closed braces": "${" * 20000 + "}$" * 20000,
    "comments": "a <!-- $ " * 10000,
    "code in HTML": "a <code>$x$ " * 10000,
    "cells": "|a|b|\n|-|-|\n" + "|$x|y$|$z$|\n" * 3000,
    "backticks": "$`" * 20000,
    "HTML fences": "<div>\n$$\n\n" * 5000,
}


@pytest.mark.slow
@pytest.mark.parametrize("source", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_many_delimiters_take_linear_time(source: str) -> None:
    with ends():
        parser().parse(source)
