"""Where the time of a cold build goes: a profile by sampling, in one process, grouped by what the code is for."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.sites import Ours

# The innermost frame that belongs to a part has the sample; the first part whose beginning fits a file is that.
PARTS = (
    ("loading modules", ("<frozen importlib",)),
    ("markdown-it-py and its plugins", ("markdown_it/", "mdit_py_plugins/", "linkify_it/")),
    ("Markdown rules of our own", ("notegen/read/syntax/", "notegen/read/fast_dispatch.py", "notegen/read/parser.py")),
    ("code: Pygments and its HTML", ("pygments/", "notegen/read/code/")),
    ("formulas", ("notegen/math/", "notegen/read/document/formulas.py")),
    ("the math font", ("fontTools/", "notegen/math_font/")),
    ("front matter", ("yaml/", "notegen/yaml/", "notegen/read/front_matter/")),
    ("HTML of notes", ("notegen/read/html/",)),
    ("text, headings, excerpts, places", ("notegen/read/",)),
    (
        "pages: Jinja and our filters",
        ("jinja2/", "markupsafe/", "<template>", "notegen/render/", "notegen/jinja/", "themes/"),
    ),
    (
        "links, lists, plan",
        ("notegen/link/", "notegen/plan/", "notegen/routes/", "notegen/build.py", "notegen/model/"),
    ),
    (
        "disk, cache",
        ("notegen/scan/", "notegen/system/", "notegen/cache/", "notegen/emit/", "notegen/app/", "sqlite3/"),
    ),
)
OTHER = "the rest"
SAMPLER = """
import atexit, collections, json, signal, sys
from notegen.cli.commands import main
parts, other, target = json.loads(sys.argv.pop(1))
counts = collections.Counter()
known = {}
def part_of(path):
    for name, beginnings in parts:
        for beginning in beginnings:
            if path.startswith(beginning) or "/" + beginning in path:
                return name
    return None
def sample(_signal, frame):
    found = None
    while frame is not None:
        path = frame.f_code.co_filename
        if path not in known:
            known[path] = part_of(path)
        if known[path] == parts[0][0]:
            found = known[path]
            break
        found = found or known[path]
        frame = frame.f_back
    counts[found or other] += 1
signal.signal(signal.SIGPROF, sample)
signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
def end():
    signal.setitimer(signal.ITIMER_PROF, 0)
    with open(target, "w", encoding="utf-8") as file:
        json.dump(counts, file)
atexit.register(end)
main()
"""


def shares(count: int) -> Mapping[str, float]:
    """Return the share of each part in a cold build of `count` notes with math, largest first."""
    with tempfile.TemporaryDirectory() as folder:
        site, target = Ours(Path(folder) / "site", count, math=True), Path(folder) / "counts.json"
        given = json.dumps([PARTS, OTHER, str(target)])
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        command = [sys.executable, "-c", SAMPLER, given, "build", "--quiet", "-j1"]
        subprocess.run(command, cwd=site.root, env=environment, check=True)
        counts: dict[str, int] = json.loads(target.read_text(encoding="utf-8"))
    total = sum(counts.values())
    return {name: found / total for name, found in sorted(counts.items(), key=lambda item: -item[1])}


def table(count: int) -> str:
    """Return the section of BENCHMARKS.md."""
    rows = "\n".join(f"| {name} | {share:.0%} |" for name, share in shares(count).items())
    return (
        f"## Where the time of a cold build goes\n\n{count} notes with math, one process, sampled each millisecond of"
        f" processor time; a library's time is that of its own code and of what it calls in C.\n\n| part | share |\n"
        f"| --- | ---: |\n{rows}\n"
    )


if __name__ == "__main__":
    print(table(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
