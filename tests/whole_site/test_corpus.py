"""Real posts of many authors as one site: no crash, every formula there with its LaTeX, and rendered if KaTeX can.

`-s` shows the tables, and each formula that is not rendered with the reason.
"""

import sys
from pathlib import Path
from typing import Any

import pytest

from scripts import corpus_report, math_corpus, without_katex
from tests.support.corpus import reports

pytestmark = pytest.mark.slow

NEED_KATEX = 0.002  # of the formulas that math-core or KaTeX renders
REFUSED = {r"undefined command \includegraphics"}  # it would load something from another site


@pytest.fixture(scope="module")
def all_reports(corpus: Path) -> dict[str, Any]:
    """Return the reports of the three scripts."""
    return reports(corpus)


@pytest.fixture(scope="module")
def found(all_reports: dict[str, Any]) -> dict[str, Any]:
    """Return the report of the site."""
    report: dict[str, Any] = all_reports["corpus_report"]
    sys.stdout.write("\n" + corpus_report.table(report))
    return report


@pytest.fixture(scope="module")
def formulas(all_reports: dict[str, Any]) -> dict[str, Any]:
    """Return the report of the formulas that are not rendered."""
    pytest.importorskip("pykatex")
    report: dict[str, Any] = all_reports["math_corpus"]
    sys.stdout.write("\n" + math_corpus.text(report))
    return report


def test_every_folder_is_in_the_site(found: dict[str, Any], corpus: Path) -> None:
    endings = {".md", ".mdx"}
    files = [path for path in corpus.rglob("*") if path.suffix in endings]
    assert found["total"]["notes"] == len(files) - 1  # a README beside an index
    assert found["total"]["formulas"] > 10_000


def test_every_formula_is_preserved(found: dict[str, Any]) -> None:
    total = found["total"]
    assert total["lost"] == {}
    assert total["preserved"] == total["formulas"] - total["macros only"]


def test_nearly_every_formula_of_the_posts_is_rendered(found: dict[str, Any]) -> None:
    """What fails is in folders of fixtures, which are wrong on purpose, or is the authors' mistake."""
    posts = {name: row for name, row in found["folders"].items() if "fixtures" not in name}
    formulas = sum(row["formulas"] for row in posts.values())
    failed = sum(row["failed"] for row in posts.values())
    assert failed <= formulas / 100, found["reasons"]


def test_all_diagnostics_are_known(found: dict[str, Any]) -> None:
    assert found["unknown_codes"] == []
    assert not {"template-error", "template-missing", "template-syntax", "theme-file"} & found["codes"].keys()


def test_everything_that_katex_accepts_is_rendered(formulas: dict[str, Any]) -> None:
    accepted = [row for row in formulas["missing"] if not row["katex"]]
    assert [row for row in accepted if row["reason"] not in REFUSED] == []


def test_every_formula_that_is_not_rendered_has_its_reason(formulas: dict[str, Any]) -> None:
    assert [row for row in formulas["missing"] if row["reason"].startswith("no diagnostic")] == []


def test_of_katex_s_own_expressions_as_many_are_rendered_as_by_katex(formulas: dict[str, Any]) -> None:
    counts = formulas["expressions"]
    if not counts:
        pytest.skip("the corpus lacks KaTeX's ss_data.yaml")
    assert counts["notegen"] >= counts["katex"] > 100
    assert len(counts["only katex"]) <= len(REFUSED)


def test_hardly_any_formula_needs_katex(all_reports: dict[str, Any]) -> None:
    """Where there is no pykatex, the others are rendered all the same."""
    pytest.importorskip("pykatex")
    report = all_reports["without_katex"]
    sys.stdout.write("\n" + without_katex.text(report))
    assert report["rendered"] > 10_000
    assert len(report["need katex"]) <= NEED_KATEX * report["rendered"]
