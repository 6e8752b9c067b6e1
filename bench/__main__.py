"""`make bench`: measure notegen beside its peers, write BENCHMARKS.md and its chart. All of one size is one run."""

import argparse
import compileall
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.chart import chart
from bench.measure import Run, Task, in_turn
from bench.peers import Eleventy, Hugo, eleventy_modules, hugo_binary
from bench.report import report
from bench.sites import Bench, Ours
from bench.where import table

PROFILED = 1000  # notes
ROOT = Path(__file__).parent.parent
CHART = ROOT / "bench" / "growth.svg"
FINDINGS = ROOT / "bench" / "findings.md"  # by hand: where a target is missed, and what was tried


def tasks(folder: Path, count: int) -> Iterator[Task]:
    """Yield the process list of one size, ours and the peers' in turn."""
    plain, math = Ours(folder / "plain", count, math=False), Ours(folder / "math", count, math=True)
    everything = Ours(folder / "everything", count, math=True, everything=True)
    if hugo_binary():
        hugo = Hugo(folder / "hugo", count, math=False)
        yield _task("Hugo, no math: cold", hugo, hugo.forget)
        yield _task("Hugo, no math: body edit", hugo, hugo.edit_body)
    yield _task("everything: cold", everything, everything.forget, "--profile")
    yield _task("everything: body edit", everything, everything.edit_body, "--profile")
    yield _task("math: cold", math, math.forget, "--profile")
    yield _task("math: nothing changed", math, lambda: None, "--profile")
    yield _task("math: body edit", math, math.edit_body, "--profile")
    yield _task("math: title edit", math, math.edit_title)
    yield _task("math: template edit", math, math.edit_template)
    yield _task("math: macro edit", math, math.edit_macro)
    scholarly = Ours(folder / "scholarly", count, math=True, scholarly=True)
    yield _task("scholarly: cold", scholarly, scholarly.forget)
    yield _task("no math: cold", plain, plain.forget)
    if hugo_binary():
        rendered = Hugo(folder / "hugo-math", count, math=True)
        yield _task("Hugo, MathML: cold", rendered, rendered.forget)
    if eleventy_modules() and count < 10_000:  # for so many the heap of Node, 4 GB, is too small
        eleventy = Eleventy(folder / "eleventy", count, math=True)
        yield _task("Eleventy, KaTeX: cold", eleventy, eleventy.forget)


def _task(name: str, site: Bench, before: Callable[[], None], *flags: str) -> Task:
    return Task(name, before, (*site.command(), *flags), site.root, site.bytes_out)


def help_task(folder: Path) -> Task:
    """Return the task that measures how long the command line takes to start."""
    command = (sys.executable, "-c", "from notegen.cli.commands import main; main()", "--help")
    return Task("--help", lambda: None, command, folder)


def main() -> None:
    """Measure and write."""
    options = argparse.ArgumentParser(prog="python -m bench")
    options.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000], help="numbers of notes")
    options.add_argument("--rounds", type=int, default=3, help="runs of each; medians count (1 for 10,000 notes)")
    options.add_argument("--output", type=Path, default=ROOT / "BENCHMARKS.md")
    given = options.parse_args()
    compileall.compile_dir(ROOT / "notegen", quiet=1)
    found: dict[int, dict[str, Run]] = {}
    with tempfile.TemporaryDirectory() as root:
        for count in given.sizes:
            folder = Path(root, str(count))
            folder.mkdir()
            rounds = given.rounds if count < 10_000 else 1
            line = [*tasks(folder, count), help_task(folder)]
            print(f"{count} notes")
            found[count] = in_turn(line, rounds, print)
        text = report(found, _machine())
        if PROFILED in found:
            text += f"\n{table(PROFILED)}"
        text += f"\n{FINDINGS.read_text(encoding='utf-8')}"
    given.output.write_text(text, encoding="utf-8")
    CHART.write_text(chart(found), encoding="utf-8")


def _machine() -> str:
    binary = hugo_binary()
    hugo = (
        subprocess.run([binary, "version"], capture_output=True, text=True, check=True).stdout if binary else "no Hugo"
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} processors, {platform.system()}, Python {platform.python_version()}, {' '.join(hugo.split()[:2])}"


main()
