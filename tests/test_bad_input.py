"""Hostile and broken input through the command line: a diagnostic at its place, the exit code, and nothing lost."""

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pictures import png
from site_test import SiteTest

from notegen.tools.disk import Disk

BOUND = 20.0  # seconds: far more than any of these builds takes, far less than what is not linear would
HEAD = "---\ntitle: Bad\ndate: 2026-01-01\n---\n"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.fixture
def built(site: SiteTest) -> SiteTest:
    """Return a site of one good note that has been built, so that a failure has something to lose."""
    return site.note("good", "The good note.").build().expect_clean()


@pytest.fixture(autouse=True)
def _bounded_time() -> Iterator[None]:
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < BOUND


def refused(site: SiteTest, *lines: str, code: int = 1, arguments: tuple[str, ...] = ()) -> None:
    """Check that a build fails with these problems, and that the old site is as it was, to the last byte and time."""
    before = site.snapshot()
    site.build(*arguments, expect=code).expect_lines(*lines)
    assert site.snapshot() == before
    assert not list(site.root.rglob("*.tmp"))


def goes_on(site: SiteTest) -> None:
    """Check that --keep-going writes the good notes, still fails, and deletes nothing."""
    before = set(site.files())
    site.note("late", "A second good note.").build("--keep-going", expect=1)
    assert "A second good note." in site.body("late")
    assert "The good note." in site.body("good")
    assert before <= set(site.files())


# --- bytes


def test_not_utf8_names_the_byte_and_its_place(built: SiteTest) -> None:
    built.write("content/bad.md", (HEAD + "好的 text ").encode() + b"\xff\n")
    refused(built, "content/bad.md:5:9: error[file-not-utf8]: not UTF-8: byte 0xff")
    goes_on(built)


def test_utf16_and_gbk_are_not_utf8(built: SiteTest) -> None:
    built.write("content/gbk.md", "标题".encode("gbk")).write("content/utf16.md", "标题".encode("utf-16"))
    refused(
        built,
        "content/gbk.md:1:1: error[file-not-utf8]: not UTF-8: byte 0xb1",
        "content/utf16.md:1:1: error[file-not-utf8]: not UTF-8: byte 0xff",
    )
    built.expect_report("it may be GBK or UTF-16 now")


def test_site_yaml_that_is_not_utf8_is_a_configuration_error(built: SiteTest) -> None:
    built.write("site.yaml", b"title: \xb1\xea\n")
    refused(built, "site.yaml:1:8: error[file-not-utf8]: not UTF-8: byte 0xb1", code=2)


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
    refused(built, "content/bad.md:6:2: error[file-nul]: a NUL byte in the text")
    goes_on(built)
    assert "\0" not in built.body("bad")


def test_nul_bytes_in_front_matter_do_not_reach_the_page(built: SiteTest) -> None:
    built.write("content/bad.md", '+++\ntitle = "a\\u0000b"\ndate = 2026-01-01\n+++\n\nText.\n')
    built.write("content/also.md", '---\ntitle: "a\\0b"\ndate: 2026-01-01\ntags: ["c\\0d"]\n---\n\nText.\n')
    built.build("--keep-going", expect=None)
    assert not [path for path, (data, _) in built.snapshot().items() if b"\0" in data or "\0" in path]


# --- size and depth


def test_a_note_of_20_megabytes(built: SiteTest) -> None:
    built.write("content/bad.md", (HEAD + "好的 $x$ text\n\n" * 1_100_000)[:20_000_000])
    refused(built, "content/bad.md: error[file-too-large]: larger than 10 MB")
    goes_on(built)


def test_2000_nested_block_quotes(built: SiteTest) -> None:
    built.write("content/bad.md", HEAD + "> " * 2000 + "deep\n")
    refused(built, "content/bad.md:5: error[note-too-deep]: blocks nested more than 100 deep are not shown")
    goes_on(built)


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
    refused(built, "content/bad.md:8:26: error[front-matter-syntax]: aliases expand to too much text")
    goes_on(built)


def test_a_yaml_bomb_in_site_yaml(built: SiteTest) -> None:
    built.write("site.yaml", "title: Test\n" + BOMB)
    refused(built, "site.yaml:7:26: error[config-syntax]: aliases expand to too much text", code=2)


def test_deep_yaml(built: SiteTest) -> None:
    built.write("content/bad.md", f"---\ndate: 2026-01-01\nx: {'[' * 5000}\n---\n")
    refused(built, "content/bad.md:3:67: error[front-matter-syntax]: lists and mappings nested deeper than 64")
    built.write("site.yaml", f"params: {'{a: ' * 5000}\n")
    refused(built, "site.yaml:1:261: error[config-syntax]: lists and mappings nested deeper than 64", code=2)


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
    refused(built, f"content/bad.md:{place}: error[front-matter-slug]: ")
    goes_on(built)
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
    assert len(found) == (0 if name.startswith(".") else 1)  # hidden files are no notes


def test_two_notes_with_one_address_are_both_named(built: SiteTest) -> None:
    built.note("one", "x", slug="same").note("two", "x", slug="same")
    refused(built, "content/two.md: error[url-conflict]: /posts/same/ is wanted by content/one.md too")


def test_addresses_that_differ_only_in_case_are_one(built: SiteTest) -> None:
    built.note("one", "x", slug="vae").note("two", "x", slug="VAE").note("cafe", "x", slug="café")
    built.note("cafe2", "x", slug="cafe\u0301")
    refused(
        built,
        "content/cafe2.md: error[url-conflict]: /posts/café/ is wanted by content/cafe.md too",
        "content/two.md: error[url-conflict]: /posts/VAE/ is wanted by content/one.md too",
    )


def test_a_note_cannot_take_the_address_of_a_list_or_a_static_file(built: SiteTest) -> None:
    built.note("tags", "x", permalink="/tags/").note("map", "x", permalink="/sitemap.xml")
    built.note("file", "x", permalink="/data.html").write("static/data.html", "x")
    refused(
        built,
        "content/file.md: error[url-conflict]: /data.html is wanted by static/data.html too",
        "content/map.md: error[url-conflict]: /sitemap.xml is wanted by the sitemap too",
        "content/tags.md: error[url-conflict]: /tags/ is wanted by the overview of tags too",
    )


def test_aliases_of_two_notes_cannot_be_one_or_hide_a_note(built: SiteTest) -> None:
    built.note("one", "x", aliases=["/old/"]).note("two", "x", aliases=["/old/", "/posts/good/"])
    refused(
        built,
        "content/two.md: error[url-conflict]: /old/ is wanted by content/one.md too",
        "content/two.md: error[url-conflict]: /posts/good/ is wanted by content/good.md too",
    )


def test_an_alias_that_is_the_notes_own_address_is_no_conflict(built: SiteTest) -> None:
    built.note("one", "Text.", aliases=["/posts/one/", "/posts/one"]).build().expect_clean()
    assert "Text." in built.body("one")


def test_a_file_cannot_stand_where_a_folder_is_needed(built: SiteTest) -> None:
    built.note("one", "x", permalink="/a.html").note("two", "x", permalink="/a.html/b/")
    refused(built, "content/two.md: error[url-conflict]: /a.html is wanted by content/one.md too")


# --- links and files that cannot be read


def test_a_symlink_out_of_the_content_folder(built: SiteTest, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text("A secret.")
    (built.root / "content/file.md").symlink_to(outside / "secret.md")
    (built.root / "content/folder").symlink_to(outside, target_is_directory=True)
    (built.root / "content/data.txt").symlink_to(outside / "secret.md")
    refused(
        built,
        "content/data.txt: error[file-outside]: a symbolic link leads out of its folder",
        "content/file.md: error[file-outside]: a symbolic link leads out of its folder",
        "content/folder: error[file-outside]: a symbolic link leads out of its folder",
    )
    goes_on(built)
    assert not [path for path, (data, _) in built.snapshot().items() if b"A secret" in data]


def test_symlinks_that_lead_in_circles(built: SiteTest) -> None:
    content = built.root / "content"
    (content / "up").symlink_to(".", target_is_directory=True)
    (content / "self").symlink_to("self")
    for here, there in (("a", "b"), ("b", "a")):
        (content / here).mkdir()
        for name in ("x", "y"):  # two links each way: paths double with every turn where links are followed blindly
            (content / here / name).symlink_to(f"../{there}", target_is_directory=True)
    nested = [f"content/{a}/{x}/{y}" for a in "ab" for x in "xy" for y in "xy"]
    refused(
        built,
        *(f"{path}: error[file-outside]: a symbolic link inside a linked folder is not followed" for path in nested),
        "content/self: error[file-unreadable]: cannot be read: Too many levels of symbolic links",
        "content/up: error[file-outside]: a symbolic link leads to a folder above itself",
    )
    goes_on(built)


def test_a_symlink_inside_the_content_folder_is_followed(site: SiteTest) -> None:
    site.write("content/shared/a.png", png()).note("posts/x", "![a](fig/a.png)")
    (site.root / "content/posts/fig").symlink_to("../shared", target_is_directory=True)
    site.build().expect_clean()
    assert site.output("posts/x/fig/a.png").read_bytes() == png()


def test_an_ignored_link_is_not_reported(built: SiteTest, tmp_path_factory: pytest.TempPathFactory) -> None:
    (built.root / "content/folder").symlink_to(tmp_path_factory.mktemp("outside"), target_is_directory=True)
    built.write("site.yaml", "title: Test\nbase_url: https://example.org/\nignore: [folder]\n").build().expect_clean()


def test_a_dangling_symlink_is_an_unreadable_file(built: SiteTest) -> None:
    (built.root / "content/bad.md").symlink_to("nowhere.md")
    (built.root / "content/bad.png").symlink_to("nowhere.png")
    refused(
        built,
        "content/bad.md: error[file-unreadable]: cannot be read: No such file or directory",
        "content/bad.png: error[file-unreadable]: cannot be read: No such file or directory",
    )
    goes_on(built)


def failing(monkeypatch: pytest.MonkeyPatch, method: str, name: str, error: int) -> None:
    """Make an operation of Disk fail for the files of one name."""
    real: Callable[..., object] = getattr(Disk, method)

    def operation(disk: Disk, *arguments: Path | bytes) -> object:
        if any(isinstance(item, Path) and item.name == name for item in arguments):
            raise OSError(error, os.strerror(error), str(arguments[0]))
        return real(disk, *arguments)

    monkeypatch.setattr(Disk, method, operation)


def test_a_file_without_permission(built: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    built.write("content/bad.md", HEAD + "x\n").write("static/bad.bin", b"x")
    failing(monkeypatch, "read", "bad.md", errno.EACCES)
    failing(monkeypatch, "digest", "bad.bin", errno.EACCES)
    refused(
        built,
        "content/bad.md: error[file-unreadable]: cannot be read: Permission denied",
        "static/bad.bin: error[file-unreadable]: cannot be read: Permission denied",
    )
    goes_on(built)


def test_site_yaml_without_permission_is_a_configuration_error(
    built: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, "read", "site.yaml", errno.EACCES)
    refused(built, "site.yaml: error[config-value]: cannot be read: Permission denied", code=2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_a_pipe_is_not_waited_for(built: SiteTest) -> None:
    os.mkfifo(built.root / "content/bad.md")
    refused(built, "content/bad.md: error[file-unreadable]: not a file: a pipe or a device")
    goes_on(built)


def test_an_unreadable_folder_hides_no_other(built: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path)

    (built.root / "content/locked").mkdir()
    monkeypatch.setattr("notegen.tools.disk.os.scandir", scandir)
    refused(built, "content/locked: error[file-unreadable]: cannot list the folder: Permission denied")
    goes_on(built)


# --- the output folder


@pytest.mark.parametrize("output", ["content", ".", "..", "static"])
def test_an_output_folder_that_holds_sources(built: SiteTest, output: str) -> None:
    built.write("static/x.txt", "x")
    before = {path: path.read_bytes() for path in built.root.rglob("*") if path.is_file()}
    refused(built, "error[output-conflict]: the output folder ", code=2, arguments=("-o", str(built.root / output)))
    built.write("site.yaml", f"title: Test\noutput_dir: {output}\n")
    refused(built, "error[output-conflict]: the output folder ", code=2)
    built.expect_report("which notegen reads")
    after = {path: path.read_bytes() for path in built.root.rglob("*") if path.is_file()}
    assert {**before, built.root / "site.yaml": b""} == {**after, built.root / "site.yaml": b""}


def test_an_output_folder_that_is_a_link_to_the_content(built: SiteTest) -> None:
    (built.root / "link").symlink_to("content", target_is_directory=True)
    line = "error[output-conflict]: the output folder "
    refused(built, line, code=2, arguments=("-o", str(built.root / "link")))


def test_an_output_folder_that_is_a_file(built: SiteTest) -> None:
    built.write("taken", "mine")
    refused(built, "error[output-conflict]: the output folder ", code=2, arguments=("-o", str(built.root / "taken")))
    assert (built.root / "taken").read_text() == "mine"


def test_an_output_folder_inside_the_content_is_not_read(site: SiteTest) -> None:
    site.write("site.yaml", "title: Test\nbase_url: /\noutput_dir: content/out\n").note("good", "Text.")
    site.build().expect_clean().build().expect_clean()
    assert not (site.root / "content/out/out").exists()


def test_a_folder_of_notes_does_not_publish_an_older_output(site: SiteTest) -> None:
    """Without content/ the notes lie beside public/, which another -o must not copy."""
    site.write("note.md", HEAD + "Text.\n").build().build("-o", str(site.root / "other"))
    assert not (site.root / "other/public").exists()


def test_a_write_that_fails_is_reported_and_the_next_build_finishes(
    built: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.write("static/new.txt", "new")
    with monkeypatch.context() as patch:
        failing(patch, "copy", "new.txt", errno.ENOSPC)
        built.build(expect=1).expect_lines("error[output-write]: cannot write ")
        built.expect_report("No space left on device")
    assert not list(built.root.rglob("*.tmp"))
    built.build().expect_clean()
    assert built.html("new.txt") == "new"


# --- themes and templates


def test_a_missing_theme(built: SiteTest) -> None:
    built.write("site.yaml", "title: Test\nbase_url: https://example.org/\ntheme: transmision\n")
    refused(built, "site.yaml:3:8: error[theme-missing]: there is no theme 'transmision'", code=2)
    built.write("site.yaml", "theme: [mine, transmission]\n")
    refused(built, "site.yaml:1:9: error[theme-missing]: there is no theme 'mine'", code=2, arguments=("--keep-going",))


def with_theme(site: SiteTest, name: str, template: str) -> SiteTest:
    """Give the site a theme folder of its own with one template above the shipped theme."""
    site.write("site.yaml", "title: Test\nbase_url: https://example.org/\ntheme: [mine, transmission]\n")
    return site.write(f"themes/mine/templates/{name}", template)


def test_a_template_with_a_syntax_error(built: SiteTest) -> None:
    with_theme(built, "note.html", "<p>\n{% if page %}\n{{ page.title }\n{% endif %}\n")
    refused(built, "themes/mine/templates/note.html:3: error[template-syntax]: ")


def test_a_syntax_error_in_a_part_is_told_once(built: SiteTest) -> None:
    for number in range(5):
        built.note(f"more-{number}", "x")
    with_theme(built, "parts/header.html", "{% for %}")
    refused(built, "themes/mine/templates/parts/header.html:1: error[template-syntax]: ")


@pytest.mark.parametrize(
    "line",
    [
        "{{ page.nope.deeper }}",
        "{{ nope }}",
        "{{ 1 / 0 }}",
        "{{ page.note.html[0](1) }}",
        "{{ page.title | nope_at_run_time(1) }}",
        "{% include 'gone.html' %}",
        "{{ range(10) | first | length }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    ],
)
def test_a_template_that_fails_names_its_line_and_the_page(built: SiteTest, line: str) -> None:
    with_theme(built, "note.html", f"<p>\n\n{line}\n</p>\n")
    refused(built, "themes/mine/templates/note.html:3: error[template-")
    before = built.html("posts/good/index.html")
    built.note("late", "x").build("--keep-going", expect=1)
    assert built.html("posts/good/index.html") == before  # the last good page stays
    assert "/posts/late/" in built.html("index.html")


def test_a_theme_folder_whose_files_cannot_be_read(built: SiteTest) -> None:
    with_theme(built, "note.html", "x")
    built.write("themes/mine/templates/bad.html", b"\xff").write("themes/mine/theme.yaml", "name: [\n")
    refused(
        built,
        "themes/mine/templates/bad.html:1:1: error[file-not-utf8]: ",
        "themes/mine/theme.yaml:1:8: error[theme-file]: ",
    )


# --- everything at once


def test_all_problems_of_all_notes_are_told_at_once(built: SiteTest) -> None:
    built.write("content/a.md", b"\xff").note("b", "x", slug="../../x").write("content/c.md", HEAD + "> " * 2000 + "x")
    built.write("content/d.md", f"---\n{BOMB}---\n").note("e", "[x](gone.md)")
    refused(
        built,
        "content/a.md:1:1: error[file-not-utf8]",
        "content/b.md:4:7: error[front-matter-slug]",
        "content/c.md:5: error[note-too-deep]",
        "content/d.md:7:26: error[front-matter-syntax]",
        "content/e.md:6:1: warning[link-broken]",
    )
    assert built.stderr.endswith("s\n")
    built.expect_report("nothing was written; the site from the last good build stays", "4 errors, 1 warning in ")
    for name in "abcde":
        (built.root / f"content/{name}.md").unlink()
    shutil.rmtree(built.root / ".notegen")
    built.build().expect_clean()
