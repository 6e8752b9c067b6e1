"""A folder of another program is built as its author means it, without a site.yaml: what is a note, and what is not."""

from pathlib import Path

import pytest

from tests.support.site import SiteTest

NOTE = "---\ntitle: {0}\ndate: 2024-01-02\n---\n\nThe text of {0}, which is in English, as all of this blog is.\n"


def folder(root: Path, paths: str, **files: str) -> SiteTest:
    """Return a folder with a note at each of the paths, and files by their names with `__` for a dot."""
    site = SiteTest(root)
    for path in paths.split():
        site.write(path, NOTE.format(Path(path).stem))
    for name, text in files.items():
        site.write(name.replace("__", "."), text)
    return site


def pages(site: SiteTest) -> set[str]:
    """Return the addresses of notes and pages."""
    lists = ("archives/", "categories/", "tags/", "series/", "page/", "index.html", "404.html")
    paths = {path for path in site.files() if path.endswith(".html") and not path.startswith(lists)}
    return {path.removesuffix("index.html") for path in paths}


def test_a_folder_of_hexo(tmp_path: Path) -> None:
    paths = "source/_posts/a.md source/_drafts/b.md source/about/index.md scaffolds/post.md README.md"
    site = folder(tmp_path, paths, _config__yml="title: T\n")
    site.write("source/tags/index.md", "---\ntype: tags\n---\n").write("source/_data/x.md", "x").build()
    assert pages(site) == {"2024/01/02/a/", "about/"}
    assert 'lang="en"' in site.html("index.html")
    site.expect_report("no site.yaml: built as a site of Hexo, by _config.yml")
    site.expect_report("note-skipped").expect_report("source/_drafts/b.md")
    site.build("--drafts")
    assert "2024/01/02/b/" in pages(site)


def test_what_init_writes_gives_the_same_site(tmp_path: Path) -> None:
    site = folder(tmp_path, "source/_posts/a.md source/about/index.md", _config__yml="title: T\nper_page: 3\n").build()
    before = {path: (site.root / "public" / path).read_bytes() for path in site.files()}
    site.init().build()
    assert {path: (site.root / "public" / path).read_bytes() for path in site.files()} == before


def test_files_of_a_project_are_no_notes_unless_they_are_included(tmp_path: Path) -> None:
    site = folder(tmp_path, "README.md LICENSE.md _part.md ml/a.md CLAUDE.md").build()
    assert pages(site) == {"posts/a/"}
    site.expect_report("CLAUDE.md, LICENSE.md, README.md: files of the project, not notes")
    site.expect_report("`include:` in site.yaml makes them notes")
    site.write("site.yaml", "include: [LICENSE.md]\n").build()
    assert pages(site) == {"posts/a/", "posts/LICENSE/"}


def test_a_site_in_a_folder_below_is_named(tmp_path: Path) -> None:
    site = folder(tmp_path, "a.md").write("book/mkdocs.yml", "site_name: T\n").write("book/docs/b.md", "x").build()
    site.expect_report("book/ is a site of MkDocs: `notegen build -s book`, or init there")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("hexxo", "dialect must be one of docsify, docusaurus, gitbook, hexo,"),
        ("Hexo", ""),
    ],
)
def test_the_setting_names_a_known_program(tmp_path: Path, setting: str, message: str) -> None:
    site = folder(tmp_path, "source/_posts/a.md", site__yaml=f"dialect: {setting}\nlanguage: en\n")
    site.build(expect=2 if message else 0)
    if message:
        site.expect_report(message).expect_report("did you mean hexo?")
    else:
        assert any(path.endswith("a/") for path in pages(site))


@pytest.mark.slow
def test_ten_thousand_files_that_are_no_notes(tmp_path: Path) -> None:
    site = folder(tmp_path, "docs/a.md", mkdocs__yml="site_name: T\n")
    for number in range(10_000):
        site.write(f"docs/data/{number}.bin", b"")
    site.build()
    assert pages(site) >= {"a/"}


@pytest.mark.parametrize(
    "text",
    [
        "site_name: !!python/object/apply:os.system ['touch ran']\n",
        "site_name: !ENV [HOME, x]\nINHERIT: ../../../../etc/passwd\n",
        "plugins: [" * 500,
        "\x00\x01",
        "a: &a [*a]\n",
    ],
)
def test_no_configuration_of_another_program_runs_or_stops_anything(tmp_path: Path, text: str) -> None:
    site = folder(tmp_path, "docs/a.md", mkdocs__yml=text).build(expect=None)
    assert not list(tmp_path.rglob("ran"))
    assert site.exit_code in {0, 1}
    assert pages(site) >= {"a/"}
