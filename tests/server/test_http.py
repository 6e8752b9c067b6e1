"""The HTTP of `notegen serve`: right types, ranges and tags; and nothing for who is not this machine's browser."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from notegen.server.disk import RememberingDisk
from notegen.server.inject import inject
from notegen.server.origin_check import is_loopback, make_origin_check
from notegen.server.overlay import editor_link
from notegen.server.responses import byte_range, content_type
from notegen.server.watch import is_of_interest
from tests.support.limits import DEADLINE, wait_until
from tests.support.serve import Server, serving
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow

VIDEO = bytes(range(256)) * 40


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of a site with a base path and files of many kinds; the tests change nothing."""
    site = SiteTest(tmp_path_factory.mktemp("http") / "site")
    site.write("site.yaml", "title: Test\nbase_url: https://example.org/my%20repo/\n".replace("%20", "-"))
    site.note("one", "![v](film.mp4)").write("content/film.mp4", VIDEO).write("static/data/a b.json", "{}")
    site.write("secret.txt", "secret").write("static/font.woff2", b"wOF2").note("中文", "字")
    with serving(site.root) as running:
        yield running


# --- content


def test_the_site_stands_under_its_base_path(server: Server) -> None:
    assert server.base == "/my-repo/"
    for path in ("/", "/my-repo"):
        answer = server.get(path)
        assert (answer.status, answer.headers["location"]) == (302, "/my-repo/")
    answer = server.get("/my-repo/posts/one")
    assert (answer.status, answer.headers["location"]) == (302, "/my-repo/posts/one/")
    assert server.get("/posts/one/").status == 404
    assert server.get("/my-repo/posts/%E4%B8%AD%E6%96%87/").status == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("atom.xml", "application/xml; charset=utf-8"),
        ("data/a%20b.json", "application/json; charset=utf-8"),
        ("font.woff2", "font/woff2"),
        ("film.mp4", "video/mp4"),
        ("favicon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_content_types(server: Server, path: str, kind: str) -> None:
    path = "posts/one/film.mp4" if path == "film.mp4" else path
    answer = server.get(server.base + path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert server.get(server.base + path, method="HEAD").data == b""


@pytest.mark.parametrize("path", ["posts/one/film.mp4", "", "font.woff2", "robots.txt"])
def test_who_has_a_file_is_told_so(server: Server, path: str) -> None:
    tag = server.get(server.base + path).headers["etag"]
    again = server.get(server.base + path, {"If-None-Match": f'"other", W/{tag}'})
    assert (again.status, again.data, again.headers["etag"]) == (304, b"", tag)
    assert server.get(server.base + path, {"If-None-Match": '"other"'}).status == 200


def test_ranges_of_a_film(server: Server) -> None:
    path = server.base + "posts/one/film.mp4"
    whole = server.get(path)
    assert (whole.data, whole.headers["accept-ranges"]) == (VIDEO, "bytes")
    part = server.get(path, {"Range": "bytes=100-199"})
    assert (part.status, part.data) == (206, VIDEO[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(VIDEO)}"
    assert server.get(path, {"Range": "bytes=-5"}).data == VIDEO[-5:]
    assert server.get(path, {"Range": f"bytes={len(VIDEO)}-"}).status == 416
    assert server.get(path, {"Range": "bytes=0-9", "If-Range": '"old"'}).data == VIDEO
    assert server.get(path, {"Range": "bytes=0-9", "If-Range": whole.headers["etag"]}).data == VIDEO[:10]


@pytest.mark.parametrize("name", ["robots.txt", "atom.xml", "posts/one/"])
def test_ranges_of_what_is_in_memory(server: Server, name: str) -> None:
    path = server.base + name
    whole = server.get(path).data
    part = server.get(path, {"Range": "bytes=2-4"})
    assert (part.status, part.data, part.headers["content-range"]) == (206, whole[2:5], f"bytes 2-4/{len(whole)}")
    assert server.get(path, {"Range": "bytes=99999-"}).status == 416
    head = server.get(path, method="HEAD").headers
    assert (head["content-length"], "content-encoding" in head) == (str(len(whole)), False)


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("", None),
        ("bytes=0-0", (0, 1)),
        ("bytes=5-", (5, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)),
        ("bytes=8-99", (8, 10)),
        ("bytes=10-", (10, 10)),
        ("bytes=-0", (10, 10)),
        ("bytes=5-4", None),
        ("bytes=0-1,3-4", None),
        ("bytes=-", None),
        ("lines=1-2", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_byte_ranges(header: str, span: tuple[int, int] | None) -> None:
    assert byte_range(header, 10) == span


def test_types_do_not_depend_on_the_machine() -> None:
    assert content_type("a/b.js") == "text/javascript; charset=utf-8"
    assert content_type("CNAME") == "application/octet-stream"


def test_the_404_page_is_the_theme_s(server: Server) -> None:
    answer = server.get(server.base + "no/such/page/")
    assert answer.status == 404
    assert "lost-page" in answer.text
    assert "data-notegen" in answer.text, "it follows changes: the page may be written next"


def test_no_reload_leaves_pages_as_they_are(site: SiteTest) -> None:
    off = "search: {enabled: false}\nsocial_cards: {enabled: false}\n"
    site.write("site.yaml", f"base_url: https://example.org/\n{off}")
    site.note("one", "x").build()
    built = site.output("posts/one/index.html").read_bytes()
    with serving(site.root, "--no-reload") as plain:
        assert plain.get("/posts/one/").data == built
        assert plain.get("/.notegen/events").status == 404
        assert plain.get("/.notegen/client.js").status == 404


def test_the_script_stands_at_the_end_of_the_last_body() -> None:
    page = inject(b"<body><pre>&lt;/body></pre></body>\n</html>", 7, 'x"y')
    assert page.endswith(b"</script>\n</body>\n</html>")
    assert b'data-epoch="7"' in page
    assert b'data-have="x&quot;y"' in page
    assert inject(b"no body", 1, "").startswith(b"no body<script")


# --- safety


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/my-repo/../secret.txt",
        "/my-repo/../../secret.txt",
        "/my-repo/%2e%2e/secret.txt",
        "/my-repo/..%2fsecret.txt",
        "/my-repo/%2e%2e%2fsecret.txt",
        "/my-repo/..%5csecret.txt",
        "/my-repo/%252e%252e/secret.txt",
        "/my-repo//secret.txt",
        "//etc/passwd",
        "/my-repo//etc/passwd",
        "/my-repo/secret.txt",
        "/my-repo/site.yaml",
        "/site.yaml",
        "/my-repo/content/one.md",
        "/my-repo/.notegen/cache.sqlite",
        "/.notegen/cache.sqlite",
        "/my-repo/secret.txt%00.html",
        "/my-repo/posts/one/film.mp4%00",
        "/my-repo/posts/",
        "/my-repo/data/",
        "/my-repo/css/",
    ],
)
def test_no_path_leaves_the_snapshot_and_no_folder_is_listed(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status in {302, 404}, answer.text[:200]
    assert b"secret" not in answer.data
    assert b"root:" not in answer.data
    assert not answer.headers.get("location", "").startswith(("//", "http"))


def test_paths_that_no_url_can_hold(server: Server) -> None:
    for line in (b"GET /my-repo/\xff\xfe HTTP/1.1", b"GET ../secret.txt HTTP/1.1", b"GET /%ff%fe HTTP/1.1"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=DEADLINE) as connection:
            connection.sendall(line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            status = connection.makefile("rb").readline()
        assert status.split()[1] in {b"400", b"404"}, status
    assert server.get(server.base).status == 200, server.output


def test_a_link_that_leads_outside_is_not_followed(site: SiteTest, tmp_path: Path) -> None:
    """Neither one that is there when the site is read, nor one that takes a file's place afterwards."""
    outside = tmp_path / "outside.txt"
    outside.write_text("secret", encoding="utf-8")
    site.note("one", "[f](file.txt)").write("content/file.txt", "open").write("static/late.bin", "fine")
    with serving(site.root, "--poll") as server:
        assert server.get("/late.bin").data == b"fine"
        late = site.root / "static/late.bin"
        late.unlink()
        late.symlink_to(outside)

        def told() -> bool:
            assert b"secret" not in server.get("/late.bin").data
            return "file-outside" in server.output

        server.until(told, "report")
        assert b"secret" not in server.get("/late.bin").data


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8000"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "localhost.evil.example"},
        {"Host": "192.0.2.1"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
@pytest.mark.parametrize("path", ["/my-repo/", "/.notegen/events?page=/my-repo/", "/.notegen/client.js"])
def test_other_sites_can_read_nothing(server: Server, path: str, headers: dict[str, str]) -> None:
    answer = server.get(path, headers)
    assert answer.status == 403
    assert b"Test" not in answer.data


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost"},
        {"Host": "LOCALHOST:9"},
        {"Host": "[::1]:8000"},
        {"Host": "notes.localhost:8000"},
        {"Host": "localhost:5", "Origin": "http://localhost:5", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_this_machine_s_browser_can(server: Server, headers: dict[str, str]) -> None:
    answer = server.get("/my-repo/", headers)
    assert answer.status == 200
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]


def test_nothing_but_reading(server: Server) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert server.get("/my-repo/", method=method).status == 405


def test_which_hosts_are_this_machine_s_alone() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.0.1", "localhost", "::1", "[::1]")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.0.2.1", "example.org", "")))  # noqa: S104 (what is tested)
    guard = make_origin_check("0.0.0.0")  # noqa: S104
    assert guard.refusal({"host": "192.0.2.1:8000"}) == ""
    assert guard.refusal({"host": "example.org"})


@pytest.mark.parametrize(
    ("setting", "link"),
    [
        ("vscode", "vscode://file/a%20b/%E4%B8%AD%22.md:3:9"),
        ("idea", "idea://open?file=/a%20b/%E4%B8%AD%22.md&line=3&column=9"),
        ("zed://x{file}#{line}", "zed://x/a%20b/%E4%B8%AD%22.md#3"),
        ("javascript:alert(1)//{file}", ""),
        ("JavaScript://{file}", ""),
        (" javascript://{file}", ""),
        ("vscode://file{file}\njavascript:", ""),
        ("data:text/html,{file}", ""),
        ("https://evil.example/{file}", ""),
        ("file://{file}", ""),
        ("vscode://nothing", ""),
    ],
)
def test_links_to_the_editor(setting: str, link: str) -> None:
    assert editor_link(setting, Path('/a b/中".md'), 3, 9) == link


def test_a_wrong_editor_is_an_error_of_site_yaml(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nserve: {editor: 'javascript:alert(1)'}\n").note("one", "x").build(expect=2)
    site.expect_report("error[config-value]: serve.editor must be one of vscode, ")
    site.write("site.yaml", "title: T\nbase_url: /\nserve: {editor: cursor, follow: false}\n").build()


# --- looking at the disk


def test_what_wakes_the_builder() -> None:
    folders, output = (Path("/s/content"), Path("/s")), Path("/s/public")
    seen = {
        path: is_of_interest(Path(path), folders, output)
        for path in ("/s/content/a.md", "/s/site.yaml", "/s/content/.a.swp", "/s/.git/index", "/s/public/index.html")
    }
    assert list(seen.values()) == [True, True, False, False, False]


def test_an_unchanged_file_is_read_once_and_a_fresh_one_again(tmp_path: Path) -> None:
    import os

    file = tmp_path / "a"
    file.write_bytes(b"one")
    reads: list[bytes] = []

    def read() -> bytes:
        reads.append(file.read_bytes())
        return reads[-1]

    disk = RememberingDisk()

    def look() -> bytes:
        disk.begin()
        return disk.recall(str(file), "text", read)

    look()
    look()
    assert len(reads) == 2, "just written: it may change again within the same tick of the clock"
    os.utime(file, (1_000_000_000, 1_000_000_000))
    assert look() == b"one"

    def is_remembered() -> bool:
        number = len(reads)
        assert look() == b"one"
        return len(reads) == number

    wait_until(is_remembered, "trust in the file")  # two seconds where the system keeps the time of its last change
    before = len(reads)
    file.write_bytes(b"two")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    assert look() == b"two", "same size, same time of writing"
    disk.begin(anew=True)
    disk.recall(str(file), "text", read)
    assert len(reads) == before + 2
