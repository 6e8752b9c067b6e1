"""How fast `notegen serve` is, from a file's write to the changed page over loopback, and the most memory it takes.

python -m bench.serve FOLDER, a site whose notes stand below content/; it is copied, nothing in it changes.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

START = "from notegen.cli.commands import main; main()"
PAUSE = 0.8  # seconds between edits, so that none counts as part of a burst


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def start(root: Path, port: int) -> tuple["subprocess.Popen[bytes]", float]:
    """Start a server; return it and the seconds until its first page."""
    started = time.perf_counter()
    command = [sys.executable, "-c", START, "serve", "-s", str(root), "-p", str(port), "-q"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while True:
        if process.poll() is not None:
            raise SystemExit("the server has ended")
        try:
            if get(port, "/")[0] == 200:
                return process, time.perf_counter() - started
        except OSError:
            time.sleep(0.01)


def wait_for_index(port: int) -> bool:
    """Wait until the first search index is there; return False where there will be none."""
    while (status := get(port, "/pagefind/filters.json")[0]) == 503:
        time.sleep(0.2)
    return status == 200


def get(port: int, path: str) -> tuple[int, str]:
    """Return status and text of a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def edit(note: Path, port: int, path: str, mark: str, *, title: bool) -> float:
    """Write the mark into a note's body or title; return the seconds until its page shows it."""
    text = note.read_text(encoding="utf-8")
    new = re.sub(r"^title: .*$", f"title: {mark}", text, count=1, flags=re.MULTILINE) if title else f"{text}\n{mark}\n"
    time.sleep(PAUSE)
    started = time.perf_counter()
    note.write_text(new, encoding="utf-8")
    while mark not in get(port, path)[1]:
        time.sleep(0.002)
    return time.perf_counter() - started


def memory(pid: int) -> float:
    """Return the most memory a process has used, in megabytes; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1000 if found else 0.0


def measure(folder: Path, edits: int) -> dict[str, float]:
    """Return what was measured on a copy of the site in `folder`."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "site"
        shutil.copytree(folder, root, ignore=shutil.ignore_patterns("public", ".notegen"))
        port = free_port()
        process, cold = start(root, port)
        peaks = {"memory, cold start, MB": memory(process.pid)}
        if wait_for_index(port):
            peaks["memory, first index made, MB"] = memory(process.pid)
        process.kill()
        process.wait()
        process, warm = start(root, port)
        notes = sorted((root / "content").rglob("*.md"))
        chosen = notes[:: max(1, len(notes) // edits)][:edits]
        result = {"notes": len(notes), "first page, cold": cold, "first page, warm": warm}
        for kind, title in (("body", False), ("title", True)):
            times = []
            for number, note in enumerate(chosen):
                times.append(edit(note, port, f"/posts/{note.stem}/", f"{kind}mark{number}x", title=title))
            result |= {f"{kind}, median": median(times), f"{kind}, worst": max(times)}
        result |= peaks | {"memory, warm start and edits, MB": memory(process.pid)}
        process.kill()
        process.wait()
    return {name: round(value, 3) for name, value in result.items()}


def main() -> None:
    """Print the measurements as JSON, with the load of the machine, which they depend on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--edits", type=int, default=30)
    given = parser.parse_args()
    load = [round(value, 1) for value in os.getloadavg()] if hasattr(os, "getloadavg") else []
    print(json.dumps(measure(given.folder, given.edits) | {"load": load}, indent=2))


if __name__ == "__main__":
    main()
