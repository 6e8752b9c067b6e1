"""Storms for `notegen serve` and `notegen build`: edits without a pause, dropped browsers, kills, several at once.

`python -m scripts.storms` runs all at their full size, which takes a quarter of an hour; with `kills 20` behind it one
of them at another size. tests/whole_site/attacks/test_storms.py does a little of each.
"""

import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import quote

from notegen.cache.known_engine import known_engine_digest
from tests.support.editor import Editor
from tests.support.full_site import FILES, FIRST_SETTINGS, settings_text, write, write_site
from tests.support.serve import Server, serving
from tests.support.site import SiteTest
from tests.support.two_builds import TwoBuilds, assert_equal, files_below

_INJECTED = re.compile(rb'<script src="/\.notegen/client\.js[^>]*></script>\n')
# As the server shows a site: drafts and notes of the future, too.
_SHOWN = FIRST_SETTINGS | {"drafts": "true", "future": "true"}
_TRIES = 900  # looks at a page that is not yet as it is to be, a tenth of a second each


@contextmanager
def site_of(seed: int) -> Iterator[tuple[Path, Editor]]:
    """Give the folder of a site that uses everything, and who edits it."""
    chance = Random(seed)  # noqa: S311 (no secret)
    folder = Path(tempfile.mkdtemp())
    root = folder / "site"
    write_site(root, chance)
    write(root / "site.yaml", settings_text(_SHOWN))
    try:
        yield root, Editor(root, chance)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def storm(edits: int, seed: int = 5) -> str:
    """Edit under a running server without waiting for it; then all of its pages are those of a clean build."""
    with site_of(seed) as (root, editor), serving(root, installed=True) as server:
        chance, memory = Random(seed), []  # noqa: S311
        other = root.parent / "branch"
        shutil.copytree(root / "content", other)
        for number in range(1, edits + 1):
            _disturb(number, root, other, editor, chance)
            time.sleep(chance.choice((0, 0, 0.001, 0.01, 0.05)))
            if number % max(1, edits // 5) == 0:
                server.until(lambda: server.get("/").status in {200, 404}, "an answer")
                memory.append(_memory(server.pid))
        _calm(root, editor)
        _await_pages(server, root, editor)
        return f"{edits} edits in a storm: pages equal; memory {', '.join(f'{size} MB' for size in memory)}"


def _disturb(number: int, root: Path, other: Path, editor: Editor, chance: Random) -> None:
    content, away = root / "content", root.parent / "away"
    kind = chance.random()
    if kind < 0.02:  # a branch is checked out
        content.rename(away)
        other.rename(content)
        away.rename(other)
    elif kind < 0.04:  # all is deleted, and comes back
        shutil.copytree(content, away)
        shutil.rmtree(content)
        time.sleep(chance.choice((0, 0.05, 0.4)))
        away.rename(content)
    else:
        editor.edit()
    if number % 50 == 0:
        editor.mend()


def _calm(root: Path, editor: Editor) -> None:
    """Make the site one that can be built, with the settings of a server."""
    editor.mend()
    for path in ("content/ml/book.ipynb", "content/a.png"):
        data = FILES[path][0]
        assert data is not None
        write(root / path, data)
    write(root / "site.yaml", settings_text(_SHOWN))


def _await_pages(server: Server, root: Path, editor: Editor) -> None:
    """Wait until the server shows what a clean build makes, of every page."""
    builds = TwoBuilds(root, known_engine_digest())
    built = builds.clean(editor.begin)
    assert not built.failed, [str(item) for item in built.diagnostics if item.severity.name == "ERROR"]
    wanted = {path: data for path, data in builds.clean_files().items() if path.endswith((".html", ".xml", ".css"))}
    for path, data in wanted.items():
        for _ in range(_TRIES):
            answer = server.get(server.base + quote(path.removesuffix("index.html")))
            if _INJECTED.sub(b"", answer.data) == data:
                break
            time.sleep(0.1)
        else:
            assert_equal({path: _INJECTED.sub(b"", answer.data)}, {path: data})


def _memory(pid: int) -> int:
    """Return the memory of a process, in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]


def streams(count: int) -> str:
    """Open event streams and drop them without a word; the server keeps no descriptor of them."""
    with site_of(6) as (root, _), serving(root, installed=True) as server:
        assert server.get(server.base).status == 200
        before, memory = _descriptors(server.pid), _memory(server.pid)
        for number in range(count):
            with socket.create_connection(("127.0.0.1", server.port)) as client:
                request = (
                    f"GET /.notegen/events?page={server.base}&epoch=0 HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
                )
                client.sendall(request.encode())
                if number % 3:
                    client.recv(100)
                if number % 2:  # with a reset, as a browser that is killed
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        note = root / "content/n00.md"
        note.write_text(note.read_text("utf-8") + "\n\nA last word.\n", "utf-8")  # so that there is something to send
        server.until(lambda: _descriptors(server.pid) <= before + 2, "descriptors that are given back")
        after = _descriptors(server.pid)
        sizes = f"memory {memory} -> {_memory(server.pid)} MB"
        return f"{count} event streams dropped: descriptors {before} -> {after}, {sizes}"


def _descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def kills(count: int, seed: int = 7) -> str:
    """Kill builds at any moment; the next one leaves what a clean one makes. They are forks, which begin at once."""
    halves = 0
    with site_of(seed) as (root, editor):
        chance, builds = Random(seed), TwoBuilds(root)  # noqa: S311
        builds.write(editor.now)
        for number in range(count):
            editor.edit()
            if number % 5 == 4:
                editor.mend()
            killed = _killed(lambda: builds.write(editor.now), chance.expovariate(2))
            halves += killed
            clean = builds.clean(editor.now)
            builds.assert_written(builds.write(editor.now), clean)
            print(f"\r{number + 1} kills", end="", flush=True, file=sys.stderr)
    return f"{count} builds, {halves} killed before their end: the next build equals a clean one"


def _killed(work: Callable[[], object], after: float) -> bool:
    """Do work in a fork and kill it; return whether it had not ended by then."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    end = time.monotonic() + after
    while time.monotonic() < end:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return False
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return True


def together(rounds: int, seed: int = 8) -> str:
    """Build twice at the same moment, beside a server, after each edit; one may be refused; all is right at the end."""
    refused = 0
    with site_of(seed) as (root, editor), serving(root, installed=True) as server:
        builds = TwoBuilds(root, known_engine_digest())
        for _ in range(rounds):
            editor.edit()
            editor.mend()
            write(root / "site.yaml", settings_text(_SHOWN))
            refused += _both(root)
            last = SiteTest(root).build(expect=None)
            assert "output-locked" not in last.stderr
            builds.clean(editor.begin)
            assert_equal(files_below(root / "public"), builds.clean_files())
        _await_pages(server, root, editor)
        assert "Traceback" not in server.output
    return f"{rounds} times two builds at once beside a server: {refused} refused, output and pages equal"


def _both(root: Path) -> int:
    """Run two builds at once; return how many were refused because of the other."""
    pids = []
    for name in ("one", "two"):
        pid = os.fork()
        if pid == 0:
            result = SiteTest(root).build(expect=None)
            (root.parent / name).write_text(result.stderr, "utf-8")
            os._exit(0)
        pids.append(pid)
    for pid in pids:
        os.waitpid(pid, 0)
    said = [(root.parent / name).read_text("utf-8") for name in ("one", "two")]
    assert not any("Traceback" in text for text in said), said
    return sum("output-locked" in text for text in said)


ALL: dict[str, tuple[Callable[[int], str], int]] = {
    "storm": (storm, 1000),
    "streams": (streams, 500),
    "kills": (kills, 200),
    "together": (together, 20),
}


if __name__ == "__main__":
    for name in sys.argv[1:2] or ALL:
        run, size = ALL[name]
        print(run(int(sys.argv[2]) if len(sys.argv) > 2 else size), flush=True)  # a name and a number
