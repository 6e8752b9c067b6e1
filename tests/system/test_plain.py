"""NOTEGEN_PLAIN turns fast paths off: another engine to the cache, the same pages."""

import pytest

from notegen.system.engine import engine_digest
from notegen.system.plain import use_fast_paths


@pytest.mark.parametrize(("value", "fast"), [("1", False), ("yes", False), ("0", True), ("", True)])
def test_the_variable_turns_fast_paths_off(monkeypatch: pytest.MonkeyPatch, value: str, *, fast: bool) -> None:
    monkeypatch.setenv("NOTEGEN_PLAIN", value)
    assert use_fast_paths() is fast


def test_what_a_fast_path_made_is_not_taken_for_what_a_plain_one_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTEGEN_PLAIN", raising=False)
    fast = engine_digest("")
    monkeypatch.setenv("NOTEGEN_PLAIN", "1")
    assert engine_digest("") != fast
