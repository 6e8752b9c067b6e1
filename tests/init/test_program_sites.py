"""Sites as other programs' starters make them: after `notegen init`, notes are where those programs publish them."""

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from notegen.routes.urls import output_path
from notegen.text.paths import is_note
from tests.support.html import elements, texts
from tests.support.paths import ROOT
from tests.support.site import SiteTest

SITES = ROOT / "tests" / "sites"
NAMES = sorted(path.name for path in SITES.iterdir())


def copied(name: str, folder: Path) -> tuple[SiteTest, dict[str, Any]]:
    """Return a copy of a site set up by `notegen init --yes`, and what is expected of it."""
    shutil.copytree(SITES / name, folder, ignore=shutil.ignore_patterns("EXPECTED.yaml"))
    expected: dict[str, Any] = yaml.safe_load((SITES / name / "EXPECTED.yaml").read_text("utf-8"))
    return SiteTest(folder).init(), expected


def addresses(site: SiteTest) -> dict[str, str]:
    """Return the site path of every published note and page, by its source."""
    base = next((line for line in (site.root / "site.yaml").read_text("utf-8").splitlines() if "base_url" in line), "")
    prefix = "/book" if "/book/" in base else "/course" if "/course/" in base else ""
    rows = [row for what in ("all", "pages") for row in json.loads(site.run("list", what, "--json").stdout)]
    return {row["path"]: unquote(row["url"]).removeprefix(prefix) for row in rows if not row["draft"]}


@pytest.mark.parametrize("name", NAMES)
def test_addresses_are_those_of_the_program(name: str, tmp_path: Path) -> None:
    site, expected = copied(name, tmp_path / name)
    found = addresses(site)
    wanted = {path: address for path, address in expected["addresses"].items() if is_note(path)}
    assert {path: found.get(path) for path in wanted} == wanted


@pytest.mark.parametrize("name", ["hugo", "quarto"])
def test_what_lies_outside_of_the_sections_is_in_no_list_of_notes(name: str, tmp_path: Path) -> None:
    site, expected = copied(name, tmp_path / name)
    rows = json.loads(site.run("list", "pages", "--json").stdout)
    assert {row["path"] for row in rows} >= set(expected["no_notes"])
    dates = {row["path"]: (row["date"] or "")[:10] for row in rows}
    assert expected.get("dates", {}).items() <= dates.items()
    assert not {row["path"] for row in json.loads(site.run("list", "all", "--json").stdout)} & set(expected["no_notes"])


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_site_is_built_and_old_addresses_lead_on(name: str, tmp_path: Path) -> None:
    site, expected = copied(name, tmp_path / name)
    site.build("-b", "https://example.org/")
    for path, other in expected.get("translations", {}).items():
        html = site.html(output_path(path))
        links = [item.attrs["href"] for item in elements(html, "a") if "hreflang" in item.attrs]
        assert [unquote(link or "") for link in links] == [other]
    missing = [path for path in expected.get("pages", ()) if not site.output(f"{path[1:]}/index.html").is_file()]
    assert missing == []
    written = yaml.safe_load((site.root / "site.yaml").read_text("utf-8"))
    assert {name: written.get(name) for name in expected.get("settings", {})} == expected.get("settings", {})
    for old, target in expected.get("redirects", {}).items():
        page = site.html(old.lstrip("/") + ("index.html" if old.endswith("/") else ""))
        refresh = [item.attrs["content"] for item in elements(page, "meta") if item.attrs.get("http-equiv")]
        whole = target if "://" in target else f"https://example.org{target}"
        assert [unquote(item or "") for item in refresh] == [f"0; url={whole}"]


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("_config.yml", b'title: T\nurl: "https://example.org\n', "_config.yml:2:"),
        ("_config.yml", b"\xff\xfe\x00\x01", "_config.yml: "),
        ("_config.yml", b"- a\n", "_config.yml:1:1: "),
        ("hugo.toml", b'title = "T"\nbaseURL = https://example.org\n', "hugo.toml:2:11: "),
        ("hugo.json", b'{"title": "T",\n"x" 1}', "hugo.json:2:5: "),
        ("mkdocs.yml", b"site_name: T\ntheme: {name: material\nnav: []\n", "mkdocs.yml:"),
    ],
)
def test_configuration_that_cannot_be_read_is_told(tmp_path: Path, path: str, text: bytes, place: str) -> None:
    files = {"_posts/2024-01-02-a.md": "Words.\n", "content/a.md": "Words.\n", "docs/b.md": "Words.\n"}
    site = SiteTest(tmp_path).write(path, text)
    for name, content in files.items():
        site.write(name, content)
    for output in (site.build().stderr, site.init("--dry-run").stdout):
        line = next(line for line in output.splitlines() if "[dialect-config]" in line)
        assert line.startswith(place)
        assert "nothing is taken from it" in line


def test_values_of_the_wrong_type_are_named(tmp_path: Path) -> None:
    config = "url: [1]\npaginate: ten\nfuture: 7\nlang: {a: 1}\nshow_drafts: false\nauthor: {name: A}\n"
    site = SiteTest(tmp_path).write("_config.yml", config).write("_posts/2024-01-02-a.md", "Words.\n").init()
    _, _, omitted = site.stdout.partition("Not taken over:\n")
    for line in ("url: base_url (1)", "paginate: paginate ten", "future: future 7", "lang: language (1)"):
        assert f"  _config.yml: {line}\n" in omitted
    assert "show_drafts" not in site.stdout
    assert "1 note.\n" in site.stdout


@pytest.mark.parametrize(("plugins", "is_note"), [("[search]", False), ("[search, mkdocs-jupyter]", True)])
def test_notebooks_of_mkdocs_are_notes_where_it_has_a_plugin_for_them(
    plugins: str, is_note: bool, tmp_path: Path
) -> None:
    site = SiteTest(tmp_path).write("mkdocs.yml", f"site_name: Course\nplugins: {plugins}\n")
    cell = {"cell_type": "markdown", "metadata": {}, "source": "# Results"}
    site.write("docs/index.md", "# Course\n").write("docs/a.md", "# A\n")
    site.write("docs/x.ipynb", json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    site.init().build()
    assert (site.root / "public/x/index.html").exists() == is_note
    assert is_note or (site.root / "public/x.ipynb").exists()
    assert ("passthrough" in (site.root / "site.yaml").read_text("utf-8")) != is_note


def test_the_root_of_a_jupyter_book_is_its_home_page_with_its_chapters(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("_config.yml", "title: Book\n")
    site.write("_toc.yml", "format: jb-book\nroot: intro\nchapters:\n- file: z\n- file: a\n")
    contents = "```{tableofcontents}\n```\n"
    site.write("intro.md", f"# Welcome\n\n{contents}").write("z.md", f"# Zed\n\n{contents}").write("a.md", "# Ay\n")
    report = site.init().stdout
    site.build()
    assert "z.md: {tableofcontents} (the tree in the margin has the chapters)" in report
    assert texts(site.html("index.html"), "a", "u-url") == ["Zed", "Ay"]
    assert "Welcome" in texts(site.html("index.html"), "h1") + texts(site.html("index.html"), "h2")
    assert "url=" in site.html("intro.html")
    assert "nav-broken" not in site.stderr
    assert texts(site.html("z.html").partition('class="tree"')[2].partition("</nav>")[0], "a")[:2] == ["Welcome", "Zed"]
