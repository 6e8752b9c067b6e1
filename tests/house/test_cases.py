"""A test of many cases fails with every case that fails, and passes only if all do."""

import pytest

from tests.support.cases import all_cases, check_each


@all_cases(("text", "length"), [("a", 1), ("bb", 1), pytest.param("", 0, id="empty"), ("ccc", 1)])
def lengths(text: str, length: int) -> None:
    assert len(text) == length


def test_every_case_that_fails_is_named_with_what_was_expected() -> None:
    with pytest.raises(pytest.fail.Exception) as error:
        lengths()
    said = str(error.value)
    assert said.startswith("2 of 4 cases\n\nbb-1\n  text = 'bb'\n  length = 1\n")
    assert "AssertionError: assert 2 == 1\n" in said
    assert "AssertionError: assert 3 == 1\n" in said
    assert "empty" not in said


def test_an_exception_and_pytest_s_own_failures_are_failures_of_their_case() -> None:
    def check(number: int, word: str) -> None:
        if number == 0:
            raise ValueError(word)
        with pytest.raises(KeyError):
            word.strip()

    with pytest.raises(pytest.fail.Exception) as error:
        check_each([("one",), ("two",)], check)
    assert "ValueError: one" in str(error.value)
    assert "DID NOT RAISE" in str(error.value)


@all_cases("number", [1, 2, 3], ids=lambda number: f"case {number}")
def test_cases_and_fixtures_go_together(request: pytest.FixtureRequest, number: int) -> None:
    assert request.node.name == "test_cases_and_fixtures_go_together"
    assert number in {1, 2, 3}


def test_no_cases_are_a_mistake() -> None:
    with pytest.raises(AssertionError, match="no cases"):
        all_cases("a", [])
    with pytest.raises(AssertionError, match="lacks an argument"):
        all_cases("a", [1])(lambda: None)
