"""What a release takes from the tag and from the changelog."""

import re

import notegen
from notegen.init.repository import workflow
from scripts.release import main, section, with_version
from tests.support.paths import ROOT

CHANGELOG = "# Changelog\n\n## 1.2.0 (2026-12-01)\n\n- New.\n  More.\n\n## 1.1.9\n\n## 1.1.8\n- Old.\n"


def test_a_section_of_the_changelog_is_found_by_its_version() -> None:
    assert section(CHANGELOG, "1.2.0") == "- New.\n  More."
    assert section(CHANGELOG, "1.1.8") == "- Old."
    assert section(CHANGELOG, "1.1.9") == ""
    assert section(CHANGELOG, "1.2") == ""


def test_only_the_version_changes() -> None:
    source = (ROOT / "notegen" / "__init__.py").read_text(encoding="utf-8")
    released = with_version(source, "9.8.7rc1")
    assert '__version__ = "9.8.7rc1"' in released
    assert with_version(released, notegen.__version__) == source


def test_a_tag_that_is_no_version_or_is_not_described_stops_the_release() -> None:
    assert "no version" in (main("v1.2") or "")
    assert "no version" in (main("1.2.3") or "")
    assert "CHANGELOG.md has no section '## 99.0.0'" in (main("v99.0.0") or "")


def test_the_changelog_describes_what_comes_next() -> None:
    assert section((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), notegen.__version__)


def test_what_users_are_told_to_install_is_what_is_published() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    name = re.search(r'(?m)^name = "([^"]+)"', project)
    assert name is not None
    assert f'--from "{name[1]}[search]=={notegen.__version__}" notegen build' in workflow("public")
