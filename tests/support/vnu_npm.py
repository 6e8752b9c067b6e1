"""The Nu HTML checker (vnu), from npm, for tests that let it judge built pages. Not shipped; it runs on Java.

It is installed once, into .venv beside the other tools, or where there is none into the folder for temporary files.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.support.paths import ROOT

VERSION = "26.9.27"


def vnu_errors(*folders: Path) -> list[str]:
    """Return vnu's errors and warnings on the pages of these folders: path, line, words. Skip where it cannot run."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("there is no java to run the HTML checker with")
    pages = [str(path) for folder in folders for path in sorted(folder.rglob("*.html"))]
    short_run = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # half the processor time of one that compiles well
    command = [
        java,
        "-Xss16m",
        *short_run,
        "-jar",
        str(_jar()),
        "--format",
        "json",
        "--exit-zero-always",
        *pages,
    ]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    found = json.loads(ran.stderr)["messages"]
    complaints = [item for item in found if item["type"] != "info" or item.get("subType") == "warning"]
    return [f"{unquote(item['url'])}:{item.get('lastLine')}: {item['message']}" for item in complaints]


def _jar() -> Path:
    venv = ROOT / ".venv"
    home = (venv if venv.is_dir() else Path(tempfile.gettempdir())) / f"vnu-{VERSION}"
    jar = home / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    npm = shutil.which("npm")
    if jar.is_file():
        return jar
    if npm is None:
        pytest.skip("the HTML checker is not installed, and there is no npm to install it with")
    home.mkdir(parents=True, exist_ok=True)
    options = ["--no-audit", "--no-fund", "--ignore-scripts"]  # its script would download a Java
    command = [npm, "install", "--prefix", str(home), *options, f"vnu-jar@{VERSION}"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm could not install vnu-jar@{VERSION} in two minutes")
    if ran.returncode or not jar.is_file():
        pytest.skip(f"npm could not install vnu-jar@{VERSION}: {ran.stderr.strip().splitlines()[-1:]}")
    return jar
