"""The process pool: results in order, the same for any number of workers, a death or Ctrl-C harms nothing."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from notegen.system.pool import beside, run
from tests.support.limits import DEADLINE, wait_until
from tests.support.site import NOW, SiteTest


def squares(offset: int) -> Callable[[int], int]:
    """Return a function that the pool makes in each process."""
    return lambda item: item * item + offset


def process_ids(_state: None) -> Callable[[int], int]:
    return lambda _item: os.getpid()


def mortal(item_of_death: int) -> Callable[[int], int]:
    """Return a function that dies at one item, but only in a worker."""

    def function(item: int) -> int:
        if item == item_of_death and multiprocessing.parent_process() is not None:
            os.kill(os.getpid(), signal.SIGKILL)
        return item + 1

    return function


# A process that another test has left a thread in would start its workers anew: slower, and the first item not here.
BY_FORK = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


def forking() -> BaseContext:
    """Return what forks workers, whatever threads this process has; skip where there is no fork."""
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("needs fork")
    return multiprocessing.get_context("fork")


def state(process: int) -> str:
    """Return what the system says of a process: R, S, Z."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]


LARGE = 1_000_000  # bytes, more than a pipe takes before somebody reads


def large(folder: Path) -> Callable[[int], bytes]:
    """Return a function whose results are large; each process that makes one leaves a file of its number."""

    def function(_item: int) -> bytes:
        (folder / str(os.getpid())).touch()
        return bytes(LARGE)

    return function


def failing(_state: None) -> Callable[[int], int]:
    return lambda item: 1 // (item - 5)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2, 3, 50])
@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_results_come_in_order_whatever_the_number_of_workers(workers: int, count: int) -> None:
    assert list(run(squares, 7, range(count), workers)) == [item * item + 7 for item in range(count)]


@pytest.mark.slow
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_work_is_done_elsewhere_but_for_the_first_item_before_a_fork(method: str) -> None:
    first, *found = run(process_ids, None, range(40), 2, multiprocessing.get_context(method))
    assert (first == os.getpid()) is (method == "fork")
    assert os.getpid() not in found
    assert 1 <= len(set(found)) <= 2


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_every_way_to_start_a_process_works(method: str) -> None:
    found = run(squares, 1, range(10), 2, multiprocessing.get_context(method))
    assert list(found) == [item * item + 1 for item in range(10)]


@pytest.mark.parametrize("death", [0, 13, 39])
@BY_FORK
def test_the_work_of_a_killed_worker_is_done_here(death: int) -> None:
    assert list(run(mortal, death, range(40), 2, forking())) == list(range(1, 41))


@BY_FORK
def test_when_all_workers_are_killed_everything_is_done_here() -> None:
    assert list(run(mortal, 0, [0] * 40, 2, forking())) == [1] * 40


@BY_FORK
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_a_worker_that_is_killed_while_it_sends_a_result_is_missed(tmp_path: Path) -> None:
    """Half a result has come then; concurrent.futures would wait for the other half for ever."""
    results = run(large, tmp_path, range(40), 2, forking())
    next(results)
    next(results)  # the first one is made here
    worker = next(number for number in (int(file.name) for file in tmp_path.iterdir()) if number != os.getpid())
    wait_until(lambda: state(worker) == "S", "full pipe")  # for we read nothing
    os.kill(worker, signal.SIGKILL)
    assert [len(data) for data in results] == [LARGE] * 38


def test_an_exception_is_raised_here(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        list(run(failing, None, range(20), 2))
    capfd.readouterr()


def test_closing_the_results_ends_the_workers() -> None:
    results = run(process_ids, None, range(40), 2)
    next(results)  # made here
    worker = next(results)
    with contextlib.closing(results):  # type: ignore[type-var]  # it is a generator
        pass
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_no_worker_outlives_its_work() -> None:
    found = set(run(process_ids, None, range(40), 2))
    assert multiprocessing.active_children() == []
    for worker in found - {os.getpid()}:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


SLOW = """
import multiprocessing, os, sys, time
from pathlib import Path
import notegen.read.read
read_note = notegen.read.read.read_note
def slow(*given):
    if multiprocessing.parent_process() is None:
        return read_note(*given)
    Path({marker!r}).touch()
    time.sleep(600)
notegen.read.read.read_note = slow
from notegen.cli.commands import main
main()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_control_c_ends_a_build_with_workers(site: SiteTest, tmp_path: Path) -> None:
    for number in range(80):
        site.note(f"n{number}", "text " * 2000)
    marker = tmp_path / "reading"
    command = [sys.executable, "-c", SLOW.format(marker=str(marker)), "build", "-j2", "-s", str(site.root)]
    with subprocess.Popen([*command, "--now", NOW], stderr=subprocess.PIPE, start_new_session=True) as process:
        wait_until(lambda: marker.exists() or process.poll() is not None, "worker")
        os.killpg(process.pid, signal.SIGINT)  # what a terminal does
        _, stderr = process.communicate(timeout=DEADLINE)
    assert process.returncode == 130
    assert b"Traceback" not in stderr
    with pytest.raises(ProcessLookupError):  # nobody of its group is left
        os.killpg(process.pid, 0)


def test_a_result_may_be_made_beside_other_work() -> None:
    for workers in (1, 2):
        with beside(abs, -7, workers) as result:
            assert result() == 7


def test_what_a_process_beside_cannot_do_is_done_here(tmp_path: Path) -> None:
    (tmp_path / "parent").write_text(str(os.getpid()))
    with beside(only_in, tmp_path / "parent", 2) as result:
        assert result() == os.getpid()


def test_leaving_ends_the_process_beside() -> None:
    with beside(time.sleep, 600.0, 2):
        forks = sys.platform == "linux" and threading.active_count() == 1
        assert bool(multiprocessing.active_children()) == forks
    assert multiprocessing.active_children() == []


def only_in(parent: Path) -> int:
    """Work in one process only; die in any other."""
    if int(parent.read_text()) != os.getpid():
        os._exit(1)
    return os.getpid()
