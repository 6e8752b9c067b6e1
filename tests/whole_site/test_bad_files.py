"""Files, folders and themes that cannot be used: told at their place, and nothing is lost."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from notegen.system.disk import Disk
from tests.support.pictures import png
from tests.support.site import HEAD, SiteTest

pytestmark = pytest.mark.slow

# --- links and files that cannot be read


def test_a_symlink_out_of_the_content_folder(built: SiteTest, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text("A secret.")
    (built.root / "content/file.md").symlink_to(outside / "secret.md")
    (built.root / "content/folder").symlink_to(outside, target_is_directory=True)
    (built.root / "content/data.txt").symlink_to(outside / "secret.md")
    built.build()
    built.expect_report(
        "content/data.txt: warning[file-outside]: a symbolic link leads out of its folder; it is left out: 3 files"
    )
    assert not [path for path, (data, _) in built.snapshot().items() if b"A secret" in data]


def test_symlinks_that_lead_in_circles(built: SiteTest) -> None:
    content = built.root / "content"
    for here, there in (("a", "b"), ("b", "a")):
        (content / here).mkdir()
        for name in ("x", "y"):  # two links each way: paths double with every turn where links are followed blindly
            (content / here / name).symlink_to(f"../{there}", target_is_directory=True)
    nested = [f"content/{a}/{x}/{y}" for a in "ab" for x in "xy" for y in "xy"]
    told = f"{nested[0]}: warning[file-outside]: a symbolic link inside a linked folder is not followed; it is left out"
    built.build().expect_report(f"{told}: {len(nested)} files")


def test_symlinks_to_themselves_or_above_are_skipped(built: SiteTest) -> None:
    (built.root / "content/up").symlink_to(".", target_is_directory=True)
    (built.root / "content/self").symlink_to("self")
    built.note("late", "A second good note.").build().expect_lines(
        "content/self: warning[file-loop]: a symbolic link leads to itself; it is skipped",
        "content/up: warning[file-loop]: a symbolic link leads to a folder above itself; it is skipped",
    )
    assert "A second good note." in built.body("late")


def test_a_symlink_inside_the_content_folder_is_followed(site: SiteTest) -> None:
    site.write("content/shared/a.png", png()).note("posts/x", "![a](fig/a.png)")
    (site.root / "content/posts/fig").symlink_to("../shared", target_is_directory=True)
    site.build()
    assert site.output("posts/x/fig/a.png").read_bytes() == png()


def test_an_ignored_link_is_not_reported(built: SiteTest, tmp_path_factory: pytest.TempPathFactory) -> None:
    (built.root / "content/folder").symlink_to(tmp_path_factory.mktemp("outside"), target_is_directory=True)
    built.write("site.yaml", "title: Test\nbase_url: https://example.org/\nignore: [folder]\n").build().expect_clean()


def test_a_dangling_symlink_is_skipped_with_a_warning(built: SiteTest) -> None:
    (built.root / "content/bad.md").symlink_to("nowhere.md")
    (built.root / "static").mkdir(exist_ok=True)
    (built.root / "static/bad.png").symlink_to("/nowhere/bad.png")
    built.note("late", "A second good note.").build().expect_lines(
        "content/bad.md: warning[file-dangling]: a symbolic link leads to nothing; it is skipped: 2 files; "
        "also static/bad.png",
    )


def failing(monkeypatch: pytest.MonkeyPatch, method: str, name: str, error: int) -> None:
    """Make an operation of Disk fail for the files of one name."""
    real: Callable[..., object] = getattr(Disk, method)

    def operation(disk: Disk, *arguments: Path | str | bytes) -> object:
        if any(not isinstance(item, bytes) and Path(item).name == name for item in arguments):
            raise OSError(error, os.strerror(error), str(arguments[0]))
        return real(disk, *arguments)

    monkeypatch.setattr(Disk, method, operation)


def test_a_file_without_permission(built: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    built.write("content/bad.md", HEAD + "x\n").write("static/bad.bin", b"x")
    failing(monkeypatch, "read", "bad.md", errno.EACCES)
    failing(monkeypatch, "digest", "bad.bin", errno.EACCES)
    built.refused(
        "content/bad.md: error[file-unreadable]: cannot be read: Permission denied",
        "static/bad.bin: error[file-unreadable]: cannot be read: Permission denied",
    )
    built.goes_on()


def test_site_yaml_without_permission_is_a_configuration_error(
    built: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, "read", "site.yaml", errno.EACCES)
    built.refused("site.yaml: error[config-value]: cannot be read: Permission denied", code=2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_a_pipe_is_not_waited_for(built: SiteTest) -> None:
    os.mkfifo(built.root / "content/bad.md")
    built.refused("content/bad.md: error[file-unreadable]: not a file: a pipe or a device")
    built.goes_on()


def test_an_unreadable_folder_hides_no_other(built: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path)

    (built.root / "content/locked").mkdir()
    monkeypatch.setattr("notegen.system.disk.os.scandir", scandir)
    built.refused("content/locked: error[file-unreadable]: cannot list the folder: Permission denied")
    built.goes_on()


# --- the output folder


@pytest.mark.parametrize("output", ["content", ".", "..", "static"])
def test_an_output_folder_that_holds_sources(built: SiteTest, output: str) -> None:
    built.write("static/x.txt", "x")
    before = {path: path.read_bytes() for path in built.root.rglob("*") if path.is_file()}
    built.refused("error[output-conflict]: the output folder ", code=2, arguments=("-o", str(built.root / output)))
    built.write("site.yaml", f"title: Test\noutput_dir: {output}\n")
    built.refused("error[output-conflict]: the output folder ", code=2)
    built.expect_report("which notegen reads")
    after = {path: path.read_bytes() for path in built.root.rglob("*") if path.is_file()}
    assert {**before, built.root / "site.yaml": b""} == {**after, built.root / "site.yaml": b""}


def test_an_output_folder_that_is_a_link_to_the_content(built: SiteTest) -> None:
    (built.root / "link").symlink_to("content", target_is_directory=True)
    line = "error[output-conflict]: the output folder "
    built.refused(line, code=2, arguments=("-o", str(built.root / "link")))


def test_an_output_folder_that_is_a_file(built: SiteTest) -> None:
    built.write("taken", "mine")
    built.refused("error[output-conflict]: the output folder ", code=2, arguments=("-o", str(built.root / "taken")))
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
    built.refused("site.yaml:3:8: error[theme-missing]: there is no theme 'transmision'", code=2)
    built.write("site.yaml", "theme: [mine, transmission]\n")
    built.refused("site.yaml:1:9: error[theme-missing]: there is no theme 'mine'", code=2, arguments=("--keep-going",))


def with_theme(site: SiteTest, name: str, template: str) -> SiteTest:
    """Give the site a theme folder of its own with one template above the shipped theme."""
    site.write("site.yaml", "title: Test\nbase_url: https://example.org/\ntheme: [mine, transmission]\n")
    return site.write(f"themes/mine/templates/{name}", template)


def test_a_template_with_a_syntax_error(built: SiteTest) -> None:
    with_theme(built, "note.html", "<p>\n{% if page %}\n{{ page.title }\n{% endif %}\n")
    built.refused("themes/mine/templates/note.html:3: error[template-syntax]: ")


def test_a_syntax_error_in_a_part_is_told_once(built: SiteTest) -> None:
    for number in range(5):
        built.note(f"more-{number}", "x")
    with_theme(built, "parts/header.html", "{% for %}")
    built.refused("themes/mine/templates/parts/header.html:1: error[template-syntax]: ")


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
    built.refused("themes/mine/templates/note.html:3: error[template-")
    before = built.html("posts/good/index.html")
    built.note("late", "x").build("--keep-going", expect=1)
    assert built.html("posts/good/index.html") == before  # the last good page stays
    assert "/posts/late/" in built.html("index.html")


def test_a_theme_folder_whose_files_cannot_be_read(built: SiteTest) -> None:
    with_theme(built, "note.html", "x")
    built.write("themes/mine/templates/bad.html", b"\xff").write("themes/mine/theme.yaml", "name: [\n")
    built.refused(
        "themes/mine/templates/bad.html:1:1: error[file-not-utf8]: ",
        "themes/mine/theme.yaml:1:8: error[theme-file]: ",
    )
