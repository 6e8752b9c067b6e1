"""Grid tables take linear time, and problems in their cells have places in the note; fixtures: forms/grid_tables.md."""

import pytest

from tests.support.limits import assert_linear
from tests.support.reading import problems, read_note

_PIECES = [
    "+--+--+\n|a |b |\n",
    "+--+--+\n",
    "+--+--+\n|a |b |\n+--+--+\n\n",
    "+--+--+\n|a    |\n",
    "+-+ a\n",
    "+--+\n|--|\n",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", _PIECES)
def test_long_tables_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: read_note(piece * (size // len(piece)) + "+--+--+\n"), 2_000)


def test_problems_in_cells_have_places() -> None:
    source = "text\n\n+---+---------+\n| a | b       |\n+---+---------+\n| c | x $\\nope$ |\n|   | ==\n"
    fitting = "text\n\n+---+-----------+\n| a | b         |\n+---+-----------+\n| c | - $\\nope$ |\n+---+-----------+\n"
    assert problems(read_note(source))  # no grid: told
    assert problems(read_note(fitting)) == ["math-undefined-command 6:10"]
