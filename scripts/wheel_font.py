"""Puts the math font's base subset into the wheel (a build hook of hatchling, named in pyproject.toml).

It asks for no package: where a wheel is built apart from notegen's dependencies (`pip install` of the source archive),
there is no font in it, and the first build of a site makes one. Releases are built where they are (release.yml).
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_MAKE = """
import pathlib, sys
from notegen.math_font.ready import write_ready_font
print(write_ready_font(pathlib.Path(sys.argv[1])))
"""
_MISSING = ("ModuleNotFoundError", "the package ziamath, which")


class WheelFont(BuildHookInterface[Any]):
    """Make the font in a folder of its own before the wheel is packed, and delete it afterwards."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the font and name it as a file of the package. An editable install makes its fonts itself."""
        if version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        # In a process of its own, so that the notegen that is packed makes it, whichever else is installed.
        command = [sys.executable, "-c", _MAKE, self.folder.name]
        ran = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        if ran.returncode == 0:
            path = Path(ran.stdout.strip())
            build_data["force_include"][str(path)] = f"notegen/math_font/{path.name}"
        elif any(missing in ran.stderr for missing in _MISSING):
            self.app.display_warning("the wheel has no ready math font: notegen's dependencies are not installed here")
        else:
            raise RuntimeError(ran.stderr)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Delete the folder."""
        if version != "editable":
            self.folder.cleanup()
