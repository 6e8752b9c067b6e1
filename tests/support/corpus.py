"""All that tests ask of a folder of real posts, found out in one process that builds it once.

`python -m tests.support.corpus FOLDER` prints it as JSON: the reports of three scripts, by their names.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from scripts import corpus_report, math_corpus, without_katex
from tests.support.paths import ROOT

HANG = 900  # seconds; alone it takes about twenty


def reports(folder: Path) -> dict[str, Any]:
    """Return the reports, made in another process: an engine that aborts must fail a test, not end all of them."""
    command = [sys.executable, "-m", "tests.support.corpus", str(folder)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=HANG)
    assert ran.returncode == 0, f"exit code {ran.returncode}\n{ran.stderr[-3000:]}"
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def main() -> None:
    """Print the reports."""
    folder = Path(sys.argv[1])
    built, seconds = corpus_report.build_folder(folder)
    found = {
        "corpus_report": corpus_report.report(built, seconds),
        "math_corpus": math_corpus.report(built.notes, folder),
        "without_katex": without_katex.report(built.notes, folder),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
