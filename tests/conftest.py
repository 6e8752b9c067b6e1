"""Fixtures shared by all tests."""

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from functools import lru_cache
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notegen.app import context
from notegen.cache.known_engine import known_engine_digest
from notegen.jinja import dependencies, environment
from notegen.math_font import site_font
from notegen.model.codes import CODES
from notegen.read import read
from notegen.render.theme import assets
from notegen.render.theme.assets import minify_css
from notegen.scan import themes
from notegen.system.plain import use_fast_paths
from tests.support.compiled import CompiledTemplates
from tests.support.known_readers import KnownReaders
from tests.support.made_fonts import MadeFonts
from tests.support.paths import ROOT
from tests.support.provoked import Provoked, is_whole
from tests.support.searching import SEARCHES
from tests.support.shared import made_once, shared_folder
from tests.support.shipped_theme import ShippedTheme
from tests.support.site import SiteTest

settings.register_profile(
    "notegen",
    deadline=None,  # the machine may be busy
    derandomize=not SEARCHES,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("notegen")


# What notegen reads in its environment: a build server sets some, a developer others; a test sets what it is about.
HEEDED = (
    "CI",
    "GITHUB_ACTIONS",
    "NOTEGEN_BASE_URL",
    "SOURCE_DATE_EPOCH",
    "NO_COLOR",
    "CLICOLOR_FORCE",
    "VISUAL",
    "EDITOR",
)


@settings(max_examples=1, database=None)
@given(st.none())
def _ask_nothing(_: None) -> None:
    """A property of nothing."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for garbage neither while the tests are collected, nor later among what is known of them, nor often.

    Each time costs hypothesis a call of Python. It looks for what holds its source of chance, with the help of the
    collector, when the first property is asked: before that forgets what there is.
    """
    _ask_nothing()
    gc.disable()
    result = yield
    gc.freeze()
    gc.set_threshold(200_000)
    gc.enable()
    return result


MEMORY = Path("/dev/shm")  # noqa: S108 (pytest makes a folder of its own in it)
ROOM = 2 << 30  # bytes; what tests that passed have written is deleted at once


def pytest_configure() -> None:
    """Make the environment of tests, and of what they start, the same everywhere.

    Their folders are in memory where that is a file system: writing thousands of small sites is a fifth of the work.
    Heed Ctrl-C and a closed terminal: a shell (`&`, `nohup`) makes what it starts ignore them, and so would ours.
    """
    for name in HEEDED:
        os.environ.pop(name, None)
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


LONGEST = ("test_oracle.py", "test_everything.py", "test_corpus.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests: a process that begins one of them last keeps the others waiting.

    Those of the corpus share what takes long, and what is begun first is not shared out between processes.
    """
    items.sort(key=lambda item: (item.path.name not in LONGEST, item.get_closest_marker("slow") is None))


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable(report: Any) -> Generator[None, dict[str, Any] | None, dict[str, Any] | None]:
    """Send no keywords of what passed from a process of pytest-xdist to the first: thousands of tests have a dozen."""
    data = yield
    if data and getattr(report, "passed", False):
        data["keywords"] = {}
    return data


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a process of pytest-xdist has provoked."""
    Provoked.codes |= set(getattr(node, "workeroutput", {}).get("provoked", ()))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """At the end of a whole run that passed, fail it if a diagnostic of the registry was not provoked."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["provoked"] = sorted(Provoked.codes)
    elif exitstatus == pytest.ExitCode.OK and is_whole(session.config) and not CODES.keys() <= Provoked.codes:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Name the diagnostics that a whole run has not provoked."""
    missing = sorted(CODES.keys() - Provoked.codes)
    if missing and is_whole(config):
        terminalreporter.section("diagnostics that no test provoked")
        terminalreporter.write_line("\n".join(missing))


@pytest.fixture(scope="session", autouse=True)
def _temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let builds have a folder for temporary files that no earlier run of the tests has left anything in.

    multiprocessing makes its own before: it takes that away when Python ends, and by then pytest has emptied this one.
    """
    get_temp_dir()
    with mock.patch.object(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary"))):
        yield


@pytest.fixture(scope="session", autouse=True)
def _user_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let all processes of a run share a folder of the user's own, and leave that of whoever runs the tests alone."""
    with mock.patch.dict(os.environ, XDG_CACHE_HOME=str(shared_folder(tmp_path_factory) / "user")):
        yield


@pytest.fixture(scope="session", autouse=True)
def _made_once(_user_cache: None) -> Iterator[None]:
    """Read and compile the theme, look at notegen's code, make parsers and a font, once for thousands of builds."""
    engines: dict[bool, str] = {}

    def engine() -> str:
        fast = use_fast_paths()
        if fast not in engines:
            engines[fast] = known_engine_digest()
        return engines[fast]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(context, "known_engine_digest", engine)
        compiled = CompiledTemplates()
        patch.setattr(environment, "make_environment", compiled.make_environment)
        patch.setattr(dependencies, "template_facts", compiled.template_facts)
        patch.setattr(site_font, "make_font", MadeFonts().make_font)
        patch.setattr(site_font, "kept_font", lambda _characters: None)  # that they are kept, tests of it show
        patch.setattr(site_font, "keep_font", lambda _characters, _font: None)
        theme = ShippedTheme()
        patch.setattr(themes, "read_layer", theme.read_layer)
        patch.setattr(assets, "minify_css", lru_cache(maxsize=64)(minify_css))
        patch.setattr(read, "make_reader", KnownReaders().make_reader)
        yield


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that knows the shipped templates and the math font, which few tests are about.

    What is known of templates depends on which of them a site uses, so it has built the usual kinds of site.
    """
    return made_once(tmp_path_factory, "warm", _build_warm) / ".notegen" / "cache.sqlite"


def _build_warm(root: Path) -> None:
    settings = "title: Warm\nlanguage: zh-CN\nbase_url: https://example.org/\nsearch: {enabled: false}\n"
    settings += "social_cards: {enabled: false}\n"
    site = SiteTest(root).write("site.yaml", settings).note("a", "$x$").build()
    for front in ({"tags": ["t"]}, {"category": "C"}, {"tags": ["t"], "category": "C"}, {"series": "S"}):
        site.note("a", "$x$", **front).build()


@pytest.fixture
def cold(tmp_path: Path) -> SiteTest:
    """Return an empty site with a minimal site.yaml, and without a cache."""
    return SiteTest(tmp_path / "site").write(
        "site.yaml", "title: Test\nbase_url: https://example.org/\nlanguage: zh-CN\n"
    )


@pytest.fixture
def site(cold: SiteTest, warm: Path) -> SiteTest:
    """Return an empty site with a minimal site.yaml."""
    return cold.take_cache(warm)


@pytest.fixture
def built(site: SiteTest) -> SiteTest:
    """Return a site of one good note that has been built, so that a failure has something to lose."""
    return site.note("good", "The good note.").build().expect_clean()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real posts: $NOTEGEN_CORPUS, else `shared/corpus` beside the checkout; skip without one."""
    folder = Path(os.environ.get("NOTEGEN_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip(f"no corpus of real posts at {folder} (set NOTEGEN_CORPUS)")
    return folder
