"""LaTeX for text in Markdown takes linear time, and its tables are read as LaTeX does; fixtures: forms/latex.md."""

import pytest

from notegen.read.syntax.latex_text.tables import read_table
from tests.support.cases import all_cases
from tests.support.limits import assert_linear
from tests.support.reading import read_note

_PIECES = [
    "\\begin{itemize}\n",
    "\\begin{itemize}\n\\item a\n\\end{itemize}\n",
    "\\item a\n",
    "\\textbf{",
    "\\footnote{a} ",
    "\\begin{table}\n",
    "\\section{",
    "\\begin{tabular}{l}\na & b \\\\\n\\end{tabular}\n",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", _PIECES)
def test_long_texts_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: read_note(piece * (size // len(piece))), 2_000)


@all_cases(
    ("body", "rows", "has_head"),
    [
        ("a & b \\\\\n\\hline\nc & {d & e} \\\\\n", [["a", "b"], ["c", "{d & e}"]], True),
        ("\\hline a & $x & y$ \\\\ c", [["a", "$x & y$"], ["c"]], False),
        ("a \\& b & c \\\\[2pt]\n\\cmidrule(lr){1-2}", [["a \\& b", "c"]], False),
    ],
)
def test_rows_and_cells(body: str, rows: list[list[str]], has_head: bool) -> None:
    table = read_table("l|p{2cm}r", body)
    assert [cells for _, cells in table.rows] == rows
    assert (table.has_head, table.columns) == (has_head, "llr")
