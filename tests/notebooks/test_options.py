"""What front matter says of all cells of a notebook."""

from notegen.notebooks.options import cell_defaults
from tests.support.cases import all_cases


@all_cases(
    ("front_matter", "defaults"),
    [
        ("title: x", {}),
        ("execute:\n  echo: false\n  freeze: auto", {"echo": "false"}),
        ("format:\n  html:\n    code-fold: show\n    toc: true", {"code-fold": "show"}),
        ("code-fold: true\nformat: html\nexecute:\n  warning: false", {"code-fold": "true", "warning": "false"}),
        ("format:\n  html: default\ncode-fold: false", {"code-fold": "false"}),
        ("- code-fold: true", {}),
    ],
)
def test_options_of_all_cells(front_matter: str, defaults: dict[str, str]) -> None:
    assert cell_defaults(front_matter) == defaults
