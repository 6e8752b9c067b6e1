"""KaTeX in its process: it comes when it is needed, may die, and goes with whoever asked."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notegen.math.katex import worker
from notegen.math.katex.process import KatexProcess, katex_process
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from tests.support.katex import ONLY_KATEX, no_katex
from tests.support.limits import DEADLINE, wait_until

pytest.importorskip("pykatex")
# An error of KaTeX's own, no parse error: pykatex frees a string twice.
INTERNAL = r"\begin{array}{\sqrt2}a\end{array}"
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@pytest.fixture
def katex() -> Iterator[KatexProcess]:
    """Return a process of its own."""
    with KatexProcess() as process:
        yield process


def alive(number: int) -> bool:
    """True while a process runs; not for one that has ended and nobody has waited for."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(parent: int) -> list[int]:
    """Return the processes that another one has started."""
    found = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(number) for path in found for number in path.read_text().split()]


def rendered(katex: KatexProcess, latex: str = ONLY_KATEX) -> bool:
    return (katex.ask(latex, display=False) or "").startswith("=<span")


def test_a_formula_or_its_mistake_is_the_answer(katex: KatexProcess) -> None:
    assert rendered(katex)
    assert katex.ask(r"\nope", display=True) == r"!Undefined control sequence: \nope at position 1: \̲n̲o̲p̲e̲"


def test_without_pykatex_there_is_no_answer(katex: KatexProcess) -> None:
    with no_katex():
        assert katex.ask("x", display=False) is None


@pytest.mark.slow
@needs_proc
def test_nothing_is_started_before_it_is_needed_nor_twice() -> None:
    code = f"""
        import json
        from notegen.math.render import render_formulas
        from notegen.math.types import Snippet
        from tests.math.test_katex_process import children
        import os
        counts = []
        for latex in ("x", {ONLY_KATEX!r}, "y", {ONLY_KATEX!r}):
            render_formulas([Snippet(latex, False)], {{}})
            counts.append(len(children(os.getpid())))
        print(json.dumps(counts))
    """
    assert json.loads(python(code)) == [0, 1, 1, 1]


def python(code: str) -> str:
    """Return what a program prints."""
    command = [sys.executable, "-c", textwrap.dedent(code)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=DEADLINE)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_errors_that_would_corrupt_pykatex_harm_nobody(katex: KatexProcess) -> None:
    assert {katex.ask(INTERNAL, display=True) for _ in range(7)} == {worker.FAILED}
    assert rendered(katex)


def test_whose_fault_it_is_does_not_matter_to_the_author() -> None:
    """KaTeX's message lacks its beginning: math-core's is shown, and its place."""
    (problem,) = render_formulas([Snippet(rf"xy{INTERNAL}", display=True)], {}).formulas[0].problems
    assert (problem.offset, problem.message) == (16, "only plain characters can stand here")


@needs_proc
def test_a_worker_that_was_killed_is_followed_by_another(katex: KatexProcess) -> None:
    before = set(children(os.getpid()))
    assert rendered(katex)
    (first,) = set(children(os.getpid())) - before
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not alive(first), "end")
    assert rendered(katex)


def test_it_may_be_closed_and_asked_again(katex: KatexProcess) -> None:
    assert rendered(katex)
    katex.close()
    katex.close()
    assert rendered(katex)


@pytest.mark.slow
def test_any_thread_may_ask() -> None:
    latex = [rf"{ONLY_KATEX}_{{{number}}}" for number in range(40)]
    here = [katex_process().ask(item, display=False) for item in latex]
    with ThreadPoolExecutor(max_workers=8) as pool:
        assert list(pool.map(lambda item: katex_process().ask(item, display=False), latex)) == here
    assert len(set(here)) == 40


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork") or threading.active_count() > 1, reason="needs a safe fork")
def test_a_forked_process_has_a_worker_of_its_own() -> None:
    code = f"""
        import os
        from notegen.math.katex.process import katex_process
        def answer():
            return (katex_process().ask({ONLY_KATEX!r}, display=False) or "")[:6]
        mine = katex_process()
        print(answer(), flush=True)
        child = os.fork()
        print(answer(), (katex_process() is mine) is (child != 0), flush=True)
        if not child:
            os._exit(0)
        os.waitpid(child, 0)
        print(answer())
    """
    assert sorted(python(code).split("\n")) == ["", "=<span", "=<span", "=<span True", "=<span True"]


@pytest.mark.slow
@needs_proc
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_worker_ends_with_its_owner_however_that_ends(how: signal.Signals) -> None:
    code = f"""
        import time
        from notegen.math.katex.process import katex_process
        katex_process().ask({ONLY_KATEX!r}, display=False)
        print("asked", flush=True)
        time.sleep({10 * DEADLINE})
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "asked\n"
        (child,) = children(owner.pid)
        owner.send_signal(how)
        owner.wait(DEADLINE)
    wait_until(lambda: not alive(child), "end of the worker")


@pytest.mark.slow
def test_a_formula_that_takes_too_long_ends_the_worker() -> None:
    """Primes take quadratic time; notegen gives KaTeX no such formula, so the worker is asked without it."""
    command = [sys.executable, "-P", str(worker.__file__), "0.5"]
    requests = [{"latex": "x", "display": False}, {"latex": "x" + "'" * 400_000, "display": False}]
    given = "".join(json.dumps(request) + "\n" for request in requests)
    ran = subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=DEADLINE)
    assert ran.returncode == 1
    assert ran.stdout.count("\n") == 1


def test_the_worker_says_nothing_but_answers(katex: KatexProcess) -> None:
    """Chinese in math is a warning of KaTeX's, which is not printed among them."""
    assert rendered(katex, r"中文 \text{中}")
    assert rendered(katex, "x")
