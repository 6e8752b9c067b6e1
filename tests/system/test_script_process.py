"""Scripts in processes of their own: an answer for each question, and another process after one that has died."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from notegen.system.children.script_process import ScriptProcess

SCRIPT = """
import json, os, sys, time
for line in sys.stdin:
    question = json.loads(line)
    if question == "die":
        print("x", file=open("asked", "a"))
        os._exit(1)
    if question == "the last":
        os.close(0)
    print(json.dumps([question, os.getpid()]), flush=True)
    if question == "the last":
        time.sleep(600)
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[ScriptProcess]:
    (tmp_path / "script.py").write_text(SCRIPT.replace('"asked"', repr(str(tmp_path / "asked"))))
    child = ScriptProcess(tmp_path / "script.py")
    yield child
    child.close()


def test_questions_are_answered_by_one_process(process: ScriptProcess) -> None:
    first, second = process.ask({"a": "中"}), process.ask(None)
    assert first[0]
    assert first[1][0] == {"a": "中"}
    assert first[1][1] == second[1][1]


def test_a_question_that_kills_is_asked_once_and_the_next_one_has_an_answer(
    process: ScriptProcess, tmp_path: Path
) -> None:
    before = process.ask(1)[1][1]
    assert process.ask("die") == (False, None)
    assert (tmp_path / "asked").read_text() == "x\n"
    after = process.ask(2)
    assert after[1][0] == 2
    assert after[1][1] != before


def test_one_that_closes_its_input_is_asked_no_more(process: ScriptProcess) -> None:
    """However long it takes to end."""
    answered, (_, last) = process.ask("the last")
    assert answered
    answered, (question, other) = process.ask(1)
    assert (answered, question) == (True, 1)
    assert other != last


def test_one_that_ended_between_two_questions_is_started_again(process: ScriptProcess) -> None:
    before = process.ask(1)[1][1]
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert process.ask(2)[0]
