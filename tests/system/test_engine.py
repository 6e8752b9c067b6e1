"""The engine's digest: it knows every library that is installed, and changes with the code."""

import contextlib
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import notegen
from notegen.system.engine import LIBRARIES, engine_digest, source_files, sources_digest, versions
from tests.support.paths import ROOT


def test_versions_are_those_that_the_installer_recorded() -> None:
    found = versions()
    for name in LIBRARIES:
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            assert name not in found
        else:
            assert found[name] == version
    assert {"jinja2", "markdown-it-py", "math-core", "msgspec", "pygments", "pyyaml"} <= found.keys()


def test_the_digest_changes_with_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/link.py").write_text("x = 1\n")
    monkeypatch.setattr(notegen, "__file__", str(tmp_path / "__init__.py"))
    before = sources_digest(source_files())
    assert sources_digest(source_files()) == before
    (tmp_path / "site/link.py").write_text("x = 2\n")
    assert sources_digest(source_files()) != before
    assert engine_digest("a") != engine_digest("b")


def test_the_digest_changes_with_a_library_that_comes_or_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pykatex some formulas are not rendered: a page of one environment is none of another."""
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    without = engine_digest("")
    (tmp_path / "PyKaTeX-0.1.1.dist-info").mkdir()
    assert versions() == {"pykatex": "0.1.1"}
    assert engine_digest("") != without


def _plain(requirement: str) -> str:
    """Return the name of a distribution as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[ <>=!~;\[(]", requirement)[0]).lower()


def _required(names: set[str]) -> set[str]:
    """Return what installed distributions require, themselves or through others."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        with contextlib.suppress(metadata.PackageNotFoundError):
            requirements = (line for line in metadata.requires(name) or () if "extra ==" not in line)
            waiting |= {_plain(line) for line in requirements} - found
    return found


def test_the_digest_knows_every_dependency_that_shapes_the_output_and_no_other() -> None:
    """A new dependency must be put into one of the two lists."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = [name for names in project["optional-dependencies"].values() for name in names]
    names = {_plain(line) for line in (*project["dependencies"], *extra)}
    names.discard(_plain(project["name"]))  # the extra `all` is the others together
    harmless = {"click", "rich", "starlette", "uvicorn", "watchfiles", "pygls", "lsprotocol"}
    harmless |= {"beautifulsoup4", "markdownify"}  # make notes, once
    assert harmless <= names
    assert names - harmless <= set(LIBRARIES)
    older = {"uc-micro-py"}  # what linkify-it-py needed before 2.2
    assert set(LIBRARIES) <= _required(names) | older
