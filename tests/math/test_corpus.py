"""Real posts: whatever KaTeX can render, notegen renders. `-s` lists each formula that is not, with the reason."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts import without_katex
from scripts.math_corpus import text
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow

SCRIPT = ROOT / "scripts" / "math_corpus.py"
HANG = 900  # seconds; alone it takes about twenty
NEED_KATEX = 0.002  # of the formulas that math-core or KaTeX renders
REFUSED = {r"undefined command \includegraphics"}  # it would load something from another site


@pytest.fixture(scope="module")
def found(corpus: Path) -> dict[str, Any]:
    """Return the report, made in another process: an engine that aborts must fail a test, not end all of them."""
    pytest.importorskip("pykatex")
    report = reported(SCRIPT, corpus)
    sys.stdout.write("\n" + text(report))
    return report


def reported(script: Path, corpus: Path) -> dict[str, Any]:
    """Return what a script says of the corpus."""
    command = [sys.executable, str(script), str(corpus), "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=HANG)
    assert ran.returncode == 0, f"exit code {ran.returncode}\n{ran.stderr[-3000:]}"
    report: dict[str, Any] = json.loads(ran.stdout)
    return report


def test_everything_that_katex_accepts_is_rendered(found: dict[str, Any]) -> None:
    accepted = [row for row in found["missing"] if not row["katex"]]
    assert [row for row in accepted if row["reason"] not in REFUSED] == []


def test_every_formula_that_is_not_rendered_has_its_reason(found: dict[str, Any]) -> None:
    assert [row for row in found["missing"] if row["reason"].startswith("no diagnostic")] == []


def test_of_katex_s_own_expressions_as_many_are_rendered_as_by_katex(found: dict[str, Any]) -> None:
    counts = found["expressions"]
    if not counts:
        pytest.skip("the corpus lacks KaTeX's ss_data.yaml")
    assert counts["notegen"] >= counts["katex"] > 100
    assert len(counts["only katex"]) <= len(REFUSED)


def test_hardly_any_formula_needs_katex(corpus: Path) -> None:
    """Where there is no pykatex, the others are rendered all the same."""
    pytest.importorskip("pykatex")
    report = reported(Path(without_katex.__file__), corpus)
    sys.stdout.write("\n" + without_katex.text(report))
    assert report["rendered"] > 10_000
    assert len(report["need katex"]) <= NEED_KATEX * report["rendered"]
