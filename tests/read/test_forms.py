"""Notes written for other programs: what they show, and what their author is told. Fixtures: tests/fixtures/forms.

The expected text is what `shown` makes of the note's HTML, then its problems, each on a line behind `!`.
"""

import pytest

from tests.support.cases import all_cases
from tests.support.paths import FIXTURES
from tests.support.reading import problems, read_note, shown
from tests.support.syntax_fixtures import Case, load_cases

_FILES = sorted(path.stem for path in (FIXTURES / "forms").glob("*.md"))
_CASES = [
    pytest.param(case, id=f"{name}: {case.title}") for name in _FILES for case in load_cases(f"../forms/{name}.md")
]


@all_cases("case", _CASES)
def test_a_form_of_another_program(case: Case) -> None:
    note = read_note(case.source + "\n")
    found = "\n".join([shown(note), *(f"! {problem}" for problem in problems(note))])
    assert found == case.expected.rstrip("\n")
