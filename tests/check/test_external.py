"""Links to other sites, against a server of our own: what is gone is told, what refuses is not, who is asked when."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from notegen.check import external
from tests.support.site import SiteTest


class Web:
    """A server that answers a path with the status that it is called, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                web.asked.append(f"{self.command} {self.path}")
                status = int(self.path.strip("/").split("-")[0])
                if self.path.endswith("-head") and self.command == "GET":
                    status = 200
                self.send_response(status)
                if status == 301:
                    self.send_header("Location", "/200")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_HEAD = _answer  # noqa: N815 - the names are http.server's

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Return a server; nobody waits between requests."""
    monkeypatch.setattr(external, "PAUSE", 0)
    web = Web()
    thread = threading.Thread(target=web.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield web
    web.server.shutdown()
    web.server.server_close()


def test_what_is_gone_is_told_and_what_refuses_is_counted(site: SiteTest, web: Web) -> None:
    paths = ("200", "404", "410", "403", "429", "500", "301", "405-head", "404-head")
    site.note("a", "\n\n".join(f"[x]({web.address}/{path}#part)" for path in paths)).run("check", "--external", "-v")
    told = [line for line in site.stderr.splitlines() if "check-external-link" in line]
    assert [line.partition(": ")[0] for line in told] == ["content/a.md:8:5", "content/a.md:10:5", "site.yaml"]
    assert "the server answers 404" in told[0]
    assert "of 3 of 9 addresses nothing is known" in told[2]


def test_answers_are_kept_for_a_week(site: SiteTest, web: Web) -> None:
    site.note("a", f"[x]({web.address}/200) [y]({web.address}/404) [z]({web.address}/429)").note(
        "b", f"[x]({web.address}/200)"
    )
    site.run("check", "--external")
    assert sorted(web.asked) == ["GET /404", "HEAD /200", "HEAD /404", "HEAD /429"]
    web.asked.clear()
    site.run("check", "--external").expect_report("check-external-link")
    assert web.asked == ["HEAD /429"]
    web.asked.clear()
    site.run("check", "--external", "--now", "2026-06-09T12:00:00+08:00")
    assert "HEAD /200" in web.asked


def test_nobody_is_asked_without_the_flag_or_where_the_rule_is_off(site: SiteTest, web: Web) -> None:
    site.note("a", f"[x]({web.address}/404)").run("check")
    site.write("site.yaml", "language: en\ncheck: {rules: {external-link: off}}\n").run("check", "--external")
    assert web.asked == []
    site.write("site.yaml", "language: en\ncheck: {rules: {external-link: error}}\n").run(
        "check", "--external", expect=1
    )
    site.expect_report("error[check-external-link]")


def test_lines_and_files_are_ignored_where_the_author_says_so(site: SiteTest, web: Web) -> None:
    site.note("a", f"<!-- notegen-ignore external-link -->\n[x]({web.address}/404)").run("check", "--external")
    assert "check-external-link" not in site.stderr


def test_a_server_that_is_not_there_is_unknown_and_a_host_that_is_none_is_gone(web: Web) -> None:
    web.server.server_close()
    assert external.ask_server(f"{web.address}/200").kind == "unknown"
    assert external.ask_server("http://[broken").kind == "unknown"


def test_kept_answers_of_others_are_not_believed(site: SiteTest, web: Web) -> None:
    site.note("a", f"[x]({web.address}/200)").write(".notegen/external_links.json", "[1, 2")
    site.run("check", "--external")
    assert web.asked == ["HEAD /200"]
