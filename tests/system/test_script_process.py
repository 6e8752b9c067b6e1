"""Scripts in processes of their own: an answer for each question, and another process after one that has died."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from notegen.system.children.script_process import ScriptProcess

SCRIPT = """
import json, os, sys
for line in sys.stdin:
    question = json.loads(line)
    if question == "die":
        os._exit(1)
    print(json.dumps([question, os.getpid()]), flush=True)
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[ScriptProcess]:
    (tmp_path / "script.py").write_text(SCRIPT)
    child = ScriptProcess(tmp_path / "script.py")
    yield child
    child.close()


def test_questions_are_answered_by_one_process(process: ScriptProcess) -> None:
    first, second = process.ask({"a": "中"}), process.ask(None)
    assert first[0]
    assert first[1][0] == {"a": "中"}
    assert first[1][1] == second[1][1]


def test_a_question_that_kills_has_no_answer_and_the_next_one_has(process: ScriptProcess) -> None:
    before = process.ask(1)[1][1]
    assert process.ask("die") == (False, None)
    after = process.ask(2)
    assert after[1][0] == 2
    assert after[1][1] != before
