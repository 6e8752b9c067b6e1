"""`notegen serve`, built and built again: what is saved shows, what is wrong is told, nothing breaks it."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.limits import DEADLINE, wait_until
from tests.support.processes import SEES_PROCESSES, with_environment
from tests.support.serve import Answer, Kept, Server, free_port, kept, serving
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow

SETTINGS = "title: Test\nbase_url: https://example.org/\nlanguage: zh-CN\nsearch: {enabled: false}\n"  # as conftest's


def small(folder: Path, cache: Path) -> SiteTest:
    """Return a new site of two notes."""
    site = SiteTest(folder / "site").take_cache(cache).write("site.yaml", SETTINGS)
    return site.note("one", "The first text, with $x^2$.").note("two", "Another.")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Iterator[Kept]:
    """Return the server of a small site that most tests change."""
    with kept(small(tmp_path_factory.mktemp("serve"), warm)) as server:
        yield server


@pytest.fixture
def server(running: Kept) -> Server:
    """Return a running server of a small site."""
    return running.fresh()


@pytest.fixture
def own_server(tmp_path: Path, warm: Path) -> Iterator[Server]:
    """Return a server that has just been started, whose builds can be counted, and whose cache may be harmed."""
    site = small(tmp_path, warm)
    with serving(site.root, "--cache-dir", str(site.root / ".notegen")) as server:
        yield server


@pytest.fixture(scope="module")
def running_themed(tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Iterator[Kept]:
    """Return the server of a site with a theme of its own."""
    site = SiteTest(tmp_path_factory.mktemp("themed") / "site").take_cache(warm)
    site.write("site.yaml", "title: Test\ntheme: [mine, transmission]\n").note("one", "Text.")
    with kept(site.write("themes/mine/theme.yaml", "name: mine\n")) as server:
        yield server


def edit(server: Server, path: str, old: str, new: str) -> None:
    text = (server.root / path).read_text(encoding="utf-8")
    assert old in text
    server.site.write(path, text.replace(old, new))


# --- what is saved shows


def test_a_saved_note_shows_and_nothing_is_written(server: Server) -> None:
    server.shows("posts/one/", "The first text")
    edit(server, "content/one.md", "The first text", "A better text")
    server.shows("posts/one/", "A better text").shows("", "A better text")
    assert not (server.site.root / "public").exists()


def test_titles_settings_styles_and_templates(server: Server) -> None:
    edit(server, "content/one.md", 'title: "one"', 'title: "Quite another"')
    server.shows("posts/one/", "Quite another").shows("", "Quite another").shows("posts/two/", "Quite another")
    edit(server, "site.yaml", "title: Test", "title: New name\ntheme: [mine, transmission]")
    server.site.write("themes/mine/static/css/own.css", ".own { color: #123456 }")
    server.site.write("themes/mine/templates/parts/footer.html", "<footer>own footer</footer>")
    server.shows("posts/two/", "New name", "own footer")
    style = re.findall(r'<link rel="stylesheet" href="([^"]+)"', server.page(""))[0]
    assert ".own" in server.get(style).text
    edit(server, "themes/mine/templates/parts/footer.html", "own footer", "second footer")
    server.shows("posts/two/", "second footer")
    edit(server, "themes/mine/static/css/own.css", "#123456", "#654321")
    server.until(lambda: style not in server.page(""), "new style sheet")
    assert ".own" in server.get(style).text, "a page that was loaded a moment ago still finds its style sheet"


def test_new_deleted_and_renamed_notes(server: Server) -> None:
    server.site.note("deep/three", "New.")
    server.status("posts/three/", 200).shows("", "three")
    (server.site.root / "content/one.md").rename(server.site.root / "content/uno.md")
    server.status("posts/uno/", 200).status("posts/one/", 404)
    (server.site.root / "content/two.md").unlink()
    server.status("posts/two/", 404)
    shutil.rmtree(server.site.root / "content/deep")
    server.status("posts/three/", 404)


def test_editors_that_write_in_several_steps_lose_no_note(server: Server) -> None:
    """The note is away for a moment, or empty; no page of that moment is ever shown."""
    file = server.site.root / "content/one.md"
    text = file.read_text(encoding="utf-8")
    seen: list[int] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            seen.append(server.get(server.base + "posts/one/").status)

    watching = threading.Thread(target=look)
    watching.start()
    for number in range(3):
        file.rename(file.with_suffix(".bak"))
        time.sleep(0.03)
        file.write_text("", encoding="utf-8")
        file.write_text(text.replace("first", f"{number}th"), encoding="utf-8")
        file.with_suffix(".bak").unlink()
        server.shows("posts/one/", f"The {number}th text")
    beside = file.with_name(".one.md.swp")
    beside.write_text(text.replace("first", "last"), encoding="utf-8")
    beside.replace(file)
    server.shows("posts/one/", "The last text")
    stop.set()
    watching.join()
    assert set(seen) == {200}, server.output


def test_edits_in_place_of_the_same_size(server: Server) -> None:
    for number in range(4):
        edit(server, "content/one.md", "first" if not number else f"fir{number - 1}t", f"fir{number}t")
        server.shows("posts/one/", f"fir{number}t")


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_ten_saves_at_once_give_one_or_two_builds(own_server: Server) -> None:
    own_server.until(lambda: own_server.builds == 1, "first build")
    os.kill(own_server.pid, signal.SIGSTOP)  # so that a busy machine cannot stretch the second
    for number in range(10):
        own_server.site.write("content/one.md", f"---\ndate: 2026-01-02\n---\nSave {number}.\n")
    os.kill(own_server.pid, signal.SIGCONT)
    own_server.shows("posts/one/", "Save 9.")
    time.sleep(0.5)
    assert own_server.builds - 1 in {1, 2}, own_server.output


def test_a_touched_file_is_not_built(own_server: Server) -> None:
    (own_server.site.root / "content/one.md").touch()
    own_server.site.write("content/.hidden.md", "x")
    time.sleep(0.5)
    edit(own_server, "content/one.md", "first", "second")
    own_server.shows("posts/one/", "The second text").until(lambda: own_server.builds > 1, "build")
    assert own_server.builds == 2, own_server.output


def test_polling_needs_no_events(site: SiteTest) -> None:
    site.note("one", "First.")
    with serving(site.root, "--poll") as server:
        edit(server, "content/one.md", "First", "Second")
        server.shows("posts/one/", "Second")


def test_a_checkout_of_another_branch(site: SiteTest) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=n", "-c", "user.email=e@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=site.root, check=True, capture_output=True)

    for number in range(30):
        site.note(f"n{number}", f"main {number}")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    for number in range(20):
        site.note(f"n{number}", f"other {number}")
    (site.root / "content/n29.md").unlink()
    site.write("site.yaml", "title: Other branch\n")
    git("add", ".")
    git("commit", "-qm", "two")
    with serving(site.root) as server:
        assert "other 7" in server.page("posts/n7/")
        git("checkout", "-q", "main")
        server.shows("posts/n29/", "main 29").shows("posts/n7/", "main 7").shows("", "<title>Test")
        git("checkout", "-q", "other")
        server.status("posts/n29/", 404).shows("posts/n7/", "other 7").shows("", "<title>Other branch")


# --- what is wrong is told


def test_errors_are_told_and_the_last_good_page_stays(server: Server) -> None:
    with server.events("posts/one/") as messages:
        assert next(messages)["problems"] == []
        edit(server, "content/one.md", "first", "fir\0st")
        (problem,) = next(messages)["problems"]
        assert (problem["file"], problem["severity"], problem["code"]) == ("content/one.md", "error", "file-nul")
        assert (problem["line"], problem["column"]) == (6, 8)
        assert problem["href"] == (f"vscode://file{server.site.root.as_posix()}/content/one.md:6:8")
        assert problem["excerpt"].splitlines()[0] == "    6 | The fir st text, with $x^2$."
        assert problem["excerpt"].splitlines()[1].startswith("      |        ^ remove the byte")
        server.shows("posts/one/", "The first text")
        server.until(lambda: "the last good site stays" in server.output, "line on the terminal")
        edit(server, "content/one.md", "fir\0st", "first")
        assert next(messages)["problems"] == []


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("site.yaml", "title: [", "config-syntax"),
        ("site.yaml", "titel: x", "config-unknown-key"),
        ("themes/mine/templates/note.html", "{% if %}", "template-syntax"),
        ("themes/mine/templates/note.html", "{{ nothing.at_all }}", "template-error"),
    ],
)
def test_a_broken_configuration_or_template(running_themed: Kept, path: str, text: str, code: str) -> None:
    server = running_themed.fresh()
    site = server.site
    with server.events("posts/one/") as messages:
        next(messages)
        before = (site.root / path).read_bytes() if (site.root / path).exists() else None
        site.write(path, text)
        assert [item["code"] for item in next(messages)["problems"]] == [code], server.output
        assert "Text." in server.page("posts/one/")
        if before is None:
            (site.root / path).unlink()
        else:
            site.write(path, before)
        assert next(messages)["problems"] == []


def test_warnings_are_shown_on_the_page_of_their_note(server: Server) -> None:
    with server.events("posts/one/") as messages:
        assert next(messages)["problems"] == []
        edit(server, "content/one.md", "$x^2$", "$\\sofmax(x)$")
        (problem,) = next(messages)["problems"]
        assert (problem["severity"], problem["code"]) == ("warning", "math-undefined-command")
    with server.events("posts/two/") as messages:
        assert next(messages)["problems"] == []


def test_a_start_with_a_broken_site_yaml(site: SiteTest) -> None:
    site.write("site.yaml", "title: [").note("one", "Text.")
    server = Server(site.root, start=False)
    try:
        port = free_port()
        starting = threading.Thread(target=server.start, args=(port,), daemon=True)
        starting.start()
        server.until(lambda: server.log.exists() and "config-syntax" in server.output, "report")
        server.port = port
        assert server.get("/").status == 503
        with server.events("") as messages:
            assert next(messages)["problems"][0]["code"] == "config-syntax"
            site.write("site.yaml", "title: Mended\n")
            assert next(messages)["problems"] == []
        server.shows("", "Mended")
        starting.join(DEADLINE)  # it fails where the server ends before it has told its address
    finally:
        server.close()


def test_a_site_that_has_errors_from_the_start_follows_edits(site: SiteTest) -> None:
    """There is no good page to keep, so the newest one is shown."""
    site.note("one", "First.").note("bad", "a\0b")
    with serving(site.root) as server:
        server.shows("posts/one/", "First.")
        edit(server, "content/one.md", "First", "Second")
        server.shows("posts/one/", "Second.")


# --- drafts


def test_drafts_and_future_notes_are_shown_and_marked(server: Server) -> None:
    server.site.note("d", "x", draft=True).note("f", "x", date="2030-01-01")
    server.shows("posts/d/", "mark-draft").shows("posts/f/", "mark-draft")
    assert "mark-draft" not in server.page("posts/one/")
    with serving(server.root, "--no-drafts") as other:
        assert [other.get(f"/posts/{name}/").status for name in ("d", "f", "one")] == [404, 404, 200]


# --- snapshots


def test_no_request_ever_sees_half_a_site(site: SiteTest) -> None:
    """Every page of one epoch tells of the same state of the disk: 200 requests at a time, while builds follow."""
    for number in range(12):
        site.note(f"n{number}", f"[state]({number}.md)", title="state 0")
    with serving(site.root) as server:
        stop = threading.Event()

        def rebuild() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                for name in range(12):
                    site.note(f"n{name}", "text", title=f"state {number}")
                time.sleep(0.35)

        writing = threading.Thread(target=rebuild)
        writing.start()
        paths = ["", *(f"posts/n{number}/" for number in range(12)), "archives/"] * 15
        answers: list[tuple[str, Answer]] = []

        def epochs() -> int:
            answers.extend(pool.map(lambda path: (path, server.get(server.base + path)), paths[:200]))
            assert {answer.status for _, answer in answers} == {200}, server.output
            return len({answer.epoch for _, answer in answers})

        try:
            with ThreadPoolExecutor(200) as pool:
                server.until(lambda: epochs() > 1, "build in between")
        finally:
            stop.set()
            writing.join()
        assert_whole(answers)


def assert_whole(answers: list[tuple[str, Answer]]) -> None:
    """Check that pages of one epoch agree: the titles on the lists are the titles of the notes."""
    bodies: dict[tuple[int, str], str] = {}
    titles: dict[int, dict[str, str]] = {}
    for path, answer in answers:
        assert bodies.setdefault((answer.epoch, path), answer.text) == answer.text, "one epoch, two pages"
        if path.startswith("posts/"):
            found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text)
            assert found
            titles.setdefault(answer.epoch, {})[path] = found[1]
    for (epoch, path), text in bodies.items():
        if not path.startswith("posts/"):
            for note, title in titles.get(epoch, {}).items():
                found = re.search(rf'<a[^>]*href="/{note}"[^>]*>(.*?)</a>', text)
                assert found, f"{note} is not on /{path}"
                assert found[1] == title, f"/{path} of epoch {epoch}"


def test_a_slow_client_holds_nobody_up(server: Server) -> None:
    slow = []
    for _ in range(20):
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.sendall(b"GET /posts/one/ HTTP/1.1\r\nHost: localhost\r\n")  # and no more
        slow.append(connection)
    edit(server, "content/one.md", "first", "second")
    server.shows("posts/one/", "The second text")
    for connection in slow:
        connection.close()


# --- starting and ending


def test_ctrl_c_ends_with_130_though_a_browser_listens(server: Server) -> None:
    with server.events("posts/one/") as messages:
        next(messages)
        code = server.interrupt()
    assert code == 130, server.output
    assert "Traceback" not in server.output


@pytest.mark.skipif(not SEES_PROCESSES, reason="needs /proc")
def test_ctrl_c_during_the_first_build(site: SiteTest) -> None:
    for number in range(600):
        site.note(f"n{number}", f"Text {number}, $x_{number}$.\n\n```python\nx = {number}\n```\n" * 20)
    server = Server(site.root, "--no-cache", "-j", "2", start=False)
    try:
        server.begin(NOTEGEN_TEST=str(site.root))
        server.until(lambda: len(with_environment(f"NOTEGEN_TEST={site.root}")) > 1, "process that reads notes")
        code = server.interrupt()
        assert server.builds == 0, server.output
    finally:
        server.close()
    assert code == 130, server.output
    assert "Traceback" not in server.output
    wait_until(lambda: not with_environment(f"NOTEGEN_TEST={site.root}"), "end of all processes")


def test_the_search_index_is_made_after_a_quiet_moment(site: SiteTest) -> None:
    pytest.importorskip("pagefind_bin_extended")
    site.write("site.yaml", "title: Test\n").note("one", "注意力 and RoPE.")
    with serving(site.root, installed=True) as server:
        page = "pagefind/pagefind-entry.json"
        server.until(lambda: server.get(server.base + page).status == 200, "search index")
        before = server.get(server.base + page).text
        site.note("two", "Another note.")
        server.shows("", "two")
        assert server.get(server.base + page).text == before, "no edit waits for the index"
        server.until(lambda: server.get(server.base + page).text != before, "new search index")


def test_killed_and_started_again_on_the_same_port(server: Server) -> None:
    port = server.port
    with server.events("posts/one/") as messages:
        before = next(messages)["page"]
    server.kill()
    edit(server, "content/one.md", "first", "third")
    server.close()
    server.start(port)
    server.shows("posts/one/", "The third text")
    with server.events("posts/one/") as messages:
        assert next(messages)["page"] != before, "a browser that was left open learns that its page is old"


def test_a_port_that_was_asked_for_and_is_taken(server: Server) -> None:
    server.site.run("serve", "-p", str(server.port), expect=2)
    assert f"port {server.port}" in server.site.stderr
    assert "another program uses it; choose another with --port" in server.site.stderr


def test_the_next_port_only_where_none_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from notegen.cli import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(serve, "PORT", taken.getsockname()[1])
        with serve.listen("127.0.0.1", None) as found:
            assert 0 < found.getsockname()[1] - serve.PORT < serve.TRIES


def test_a_host_that_everybody_reaches_is_warned_of(site: SiteTest) -> None:
    site.note("one", "x")
    with serving(site.root, "--host", "0.0.0.0") as server:  # noqa: S104 (what is tested)
        assert "warning: everyone who can reach this machine can read the site" in server.output
        assert server.get("/", {"Host": f"192.0.2.7:{server.port}"}).status == 200
        assert server.get("/", {"Host": "evil.example"}).status == 403
    site.run("serve", "--host", "no.such.host.invalid", expect=2).expect_report("there is no host no.such.host.invalid")


def test_a_built_site_holds_nothing_of_the_server(site: SiteTest, tmp_path: Path) -> None:
    site.note("one", "x").build()
    assert not [path for path in site.files() if "notegen" in path.replace(".notegen", "notegen")]
    for path in site.files():
        assert b"data-notegen" not in site.output(path).read_bytes(), path
    del tmp_path


# --- what is shown does not depend on the cache


def cached(server: Server) -> Path:
    """Return the file of the cache of a served site."""
    return server.root / ".notegen" / "cache.sqlite"


def without_epoch(answer: Answer) -> str:
    """Return a page without the number of the build that it comes from."""
    return re.sub(r'data-epoch="\d+"', "", answer.text)


@pytest.mark.parametrize("harm", ["deleted", "cut short", "overwritten", "cleaned"])
def test_pages_are_whole_whatever_becomes_of_the_cache(own_server: Server, harm: str) -> None:
    server = own_server
    file, before = cached(server), without_epoch(server.get("/posts/two/"))
    if harm == "deleted":
        file.unlink()
    elif harm == "cut short":
        file.write_bytes(file.read_bytes()[:5000])
    elif harm == "overwritten":
        file.write_bytes(b"no database" * 20_000)
    else:
        server.site.run("clean", "--cache-dir", str(file.parent))
    assert without_epoch(server.get("/posts/two/")) == before
    edit(server, "content/one.md", "The first text", "A better text")
    server.shows("posts/one/", "A better text").shows("", "A better text")
    edit(server, "content/one.md", 'title: "one"', 'title: "Uno"')
    server.shows("posts/two/", "Uno")
    assert "Traceback" not in server.output


def test_pages_outlive_their_entries_in_the_cache(own_server: Server) -> None:
    """An entry that no build uses goes; a server's pages stay, and so do the parts of the site that never changed."""
    server = own_server
    shown = {path: without_epoch(server.get(server.base + path)) for path in ("posts/one/", "404.html")}
    with sqlite3.connect(cached(server)) as cache:  # what forty builds of other notes come to
        cache.execute("DELETE FROM content")
        cache.execute("DELETE FROM entry")
    cache.close()
    for number in range(3):
        edit(server, "content/two.md", "Another" if not number else f"{number}th", f"{number + 1}th")
        server.shows("posts/two/", f"{number + 1}th")
    assert without_epoch(server.get(server.base + "posts/one/")) == shown["posts/one/"]
    assert without_epoch(server.get(server.base + "404.html")) == shown["404.html"]


def test_without_a_cache_all_is_the_same(server: Server) -> None:
    with serving(server.site.root, "--no-cache") as other:
        for path in ("", "posts/one/", "atom.xml", "sitemap.xml", "archives/"):
            assert without_epoch(other.get(f"/{path}")) == without_epoch(server.get(f"/{path}")), path
        edit(server, "content/one.md", "The first text", "A better text")
        other.shows("posts/one/", "A better text")


def test_a_new_time_zone_shows(server: Server) -> None:
    """The same moment has another date there."""
    server.site.write("site.yaml", SETTINGS + "timezone: UTC\n")
    server.site.note("late", "x", date="2026-01-02 23:30:00+00:00")
    server.shows("posts/late/", "2026-01-02")
    edit(server, "site.yaml", "UTC", "Asia/Shanghai")
    server.shows("posts/late/", "2026-01-03").shows("archives/", "2026-01-03").shows("", "2026-01-03")
