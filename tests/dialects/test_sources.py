"""What the Markdown files of a folder are, by their paths."""

from notegen.dialects.dialect import Dialect
from notegen.dialects.programs.hexo import HEXO
from notegen.dialects.programs.hugo import HUGO
from notegen.dialects.programs.jekyll import JEKYLL
from notegen.dialects.programs.mkdocs import MKDOCS
from notegen.dialects.programs.obsidian import OBSIDIAN
from notegen.dialects.programs.quarto import QUARTO
from notegen.dialects.sources import asks_for_list, is_mostly_template, source_kinds
from tests.support.cases import all_cases
from tests.support.site import SiteTest


def kinds(paths: str, dialect: Dialect | None = None, *, is_root: bool = False) -> dict[str, str]:
    """Return the kinds of paths, which spaces keep apart."""
    names = paths.split()
    return dict(zip(names, source_kinds(names, dialect, is_root=is_root), strict=True))


@all_cases(
    ("dialect", "path", "kind"),
    [
        (HEXO, "_posts/a/b.md", "note"),
        (HEXO, "_drafts/a.md", "draft"),
        (HEXO, "_data/a.md", "private"),
        (HEXO, "about/index.md", "page"),
        (HEXO, "index.md", "section"),
        (HUGO, "posts/_index.md", "section"),
        (HUGO, "posts/_index.zh.md", "section"),
        (HUGO, "posts/a/index.md", "note"),
        (HUGO, "posts/a/index.zh.md", "note"),
        (JEKYLL, "notes/_posts/2024-01-01-a.md", "note"),
        (JEKYLL, "_includes/a.md", "template"),
        (JEKYLL, "_news/a.md", "private"),
        (JEKYLL, "about.md", "page"),
        (None, "_drafts/a.md", "draft"),
        (None, "ml/_drafts/a.md", "draft"),
        (None, "_part.md", "template"),
        (None, "_posts/a.md", "note"),
        (None, "pages/about.md", "page"),
        (None, "Drawing.excalidraw.md", "template"),
        (None, "a/b.md", "note"),
    ],
)
def test_what_a_file_is_follows_from_where_it_lies(dialect: Dialect | None, path: str, kind: str) -> None:
    assert kinds(path, dialect) == {path: kind}


def test_an_index_of_a_folder_with_notes_is_the_text_of_the_folder_else_a_note() -> None:
    assert kinds("ml/index.md ml/svm/index.md nlp/README.md nlp/a.md index.md") == {
        "ml/index.md": "section",
        "ml/svm/index.md": "note",
        "nlp/README.md": "section",
        "nlp/a.md": "note",
        "index.md": "section",
    }


def test_where_posts_have_a_folder_all_else_is_a_page() -> None:
    assert kinds("_posts/a.md about/index.md cv.md ml/_posts/b.md _drafts/c.md") == {
        "_posts/a.md": "note",
        "about/index.md": "page",
        "cv.md": "page",
        "ml/_posts/b.md": "note",
        "_drafts/c.md": "draft",
    }


@all_cases(
    ("dialect", "paths", "pages"),
    [
        (HUGO, "about.md ml/a.md", {"about.md"}),
        (HUGO, "about.md ml/_index.md", set()),
        (HUGO, "first.md second/index.md", set()),
        (HUGO, "about.md ml/a/index.md", {"about.md"}),
        (HUGO, "about/index.md cv/index.zh.md ml/a.md", {"about/index.md", "cv/index.zh.md"}),
        (QUARTO, "about.qmd cv.qmd posts/a/index.qmd guide/b.qmd", {"about.qmd", "cv.qmd"}),
        (QUARTO, "intro.qmd methods/a.qmd", set()),
        (MKDOCS, "about.md ml/a.md", set()),
    ],
)
def test_where_sections_have_notes_those_outside_of_all_are_pages(
    dialect: Dialect, paths: str, pages: set[str]
) -> None:
    assert {path for path, kind in kinds(paths, dialect).items() if kind == "page"} == pages


def test_what_quarto_makes_markdown_of_is_no_note_beside_it() -> None:
    assert kinds("a/index.qmd a/index.md a/b.Rmd c.qmd", HUGO) == {
        **dict.fromkeys(("a/index.qmd", "a/b.Rmd"), "template"),
        **dict.fromkeys(("a/index.md", "c.qmd"), "note"),
    }


def test_of_two_texts_of_a_folder_the_index_counts() -> None:
    assert kinds("a/README.md a/_index.md a/x.md")["a/README.md"] == "private"
    assert kinds("a/README.md a/index.md a/x.md", MKDOCS)["a/README.md"] == "private"


def test_the_files_of_a_repository_are_no_notes_where_the_notes_lie_in_its_root() -> None:
    paths = "README.md README_CN.md LICENSE.md CONTRIBUTING.md a.md ml/README.md ml/b.md scaffolds/post.md"
    assert {path for path, kind in kinds(paths, is_root=True).items() if kind in {"note", "section"}} == {
        *("a.md", "ml/README.md", "ml/b.md"),
    }
    assert kinds("README.md a.md")["README.md"] == "section"


def test_a_title_that_begins_like_a_file_of_a_repository_is_a_note() -> None:
    notes = ["Security of LLMs.md", "Authors I like.md", "Security.md", "Agents.md", "Changelogs are good.md"]
    notes += ["Themes/Dark.md", "Vendor/ACME.md"]
    for dialect in (None, JEKYLL, OBSIDIAN):
        assert set(source_kinds(notes, dialect, is_root=True)) <= {"note", "page"}, dialect
    files = "SECURITY.md AUTHORS.md CLAUDE.md README.zh-CN.md readme_cn.md CHANGELOG-2.x.md LICENSE-MIT.md"
    assert set(kinds(files, is_root=True).values()) == {"private"}


def test_a_vault_has_the_files_of_a_repository_in_capitals_only_and_any_folder_of_notes() -> None:
    assert kinds(
        "README.md CLAUDE.md Readme.md Changelog.md themes/dark.md vendor/acme.md", OBSIDIAN, is_root=True
    ) == {
        **dict.fromkeys(("README.md", "CLAUDE.md"), "private"),
        **dict.fromkeys(("Readme.md", "Changelog.md", "themes/dark.md", "vendor/acme.md"), "note"),
    }
    assert kinds("themes/dark.md a.md", is_root=True)["themes/dark.md"] == "template"


def test_what_lies_beside_the_index_of_a_bundle_of_hugo_is_no_note_of_its_own() -> None:
    assert kinds("posts/a/index.md posts/a/index.en.md posts/a/part.md posts/b.md", HUGO) == {
        "posts/a/index.md": "note",
        "posts/a/index.en.md": "note",
        "posts/a/part.md": "template",
        "posts/b.md": "note",
    }


@all_cases(
    ("path", "text", "expected"),
    [
        ("tags/index.md", "---\ntitle: Tags\ntype: tags\n---\n", True),
        ("archives.md", "+++\nlayout = 'archives'\n+++\n", True),
        ("index.md", "---\nlayout: home\nhero: {}\n---\n", True),
        ("index.md", "---\nlayout: home\n---\nHere are my notes of five years.\n", False),
        ("tags.md", "---\ntitle: On tags\n---\n", False),
        ("ml.md", "---\ntype: archive\n---\n", False),
        ("tag/gan.md", "---\nlayout: tagpage\ntag: gan\n---\n", True),
        ("tag/gan.md", "---\ntitle: GAN\n---\n", False),
    ],
)
def test_a_note_without_a_text_may_only_ask_for_a_list(path: str, text: str, *, expected: bool) -> None:
    assert asks_for_list(path, text) is expected


LOOP = (
    '{% for post in site.posts %}\n- <a href="{{ post.url }}">{{ post.title }}</a> from {{ post.date }}\n{% endfor %}\n'
)


@all_cases(
    ("text", "expected"),
    [
        (LOOP, True),
        (f"---\ntitle: All posts of this blog\n---\n{LOOP}", True),
        (f"# Papers\n\n{LOOP}{{% if page.x %}}\n{{{{ page.x }}}}\n{{% endif %}}\n", True),
        (f"How a list of posts is written in Jekyll, line by line:\n\n```html\n{LOOP}```\n", False),
        ("A loop is `{% for x in y %}`, it ends with `{% endfor %}`.", False),
        ("{% include figure.html path='a.png' %}\n\n{% include figure.html path='b.png' %}", False),
        ("{% if site.math %}\n" + "A note about means and variances of samples. " * 3 + "\n{% endif %}", False),
        ("{% raw %}\n$x_{{a}}$ {{b}} {{c}}\n{% endraw %}", False),
        ("Text.", False),
    ],
)
def test_a_program_of_liquid_is_no_note(text: str, *, expected: bool) -> None:
    assert is_mostly_template(text) is expected


def test_what_has_no_date_in_its_name_is_no_post_of_jekyll() -> None:
    assert kinds("_posts/2024-1-2-a.md _posts/README.md ml/_posts/x/2024-01-02-b.md _posts/draft.md", JEKYLL) == {
        "_posts/2024-1-2-a.md": "note",
        "_posts/README.md": "private",
        "ml/_posts/x/2024-01-02-b.md": "note",
        "_posts/draft.md": "private",
    }


def test_a_folder_that_nav_names_is_one_of_notes(site: SiteTest) -> None:
    nav = "nav: [{Docs: docs/}]\n"
    site.write("site.yaml", f"title: T\nbase_url: /\ndialect: quarto\ncontent_dir: .\npermalink: /:path.html\n{nav}")
    for path in ("docs/a.qmd", "docs/_part.qmd", "docs/a_files/x.md", "b.qmd"):
        site.write(path, "---\ntitle: T\n---\nx")
    pages = {path for path in site.build().files() if path.endswith(".html")}
    assert "docs/a.html" in pages
    assert not pages & {"docs/_part.html", "docs/a_files/x.html"}


def test_a_file_of_the_project_that_nav_names_is_a_note(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\ncontent_dir: .\nnav: [a.md, {More: [CONTRIBUTING.md]}]\n")
    for name in ("a", "CONTRIBUTING", "README"):
        site.write(f"{name}.md", f"# {name}\n\nx\n")
    site.build().expect_report("README.md: files of the project, not notes")
    assert "CONTRIBUTING.md" not in site.stderr
