"""The engine's digest: it knows every library that is installed, and changes with the code."""

from importlib import metadata
from pathlib import Path

import pytest

import notegen
from notegen.system.engine import LIBRARIES, engine_digest, versions
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
    before = engine_digest()
    assert engine_digest() == before
    (tmp_path / "site/link.py").write_text("x = 2\n")
    assert engine_digest() != before


def test_every_dependency_shapes_the_output_or_is_known_not_to() -> None:
    """A new dependency must be put into one of the two lists."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = [name for names in project.get("optional-dependencies", {}).values() for name in names]
    names = {
        line.partition(";")[0].partition(">")[0].partition("[")[0].strip().replace("_", "-")
        for line in (*project["dependencies"], *extra)
    }
    harmless = {"click", "rich", "starlette", "uvicorn", "watchfiles", "websockets"}
    assert names - harmless <= set(LIBRARIES)
