"""Two extensions of a site, and those that raise, return nonsense, or do not move on."""

import threading
import time

import pytest

from notegen.extensions.time_bound import ExtensionTimeoutError, bounded
from tests.support.limits import DEADLINE, ends, steps
from tests.support.site import SiteTest

# Counts what there is: a page, a file, a filter, a check.
STATS = """
from notegen.extensions.api import EXTENSION_API, Extension, Finding, MadeFile, MadePage

def shout(text):
    return str(text).upper() + "!"

def pages(site):
    items = "".join(f"<li>{note.ref.title}</li>" for note in site.notes)
    yield MadePage("/stats/", "Stats & more", f"<ul>{items}</ul>", "Counted")
    yield MadeFile("stats.json", '{"notes": %d}' % len(site.notes))

def short_notes(site):
    for note in site.notes:
        if note.words < 3:
            yield Finding(note.ref.path, "a short note", 6, "write more")

def extension():
    return Extension(api=EXTENSION_API, pages=pages, filters={"shout": shout}, checks=(short_notes,))
"""
# A syntax: ;;text;; is small, and !!! on a line of its own is a rule.
SMALL = """
from notegen.extensions.api import EXTENSION_API, Extension
from notegen.read.syntax.rule import Rule

def small(state, silent):
    if not state.src.startswith(";;", state.pos):
        return False
    end = state.src.find(";;", state.pos + 2, state.posMax)
    if end < 0:
        return False
    if not silent:
        state.push("small_open", "small", 1)
        state.push("text", "", 0).content = state.src[state.pos + 2 : end]
        state.push("small_close", "small", -1)
    state.pos = end + 2
    return True

def line(state, start_line, end_line, silent):
    start, end = state.bMarks[start_line], state.eMarks[start_line]
    if state.src[start:end] != "!!!":
        return False
    if not silent:
        state.push("hr", "hr", 0).attrs = {"class": "loud"}
        state.line = start_line + 1
    return True

def extension():
    rules = (
        Rule("inline", "small", small, starts=";", before="emphasis"),
        Rule("block", "loud_line", line, starts="!", before="fence"),
    )
    return Extension(api=EXTENSION_API, rules=rules)
"""
HEAD = "from notegen.extensions.api import *\nfrom notegen.read.syntax.rule import Rule\n"

RULE = "def extension():\n    return Extension(api=1, rules=(Rule('inline', '{0}', {0}, ';', 'emphasis'),))"


@pytest.fixture
def extended(site: SiteTest) -> SiteTest:
    """Return a site with one note that names the extension `x`."""
    return site.write("site.yaml", "language: en\nextensions: [x]\n").note("a", "Two words ;;small;; here.\n\n!!!")


def test_an_extension_makes_pages_files_and_filters(extended: SiteTest) -> None:
    extended.write("extensions/x.py", STATS).write("shortcodes/s.html", "<b>{{ args[0] | shout }}</b>")
    extended.note("b", "Hear {% s me %} now.").build().expect_clean()
    page = extended.html("stats/index.html")
    assert "<title>Stats &amp; more · " in page
    assert "<ul><li>a</li><li>b</li></ul>" in page
    assert extended.html("stats.json") == '{"notes": 2}'
    assert "Hear <b>ME!</b> now." in extended.body("b")


def test_an_extension_adds_syntax(extended: SiteTest) -> None:
    extended.write("extensions/x.py", SMALL).build().expect_clean()
    assert '<p>Two words <small>small</small> here.</p>\n<hr class="loud">' in extended.body("a")


@pytest.mark.slow
def test_workers_load_it_too(extended: SiteTest) -> None:
    extended.write("extensions/x.py", SMALL)
    for number in range(6):
        extended.note(f"long{number}", ";;small;; words. " * 3000)
    extended.build("-j", "2")
    assert "<small>small</small> words." in extended.body("long5")


def test_checks_of_an_extension_have_a_severity(extended: SiteTest) -> None:
    extended.write("extensions/x.py", STATS).note("s", "Short.").run("check")
    assert "content/s.md:6: warning[check-extension]: a short note (x)" in extended.stdout + extended.stderr
    extended.write("site.yaml", "language: en\nextensions: [x]\ncheck: {rules: {extension: off}}\n").run("check")
    assert "short note" not in extended.stdout + extended.stderr


def test_a_changed_extension_makes_everything_anew(extended: SiteTest) -> None:
    extended.write("extensions/x.py", SMALL).build()
    extended.write("extensions/x.py", SMALL.replace('"small"', '"sub"')).build()
    assert "<sub>small</sub>" in extended.body("a")
    assert "Two words small here." in extended.run("inspect", str(extended.root / "content/a.md")).stdout
    extended.write("extensions/x.py", SMALL.replace("state.src[state.pos + 2 : end]", "'large'"))
    assert "Two words large here." in extended.run("inspect", str(extended.root / "content/a.md")).stdout


def test_nothing_is_run_that_site_yaml_does_not_name(site: SiteTest) -> None:
    site.write("extensions/x.py", "raise SystemExit(9)").note("a", "Words.").build().expect_clean()


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("def broken(:\n", "extensions/x.py:1: error[extension-error]: SyntaxError: invalid syntax"),
        ("\nimport nothing_like_this", "extensions/x.py:2: error[extension-error]: ModuleNotFoundError"),
        ("x = 1", "extensions/x.py: error[extension-error]: it has no function `extension`"),
        ("def extension():\n    raise SystemExit(3)", "extensions/x.py:2: error[extension-error]: SystemExit: 3"),
        (
            "def extension():\n    return 3",
            "extensions/x.py: error[extension-value]: extension() returns a value of the",
        ),
        (
            "def extension():\n    return Extension(api=99)",
            "extensions/x.py: error[extension-value]: it is written for",
        ),
        (
            "def extension():\n    return Extension(api=1, rules=[1])",
            "extensions/x.py: error[extension-value]: rules: a",
        ),
        (
            "def extension():\n    return Extension(api=1, filters=3)",
            "extensions/x.py: error[extension-value]: filters",
        ),
        ("def extension():\n    return Extension(api=1, pages=3)", "extensions/x.py: error[extension-value]: pages: a"),
        ("def extension():\n    return Extension(api=1, checks=3)", "extensions/x.py: error[extension-value]: checks"),
        (
            "def pages(site):\n    yield 1 / 0\ndef extension():\n    return Extension(api=1, pages=pages)",
            "extensions/x.py:4: error[extension-error]: ZeroDivisionError: division by zero (in pages)",
        ),
        (
            "def extension():\n    return Extension(api=1, pages=lambda site: [3])",
            "extensions/x.py: error[extension-value]: pages: a value of the type int",
        ),
        (
            "def extension():\n    return Extension(api=1, pages=lambda site: [MadeFile('../x', '')])",
            "extensions/x.py: error[extension-value]: pages: '../x' is no path below the site's root",
        ),
        (
            "def extension():\n    return Extension(api=1, pages=lambda site: [MadePage('/', 'T', '')])",
            "extensions/x.py: error[extension-value]: pages: /index.html is there already",
        ),
        (
            "def bad(state, silent):\n    raise ValueError('no')\n" + RULE.format("bad"),
            "extensions/x.py:4: error[extension-error]: ValueError: no (in the rule bad)",
        ),
        (
            "def stuck(state, silent):\n    return True\n" + RULE.format("stuck"),
            "extensions/x.py: error[extension-value]: the rule stuck matches, and does not move on",
        ),
    ],
)
def test_what_is_wrong_with_an_extension_is_told(extended: SiteTest, code: str, line: str) -> None:
    head = HEAD if "Extension(" in code else ""
    extended.write("extensions/x.py", head + code).build(expect=1)
    assert extended.stderr.startswith(line), extended.stderr


PAGES = """import time
def pages(site):
    while True:
        try:
            time.sleep(0.02)
            yield from ()
        except Exception:
            pass
def extension():
    return Extension(api=1, pages=pages)
"""
RULE_THAT_HANGS_ONCE = """import time
calls = []
def bad(state, silent):
    calls.append(state)
    time.sleep(1e6 if len(calls) == 1 else 0)
"""
HANGING = [
    ("while True: pass\n", "extensions/x.py:3: error[extension-error]: ExtensionTimeoutError: it has not ended"),
    ("import time\ntime.sleep(1e6)\n", "it has not ended after"),
    (PAGES, "(in pages)"),
    (RULE_THAT_HANGS_ONCE + RULE.format("bad"), "(in the rule bad)"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("code", "words"), HANGING)
def test_an_extension_that_hangs_is_told(
    extended: SiteTest, monkeypatch: pytest.MonkeyPatch, code: str, words: str
) -> None:
    monkeypatch.setattr("notegen.extensions.time_bound.LIMIT", 1.0)  # a busy machine loads extensions in less
    extended.write("extensions/x.py", HEAD + code).build(expect=1).expect_report(words, "error[extension-error]")


@pytest.mark.slow
def test_in_a_thread_what_hangs_is_interrupted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notegen.extensions.time_bound.LIMIT", 0.2)
    raised: list[BaseException] = []

    def hang() -> None:
        while True:
            time.sleep(0.01)

    def run() -> None:
        try:
            bounded("x", hang)
        except ExtensionTimeoutError as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(DEADLINE)
    assert [str(error) for error in raised] == ["it has not ended after 0.2 seconds"]
    monkeypatch.undo()
    assert bounded("x", abs, -1) == 1
    with ends():  # where Python went on looking for interruptions, what is traced would stand still
        assert steps(lambda: [abs(number) for number in range(100)]) < 1000


@pytest.mark.slow
def test_an_interruption_that_comes_too_late_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notegen.extensions.time_bound.LIMIT", 0.0)
    ended: list[object] = []

    def slow() -> str:
        time.sleep(1.2)  # in C, where nothing interrupts: the watch asks for it, and Python goes on behind
        return "done"

    def run() -> None:
        try:
            ended.append(bounded("x", slow))
        except ExtensionTimeoutError as error:
            ended.append(str(error))
        ended.append(sum(range(100_000)))  # nothing is raised here any more

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(DEADLINE)
    assert ended[1:] == [4999950000]
    with ends():
        assert steps(lambda: [abs(number) for number in range(100)]) < 1000


def test_a_filter_that_raises_is_told_at_its_line(extended: SiteTest) -> None:
    code = "def bad(value):\n    return [][1]\ndef extension():\n    return Extension(api=1, filters={'bad': bad})"
    extended.write("extensions/x.py", HEAD + code).write("shortcodes/s.html", "{{ 1 | bad }}").note("b", "{% s %}")
    extended.build(expect=1).expect_report("extensions/x.py:4: error[extension-error]: IndexError", "in the filter bad")


def test_an_extension_that_is_not_there_is_told(extended: SiteTest) -> None:
    extended.build(expect=1).expect_lines("site.yaml:2: error[extension-missing]: there is no extension 'x'")


def test_names_lead_to_no_other_folder(site: SiteTest) -> None:
    site.write("site.yaml", "extensions: [../x]\n").note("a", "A.").build(expect=2).expect_report("config-value")
