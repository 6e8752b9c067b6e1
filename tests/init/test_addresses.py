"""`notegen init` and then a build: which notes are published, at the addresses that they had."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.init.test_setup import HEXO, JEKYLL, MKDOCS, OBSIDIAN
from tests.support.site import SiteTest


def set_up(folder: Path, files: Mapping[str, str]) -> SiteTest:
    """Return the site that init makes of a folder with these files, built."""
    site = SiteTest(folder)
    for path, text in files.items():
        site.write(path, "\n".join(line.removeprefix("        ") for line in text.splitlines()) + "\n")
    notes = {path: path.read_bytes() for path in folder.rglob("*.md")}
    site.init().build()
    assert {path: path.read_bytes() for path in notes} == notes
    return site


def published(site: SiteTest) -> set[str]:
    """Return the addresses of the notes, by their files' paths."""
    lists = ("archives/", "categories/", "tags/", "series/", "page/")
    pages = {path for path in site.files() if path.endswith(".html") and not path.startswith(lists)}
    return pages - {"index.html", "404.html"}


def test_hexo(tmp_path: Path) -> None:
    files = HEXO | {
        "source/_posts/深度/b.md": "---\ndate: 2024-02-03\n---\n文\n",
        "source/about/index.md": "---\ntitle: 我\n---\n我\n",
    }
    site = set_up(tmp_path, files)
    assert published(site) == {"2024/01/02/a/index.html", "2024/02/03/深度/b/index.html", "about/index.html"}


def test_jekyll(tmp_path: Path) -> None:
    site = set_up(tmp_path, JEKYLL | {"about.md": "I, [a](/assets/a.txt).\n", "assets/a.txt": "asset"})
    assert published(site) == {"x/y/2024/01/02/a.html", "about.html"}
    assert "assets/a.txt" in site.files()
    assert not {"Gemfile", "_config.yml", "Readme.md", "feed.xml"} & set(site.files())


def test_mkdocs(tmp_path: Path) -> None:
    files = MKDOCS | {"docs/a/index.md": "# 甲\n\n见 [乙](b.md)。\n", "docs/c/README.md": "# 丙\n"}
    site = set_up(tmp_path, files)
    assert published(site) == {
        *("a/index.html", "a/b/index.html", "c/index.html"),
        "old/index.html",  # a redirect
    }
    assert 'href="/course/a/b/"' in site.build("-b", "/course/").html("a/index.html")


def test_obsidian(tmp_path: Path) -> None:
    site = set_up(tmp_path, OBSIDIAN | {"ml/RoPE.md": "#标签 旋转[[注意力]]\n"})
    assert published(site) == {"ml/index.html", "注意力/index.html", "ml/RoPE/index.html"}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_empty_folder_builds_clean(tmp_path: Path, language: str) -> None:
    site = SiteTest(tmp_path / "new").init("--language", language)
    date = 'date: "2026-01-31"'
    note = site.root / "content" / "first-note.md"
    lines = [date if line.startswith("date:") else line for line in note.read_text("utf-8").splitlines()]
    note.write_text("\n".join(lines) + "\n", encoding="utf-8")  # the clock of these tests stands still
    site.build("--strict").expect_clean()
    html = site.html("posts/first-note/index.html")
    for part in ("<math", 'class="callout', "highlight", "footnote"):
        assert part in html, part


def test_a_linked_vault(tmp_path: Path) -> None:
    """Quartz is often used with content/ as a link to a vault elsewhere."""
    vault = tmp_path / "vault"
    SiteTest(vault).write("深度.md", "# 深度\n\n一些中文。\n")
    site = SiteTest(tmp_path / "site").write("quartz.config.ts", "const config = {pageTitle: 'T'}\n")
    (site.root / "content").symlink_to(vault)
    site.init()
    assert "1 note" in site.stdout
    assert "language: zh-CN" in (site.root / "site.yaml").read_text("utf-8")
    assert published(site.build()) == {"深度/index.html"}


@pytest.mark.parametrize("name", ["content", "other"])
def test_links_out_of_the_site_are_not_followed(tmp_path: Path, name: str) -> None:
    SiteTest(tmp_path).write("outside.md", "Not of the site.\n")
    site = SiteTest(tmp_path / "site").write("a.md", "Some words.\n")
    (site.root / name).symlink_to("..", target_is_directory=True)
    (site.root / "root").symlink_to("/", target_is_directory=True)
    assert site.init().stdout.startswith("1 note.\n")


def test_quartz_and_the_text_of_a_tag(tmp_path: Path) -> None:
    """Its page is a list here; a note at its address would stop the build."""
    config = {"quartz.config.ts": "const config = { pageTitle: 'T', locale: 'en-US' }\n"}
    notes = {"content/a.md": "---\ntags: [x]\n---\nWords.\n", "content/tags/x.md": "About x.\n"}
    assert published(set_up(tmp_path, config | notes)) == {"a/index.html"}


def test_a_vault_that_is_a_link(tmp_path: Path) -> None:
    SiteTest(tmp_path / "vault").write(".obsidian/app.json", "{}").write("a.md", "Some words.\n")
    (tmp_path / "link").symlink_to(tmp_path / "vault")
    assert "Obsidian" in SiteTest(tmp_path / "link").init().stdout
    assert (tmp_path / "vault" / "site.yaml").is_file()
