"""One site built twice: with what earlier builds left behind, and from nothing. Both are to be equal."""

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from unittest import mock

import msgspec

from notegen.app.site_location import Flags, open_site, scan_site
from notegen.build import make_files
from notegen.cache.context import BuildContext, NoCache
from notegen.cache.memory import MemoryCache
from notegen.cache.page_store import bytes_of
from notegen.cache.store import SqliteCache
from notegen.diagrams import draw
from notegen.emit.emit import LostError, emit
from notegen.math_font import site_font
from notegen.math_font.font import make_font
from notegen.model.diagnostic import Diagnostic
from notegen.model.output import Build
from notegen.rebuild import BuildResult, EmitOptions, build
from notegen.server.disk import RememberingDisk
from notegen.system.disk import Disk
from tests.support.editor import Editor
from tests.support.full_site import write_site

_COPY = "no smaller copy can be made"
_PATIENCE = 3  # comparisons in a row of a site that cannot be built


class TwoBuilds:
    """Builds the site in `root` as `notegen build` and as a server do, and checks both against a clean build."""

    def __init__(self, root: Path, engine: str = "engine") -> None:
        self._root = root
        self._state = root / ".notegen"
        self._apart = root.parent / "clean"
        self._engine = engine
        self._memory = MemoryCache(200_000_000)
        self._disk = RememberingDisk()
        self.failed = False  # whether the last clean build had errors

    def check(self, now: datetime, chance: Random) -> None:
        """Build from nothing, and in either or both of the other ways, in any order; compare."""
        clean = self.clean(now)
        ways = chance.choice(("write", "serve", "write serve", "serve write", "write write"))
        for way in ways.split():
            if way == "serve":
                self.assert_served(self.serve(now), clean)
            else:
                self.assert_written(self.write(now), clean)
        self.failed = clean.failed

    def clean(self, now: datetime) -> Build:
        """Return the site made from nothing, and write it into a folder of its own unless there are errors."""
        built = self._made(now, BuildContext(NoCache(), self._engine), Disk())
        shutil.rmtree(self._apart, ignore_errors=True)
        self._apart.mkdir()
        if built.failed:
            return built
        emitted, problems = emit(built.files, self._apart / "public", self._apart / "state", Disk())
        assert not emitted.refused
        return msgspec.structs.replace(built, diagnostics=(*built.diagnostics, *problems))

    def clean_files(self) -> dict[str, bytes]:
        """Return what the last clean build has written, by path."""
        return files_below(self._apart / "public")

    def write(self, now: datetime) -> BuildResult | None:
        """Build with the cache and write the site, as `notegen build` does; None where the settings are of no use."""
        cache = SqliteCache(self._state / "cache.sqlite")
        context = BuildContext(cache, self._engine)
        site = open_site(Flags(source=self._root), Disk())
        if site.unusable:
            cache.close()
            return None
        options = EmitOptions(self._state)
        try:
            result = build(site, now, options, context, Disk())
        except LostError:
            result = build(site, now, options, msgspec.structs.replace(context, cache=NoCache()), Disk())
        cache.close()
        return result

    def serve(self, now: datetime) -> Build:
        """Build as a server does, which remembers values in memory, and files that are as they were."""
        cache = SqliteCache(self._state / "cache.sqlite")
        self._memory.begin()
        context = BuildContext(cache, self._engine, memory=self._memory, preview=True)
        built = self._made(now, context, self._disk)
        self._memory.end()
        cache.close()
        return built

    def _made(self, now: datetime, context: BuildContext, disk: Disk) -> Build:
        return make_files(scan_site(open_site(Flags(source=self._root), disk), disk), now, context)

    def assert_served(self, served: Build, clean: Build) -> None:
        """Check that what a server shows is what a clean build makes; its search index may be an older one."""
        wanted = [item for item in clean.diagnostics if not item.message.startswith(_COPY)]  # told when it is written
        assert_equal(_told(served.diagnostics), _told(wanted))
        assert_equal(_contents(served), _contents(clean))

    def assert_written(self, result: BuildResult | None, clean: Build) -> None:
        """Check the same of what is written, and of what is said to be public."""
        if result is None:
            return
        assert_equal(_told(result.diagnostics), _told(clean.diagnostics))
        assert result.written is not clean.failed
        if result.written:
            assert_equal(files_below(self._root / "public"), self.clean_files())
            assert {*result.build.public} == {*clean.public}


def compare(root: Path, seed: int, edits: int, between: int, told: Callable[[str], None]) -> Iterator[int]:
    """Write the site of `full_site` and edit it; each time after up to `between` edits check the builds.

    Yields how many edits there were so far; `told` is given each of them.
    """
    chance = Random(seed)  # noqa: S311 (no secret)
    write_site(root, chance)
    editor, builds = Editor(root, chance), TwoBuilds(root)
    done, failed = 0, 0
    while done < edits:
        for _ in range(chance.randint(1, between) if done else 1):
            told(editor.edit() if failed < _PATIENCE else editor.mend())
            done += 1
            failed = 0 if failed >= _PATIENCE else failed
        builds.check(editor.now, chance)
        failed = failed + 1 if builds.failed else 0
        yield done


@contextlib.contextmanager
def pure_functions_kept() -> Iterator[None]:
    """Let the slowest functions of values remember what they made: clean builds ask for the same fonts and drawings."""
    font_once, draw_one = cache(make_font), draw.draw
    drawn: dict[object, object] = {}

    def draw_once(diagram: draw.Diagram, kept: Mapping[str, str]) -> object:
        key = (diagram, tuple(sorted(kept.items())))
        if key not in drawn:
            drawn[key] = draw_one(diagram, kept)
        return drawn[key]

    with mock.patch.object(site_font, "make_font", font_once), mock.patch.object(draw, "draw", draw_once):
        yield


def _told(diagnostics: Iterable[Diagnostic]) -> dict[str, bytes]:
    return {str(item): b"" for item in diagnostics}


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files in a folder, by path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _contents(built: Build) -> dict[str, bytes]:
    """Return the bytes of what is made; of files that are copied, what they are copied of."""
    return {
        file.path: bytes_of(file.content) or str(file.content).encode()
        for file in built.files
        if not file.path.startswith(("pagefind/", "cards/"))
    }


def assert_equal(found: dict[str, bytes], wanted: dict[str, bytes]) -> None:
    """Check that both have the same names with the same bytes, and show the first difference."""
    assert found.keys() == wanted.keys(), (
        f"too many: {sorted(found.keys() - wanted.keys())[:5]}\nmissing: {sorted(wanted.keys() - found.keys())[:5]}"
    )
    for path, data in wanted.items():
        if found[path] != data:
            pairs = zip(found[path], data, strict=False)
            start = next((place for place, (one, other) in enumerate(pairs) if one != other), len(data))
            around = slice(max(0, start - 200), start + 200)
            raise AssertionError(f"{path} differs:\n{found[path][around]!r}\nis to be:\n{data[around]!r}")
