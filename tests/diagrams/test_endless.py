"""A diagram that never ends is given up after a time; the next one is drawn. What draws is replaced by what hangs."""

from pathlib import Path

import pytest

from notegen.diagrams import mermaid
from notegen.diagrams.drawing import Mistake
from notegen.diagrams.mermaid import draw_mermaid
from notegen.diagrams.svg.write import Drawing
from notegen.system.children.script_process import ScriptProcess

# It hangs in C, where no signal of Python's reaches it: as what really draws would.
HANGING = """
import re

class render:
    def __init__(self, source):
        self.source = source

    def svg(self):
        if "endless" in self.source:
            re.match("(a+)+$", "a" * 64 + "b")
        return '<svg viewBox="0 0 9 9"><text>drawn</text></svg>'
"""


@pytest.mark.slow
def test_an_endless_diagram_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mmdr").mkdir()
    (tmp_path / "mmdr" / "__init__.py").write_text(HANGING)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    worker = Path(mermaid.__file__).with_name("mermaid_worker.py")
    process = ScriptProcess(worker, ("0.5",))
    monkeypatch.setattr(mermaid, "script_process", lambda _: process)
    monkeypatch.setattr(mermaid, "is_installed", lambda: True)
    try:
        assert isinstance(draw_mermaid("flowchart LR\n  a"), Drawing)
        endless = draw_mermaid("flowchart LR\n  endless")
        assert isinstance(endless, Mistake)
        assert (endless.code, endless.hint) == ("diagram-large", "draw less")
        assert isinstance(draw_mermaid("flowchart LR\n  b"), Drawing)
    finally:
        process.close()
