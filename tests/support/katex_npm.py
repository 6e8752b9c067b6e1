"""KaTeX itself, from npm, for tests that compare with it or let it set formulas in the browser. Not shipped.

It is installed once, into .venv beside the other tools, or where there is none into the folder for temporary files.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.support.paths import ROOT

VERSION = "0.16.22"


def katex_folder() -> Path:
    """Return the folder with katex.min.js, katex.min.css, fonts and contrib; skip the test when it cannot be had."""
    venv = ROOT / ".venv"
    home = (venv if venv.is_dir() else Path(tempfile.gettempdir())) / f"katex-{VERSION}"
    dist = home / "node_modules" / "katex" / "dist"
    if not (dist / "katex.min.js").is_file():
        _install(home)
    return dist


def _install(home: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("KaTeX is not installed, and there is no npm to install it with")
    home.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--prefix", str(home), "--no-audit", "--no-fund", f"katex@{VERSION}"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm could not install katex@{VERSION} in two minutes")
    if ran.returncode:
        pytest.skip(f"npm could not install katex@{VERSION}: {ran.stderr.strip().splitlines()[-1:]}")
