"""Hostile and broken input through the command line: a diagnostic at its place, the exit code, and nothing lost."""

import shutil
from collections.abc import Iterator

import pytest

from tests.support.limits import ends
from tests.support.site import HEAD, SiteTest

pytestmark = pytest.mark.slow

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.fixture(autouse=True)
def _every_build_ends() -> Iterator[None]:
    with ends():
        yield


# --- bytes


def test_not_utf8_names_the_byte_and_its_place(built: SiteTest) -> None:
    built.write("content/bad.md", (HEAD + "好的 text ").encode() + b"\xff\n")
    built.refused("content/bad.md:5:9: error[file-not-utf8]: not UTF-8: byte 0xff")
    built.goes_on()


def test_utf16_and_gbk_are_not_utf8(built: SiteTest) -> None:
    built.write("content/gbk.md", "标题".encode("gbk")).write("content/utf16.md", "标题".encode("utf-16"))
    built.refused(
        "content/gbk.md:1:1: error[file-not-utf8]: not UTF-8: byte 0xb1",
        "content/utf16.md:1:1: error[file-not-utf8]: not UTF-8: byte 0xff",
    )
    built.expect_report("it may be GBK or UTF-16 now")


def test_site_yaml_that_is_not_utf8_is_a_configuration_error(built: SiteTest) -> None:
    built.write("site.yaml", b"title: \xb1\xea\n")
    built.refused("site.yaml:1:8: error[file-not-utf8]: not UTF-8: byte 0xb1", code=2)


def test_a_bom_and_crlf_line_ends_change_nothing(site: SiteTest) -> None:
    text = HEAD + "Text $x$\nmore.\n\n```python\ny = 1\n```\n\n$$\nz\n$$\n"
    site.write("content/bad.md", text).build().expect_clean()
    plain = site.snapshot()
    for data in (
        b"\xef\xbb\xbf" + text.encode(),
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
    ):
        site.write("content/bad.md", data).build().expect_clean()
        assert site.snapshot() == plain


def test_a_place_is_right_behind_a_bom_and_crlf(built: SiteTest) -> None:
    built.write("content/bad.md", b"\xef\xbb\xbf" + (HEAD + "a $\\nope$\n").replace("\n", "\r\n").encode())
    built.build().expect_lines("content/bad.md:5:4: warning[math-undefined-command]: ")


def test_a_nul_byte_has_a_place(built: SiteTest) -> None:
    built.write("content/bad.md", HEAD + "text\na\0b\n")
    built.refused("content/bad.md:6:2: error[file-nul]: a NUL byte in the text")
    built.goes_on()
    assert "\0" not in built.body("bad")


def test_nul_bytes_in_front_matter_do_not_reach_the_page(built: SiteTest) -> None:
    built.write("content/bad.md", '+++\ntitle = "a\\u0000b"\ndate = 2026-01-01\n+++\n\nText.\n')
    built.write("content/also.md", '---\ntitle: "a\\0b"\ndate: 2026-01-01\ntags: ["c\\0d"]\n---\n\nText.\n')
    built.build("--keep-going", expect=None)
    assert not [path for path, (data, _) in built.snapshot().items() if b"\0" in data or "\0" in path]


# --- size and depth


def test_a_note_of_20_megabytes(built: SiteTest) -> None:
    built.write("content/bad.md", (HEAD + "好的 $x$ text\n\n" * 1_100_000)[:20_000_000])
    built.refused("content/bad.md: error[file-too-large]: larger than 10 MB")
    built.goes_on()


def test_2000_nested_block_quotes(built: SiteTest) -> None:
    built.write("content/bad.md", HEAD + "> " * 2000 + "deep\n")
    built.refused("content/bad.md:5: error[note-too-deep]: blocks nested more than 100 deep are not shown")
    built.goes_on()


@pytest.mark.parametrize(
    "body",
    [
        "- " * 2000 + "x",
        "\n".join("  " * depth + "- x" for depth in range(1000)),
        "*" * 40_000 + "x",
        "[" * 10_000,
        "![" * 5_000,
        "[[" * 5_000,
        "`" * 20_000 + "x" + "`" * 19_999,
        "$" * 60_000,
        "$$ x " * 20_000,
        r"\(" * 20_000,
        r"$\frac{" * 5_000,
        "$" + "{" * 20_000 + "}" * 20_000 + "$",
        "<" * 40_000,
        "<a " * 20_000,
        "<!--" * 10_000,
        "&" * 40_000,
        "| a " * 5_000 + "\n" + "|---" * 5_000 + "\n",
        "[^1]" * 2_000 + "\n\n[^1]: x",
        "# x\n" * 2_000,
        "a\u0301" * 40_000,
        "http://" * 8_000,
    ],
    ids=lambda body: ascii(body[:6]),
)
def test_repetition_takes_bounded_time(site: SiteTest, body: str) -> None:
    site.write("content/bad.md", HEAD + body + "\n").build("--keep-going", expect=None)
    assert site.output("posts/bad/index.html").is_file()


# --- YAML bombs


def test_a_yaml_bomb_in_front_matter(built: SiteTest) -> None:
    built.write("content/bad.md", f"---\ndate: 2026-01-01\n{BOMB}---\n\nText.\n")
    built.refused("content/bad.md:8:26: error[front-matter-syntax]: aliases expand to too much text")
    built.goes_on()


def test_a_yaml_bomb_in_site_yaml(built: SiteTest) -> None:
    built.write("site.yaml", "title: Test\n" + BOMB)
    built.refused("site.yaml:7:26: error[config-syntax]: aliases expand to too much text", code=2)


def test_deep_yaml(built: SiteTest) -> None:
    built.write("content/bad.md", f"---\ndate: 2026-01-01\nx: {'[' * 500}\n---\n")
    built.refused("content/bad.md:3:67: error[front-matter-syntax]: lists and mappings nested deeper than 64")
    built.write("site.yaml", f"params: {'{a: ' * 500}\n")
    built.refused("site.yaml:1:261: error[config-syntax]: lists and mappings nested deeper than 64", code=2)


def test_yaml_so_deep_that_libyaml_itself_refuses_it(built: SiteTest) -> None:
    built.write("site.yaml", f"params: {'{a: ' * 5000}\n").build(expect=2)
    assert "error[config-syntax]: lists and mappings nested deeper than 64" in built.stderr  # where, its versions tell


# --- addresses


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("slug", "../../x", "4:7"),
        ("slug", "..", "4:7"),
        ("permalink", "/../../x/", "4:12"),
        ("permalink", "/a/../../../x.html", "4:12"),
        ("aliases", "/../../x/", "4:10"),
        ("redirect_from", ["/../x"], "4:16"),
    ],
)
def test_an_address_that_leaves_the_site(built: SiteTest, key: str, value: object, place: str) -> None:
    built.note("bad", "Text.", **{key: value})
    built.refused(f"content/bad.md:{place}: error[front-matter-slug]: ")
    built.goes_on()
    inside(built)


@pytest.mark.parametrize(
    "value", ["../../x", "..", ".", "/etc/passwd", "a/../../../b", "C:\\x", "..\\..\\x", "%2e%2e/x"]
)
def test_terms_and_escaped_addresses_stay_inside(built: SiteTest, value: str) -> None:
    """Categories and tags are words, not paths: whatever they hold becomes a folder of the site."""
    built.note("bad", "Text.", category=value, tags=[value], aliases=["/%2e%2e/%2e%2e/" + value.replace("..", "%2E.")])
    built.build("--keep-going", expect=None)
    assert "Text." in built.body("bad")
    inside(built)


def inside(site: SiteTest) -> None:
    """Check that nothing was written but the output, the state folder and the sources."""
    known = {"content", "public", "site.yaml", ".notegen"}
    assert {path.name for path in site.root.iterdir()} == known
    outputs = [path.resolve() for path in (site.root / "public").rglob("*")]
    assert all(path.is_relative_to((site.root / "public").resolve()) for path in outputs)
    assert not [path for path in site.root.parent.iterdir() if path != site.root]


@pytest.mark.parametrize(
    "name", ["..md", "...md", " .md", "a?b#c.md", "中文 空格.md", "x" * 240 + ".md", "-.md", "_.md"]
)
def test_strange_file_names_get_an_address(site: SiteTest, name: str) -> None:
    site.write(f"content/x/{name}", HEAD + "Strange.\n").note("index", "Other.").build()
    found = [path for path in site.files() if path.startswith("posts/") and "Strange." in site.html(path)]
    assert len(found) == (0 if name.startswith((".", "_")) else 1)  # hidden files and parts are no notes


def test_two_notes_with_one_address_are_both_named_and_published(built: SiteTest) -> None:
    built.note("one", "The first.", slug="same", date="2026-01-02").note("two", "x", slug="same", date="2026-01-03")
    built.build().expect_lines("content/two.md: warning[url-taken]: /posts/same/ is the address of content/one.md:")
    built.expect_report("this note is at /posts/same-2/", "give one of them another `slug:`")
    assert "The first." in built.body("same")
    assert "posts/same-2/index.html" in built.files()


def test_addresses_that_differ_only_in_case_are_one(built: SiteTest) -> None:
    built.note("one", "x", slug="vae").note("two", "x", slug="VAE").note("cafe", "x", slug="café")
    built.note("cafe2", "x", slug="cafe\u0301").build()
    built.expect_lines(
        "content/cafe2.md: warning[url-taken]: /posts/café/ is the address of content/cafe.md",
        "content/two.md: warning[url-taken]: /posts/VAE/ is the address of content/one.md",
    )
    assert {"posts/vae/index.html", "posts/VAE-2/index.html", "posts/café-2/index.html"} <= set(built.files())


def test_a_note_that_names_the_address_of_a_list_gets_it(built: SiteTest) -> None:
    built.note("tags", "My own tags.", permalink="/tags/").note("file", "My own data.", permalink="/data.html")
    built.write("static/data.html", "x").build("-v")
    built.expect_report(
        "content/tags.md: info[url-replaced]: at /tags/, in place of the list of all tags",
        "static/data.html: warning[url-taken]: not copied to /data.html: content/file.md is there",
    )
    assert "My own tags." in built.html("tags/index.html")
    assert "My own data." in built.html("data.html")


def test_a_note_cannot_take_the_address_of_a_feed(built: SiteTest) -> None:
    built.note("map", "x", permalink="/sitemap.xml").build()
    built.expect_lines("content/map.md: warning[url-taken]: /sitemap.xml is the address of the sitemap")
    assert "<urlset" in built.html("sitemap.xml")


def test_aliases_of_two_notes_cannot_be_one_or_hide_a_note(built: SiteTest) -> None:
    built.note("one", "x", aliases=["/old/"]).note("two", "x", aliases=["/old/", "/posts/good/"]).build()
    built.expect_lines("content/two.md: warning[url-taken]: no redirect from /posts/good/: content/good.md is there")
    assert "The good note." in built.body("good")
    assert "/posts/one/" in built.html("old/index.html")


def test_an_alias_that_is_the_notes_own_address_is_no_conflict(built: SiteTest) -> None:
    built.note("one", "Text.", aliases=["/posts/one/", "/posts/one"]).build().expect_clean()
    assert "Text." in built.body("one")


def test_a_file_cannot_stand_where_a_folder_is_needed(built: SiteTest) -> None:
    built.note("one", "x", permalink="/a.html").note("two", "x", permalink="/a.html/b/")
    built.refused("content/two.md: error[url-conflict]: /a.html/b/ is wanted by content/one.md too")


# --- everything at once


def test_all_problems_of_all_notes_are_told_at_once(built: SiteTest) -> None:
    built.write("content/a.md", b"\xff").note("b", "x", slug="../../x").write("content/c.md", HEAD + "> " * 2000 + "x")
    built.write("content/d.md", f"---\n{BOMB}---\n").note("e", "[x](gone.md)")
    built.refused(
        "content/e.md:6:1: warning[link-broken]",
        "content/a.md:1:1: error[file-not-utf8]",
        "content/b.md:4:7: error[front-matter-slug]",
        "content/c.md:5: error[note-too-deep]",
        "content/d.md:7:26: error[front-matter-syntax]",
    )
    assert built.stderr.endswith("s\n")
    built.expect_report("nothing was written; the site from the last good build stays", "4 errors, 1 warning in ")
    for name in "abcde":
        (built.root / f"content/{name}.md").unlink()
    shutil.rmtree(built.root / ".notegen")
    built.build().expect_clean()
