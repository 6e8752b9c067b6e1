"""The driver of tests of `notegen serve`: a real server in its own process, and a client that shows all on failure."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import IO, Any, Self

import msgspec

from tests.support.limits import DEADLINE, wait_until
from tests.support.provoked import Provoked
from tests.support.site import NOW, SiteTest

_START = "from notegen.cli.commands import main; from notegen.model.source import Installed; main(installed={})"
_BUILD = re.compile(r"^\d\d:\d\d:\d\d .* files changed$|; the last good site stays$", re.MULTILINE)


class Answer(msgspec.Struct):
    """An HTTP response: status, headers in lower case, bytes."""

    status: int
    headers: dict[str, str]
    data: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.data.decode()

    @property
    def epoch(self) -> int:
        """Return the build that a page comes from."""
        found = re.search(r'data-epoch="(\d+)"', self.text)
        assert found, self.text[-500:]
        return int(found[1])


class Server:
    """A running `notegen serve`: with pagefind and the system's fonts if `installed`, else as if there were none."""

    def __init__(self, root: Path, *arguments: str, start: bool = True, installed: bool = False) -> None:
        self.root = root
        self.site = SiteTest(root)
        self.log = root.parent / f"{root.name}-serve.log"
        self._arguments = arguments
        self._code = _START.format(None if installed else "Installed()")
        self._process: subprocess.Popen[bytes] | None = None
        self._file: IO[bytes] | None = None
        self.port = 0
        self.base = "/"
        self._told = 0  # characters of the log that tests before have had
        if start:
            self.start()

    def begin(self, port: int = 0, **environment: str) -> None:
        """Start the server's process, with these environment variables added."""
        self._file = self.log.open("wb")
        self._told = 0
        command = [sys.executable, "-c", self._code, "serve", "-s", str(self.root), "--now", NOW, "-p", str(port)]
        command += ["--cache-dir", str(self.root.parent.parent / "serve-cache")]  # one math font for all tests
        inherited = {key: value for key, value in os.environ.items() if key != "GITHUB_ACTIONS"}
        environment = {**inherited, "NO_COLOR": "1", **environment}
        self._process = subprocess.Popen(
            [*command, *self._arguments], stdout=self._file, stderr=self._file, env=environment
        )

    def start(self, port: int = 0) -> Self:
        """Start the server and wait until it tells its address."""
        self.begin(port)
        self.until(lambda: "(Ctrl-C ends)" in self.output or self.ended, "an address")
        found = re.search(r"^http://127\.0\.0\.1:(\d+)(/\S*)", self.output, re.MULTILINE)
        assert found, self.output
        self.port, self.base = int(found[1]), found[2]
        return self

    @property
    def url(self) -> str:
        """Return the address of the home page."""
        return f"http://127.0.0.1:{self.port}{self.base}"

    @property
    def output(self) -> str:
        """Return what the server has printed so far, in this test."""
        return self.log.read_text(encoding="utf-8", errors="replace")[self._told :]

    @property
    def builds(self) -> int:
        """Return how many builds the server has told of, in this test."""
        return len(_BUILD.findall(self.output))

    @property
    def ended(self) -> bool:
        """Return whether the process has ended."""
        return self._running.poll() is not None

    @property
    def _running(self) -> "subprocess.Popen[bytes]":
        assert self._process is not None
        return self._process

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._running.pid

    @property
    def exit_code(self) -> int | None:
        """Return the exit code of the process, minus the number of the signal that killed it; None while it runs."""
        return self._running.poll()

    def until(self, true: Callable[[], Any], what: str) -> None:
        """Wait until something is true."""
        wait_until(true, what, lambda: f"the server said:\n{self.output}")

    def get(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        """Ask for a path as it is written, below the root of the server."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        try:
            connection.putrequest(method, path, skip_host=bool(headers and "Host" in headers))
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        except OSError as error:
            raise AssertionError(f"{path}: {error}; the server said:\n{self.output}") from error
        finally:
            connection.close()

    def page(self, path: str) -> str:
        """Return the text of a page below the base path; it must be there."""
        answer = self.get(self.base + path)
        assert answer.status == 200, f"{path}: {answer.status}; the server said:\n{self.output}"
        return answer.text

    def shows(self, path: str, *texts: str) -> Self:
        """Wait until a page holds all the texts."""
        self.until(lambda: all(text in self.get(self.base + path).text for text in texts), f"{texts} in /{path}")
        return self

    def status(self, path: str, status: int) -> Self:
        """Wait until a path is answered with a status."""
        self.until(lambda: self.get(self.base + path).status == status, f"status {status} of /{path}")
        return self

    @contextmanager
    def events(self, path: str, epoch: int = 0) -> Iterator[Iterator[dict[str, Any]]]:
        """Give the messages of the event stream of a page below the base path."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        connection.request("GET", f"/.notegen/events?page={self.base}{path}&epoch={epoch}")
        answer = connection.getresponse()
        try:
            assert answer.status == 200, answer.read()
            yield _messages(answer)
        finally:
            answer.close()
            connection.close()

    def interrupt(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self._running.send_signal(signal.SIGINT)
        return self._running.wait(DEADLINE)

    def kill(self) -> None:
        """Kill the process at once."""
        self._running.kill()
        self._running.wait(DEADLINE)

    def begin_test(self) -> None:
        """Take what the server has printed so far for that of other tests."""
        Provoked.by(self.output)
        self._told += len(self.output)

    def close(self) -> None:
        """End the process, however it is."""
        if self._process is not None and not self.ended:
            self.kill()
        if self._file is not None:
            self._file.close()
            Provoked.by(self.output)


def _messages(answer: Any) -> Iterator[dict[str, Any]]:
    """Yield the data of each event."""
    while line := answer.readline():
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


@contextmanager
def serving(root: Path, *arguments: str, installed: bool = False) -> Iterator[Server]:
    """Give a running server."""
    server = Server(root, *arguments, start=False, installed=installed)
    try:
        yield server.start()
    finally:
        server.close()


class Kept:
    """A running server of a site that many tests change, one after the other: it starts as long as it builds 30 times.

    Each test gets it with the files that the site had at first, and running, whatever the test before has done.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._first = _files(server.root)
        self._marks = 0

    def fresh(self) -> Server:
        """Return the server, which shows the first files."""
        _restore(self._server.root, self._first)
        if self._server.ended:
            self._server.close()
            self._server.start()
        for _ in range(2):  # a scan that began before all was restored may see the first of two new files
            self._marks += 1
            self._server.site.write(f"static/{self._marks}.txt", "")
            self._server.status(f"{self._marks}.txt", 200)
        self._server.begin_test()
        return self._server


def _files(root: Path) -> dict[Path, bytes]:
    """Return what the files of a site hold, without notegen's own."""
    found = (path for path in root.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in found if ".notegen" not in path.parts}


def _restore(root: Path, files: Mapping[Path, bytes]) -> None:
    """Let a site have these files and no others."""
    there = _files(root)
    for path in there.keys() - files.keys():
        path.unlink()
    for path, data in files.items():
        if there.get(path) != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


@contextmanager
def kept(site: SiteTest) -> Iterator[Kept]:
    """Give a running server that tests share, with the cache that the site has."""
    with serving(site.root, "--cache-dir", str(site.root / ".notegen")) as server:
        yield Kept(server)


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
