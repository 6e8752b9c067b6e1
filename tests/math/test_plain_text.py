"""LaTeX to readable text: what titles, slugs, descriptions and search are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from notegen.math.plain_text.text import readable
from tests.support.cases import all_cases
from tests.support.limits import assert_linear, ends
from tests.support.paths import FIXTURES
from tests.support.strategies import bounded

FIXTURE = FIXTURES / "math_engine" / "text.md"


@all_cases(("_line", "title", "latex", "expected"), read_fixture_file(FIXTURE))
def test_formulas_are_read(_line: int, title: str, latex: str, expected: str) -> None:
    assert readable(latex.removesuffix("\n"), {}) == expected.strip(), title


def test_macros_are_read_through() -> None:
    macros = {"E": r"\mathbb{E}_{#1}", "p": r"\E{x}\q", "q": "Q"}
    assert readable(r"\p", macros) == "𝔼ₓQ"


def test_formulas_in_text_that_cut_groups_in_two_are_read() -> None:
    with ends():
        assert readable(r"\text{a $ b {c $ d} }", {}) == "a bc d"
        assert readable(r"\tag{a $ \text{b $ c} }", {}) == ""
        assert readable(r"\text{\text{a $ b} {$ {} }", {}) == "ab"


def test_definitions_are_not_read() -> None:
    assert readable(r"\newcommand{\x}{a} \x b", {}) == "ab"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("piece", "close", "number"),
    [
        ("{", "", 20_000),
        (r"\frac", "", 5_000),
        (r"\text{", "", 5_000),
        ("x^{", "}", 5_000),
        (r"\sqrt[", "", 5_000),
        ("_", "", 10**6),
    ],
)
def test_hostile_formulas_are_read_in_linear_time(piece: str, close: str, number: int) -> None:
    assert_linear(lambda size: readable(piece * size + close * size, {}), 500)
    with ends():
        readable(piece * number + close * number, {})


@bounded(70)
@given(st.text(alphabet="\\{}[]_^&$#%~' abfractexsqn中𝒪12", max_size=40))
def test_reading_never_fails_and_leaves_no_backslash(latex: str) -> None:
    assert "\\" not in readable(latex, {"a": r"\b{#1}", "b": r"\a"})
