"""Fonts that need not be made, of the wheel and of earlier builds: the bytes that a build would make, or none."""

from pathlib import Path

import pytest

from notegen.cache.context import BuildContext
from notegen.math_font import ready, site_font
from notegen.math_font.characters import BASE
from notegen.math_font.font import MathFont, default_font, make_font
from notegen.math_font.ready import keep_font, kept_font, ready_font, write_ready_font
from notegen.model.output import Inline
from notegen.system.engine import versions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a package that was installed from a wheel."""
    found = tmp_path_factory.mktemp("math_font")
    write_ready_font(found)
    return found


@pytest.mark.slow
def test_the_ready_font_is_the_one_that_would_be_made(folder: Path) -> None:
    made, _ = make_font(default_font(), BASE, "")
    assert ready_font(BASE, folder) == made


def test_it_answers_for_no_other_characters_and_a_checkout_has_none(folder: Path) -> None:
    assert ready_font(BASE | {ord("ℜ")}, folder) is None
    assert ready_font(BASE - {ord("x")}, folder) is None
    assert ready_font(BASE) is None


@pytest.mark.parametrize("library", ["brotli", "fonttools", "ziamath"])
def test_it_answers_for_no_other_library(folder: Path, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    others = versions() | {library: "0.0.1"}
    monkeypatch.setattr(ready, "versions", lambda: others)
    assert ready_font(BASE, folder) is None


def test_a_site_takes_it_and_makes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    brought = MathFont(b"ready", "its digest")
    monkeypatch.setattr(site_font, "ready_font", lambda characters: brought if characters == BASE else None)
    with site_font.math_font(["xy", "α"], None, BuildContext()) as font:
        (file,) = font.wait().value
    assert file.content == Inline(b"ready")
    assert file.path == font.path


@pytest.mark.slow
def test_a_font_that_was_made_is_kept_for_these_characters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    characters = BASE | {ord("ℜ")}
    font, _ = make_font(default_font(), characters, "")
    assert kept_font(characters) is None
    assert font is not None
    keep_font(characters, font)
    assert kept_font(characters) == font
    assert kept_font(BASE) is None
    (file,) = (tmp_path / "notegen" / "fonts").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert kept_font(characters) is None, "it is damaged"


@pytest.mark.parametrize("home", ["", "file"])
def test_without_a_folder_of_the_user_none_is_kept(home: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / home) if home else "")
    monkeypatch.setenv("HOME", "")
    keep_font(BASE, MathFont(b"font", "its digest"))
    assert kept_font(BASE) is None


def test_a_site_takes_and_keeps_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[frozenset[int], MathFont] = {}
    monkeypatch.setattr(site_font, "keep_font", kept.__setitem__)
    monkeypatch.setattr(site_font, "kept_font", kept.get)
    with site_font.math_font(["xy"], None, BuildContext()) as font:
        assert not kept
        (made,) = font.wait().value
    monkeypatch.setattr(site_font, "make_font", None)
    with site_font.math_font(["xy"], None, BuildContext()) as font:
        assert font.wait().value == (made,)
