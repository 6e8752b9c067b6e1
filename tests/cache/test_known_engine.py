"""The engine's identity is that of its files, whether they were read again or known from the last run."""

import os
from pathlib import Path

import pytest

import notegen
from notegen.cache import known_engine
from notegen.cache.known_engine import known_engine_digest
from notegen.system.engine import engine_digest, source_files, sources_digest


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a module of an engine of its own, in a home of its own."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code/link.py").write_text("x = 1\n")
    monkeypatch.setattr(notegen, "__file__", str(tmp_path / "code/__init__.py"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "code/link.py"


def _read_again() -> str:
    return engine_digest(sources_digest(source_files()))


def test_it_is_known_without_reading(code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = known_engine_digest()
    assert first == _read_again()
    with monkeypatch.context() as patch:
        patch.setattr(known_engine, "sources_digest", lambda _: pytest.fail("read again"))
        assert known_engine_digest() == first
    code.write_text("x = 2\n")
    assert known_engine_digest() == _read_again() != first


def test_a_file_with_another_time_and_the_same_text_is_the_same_engine(code: Path) -> None:
    first = known_engine_digest()
    os.utime(code, (1, 1))
    assert known_engine_digest() == first


@pytest.mark.parametrize("kept", [b"", b"nonsense", b"\xff\xfe", b"a b c"])
def test_what_is_kept_and_makes_no_sense_is_not_believed(code: Path, tmp_path: Path, kept: bytes) -> None:
    del code
    first = known_engine_digest()
    (file,) = (tmp_path / "home/notegen/engine").iterdir()
    file.write_bytes(kept)
    assert known_engine_digest() == first


def test_without_a_folder_of_ones_own_the_files_are_read(
    code: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del code
    first = known_engine_digest()
    (tmp_path / "home/notegen").chmod(0o777)  # anybody may have written there
    monkeypatch.setattr(known_engine, "read_own", lambda _: pytest.fail("believed"))
    assert known_engine_digest() == first


def test_few_installations_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    for number in range(30):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.py").write_text("")
        monkeypatch.setattr(notegen, "__file__", str(folder / "__init__.py"))
        known_engine_digest()
    assert len([*(tmp_path / "home/notegen/engine").iterdir()]) < 10
