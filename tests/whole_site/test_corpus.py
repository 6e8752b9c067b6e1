"""Real posts of many authors as one site: no crash, every formula there with its exact LaTeX. `-s` shows the table."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.corpus_report import table
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow

SCRIPT = ROOT / "scripts" / "corpus_report.py"
HANG = 900  # seconds; alone it takes about ten


@pytest.fixture(scope="module")
def found(corpus: Path) -> dict[str, Any]:
    """Return the report, made in another process: an engine that aborts must fail a test, not end all of them."""
    command = [sys.executable, str(SCRIPT), str(corpus), "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=HANG)
    assert ran.returncode == 0, f"exit code {ran.returncode}\n{ran.stderr[-3000:]}"
    report: dict[str, Any] = json.loads(ran.stdout)
    sys.stdout.write("\n" + table(report))
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
