"""What a server does between its builds."""

import gc

import pytest

from notegen.server.loop import HEAP, LITTER, tidy


@pytest.mark.parametrize(
    ("objects", "paused", "collected"),
    [
        (LITTER, True, False),
        (LITTER + 1, True, True),
        (LITTER + 1, False, False),  # browsers that wait for the next build come first
        (HEAP + 1, False, True),  # but saves that never pause do not fill the memory
    ],
)
def test_garbage_is_looked_for_in_pauses_or_when_there_is_much(
    objects: int, paused: bool, collected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bool] = []
    monkeypatch.setattr(gc, "get_count", lambda: (objects, 0, 0))
    monkeypatch.setattr(gc, "collect", lambda: looked.append(True))
    tidy(paused=paused)
    assert bool(looked) is collected
