"""The driver of whole-site tests, after mdBook's BookTest: write files, run notegen, expect files and the report."""

import gc
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import click
from click.testing import CliRunner

from notegen.cli.commands import main
from notegen.model.source import Installed
from tests.support.html import e_content
from tests.support.provoked import Provoked

NOW = "2026-06-01T12:00:00+08:00"
HEAD = "---\ntitle: Bad\ndate: 2026-01-01\n---\n"  # of a note written by hand
PROBLEM = re.compile(r"(?:\S.*?: )?(?:error|warning|info)\[[a-z0-9-]+\]: ")
CLEAN = re.compile(r"((newly )?public: .*\n)?\d+ notes?, \d+ pages? in \d+\.\d s(, in .*)?\n")


class SiteTest:
    """A site in a temporary folder. Every method returns the driver, so that a test reads as a story."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.exit_code = 0
        self.stderr = ""
        self.stdout = ""
        self.installed = Installed()  # neither pagefind nor the system's fonts, whether they are there or not

    def write(self, path: str, text: str | bytes) -> Self:
        """Write a source file; text is taken as it is."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return self

    def take_cache(self, file: Path) -> Self:
        """Begin with what a cache knows, such as that of the fixture `warm`."""
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / ".notegen").mkdir(mode=0o700)
        shutil.copy(file, self.root / ".notegen")
        return self

    def note(self, name: str, body: str, **front: Any) -> Self:
        """Write content/NAME.md with front matter: a date unless one is given, and a title from the name."""
        front = {"title": name, "date": "2026-01-02", **front}
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items() if value is not None]
        return self.write(f"content/{name}.md", "---\n" + "\n".join(lines) + "\n---\n\n" + body + "\n")

    def run(self, *arguments: str, expect: int | None = 0) -> Self:
        """Run `notegen ARGUMENTS` in the site's folder; `expect` is the exit code, None for any.

        A build works in this process alone, unless it is given a number of others.
        """
        alone = [] if arguments[0] != "build" or {"-j", "--jobs"} & {*arguments} else ["-j", "1"]
        result = self._invoke([arguments[0], "-s", str(self.root), "--now", NOW, *alone, *arguments[1:]])
        return self._keep(*result, expect)

    def init(self, *arguments: str, expect: int | None = 0) -> Self:
        """Run `notegen init FOLDER --yes ARGUMENTS` for the site's folder."""
        return self._keep(*self._invoke(["init", str(self.root), "--yes", *arguments]), expect)

    def import_(self, source: Path, *arguments: str, expect: int | None = 0) -> Self:
        """Run `notegen import SOURCE ARGUMENTS` into the site."""
        return self._keep(*self._invoke(["import", str(source), "-s", str(self.root), *arguments]), expect)

    def process(self, *arguments: str, expect: int | None = 0, installed: bool = False, **environment: str) -> Self:
        """Run `notegen ARGUMENTS` as a process of its own, with these environment variables added.

        It has pagefind and the system's fonts only if `installed`.
        """
        start = "from notegen.cli.commands import main; from notegen.model.source import Installed; "
        start += f"main(installed={None if installed else 'Installed()'})"
        command = [sys.executable, "-c", start, arguments[0], "-s", str(self.root), "--now", NOW, *arguments[1:]]
        done = subprocess.run(
            command, capture_output=True, check=False, encoding="utf-8", env={**os.environ, **environment}
        )
        return self._keep(done.returncode, done.stdout, done.stderr, expect)

    def _keep(self, exit_code: int, stdout: str, stderr: str, expect: int | None) -> Self:
        self.exit_code, self.stdout, self.stderr = exit_code, stdout, stderr
        Provoked.by(stderr + stdout)
        if expect is not None:
            assert self.exit_code == expect, f"exit code {self.exit_code}\n{self.stderr}\n{self.stdout}"
        return self

    def build(self, *arguments: str, expect: int | None = 0) -> Self:
        """Run `notegen build`."""
        return self.run("build", *arguments, expect=expect)

    def output(self, path: str) -> Path:
        """Return the location of an output file."""
        return self.root / "public" / path

    def html(self, path: str) -> str:
        """Return the text of an output file."""
        file = self.output(path)
        assert file.is_file(), f"no {path}; there are {self.files()}"
        return file.read_text(encoding="utf-8")

    def files(self) -> list[str]:
        """Return the paths of all output files, sorted."""
        public = self.root / "public"
        return sorted(path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file())

    def body(self, slug: str) -> str:
        """Return the HTML of a note's body: what its `.e-content` element holds."""
        return e_content(self.html(f"posts/{slug}/index.html"))

    def expect_report(self, *parts: str) -> Self:
        """Check that each text is in the report."""
        for part in parts:
            assert part in self.stderr, f"not in the report: {part}\n{self.stderr}"
        return self

    def expect_lines(self, *starts: str) -> Self:
        """Check that the report's problems begin with exactly these texts, one each, in this order."""
        found = [line for line in self.stderr.splitlines() if PROBLEM.match(line)]
        assert len(found) == len(starts), self.stderr
        for line, start in zip(found, starts, strict=True):
            assert line.startswith(start), f"not: {start}\n{self.stderr}"
        return self

    def snapshot(self) -> dict[str, tuple[bytes, int]]:
        """Return the bytes and the time of change of every output file."""
        return {path: (self.output(path).read_bytes(), self.output(path).stat().st_mtime_ns) for path in self.files()}

    def refused(self, *lines: str, code: int = 1, arguments: tuple[str, ...] = ()) -> None:
        """Check that a build fails with these problems, and that the old site stays, to the last byte and time."""
        before = self.snapshot()
        self.build(*arguments, expect=code).expect_lines(*lines)
        assert self.snapshot() == before
        assert not list(self.root.rglob("*.tmp"))

    def goes_on(self) -> None:
        """Check that --keep-going writes the good notes, still fails, and deletes nothing. For the fixture `built`."""
        before = set(self.files())
        self.note("late", "A second good note.").build("--keep-going", expect=1)
        assert "A second good note." in self.body("late")
        assert "The good note." in self.body("good")
        assert before <= set(self.files())

    def expect_clean(self) -> Self:
        """Check that the report holds nothing but what is public for the first time, and the summary."""
        assert CLEAN.fullmatch(self.stderr), self.stderr
        return self

    def _invoke(self, arguments: list[str]) -> tuple[int, str, str]:
        """Run the command line in this process, through the `main` that the script uses; its output is captured."""
        entry = click.Command("notegen", callback=lambda: main(arguments, self.installed))
        try:
            result = CliRunner().invoke(entry, [])
        finally:
            gc.enable()  # which `main` has turned off for the whole process
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr
