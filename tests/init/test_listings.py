"""A Quarto site whose pages list its notes: what is a note, where old lists lead, the menu, the feed."""

import json
from pathlib import Path

import yaml

from tests.support.html import elements
from tests.support.site import SiteTest

WORDS = "Some words of English prose that a reader can read.\n"


def quarto(folder: Path) -> SiteTest:
    """Return a blog whose list is a page of its own, and whose posts lie in essays/."""
    bar = "website: {title: T, navbar: {left: [index.qmd, blog.qmd, about.qmd]}}\n"
    site = SiteTest(folder).write("_quarto.yml", f"project: {{type: website}}\n{bar}")
    site.write("index.qmd", f"---\ntitle: Me\nlisting: {{contents: essays, feed: true}}\n---\n{WORDS}")
    site.write("blog.qmd", "---\ntitle: Blog\nlisting: {contents: [essays, works.yml]}\n---\n")
    site.write("about.qmd", f"---\ntitle: About\ndate: 2024-05-05\n---\n{WORDS}")
    site.write("projects/p.qmd", f"---\ntitle: Project\ndate: 2024-05-05\n---\n{WORDS}")
    for name in ("a", "b"):
        site.write(f"essays/{name}/index.qmd", f"---\ntitle: Essay {name}\ndate: 2024-01-02\n---\n{WORDS}")
    return site


def test_what_no_page_lists_is_no_note_and_lists_lead_to_where_they_are(tmp_path: Path) -> None:
    site = quarto(tmp_path).init()
    settings = yaml.safe_load((tmp_path / "site.yaml").read_text("utf-8"))
    assert settings["redirects"] == {"/blog.html": "/essays/"}
    assert settings["menu"][1] == {"name": "Blog", "url": "/essays/"}
    assert (settings["home"], settings["feed"]) == ("both", {"rss": "index.xml"})
    assert "blog.qmd: the listing of works.yml (entries that are no notes here)" in site.stdout
    site.build("-b", "https://example.org/")
    listed = {row["path"] for row in json.loads(site.run("list", "all", "--json").stdout)}
    assert listed == {"essays/a/index.qmd", "essays/b/index.qmd"}
    assert {"about.html", "projects/p.html", "essays/index.html", "index.xml"} <= set(site.files())
    assert "http-equiv" in site.html("blog.html")
    home = [item.attrs.get("href") for item in elements(site.html("index.html"), "a")]
    assert "/essays/a/" in home


def test_a_sidebar_names_pages_too(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write(
        "site.yaml",
        "dialect: quarto\ncontent_dir: .\npermalink: /:path.html\nlanguage: en\n"
        "nav: [about.qmd, posts/a.qmd]\nsections: 'on'\n",
    )
    site.write("about.qmd", f"---\ntitle: About\n---\n{WORDS}").write("posts/a.qmd", f"---\ntitle: A\n---\n{WORDS}")
    site.build()
    assert "nav-broken" not in site.stderr
    assert "About" in site.html("posts/a.html")


def test_a_list_and_more_come_from_files_that_a_page_names(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("_quarto.yml", "website: {title: T, sidebar: [{title: N, contents: notes}]}\n")
    site.write("notes/_list.yml", "listing: {type: table}\nauthor: Ada\ntags: [brought]\n")
    site.write("notes/index.qmd", f"---\ntitle: Notes\nlisting: {{contents: [/*/index.qmd]}}\n---\n{WORDS}")
    site.write("notes/linux/index.qmd", "---\ntitle: Linux\nmetadata-files: [../_list.yml]\n---\n")
    site.write("notes/linux/a.qmd", f"---\ntitle: Shell\nmetadata-files: ../_list.yml\ntags: [own]\n---\n{WORDS}")
    site.write("blog.qmd", "---\ntitle: Blog\nlisting: {contents: posts}\n---\n")
    site.write("posts/b.qmd", f"---\ntitle: Post\n---\n{WORDS}").write("about.qmd", f"---\ntitle: Me\n---\n{WORDS}")
    site.build("-b", "https://example.org/")
    page = site.html("notes/linux/index.html")
    assert [a.attrs["href"] for a in elements(page, "a") if "u-url" in str(a.attrs)] == ["/notes/linux/a.html"]
    assert "1 note<" in page
    rows = {row["path"]: row for row in json.loads(site.run("list", "all", "--json").stdout)}
    assert set(rows) == {"notes/linux/a.qmd", "posts/b.qmd"}
    assert rows["notes/linux/a.qmd"]["tags"] == ["own"]
    assert "Ada" in site.html("notes/linux/a.html")
    site.init()
    assert "there are no such notes" not in site.stdout
