"""The golden site: one small site with every feature once, compared byte by byte with what it must become.

`make golden` (NOTEGEN_GOLDEN=write) rewrites tests/golden/expected/; the difference in version control is the review.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import notegen
from tests.support.paths import ROOT
from tests.support.site import NOW, SiteTest

GOLDEN = ROOT / "tests" / "golden"
FINGERPRINT = re.compile(r"\.[0-9a-f]{12}\.")
REPORT = "report.txt"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what the golden site becomes now: its files, and the report as report.txt."""
    root = tmp_path_factory.mktemp("golden") / "site"
    shutil.copytree(GOLDEN / "site", root)
    site = SiteTest(root).build("-v")
    assert site.stdout == ""
    return result(site)


def result(site: SiteTest) -> dict[str, bytes]:
    """Return the files of a golden site that was built, and the report."""
    files = {FINGERPRINT.sub(".HASH.", path): content(path, site) for path in site.files()}
    report = re.sub(r"(?m)^cache: .*\n", "", re.sub(r"(?m) in \d+\.\d s$", " in N s", site.stderr))
    return {**files, REPORT: report.encode()}


def content(path: str, site: SiteTest) -> bytes:
    """Return the bytes to compare: nothing of joined and subset files, pages without fingerprints and version."""
    if FINGERPRINT.search(path):
        return b""
    data = site.output(path).read_bytes()
    if not path.endswith((".html", ".xml")):
        return data
    text = FINGERPRINT.sub(".HASH.", data.decode())
    return text.replace(f"notegen {notegen.__version__}", "notegen VERSION").encode()


def expected() -> dict[str, bytes]:
    """Return the files of tests/golden/expected/."""
    folder = GOLDEN / "expected"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_golden_site(found: dict[str, bytes]) -> None:
    if os.environ.get("NOTEGEN_GOLDEN") == "write":
        rewrite(found)
    wanted = expected()
    assert sorted(found) == sorted(wanted), "unexpected or missing files: see `make golden`"
    for path, data in found.items():
        if path.endswith(".png"):
            assert data == wanted[path], f"{path} differs"
            continue
        assert data.decode().splitlines() == wanted[path].decode().splitlines(), f"{path} differs: see `make golden`"
        assert data == wanted[path], f"{path} differs in line ends"


# The command line where nothing is installed, as SiteTest has it.
BARE = """
from notegen.cli.commands import main
from notegen.model.source import Installed
main(installed=Installed())
"""


@pytest.mark.slow
def test_the_golden_site_is_the_same_without_fast_paths(tmp_path: Path) -> None:
    site = SiteTest(tmp_path / "site")
    shutil.copytree(GOLDEN / "site", site.root)
    command = [sys.executable, "-c", BARE, "build", "-v", "-s", str(site.root), "--now", NOW]
    environment = {**os.environ, "NOTEGEN_PLAIN": "1"}
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=environment)
    site.stderr = done.stderr
    assert result(site) == expected()


def rewrite(found: dict[str, bytes]) -> None:
    """Make tests/golden/expected/ equal to what was found; files that are not expected any more go."""
    shutil.rmtree(GOLDEN / "expected", ignore_errors=True)
    for path, data in found.items():
        file = GOLDEN / "expected" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


@pytest.mark.parametrize(
    "feature",
    [
        "<math",
        'display="block"',
        "application/x-tex",
        'class="eqref"',
        "math-error",
        "<table",
        'class="highlight"',
        "footnote-ref",
        'type="checkbox"',
        "<dl>",
        "callout",
        "<details>",
        "<img",
        "<s>",
        'class="broken"',
        'class="toc"',
        'class="backlinks"',
        'class="pagination"',
        'http-equiv="refresh"',
        "og:image",
        'lang="en"',
    ],
)
def test_the_golden_site_uses_every_feature(found: dict[str, bytes], feature: str) -> None:
    """A feature that goes missing from the golden site is noticed, even when its expectation is rewritten."""
    assert any(feature.encode() in data for path, data in found.items() if path.endswith(".html")), feature


@pytest.mark.parametrize(
    "code",
    [
        "note-skipped",
        "note-undated",
        "math-undefined-command",
        "math-syntax",
        "math-unclosed",
        "label-unknown",
        "link-broken",
        "link-broken-anchor",
        "image-broken",
        "code-unknown-language",
    ],
)
def test_the_golden_report_tells_every_kind_of_mistake(found: dict[str, bytes], code: str) -> None:
    assert f"[{code}]" in found[REPORT].decode()
