"""The cache folder of a user: outside of every site, and trusted only while nobody else can write there."""

import os
from pathlib import Path

import pytest

from notegen.cache.user_cache import read_own, user_cache, write_own

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no owners of files")


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_the_folder_is_made_for_its_user_alone(tmp_path: Path) -> None:
    folder = user_cache("templates")
    assert folder == tmp_path / "notegen" / "templates"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_file_is_read_back(tmp_path: Path) -> None:
    write_own(tmp_path / "code", b"data", 9)
    assert read_own(tmp_path / "code") == b"data"
    assert [path.name for path in tmp_path.iterdir()] == ["code"]


def test_a_folder_that_is_full_begins_anew(tmp_path: Path) -> None:
    for number in range(4):
        write_own(tmp_path / str(number), b"data", 3)
    assert [path.name for path in tmp_path.iterdir()] == ["3"]


@pytest.mark.parametrize("folder", ["notegen", "notegen/templates"])
def test_a_folder_where_others_can_write_is_refused(tmp_path: Path, folder: str) -> None:
    assert user_cache("templates")
    (tmp_path / folder).chmod(0o770)
    assert user_cache("templates") is None


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere").chmod(0o777)
    (tmp_path / "notegen").symlink_to(tmp_path / "elsewhere")
    assert user_cache("templates") is None


def test_a_file_that_others_can_write_is_refused(tmp_path: Path) -> None:
    write_own(tmp_path / "code", b"data", 9)
    (tmp_path / "code").chmod(0o622)
    with pytest.raises(PermissionError):
        read_own(tmp_path / "code")


def test_a_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    write_own(tmp_path / "code", b"data", 9)
    (tmp_path / "link").symlink_to(tmp_path / "code")
    with pytest.raises(OSError, match="link"):
        read_own(tmp_path / "link")


def test_a_folder_in_the_one_that_is_built_would_be_one_of_the_site(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As a build server has it that keeps a folder of the project from one job to the next."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    assert user_cache("templates") is None
    assert not (tmp_path / ".cache").exists()


def test_a_relative_folder_would_be_one_of_the_site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    monkeypatch.setenv("HOME", "home")
    assert user_cache("templates") is None
    assert not list(tmp_path.iterdir())


def test_where_no_folder_can_be_made_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert user_cache("templates") is None
