"""The proof of what is public: every file of the output has a source and a reason, and nothing private is in any."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.cli.list_notes import public_text
from tests.support.site import SiteTest
from tests.support.strategies import bounded


def listed(site: SiteTest, *arguments: str) -> dict[str, tuple[str, str]]:
    """Return the list by address: source and reason."""
    rows = json.loads(site.run("list", "public", "--json", *arguments).stdout)
    return {row["address"]: (row["source"], row["reason"]) for row in rows}


@pytest.fixture
def blog(site: SiteTest) -> SiteTest:
    """Return a site with files of every kind."""
    site.write("content/a.csv", "1").write("content/p.html", "<img src=i.png>").write("content/i.png", "i")
    site.write("static/s.txt", "s").write("content/CNAME", "example.org").write("content/private.csv", "2")
    site.note("n", "[x](a.csv) [p](p.html)", aliases=["/old/"]).note("h", "x", hidden=True).note("d", "x", draft=True)
    return site.note("about", "x", layout="page")


def test_every_address_has_its_source_and_reason(blog: SiteTest) -> None:
    rows = listed(blog)
    expected = {
        "/posts/n/": ("content/n.md", "a note"),
        "/posts/h/": ("content/h.md", "a note, unlisted"),
        "/about/": ("content/about.md", "a page"),
        "/old/": ("content/n.md", "an old address"),
        "/posts/n/a.csv": ("content/a.csv", "linked from content/n.md"),
        "/p.html": ("content/p.html", "linked from content/n.md"),
        "/i.png": ("content/i.png", "named in content/p.html"),
        "/s.txt": ("static/s.txt", "in the static folder"),
        "/CNAME": ("content/CNAME", "a file that hosts and search engines ask for"),
        "/": ("", "the home list Test"),
        "/atom.xml": ("", "the feed atom.xml"),
    }
    assert {address: rows.get(address) for address in expected} == expected
    blog.build()
    assert len(rows) == len(blog.files())
    assert listed(blog) == rows, "from the cache"
    lines = blog.run("list", "public").stdout.splitlines()
    assert "/posts/n/a.csv  content/a.csv  linked from content/n.md" in lines
    assert "/atom.xml  -  the feed atom.xml" in lines
    sources = [line.split("  ")[1] for line in lines]
    assert set(sources[:3]) == {"content/n.md", "content/h.md", "content/about.md"}, "notes and pages first"
    assert sources[-1] == "-"


def test_the_list_shows_what_is_new_before_a_build(blog: SiteTest) -> None:
    assert "no earlier build" in blog.run("list", "public", "--since", "last", expect=2).stderr
    blog.build()
    assert listed(blog, "--since", "last") == {}
    before = blog.run("list", "public").stdout
    rows = blog.run("list", "public", "--json").stdout
    blog.write("before.txt", before).write("before.json", rows)
    blog.write("content/b.csv", "3").note("n", "[x](a.csv) [b](b.csv)").note("d", "x")
    for since in ("last", str(blog.root / "before.txt"), str(blog.root / "before.json")):
        new = listed(blog, "--since", since)
        assert new == {
            "/posts/d/": ("content/d.md", "a note"),
            "/posts/n/b.csv": ("content/b.csv", "linked from content/n.md"),
        }
    blog.build()
    assert listed(blog, "--since", "last") == {}
    assert "no list" in blog.run("list", "public", "--since", str(blog.root / "gone"), expect=2).stderr


def test_a_build_says_once_what_is_newly_public(blog: SiteTest) -> None:
    blog.build().expect_report("public: 2 notes, 1 page, 5 files; `notegen list public` names them\n")
    assert "public: " not in blog.build().stderr
    blog.write("content/b.csv", "3").note("n", "[x](a.csv) [b](b.csv)").note("d", "x").build()
    blog.expect_report("newly public: 1 note, 1 file: content/d.md, content/b.csv\n")
    assert "public: " not in blog.build().stderr
    assert "public: " not in blog.note("n", "other words").build().stderr
    blog.note("n", "[x](a.csv)").build().expect_report("newly public: 1 file: content/a.csv\n")


def test_another_output_folder_has_its_own_list(blog: SiteTest) -> None:
    blog.build()
    blog.build("-o", str(blog.root / "elsewhere")).expect_report("\npublic: 2 notes, 1 page, 5 files;")
    assert listed(blog, "--since", "last", "-o", str(blog.root / "elsewhere")) == {}


def test_a_build_that_fails_makes_nothing_public(blog: SiteTest) -> None:
    blog.build().note("bad", "x", slug="../x").note("e", "x").build(expect=1)
    assert "newly" not in blog.stderr
    blog.note("bad", "x").build().expect_report("newly public: 2 notes: content/bad.md, content/e.md")


def test_a_build_server_without_a_memory_says_nothing(blog: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert "public: " not in blog.build().stderr
    blog.note("e", "x").build().expect_report("newly public: 1 note: content/e.md")


def test_a_list_that_an_enemy_wrote_is_none(blog: SiteTest) -> None:
    blog.build()
    (file,) = (blog.root / ".notegen").glob("public-*.json")
    for data in (b"", b"{", b"[1]", b'{"a": 1}'):
        file.write_bytes(data)
        blog.build().expect_report("public: 2 notes, 1 page, 5 files;")
    blog.run("clean")
    assert not file.exists()


def test_no_address_breaks_the_text() -> None:
    assert public_text([], as_json=False) == ""
    assert public_text([], as_json=True) == "[]\n"


# --- the proof

NAMES = ("a", "b", "dir/c", "dir/d", "_drafts/e", "x/index")
FILES = (
    "i.png",
    "dir/j.csv",
    "dir/p.html",
    "_drafts/k.png",
    "x/l.bin",
    "m.bib",
    "n.pem",
    "o.bak",
    "_data/q.yml",
    "r.js",
)
STATIC = ("s.txt", "t.bib", "u.html", "v.pem")
LINKS = (*(f"/{name}" for name in (*FILES, *STATIC)), "i.png", "j.csv", "p.html", "../x/l.bin", "gone.md", "a.md")
FRONTS = ("", "draft: true\n", "publish: false\n", "publish: true\n", "hidden: true\n", "expires: 2020-01-01\n")


@pytest.mark.slow
@bounded(15)
@given(
    notes=st.dictionaries(
        st.sampled_from(NAMES), st.tuples(st.sampled_from(FRONTS), st.lists(st.sampled_from(LINKS), max_size=4))
    ),
    pages=st.dictionaries(
        st.sampled_from(("dir/p.html", "u.html", "r.js")), st.lists(st.sampled_from(LINKS), max_size=3)
    ),
    publish=st.sampled_from(("all", "marked")),
    attachments=st.sampled_from(("used", "all")),
)
def test_every_file_has_a_reason_and_nothing_private_is_in_any(
    tmp_path_factory: pytest.TempPathFactory,
    notes: dict[str, tuple[str, list[str]]],
    pages: dict[str, list[str]],
    publish: str,
    attachments: str,
) -> None:
    site = SiteTest(tmp_path_factory.mktemp("site"))
    search = "search: {enabled: false}\nsocial_cards: {enabled: false}\n"
    site.write("site.yaml", f"title: T\nbase_url: /\npublish: {publish}\nattachments: {attachments}\n{search}")
    marks: dict[str, bytes] = {}  # source -> bytes that only it has
    for path in (*(f"content/{name}" for name in FILES), *(f"static/{name}" for name in STATIC)):
        marks[path] = _mark(path)
        named = "".join(f"<a href='{link}'>x</a>" for link in pages.get(path.partition("/")[2], ()))
        site.write(path, marks[path] + named.encode())
    for name, (front, links) in notes.items():
        path = f"content/{name}.md"
        marks[path] = _mark(path)
        body = " ".join(f"[x]({link})" for link in links)
        site.write(path, f"---\ntitle: N\ndate: 2026-01-01\nslug: {name}\n{front}---\n{marks[path].decode()} {body}\n")
    site.build(expect=None)
    rows = listed(site)
    sources = {source for source, _ in rows.values()}
    output = {path: site.output(path).read_bytes() for path in site.files()}
    assert len(rows) == len(output), "every file is listed"
    assert all(reason for _, reason in rows.values())
    for path, mark in marks.items():
        shown = [place for place, data in output.items() if mark in data]
        assert bool(shown) <= (path in sources), f"{path} is in {shown}, and nothing says why"
    private = {f"content/{name}.md" for name, (front, _) in notes.items() if _is_private(name, front, publish)}
    private |= {path for path in marks if Path(path).suffix in {".pem", ".bak"}}
    assert not private & sources


def _is_private(name: str, front: str, publish: str) -> bool:
    if front.startswith(("draft", "publish: false", "expires")) or name.startswith("_drafts"):
        return True
    return publish == "marked" and "publish: true" not in front


def _mark(path: str) -> bytes:
    """Return a word that stands for a file's bytes and is in no other."""
    return f"mark{random.Random(path).getrandbits(64):016x}".encode()  # noqa: S311
