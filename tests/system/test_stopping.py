"""A build that is asked to end, or killed, at any moment: its processes end too, the site is the old or the new one."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from notegen.system import pagefind as search
from tests.support.limits import DEADLINE, wait_until
from tests.support.serve import Server
from tests.support.site import NOW, SiteTest

PROC = Path("/proc")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc"),
]

# Each part makes one step of a build last for ever: it touches a file, then sleeps. `{folder}` is the marker's.
START = """
import multiprocessing, sys, time
from pathlib import Path
folder = Path({folder!r})
def sleep(*_arguments, **_more):
    (folder / "begun").touch()
    time.sleep(600)
def asleep_in_workers(function):
    return lambda *given: sleep() if multiprocessing.parent_process() else function(*given)
given = {{}}
{patch}
from notegen.cli.commands import main
main(**given)
"""
MOMENTS = {
    "reading": "import notegen.read.read\nnotegen.read.read.read_note = asleep_in_workers(notegen.read.read.read_note)",
    "rendering": """
import notegen.render.render
notegen.render.render.render_page = asleep_in_workers(notegen.render.render.render_page)
""",
    "font": """
import notegen.math_font.site_font
notegen.math_font.site_font.kept_font = lambda characters: None
notegen.math_font.site_font.make_font = sleep
""",
    "search": """
import notegen.system.pagefind
from notegen.model.source import Installed
given["installed"] = Installed(lambda: "sleeper 1")
notegen.system.pagefind._program = lambda: folder / "sleeper"
""",
}
# How many processes there are besides the build itself: workers; the font's; the guard and what it runs.
CHILDREN = {"reading": 2, "rendering": 2, "font": 1, "search": 2}


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have."""
    found: list[int] = []
    for file in (PROC / str(pid) / "task").glob("*/children"):
        try:
            numbers = [int(number) for number in file.read_text(encoding="ascii").split()]
        except OSError:  # the thread has ended
            continue
        found += [number for child in numbers for number in (child, *children(child))]
    return found


def lives(pid: int) -> bool:
    """Return whether a process is there, and not only waits for somebody to ask how it ended."""
    try:
        return (PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def building(site: SiteTest, patch: str, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Give a build in a process of its own, whose output somebody reads; at the end nothing of it is left."""
    folder = site.root.parent
    (folder / "begun").unlink(missing_ok=True)
    script = folder / "sleeper"
    script.write_text(f"#!/bin/sh\ntouch {folder}/begun\nexec sleep 600\n")
    script.chmod(0o755)
    text = START.format(folder=str(folder), patch=patch)
    command = [sys.executable, "-c", text, "build", "-j2", "-s", str(site.root), "--now", NOW, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            yield process
        finally:
            for pid in (process.pid, *children(process.pid)):
                if lives(pid):
                    os.kill(pid, signal.SIGKILL)


def begun(site: SiteTest, process: "subprocess.Popen[bytes]") -> bool:
    assert process.poll() is None, process.communicate()
    return (site.root.parent / "begun").exists()


def built_and_edited(folder: Path, notes: int) -> Path:
    """Return the folder of a site that was built and then edited: of each note other words, and another formula."""
    site = SiteTest(folder / "site").write("site.yaml", "title: Test\n")
    for words in ("word", "other"):
        for number in range(notes):
            site.note(f"n{number}", f"{words} " * 300 + f"and ${words[0]}^2$", tags=[f"t{number}"])
        if words == "word":
            site.process("build", "--no-cache", installed=True)
    return site.root


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site that takes workers to read and workers to render."""
    return built_and_edited(tmp_path_factory.mktemp("large"), 110)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of a few notes, with a math font and, where there is one, an indexer."""
    return built_and_edited(tmp_path_factory.mktemp("small"), 4)


@pytest.fixture(scope="module")
def wanted(small: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the output of the small site, as it is made from nothing."""
    site = SiteTest(tmp_path_factory.mktemp("wanted") / "site")
    shutil.copytree(small, site.root, ignore=shutil.ignore_patterns("public", ".notegen"))
    return {path: data for path, (data, _) in site.process("build", installed=True).snapshot().items()}


def copied(site: Path, folder: Path) -> SiteTest:
    """Return a site of its own to build anew."""
    shutil.copytree(site, folder / "site")
    return SiteTest(folder / "site")


@pytest.fixture
def edited(small: Path, tmp_path: Path) -> SiteTest:
    """Return a small site to build anew."""
    return copied(small, tmp_path)


@pytest.fixture
def many(large: Path, tmp_path: Path) -> SiteTest:
    """Return a large site to build anew."""
    return copied(large, tmp_path)


ENDS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGKILL: -9}


@pytest.mark.parametrize("number", ENDS, ids=lambda number: signal.Signals(number).name)
@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_that_a_build_has_started_outlives_it(
    moment: str, number: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    edited = copied(request.getfixturevalue("large" if moment in {"reading", "rendering"} else "small"), tmp_path)
    before = edited.snapshot()
    with building(edited, MOMENTS[moment]) as process:
        wait_until(lambda: begun(edited, process), moment)
        wait_until(lambda: len(children(process.pid)) >= CHILDREN[moment], "processes")
        family = children(process.pid)
        process.send_signal(number)
        _, stderr = process.communicate(timeout=DEADLINE)  # ends when nobody has its output open any more
        wait_until(lambda: not any(map(lives, family)), "end of all processes")
    assert process.returncode == ENDS[signal.Signals(number)]
    assert b"Traceback" not in stderr
    assert edited.snapshot() == before, "the old site stays"
    shutil.rmtree(edited.root / "content")
    assert "another build" not in edited.note("a", "Text.").build().stderr, "the lock is free"


def test_a_pipeline_with_a_time_limit_ends(many: SiteTest) -> None:
    """GNU timeout sends its signal twice: to the process, and to all of its group."""
    with building(many, MOMENTS["reading"]) as process:
        wait_until(lambda: begun(many, process), "reading")
        for _ in range(2):
            os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=DEADLINE)
    assert process.returncode == 143


@pytest.mark.skipif(not shutil.which("timeout"), reason="needs GNU timeout")
@pytest.mark.parametrize("how", ["", "--foreground", "--foreground -s KILL"])
def test_a_shell_pipeline_with_a_time_limit_ends(many: SiteTest, tmp_path: Path, how: str) -> None:
    """With --foreground it sends its signal to that one process only."""
    script = tmp_path / "build.py"
    script.write_text(START.format(folder=str(tmp_path), patch=MOMENTS["reading"]))
    line = f"timeout {how} 2 {sys.executable} {script} build -j2 -s {many.root} 2>&1 | cat"
    subprocess.run(["sh", "-c", line], timeout=DEADLINE, check=True, capture_output=True)


WRITING = """
import notegen.system.disk
write = notegen.system.disk.Disk.write
def slowly(disk, path, data):
    write(disk, path, data)
    if path.name == "index.html" and not (folder / "begun").exists():
        (folder / "begun").touch()
        while not (folder / "go").exists():
            time.sleep(0.01)
notegen.system.disk.Disk.write = slowly
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_site_that_is_being_written_is_finished_first(
    edited: SiteTest, wanted: dict[str, bytes], tmp_path: Path, number: int
) -> None:
    with building(edited, WRITING) as process:
        wait_until(lambda: begun(edited, process), "writing")
        process.send_signal(number)
        (tmp_path / "go").touch()
        process.communicate(timeout=DEADLINE)
    assert process.returncode == ENDS[signal.Signals(number)]
    assert {path: data for path, (data, _) in edited.snapshot().items()} == wanted
    before = edited.snapshot()
    edited.process("build", installed=True)
    assert edited.snapshot() == before


def test_a_second_ctrl_c_ends_the_writing(edited: SiteTest, tmp_path: Path) -> None:
    with building(edited, WRITING) as process:
        wait_until(lambda: begun(edited, process), "writing")
        while process.poll() is None:  # two signals at once are one
            process.send_signal(signal.SIGINT)
            time.sleep(0.05)
        process.communicate(timeout=DEADLINE)
    assert process.returncode in {130, -signal.SIGINT}, "the latter when a third one meets the end of Python"
    assert not (tmp_path / "go").exists()
    assert "other" in edited.process("build", installed=True).body("n0")


def test_a_signal_that_is_ignored_stays_so(edited: SiteTest, tmp_path: Path) -> None:
    """As nohup has it."""
    ignoring = f"import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n{WRITING}"
    with building(edited, ignoring) as process:
        wait_until(lambda: begun(edited, process), "writing")
        process.send_signal(signal.SIGHUP)
        (tmp_path / "go").touch()
        process.communicate(timeout=DEADLINE)
    assert process.returncode == 0


def test_an_indexer_ends_when_asked_even_where_a_worker_keeps_its_pipe_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setattr(search, "_program", lambda: program)
    worker = multiprocessing.get_context("fork").Process(target=time.sleep, args=(600,), daemon=True)
    with search.indexing([], "en"):
        worker.start()
        wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().endswith("\n"), "program")
    assert not lives(int((tmp_path / "pid").read_text()))
    worker.kill()
    worker.join()


SPAWNED = """
import multiprocessing, sys, time
from notegen.system.pool import run
from tests.system.test_stopping import sleeper
if __name__ == "__main__":
    list(run(sleeper, {folder!r}, range(4), 2, multiprocessing.get_context({method!r})))
"""


def sleeper(folder: str) -> Callable[[int], None]:
    """Return a function that never ends in a worker."""

    def function(item: int) -> None:
        if multiprocessing.parent_process():
            (Path(folder) / str(item)).touch()
            time.sleep(600)

    return function


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_end_with_a_parent_that_is_killed_however_they_were_started(tmp_path: Path, method: str) -> None:
    script = tmp_path / "script.py"
    script.write_text(SPAWNED.format(folder=str(tmp_path), method=method))
    path = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen([sys.executable, script], env={**os.environ, "PYTHONPATH": path}) as process:
        wait_until(lambda: len(list(tmp_path.glob("[0-9]"))) == 2, "workers")
        family = children(process.pid)
        process.kill()
        wait_until(lambda: not any(map(lives, family)), "end of all workers")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_server_leaves_nothing_behind_in_its_first_build(many: SiteTest, number: int) -> None:
    server = Server(many.root, "-j2", "--no-cache", start=False)
    server.begin()
    try:
        server.until(lambda: server.ended or len(children(server.pid)) >= 2, "workers")
        family = children(server.pid)
        os.kill(server.pid, number)
        server.until(lambda: server.ended, "end")
        wait_until(lambda: not any(map(lives, family)), "end of all processes")
        assert server.exit_code == ENDS[signal.Signals(number)]
    finally:
        server.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_server_that_is_asked_to_end_says_so(site: SiteTest, number: int) -> None:
    server = Server(site.note("a", "x").root)
    try:
        os.kill(server.pid, number)
        server.until(lambda: server.ended, "end")
        assert server.exit_code == ENDS[signal.Signals(number)]
    finally:
        server.close()
