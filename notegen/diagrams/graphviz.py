"""Graphviz: DOT drawn by the system's `dot`, which reads no file, in a time that is bounded.

Source: Graphviz documentation, "Command Line", "Environment variables" (SERVER_NAME), "Output formats".
"""

import os
import re
import shutil
import subprocess

from notegen.diagrams.drawing import Mistake, finish, too_long
from notegen.diagrams.kinds import ENGINES
from notegen.diagrams.svg.write import Drawing
from notegen.diagrams.theme import SIZE
from notegen.text.patterns import lazy_regex

DEADLINE = 20  # seconds
_MEMORY = 2 << 30  # bytes
# What names a file, or a library: none is read, whatever it is.
_FILES = lazy_regex(
    r"(?<![\w-])(?P<name>image|imagepath|shapefile|fontpath|stylesheet|_background|root_file)\s*=|(?P<tag><\s*img\b)",
    flags=re.IGNORECASE,
)
_PIECE = lazy_regex(r'\\.|"|[^"\\]++|\\', flags=re.DOTALL)
_LINE = lazy_regex(r" in line (\d{1,9})")
_POINTS = 14  # the size of letters that dot has as its default
_LOOKS = ("-Gbgcolor=transparent", "-Gfontname=Arial", "-Nfontname=Arial", "-Efontname=Arial")
NOT_INSTALLED = Mistake(
    "diagram-missing",
    "diagrams of Graphviz are shown as their source: `dot` is not installed",
    hint="install Graphviz with the system's packages",
)


def draw_graphviz(source: str, engine: str = "dot") -> Drawing | Mistake:
    """Return the drawing of DOT, or what is wrong: diagram-missing, -file, -syntax, -large."""
    mistake = too_long(source) or _names_file(source)
    program = shutil.which("dot")
    if mistake is not None or program is None:
        return mistake or NOT_INSTALLED
    command = [program, f"-K{engine if engine in ENGINES else 'dot'}", "-Tsvg", *_LOOKS]
    try:
        done = _run(command, source)
    except subprocess.TimeoutExpired:
        return Mistake("diagram-large", f"a diagram takes longer than {DEADLINE} seconds to be drawn", hint="draw less")
    except OSError as error:
        return Mistake("diagram-missing", f"`dot` cannot be run: {error.strerror}")
    if done.returncode != 0 or b"<svg" not in done.stdout:
        return _mistake(done.stderr.decode("utf-8", "replace"))
    if done.stdout.count(b"<svg ") > 1:
        return Mistake("diagram-syntax", "Graphviz: more than one graph", 1, "write each in a fence of its own")
    return finish(done.stdout.decode("utf-8", "replace"), SIZE / _POINTS)


def _run(command: list[str], source: str) -> "subprocess.CompletedProcess[bytes]":
    """Run dot without access to files; the system ends it after its time even if nobody waits for it any more.

    SERVER_NAME is enough for that: new versions draw nothing where GV_FILE_PATH is set, too.
    """
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    environment |= {"SERVER_NAME": "notegen", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 - the program that PATH names `dot`, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as child:
        _bound(child.pid)
        try:
            output, errors = child.communicate(source.encode(), timeout=DEADLINE)
        except BaseException:
            child.kill()
            raise
    return subprocess.CompletedProcess(command, child.returncode, output, errors)


def _bound(process: int) -> None:
    """Bound time and memory of a process, where the system can."""
    try:
        import resource

        resource.prlimit(process, resource.RLIMIT_CPU, (DEADLINE, DEADLINE))
        resource.prlimit(process, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, AttributeError, OSError):
        return


def _names_file(source: str) -> Mistake | None:
    """Return what is wrong with a source that names a file; what stands in quotation marks names none."""
    bare = _unquoted(source)
    attribute = _FILES.search(bare)
    if attribute is None:
        return None
    what, line = attribute["name"] or "<img>", bare.count("\n", 0, attribute.start()) + 1
    return Mistake("diagram-file", f"{what} names a file: a diagram reads none", line, "write what it shows as text")


def _unquoted(source: str) -> str:
    """Return a source whose strings are empty, but for their line ends."""
    parts: list[str] = []
    inside = False
    for piece in _PIECE.finditer(source):
        if piece[0] == '"':
            inside = not inside
        parts.append("\n" * piece[0].count("\n") if inside else piece[0])
    return "".join(parts)


def _mistake(errors: str) -> Mistake:
    """Return what dot says, at its line."""
    line = next((line for line in errors.splitlines() if line.strip()), "nothing was drawn")[:300]
    place = _LINE.search(line)
    message = line.removeprefix("Error: ").replace("<stdin>: ", "")
    if place is None:
        return Mistake("diagram-syntax", f"Graphviz: {message}", 1)
    return Mistake("diagram-syntax", f"Graphviz: {message.replace(place[0], '')}", int(place[1]))
