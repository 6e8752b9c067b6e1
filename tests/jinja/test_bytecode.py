"""The code of templates is kept in the user's own folder, and run only while it is that of the same text."""

from pathlib import Path
from typing import Any

import jinja2
import pytest

from notegen.jinja import bytecode
from notegen.jinja.environment import make_environment
from notegen.model.source import SourceFile


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the folder of the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "notegen" / "templates"


def rendered(
    text: str, monkeypatch: pytest.MonkeyPatch, path: str = "a.html", *, sandboxed: bool = False
) -> tuple[str, bool]:
    """Return what a template writes, and whether it had to be compiled."""
    compiled: list[str] = []
    original = jinja2.Environment.compile

    def compile_text(self: jinja2.Environment, source: str, *others: Any) -> Any:
        compiled.append(source)
        return original(self, source, *others)

    with monkeypatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compile_text)
        environment = make_environment({"a.html": SourceFile(path, text, "")}, sandboxed=sandboxed)
        return environment.get_template("a.html").render(), bool(compiled)


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered("{{ 1 + 1 }}", monkeypatch) == ("2", True)
    assert rendered("{{ 1 + 1 }}", monkeypatch) == ("2", False)


def test_another_text_or_place_is_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered("{{ 1 + 1 }}", monkeypatch)
    assert rendered("{{ 1 + 2 }}", monkeypatch) == ("3", True)
    assert rendered("{{ 1 + 2 }}", monkeypatch, "b.html") == ("3", True)


def test_code_of_the_sandboxed_environment_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered("{{ 1 + 1 }}", monkeypatch)
    assert rendered("{{ 1 + 1 }}", monkeypatch, sandboxed=True) == ("2", True)


def test_bytes_that_are_no_code_are_replaced(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered("{{ 1 + 1 }}", monkeypatch)
    (file,) = cache.iterdir()
    for data in (b"", b"nonsense", file.read_bytes()[:-9]):
        file.write_bytes(data)
        assert rendered("{{ 1 + 1 }}", monkeypatch) == ("2", True)
        assert rendered("{{ 1 + 1 }}", monkeypatch) == ("2", False)


def test_a_file_that_others_can_write_is_not_run(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered("{{ 1 + 1 }}", monkeypatch)
    (file,) = cache.iterdir()
    file.chmod(0o666)
    assert rendered("{{ 1 + 1 }}", monkeypatch) == ("2", True)


def test_the_folder_does_not_grow_for_ever(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "MOST", 4)
    for number in range(10):
        rendered(f"{number}", monkeypatch)
        rendered(f"{number}", monkeypatch, f"{number}.html")
        assert len(list(cache.iterdir())) <= 4


def test_nothing_is_kept_in_a_folder_where_others_can_write(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    assert rendered("{{ 1 + 1 }}", monkeypatch) == ("2", True)
    assert rendered("{{ 1 + 1 }}", monkeypatch) == ("2", True)
    assert not list(cache.iterdir())
