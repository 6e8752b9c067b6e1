"""Runs of processes, measured: wall time, processor time, and the memory of the largest process."""

import os
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec


class Run(msgspec.Struct, frozen=True):
    """What one process took: seconds, seconds of all processors, megabytes; megabytes that it wrote.

    `report` is what it printed, for `--profile`.
    """

    wall: float
    cpu: float
    memory: float
    report: str = ""
    output: float = 0.0


class Task(msgspec.Struct, frozen=True):
    """One line of the process list: what it is called, what is done before it, the command and where it runs."""

    name: str
    before: Callable[[], None]
    command: tuple[str, ...]
    folder: Path
    written: Callable[[], int] = int  # bytes of the output


def run(task: Task) -> Run:
    """Run a task's command and measure it, with the processes it starts. Raises RuntimeError when it fails."""
    task.before()
    # As installed, where pip has compiled every module: nobody's command compiles notegen anew each time.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    with subprocess.Popen(
        task.command, cwd=task.folder, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        assert process.stderr is not None
        report = process.stderr.read().decode("utf-8", "replace")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"{task.name} failed: {report}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, report, task.written() / 1e6)


def in_turn(tasks: Sequence[Task], rounds: int, tell: Callable[[str], None]) -> dict[str, Run]:
    """Run all tasks one after the other, `rounds` times, so that noise meets them alike; return their medians."""
    runs: dict[str, list[Run]] = {task.name: [] for task in tasks}
    for number in range(rounds):
        for task in tasks:
            runs[task.name].append(run(task))
            tell(f"round {number + 1}: {task.name}: {runs[task.name][-1].wall:.2f} s")
    return {name: _median(found) for name, found in runs.items()}


def _median(runs: Sequence[Run]) -> Run:
    wall, cpu, memory = ([getattr(item, name) for item in runs] for name in ("wall", "cpu", "memory"))
    last = runs[-1]
    return Run(statistics.median(wall), statistics.median(cpu), statistics.median(memory), last.report, last.output)


def stages(report: str) -> list[tuple[str, str, str, str]]:
    """Return the rows that `--profile` printed: stage, seconds, items, of which cached."""
    return re.findall(r"^(\w+) +(\d+\.\d+) *(\d*) *(\d*)$", report, re.MULTILINE)
