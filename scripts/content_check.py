"""Runs what the example blog says: `python scripts/content_check.py [NOTE …]`, or `make content-check`.

Every block of Python in a note runs on its own. What it prints is the block of text behind it, or, where there is none,
each printed number stands in the note. The figures are drawn again: they are those that are committed, and each number
that a note quotes of them (`Quote` in `content/posts/figures/chart.py`) was computed so, to the last digit written.
Needs the group `content` of pyproject.toml. Without NOTE, all notes and all figures are looked at.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

POSTS = Path(__file__).parent.parent / "content" / "posts"
SECONDS = 900  # for one block
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}  # small arrays: more threads only wait for each other
BLOCK = re.compile(r"^```python[^\n]*\n(.*?)^```\n(?:\n```text[^\n]*\n(.*?)^```)?", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
QUOTED = r"([-−]?\d[\d,]*(?:\.\d+)?)(?:\\times10\^\{?([-−]?\d+)\}?)?"
MOVED = 0.35  # of 400 units of a drawing: what another processor may change in the last digit


def blocks(note: Path) -> Iterator[tuple[int, str, str | None]]:
    """Yield the blocks of Python of a note: line, code, and the text that is said to be printed."""
    text = note.read_text("utf-8")
    for match in BLOCK.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[1], match[2]


def run(note: Path, line: int, code: str, said: str | None) -> list[str]:
    """Return what is wrong with a block: it fails, or prints something else than the note says."""
    where = f"{note.name}:{line}"
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "block.py"
        script.write_text(code, "utf-8")
        try:
            done = subprocess.run(
                [sys.executable, "-W", "ignore", str(script)],
                cwd=folder,
                env={**os.environ, **ONE_THREAD},
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return [f"{where}: ran for more than {SECONDS} s"]
    if done.returncode:
        return [f"{where}: {done.stderr.strip().splitlines()[-1]}"]
    if said is not None:
        return [] if done.stdout.split() == said.split() else [f"{where}: printed\n{done.stdout}not\n{said}"]
    rest = note.read_text("utf-8").replace(code, "")
    numbers = set(NUMBER.findall(rest))
    missing = [number for number in NUMBER.findall(done.stdout) if number not in numbers]
    return [f"{where}: prints {', '.join(missing)}, which the note does not say"] if missing else []


def agrees(written: str, power: str | None, value: float) -> bool:
    """Return whether a number is written as it is, rounded to the digits that are written."""
    plain = written.replace(",", "").replace("−", "-")
    scale = 10.0 ** int((power or "0").replace("−", "-"))
    unit = scale * 10.0 ** -len(plain.partition(".")[2])
    return abs(float(plain) * scale - value) <= 0.6 * unit


def quote_problems(quote: dict[str, Any]) -> list[str]:
    """Return what is wrong with the numbers that a note quotes of a figure."""
    note = POSTS / f"{quote['note']}.md"
    pattern = QUOTED.join(re.escape(part) for part in quote["words"].split("{}"))
    found = re.search(pattern, note.read_text("utf-8"))
    if found is None:
        return [f"{note.name}: does not say “{quote['words']}” ({quote['figure']}: {quote['values']})"]
    pairs = zip(found.groups()[::2], found.groups()[1::2], quote["values"], strict=True)
    return [
        f"{note.name}: says {written} in “{found[0]}”, computed was {value:.6g} ({quote['figure']})"
        for written, power, value in pairs
        if not agrees(written, power, value)
    ]


def same_drawing(one: str, other: str) -> bool:
    """Return whether two drawings are the same but for what rounding moves."""
    numbers = re.compile(r"-?\d+(?:\.\d+)?")
    if numbers.sub("#", one) != numbers.sub("#", other):
        return False
    pairs = zip(numbers.findall(one), numbers.findall(other), strict=True)
    return all(abs(float(a) - float(b)) <= MOVED for a, b in pairs)


def figure_problems() -> list[str]:
    """Draw all figures anew; return which differ from the committed ones, and which numbers are quoted wrongly."""
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(POSTS / "figures" / "draw.py"), folder], check=True)
        for drawn in sorted(Path(folder).glob("*.svg")):
            kept = POSTS / "figures" / drawn.name
            if not kept.is_file() or not same_drawing(kept.read_text("utf-8"), drawn.read_text("utf-8")):
                problems.append(f"figures/{drawn.name}: is not what draw.py makes; `make figures` writes it")
        quotes = json.loads((Path(folder) / "quotes.json").read_text("utf-8"))
    numbers = sum(len(quote["values"]) for quote in quotes)
    print(f"{numbers} numbers quoted of {len({quote['figure'] for quote in quotes})} figures")
    return problems + [problem for quote in quotes for problem in quote_problems(quote)]


def main() -> int:
    """Check what is named, or everything; return the exit code."""
    notes = [Path(name) for name in sys.argv[1:]] or sorted(POSTS.glob("*.md"))
    found = [(note, *block) for note in notes for block in blocks(note)]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda block: run(*block), found))
    problems = [problem for result in results for problem in result]
    print(f"{len(found)} blocks of Python in {len(notes)} notes")
    if len(sys.argv) == 1:
        problems += figure_problems()
    print("\n".join(problems) or "all of it is so")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
