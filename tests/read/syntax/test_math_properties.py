"""The scanner against random text: no crash, nothing invented, and the same formulas inside quotes and lists."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.read.token_data import PLACE
from tests.support.math_fixtures import formulas, parser, walk

_PARSER = parser()
_SOURCES = st.text(alphabet="$\\()[]{}`|>-*_ \n#a中，1<!%", max_size=120)
_WORDS = st.lists(
    st.sampled_from(
        [
            *("$", "$$", "\\(", "\\)", "\\[", "\\]", "\\\\(", "\\\\)", "\\begin{align}", "\\end{align}", "$`", "`$"),
            *("`", "|", "\n", "\n\n", "x_1", "中，", "<b>", "</b>", "<!--", "-->", "{", "}", "[[", "]]", "**", "- "),
            *(
                "> ",
                "# ",
                "|-|\n",
                "<div>\n",
                "</div>\n",
                "a b",
                "5",
                " ",
                "~~~\n",
                "^[",
                "]",
                "](u)",
                "!",
                "\\eqref{a}",
            ),
        ]
    ),
    max_size=25,
).map("".join)
_LINES = st.lists(
    st.sampled_from(
        [
            "$$",
            "x_1",
            "$a$ 与 $b$",
            "\\[",
            "\\]",
            "$$y$$",
            "中文",
            "\\begin{align}",
            "\\end{align}",
            "$5 和 $6",
            "$z_1",
            "c$",
        ]
    ),
    min_size=1,
    max_size=8,
)
_PREFIX = re.compile(r"\n[ >]*")


@settings(max_examples=300, deadline=None)
@given(st.one_of(_SOURCES, _WORDS))
def test_formulas_are_pieces_of_the_source(source: str) -> None:
    flat = _PREFIX.sub("\n", source)
    for _, latex in formulas(_PARSER.parse(source)):
        assert latex in source or _PREFIX.sub("\n", latex) in flat
        assert latex == latex.strip() or latex.endswith("\\ ")
        assert latex


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(_LINES)
def test_a_quote_holds_the_same_formulas(lines: list[str]) -> None:
    plain = formulas(_PARSER.parse("\n".join(lines)))
    assert formulas(_PARSER.parse("\n".join(f"> {line}" for line in lines))) == plain
    assert formulas(_PARSER.parse("\n".join(f">{line}" for line in lines))) == plain


@settings(max_examples=200, deadline=None)
@given(_LINES)
def test_a_list_item_holds_the_same_formulas(lines: list[str]) -> None:
    plain = formulas(_PARSER.parse("\n".join(lines)))
    assert formulas(_PARSER.parse("- " + "\n  ".join(lines))) == plain
    assert formulas(_PARSER.parse("10. " + "\n    ".join(lines))) == plain


@settings(max_examples=200, deadline=None)
@given(st.one_of(_SOURCES, _WORDS))
def test_places_lie_in_the_note(source: str) -> None:
    lines = source.split("\n")
    for token in walk(_PARSER.parse(source)):
        if token.type in {"math_inline", "cross_ref", "math_block"}:
            place = PLACE.of(token)
            assert place is not None
            assert lines[place.line].startswith(token.content.partition("\n")[0][:1], place.column)


@settings(max_examples=100, deadline=None)
@given(st.one_of(_SOURCES, _WORDS))
def test_parsing_twice_gives_the_same(source: str) -> None:
    first = [token.as_dict() for token in _PARSER.parse(source)]
    assert [token.as_dict() for token in _PARSER.parse(source)] == first
