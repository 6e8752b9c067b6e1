"""pagefind, the program that makes search indexes: whether it is there, and one run of it in a process of its own."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.system.engine import versions

if TYPE_CHECKING:
    import subprocess

PACKAGE = "pagefind_bin_extended"  # the one that knows where Chinese words end
_INDEX_SUFFIXES = (".pf_meta", ".pf_index", ".pf_fragment", ".pagefind")
_SCRIPTS = frozenset({"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"})  # its own search boxes are left out
_TIMEOUT = 600  # seconds
_NICENESS = 5  # of an index that is made beside edits: it would take every processor


def indexer() -> str:
    """Return the indexer's name and version; "" when it is not installed."""
    version = versions().get(PACKAGE.replace("_", "-"), "") if util.find_spec(PACKAGE) else ""
    return f"{PACKAGE} {version}" if version else ""


class Indexing:
    """An index that is being made while the build goes on. A byte in its `lifeline`, or its end, ends the process."""

    def __init__(
        self, process: "subprocess.Popen[bytes] | None", output: Path, lifeline: int = -1, problem: str = ""
    ) -> None:
        self._process = process
        self._output = output
        self._lifeline = lifeline
        self._problem = problem

    def result(self) -> dict[str, bytes] | str:
        """Wait for the index. Return its files by path below its folder, or in words what went wrong."""
        if self._process is None:
            return self._problem
        import subprocess

        try:
            output, _ = self._process.communicate(timeout=_TIMEOUT)
        except subprocess.TimeoutExpired:
            return f"not done after {_TIMEOUT} seconds"
        if self._process.returncode:
            lines = output.decode("utf-8", "replace").strip().splitlines()
            return lines[-1] if lines else f"exit code {self._process.returncode}"
        try:
            return dict(_read(self._output))
        except OSError as error:
            return f"{error.strerror or error}"

    def end(self) -> None:
        """Stop, if it is still going on."""
        if self._process is not None:
            with contextlib.suppress(OSError):  # it has ended
                os.write(self._lifeline, b"\n")  # for a worker that was forked meanwhile keeps the pipe open too
            os.close(self._lifeline)
            self._process.communicate()


@contextlib.contextmanager
def indexing(documents: Iterable[tuple[str, bytes]], language: str, *, background: bool = False) -> Iterator[Indexing]:
    """Start to index documents, each an HTML page under a file name; the index may depend on their order.

    `language` is the primary subtag of the one language that all words are taken for; `background`: others come first
    on the processors. Leaving the context ends the process if it still runs.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="notegen-search-") as folder:
        begun = _begin(documents, language, Path(folder), _NICENESS if background else 0)
        try:
            yield begun
        finally:
            begun.end()


def _begin(documents: Iterable[tuple[str, bytes]], language: str, folder: Path, niceness: int) -> Indexing:
    source, output = folder / "site", folder / "index"
    import subprocess

    paths: list[str | Path] = ["--site", source, "--output-path", output]
    # The guard's standard input is a pipe that closes when we end, however we do: pagefind ends then too.
    guard: list[str | Path] = [sys.executable, "-I", Path(__file__).parent / "children" / "guard.py", str(niceness)]
    command = [*guard, _program(), *paths, "--force-language", language, "--silent"]
    theirs, lifeline = os.pipe()
    try:
        source.mkdir()
        for name, data in documents:
            (source / name).write_bytes(data)
        process = subprocess.Popen(  # noqa: S603 (a program of an installed package, no shell)
            command,
            cwd=folder,  # where it looks for settings of its own
            env={key: value for key, value in os.environ.items() if not key.startswith("PAGEFIND_")},
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except OSError as error:
        os.close(lifeline)
        return Indexing(None, output, problem=f"{error.strerror or error}")
    finally:
        os.close(theirs)
    return Indexing(process, output, lifeline)


def _program() -> Path:
    """Return the program's file; a name that does not exist where the package holds none."""
    spec = util.find_spec(PACKAGE)
    for folder in spec.submodule_search_locations or () if spec else ():
        for name in ("pagefind_extended", "pagefind_extended.exe"):
            if (file := Path(folder, name)).is_file():
                return file
    return Path("pagefind_extended")


def _read(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an index that a page needs."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in _INDEX_SUFFIXES or file.name in _SCRIPTS:
            yield file.relative_to(folder).as_posix(), file.read_bytes()
