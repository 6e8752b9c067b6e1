"""A `notegen` on PATH that is the working tree's, for tests that run what a shell runs."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.paths import ROOT


def run_shell(command: list[str], folder: Path, programs: Path, flags: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in `folder` with `notegen` and `python3` on PATH, which are put into the folder `programs`.

    `flags` are added to every run of notegen.
    """
    programs.mkdir(exist_ok=True)
    for name, arguments in {"notegen": f'-m notegen "$@" {flags}', "python3": '"$@"'}.items():
        (programs / name).write_text(f"#!/bin/sh\nexec {sys.executable} {arguments}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(programs)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, encoding="utf-8")
