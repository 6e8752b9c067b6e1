"""Front matter that folders give to their notes: `defaults` of Jekyll and site.yaml, `cascade` of Hugo."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.site import SiteTest

WORDS = "Some words of English prose that a reader can read.\n"
JEKYLL = """
title: T
lang: en
collections: {papers: {output: true}}
defaults:
  - scope: {path: "", type: posts}
    values: {layout: single, author: Jo, categories: [notes], permalink: "/:title/", toc: true}
  - scope: {path: _posts/ml}
    values: {tags: [ml], categories: [ml], permalink: "/ml/:title/"}
  - scope: {path: "_posts/*/old"}
    values: {published: false}
  - scope: {path: "", type: papers}
    values: {tags: [paper], permalink: "/read/:name/"}
"""


def rows(site: SiteTest, *what: str) -> dict[str, dict[str, Any]]:
    """Return the rows of `notegen list`, by the paths of their notes."""
    return {row["path"]: row for row in json.loads(site.run("list", *what, "--json").stdout)}


def test_defaults_of_jekyll_are_below_what_a_post_says(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("_config.yml", JEKYLL).write("Gemfile", "")
    site.write("_posts/2024-01-01-a.md", f"---\ntitle: A\n---\n{WORDS}")
    site.write("_posts/ml/2024-01-02-b.md", f"---\ntitle: B\ncategory: own\n---\n{WORDS}")
    site.write("_posts/ml/2024-01-03-c.md", f"---\ntitle: C\nauthor: Xi\n---\n{WORDS}")
    site.write("_posts/ml/old/2020-01-03-d.md", f"---\ntitle: D\n---\n{WORDS}")
    site.write("_papers/p.md", f"---\ntitle: P\n---\n{WORDS}").write("about.md", f"---\ntitle: About\n---\n{WORDS}")
    site.init()
    assert "defaults" not in site.stdout
    found = {**rows(site, "all"), **rows(site, "pages")}
    assert found["_posts/ml/2024-01-02-b.md"]["tags"] == ["ml"]
    assert found["_posts/ml/2024-01-03-c.md"]["url"] == "/ml/c/"
    assert found["_posts/2024-01-01-a.md"]["url"] == "/a/"
    assert found["_papers/p.md"]["url"] == "/read/p/"
    site.build()
    assert not [path for path in site.files() if path.startswith("ml/d")]
    categories = {name: site.html(f"{name}/index.html").count("/categories/") for name in ("a", "ml/b", "ml/c")}
    assert "/categories/notes/" in site.html("a/index.html")
    assert "/categories/own/" in site.html("ml/b/index.html")
    assert "/categories/ml/" in site.html("ml/c/index.html")
    assert len(set(categories.values())) == 1  # one each
    assert "Jo" in site.html("a/index.html")
    assert "Xi" in site.html("ml/c/index.html")


def test_a_cascade_of_hugo_is_for_what_lies_below(tmp_path: Path) -> None:
    config = "title: T\nlanguageCode: en\ncascade:\n- {_target: {path: '/posts/x/**'}, tags: [x]}\n- {author: All}\n"
    site = SiteTest(tmp_path).write("hugo.yaml", config)
    site.write(
        "content/docs/_index.md", "+++\ntitle = 'Docs'\n[cascade]\ntags = ['docs']\n[cascade.params]\nk = 1\n+++\n"
    )
    site.write("content/docs/a.md", f"---\ntitle: A\ndate: 2024-01-01\nparams: {{j: 2}}\n---\n{WORDS}")
    site.write("content/docs/inner/b.md", f"---\ntitle: B\ndate: 2024-01-01\ntags: [own]\n---\n{WORDS}")
    site.write(
        "content/docs/private/_index.md", "---\ntitle: P\ncascade:\n  build: {render: never, list: never}\n---\n"
    )
    site.write("content/docs/private/c.md", f"---\ntitle: C\ndate: 2024-01-01\n---\n{WORDS}")
    site.write("content/posts/x/d.md", f"---\ntitle: D\ndate: 2024-01-01\n---\n{WORDS}")
    site.init().build()
    found = rows(site, "all")
    assert {path: row["tags"] for path, row in found.items() if "private" not in path} == {
        "content/docs/a.md": ["docs"],
        "content/docs/inner/b.md": ["own"],
        "content/posts/x/d.md": ["x"],
    }
    assert "All" in site.html("docs/a/index.html")
    assert "docs/private/c/index.html" not in site.files()


def test_a_note_is_read_again_when_what_its_folder_gives_changes(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguage: en\ndefaults: [{path: a, values: {tags: [one]}}]\n")
    site.write("content/a/n.md", f"---\ndate: 2024-01-01\n---\n{WORDS}").write("content/plain.md", WORDS).build()
    assert rows(site, "all")["content/a/n.md"]["tags"] == ["one"]
    site.write("site.yaml", "title: T\nlanguage: en\ndefaults: [{values: {tags: [two]}}]\n").build()
    found = rows(site, "all")
    assert found["content/a/n.md"]["tags"] == ["two"]
    assert found["content/plain.md"]["tags"] == ["two"]


@pytest.mark.parametrize("value", ["x", "[1]", "[{paths: a}]", "[{values: x}]", "[{kind: x, values: {}}]"])
def test_defaults_of_another_form_are_told(value: str, site: SiteTest) -> None:
    site.write("site.yaml", f"title: T\ndefaults: {value}\n").build(expect=2)
    assert "config-" in site.stderr


def test_what_init_writes_names_the_values_that_matter(tmp_path: Path) -> None:
    config = (
        "title: T\nlang: en\ndefaults: [{scope: {path: ''}, values: {layout: page, show_ads: true}}, 3, {scope: x}]\n"
    )
    SiteTest(tmp_path).write("_config.yml", config).write("Gemfile", "").write("_posts/2024-01-01-a.md", WORDS).init()
    assert "defaults" not in yaml.safe_load((tmp_path / "site.yaml").read_text("utf-8"))


def test_metadata_of_a_folder_of_quarto_is_below_what_a_note_says(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("_quarto.yml", "project: {type: website}\nwebsite: {title: T}\nlang: en\n")
    site.write("posts/_metadata.yml", "draft: true\nauthor: Jo\ncategories: [notes]\nfreeze: true\n")
    site.write("posts/hidden/index.qmd", f"---\ntitle: Hidden\n---\n{WORDS}")
    site.write("posts/a.qmd", f"---\ntitle: A\ndraft: false\n---\n{WORDS}")
    site.write("posts/b.qmd", f"---\ntitle: B\ndraft: false\nauthor: Xi\ncategories: [own]\n---\n{WORDS}")
    site.write("posts/deep/_metadata.yml", "draft: false\n").write("posts/deep/c.qmd", f"---\ntitle: C\n---\n{WORDS}")
    site.write("about.qmd", f"---\ntitle: About\n---\n{WORDS}").write("bad/_metadata.yml", "a: [\n")
    site.init().build()
    assert {"posts/a.html", "posts/b.html", "posts/deep/c.html", "about.html"} <= set(site.files())
    assert not [path for path in site.files() if "hidden" in path or "metadata" in path]
    assert "Jo" in site.html("posts/a.html")
    assert "/categories/notes/" in site.html("posts/deep/c.html")
    assert "Xi" in site.html("posts/b.html")
    assert "/categories/own/" in site.html("posts/b.html")
    site.write("posts/_metadata.yml", "author: Li\n").build()
    assert "Li" in site.html("posts/a.html")
    assert "posts/hidden/index.html" in site.files()
