"""`notegen new`: where a note goes, what it says, and that nothing is overwritten."""

from pathlib import Path

import pytest
import yaml

from notegen.new.template import fill
from notegen.new.yaml_text import with_fields
from notegen.read.front_matter.split import split_front_matter
from notegen.scan.config.load import load_config
from notegen.yaml.write import scalar
from tests.support.cases import all_cases
from tests.support.site import NOW, SiteTest

MOMENT = "2026-03-04T05:06:00+00:00"


def new(site: SiteTest, *arguments: str, expect: int = 0) -> str:
    """Run `notegen new` and return the text of the note that it printed the path of."""
    site.run("new", *arguments, expect=expect)
    return (Path.cwd() / site.stdout.strip()).read_text("utf-8") if expect == 0 else ""


def front_matter(text: str) -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load(split_front_matter(text).text)
    return loaded


def test_a_note_has_its_title_date_categories_and_tags(site: SiteTest) -> None:
    text = new(site, "注意力: a note", "-c", "深度学习", "-c", "NLP", "-t", "a, b", "--draft")
    assert site.stdout.strip().endswith("content/注意力-a-note.md")
    assert front_matter(text) | {"date": ""} == {
        "title": "注意力: a note",
        "date": "",
        "categories": ["深度学习", "NLP"],
        "tags": ["a, b"],
        "draft": True,
    }
    assert NOW.startswith("2026-06-01T12:00")
    assert "date: 2026-06-01 12:00" in text
    site.build("--drafts").expect_clean()
    assert "注意力: a note" in site.html("posts/注意力-a-note/index.html")


def test_a_file_that_is_there_stays(site: SiteTest) -> None:
    new(site, "A")
    written = (site.root / "content/A.md").read_bytes()
    new(site, "A", "-t", "x", expect=2)
    site.expect_report("content/A.md is there already; choose another title, or --slug")
    assert (site.root / "content/A.md").read_bytes() == written


@pytest.mark.parametrize(
    "title", ["🎉", "a/b\\c", "../../etc/passwd", "长" * 300, "#", "x: [y]", "'\"", "-", "\n---\n"]
)
def test_any_title_makes_a_note_inside_the_content_folder(site: SiteTest, title: str) -> None:
    text = new(site, "--", title)
    [path] = (site.root / "content").rglob("*.md")
    assert path.parent == site.root / "content"
    assert front_matter(text)["title"] == " ".join(title.split())
    site.build()


@pytest.mark.parametrize("title", ["", "  ", "\n"])
def test_a_note_without_a_title_is_refused(site: SiteTest, title: str) -> None:
    assert "a note needs a title" in site.run("new", "--", title, expect=2).stderr
    assert not list((site.root / "content").rglob("*.md"))


@pytest.mark.parametrize("title", ["CON", "nul.txt", "Com1", "LPT9"])
def test_names_of_devices_are_none_of_files(site: SiteTest, title: str) -> None:
    assert front_matter(new(site, title))["title"] == title
    assert [path.name for path in (site.root / "content").rglob("*.md")] == [f"note-{title}.md"]


def test_a_slug_that_builds_would_ignore_is_refused(site: SiteTest) -> None:
    new(site, "A", "--slug", "../x", expect=2)
    assert "--slug: must stay inside the site" in site.stderr
    assert not list(site.root.rglob("*.md"))


@pytest.mark.parametrize("folder", ["../x", "/x", "a/../../x"])
def test_a_folder_outside_is_refused(site: SiteTest, folder: str) -> None:
    new(site, "A", "--in", folder, expect=2)
    assert not list(site.root.rglob("A.md"))


def test_the_template_of_the_site_is_filled_in(site: SiteTest) -> None:
    site.write(
        "templates/note.md", "---\ntitle: '{{ title }}'\ntags:\n  - old\nlicense: x\n---\n# {{title}}\n{{unknown}}\n"
    )
    text = new(site, "A: b", "-t", "new", "--in", "ml")
    assert (site.root / "content/ml/A-b.md").is_file()
    assert front_matter(text) == {"title": "A: b", "tags": ["new"], "license": "x"}
    assert text.endswith("---\n# A: b\n{{unknown}}\n")
    assert "there is no template gone" in site.run("new", "B", "--from", "gone", expect=2).stderr


@pytest.mark.parametrize(
    ("files", "path"),
    [
        (
            {"_config.yml": "{}", "source/_posts/x.md": "x", "scaffolds/post.md": "---\ntitle: {{ title }}\n---\n"},
            "source/_posts/A.md",
        ),
        ({"_config.yml": "{}", "_posts/2024-01-01-x.md": "x", "Gemfile": ""}, "_posts/2026-06-01-A.md"),
        ({"hugo.toml": "", "content/posts/x.md": "x"}, "content/posts/A.md"),
    ],
)
def test_a_note_goes_where_the_program_of_the_site_puts_notes(tmp_path: Path, files: dict[str, str], path: str) -> None:
    site = SiteTest(tmp_path)
    for name, text in files.items():
        site.write(name, text)
    assert front_matter(new(site, "A"))["title"] == "A"
    assert (site.root / path).is_file()


def test_a_template_without_a_place_for_the_title_gets_one(site: SiteTest) -> None:
    site.write("templates/note.md", "---\ntitle: old\nlicense: x\n---\nText.\n")
    assert front_matter(new(site, "New: one")) == {"title": "New: one", "license": "x"}
    site.write("templates/bare.md", "Text.\n")
    assert front_matter(new(site, "Other", "--from", "bare")) == {"title": "Other"}


def test_an_archetype_of_hugo_in_toml() -> None:
    from datetime import datetime

    text = '+++\ntitle = \'{{ replace .File.ContentBaseName "-" " " | title }}\'\ndate = {{ .Date }}\n+++\n'
    filled = fill(text, 'A "b"', datetime.fromisoformat(MOMENT))
    assert filled == '+++\ntitle = "A \\"b\\""\ndate = 2026-03-04 05:06\n+++\n'
    assert with_fields(filled, {"tags": "[x]"}).splitlines()[3] == 'tags = ["x"]'


def test_a_template_of_obsidian() -> None:
    from datetime import datetime

    text = "{{date:YYYY-MM-DD}} {{time:HH:mm}} {{date}} 100% {{title}}"
    assert fill(text, "T", datetime.fromisoformat(MOMENT)) == "2026-03-04 05:06 2026-03-04 05:06 100% T"


@all_cases("text", ["a", "a: b", "yes", "2024", "'", '"', "# x", "[x]", "null", "深度", "-", "a #b", "\\alpha"])
def test_a_scalar_is_read_as_the_text_that_it_was(text: str) -> None:
    assert yaml.safe_load(f"x: {scalar(text)}") == {"x": text}
    assert yaml.safe_load(f"x: [{scalar(text, in_list=True)}]") == {"x": [text]}


def test_the_editor_is_started(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "touch -c")
    new(site, "A", "--edit")
    assert load_config((site.root / "site.yaml").read_text("utf-8"), "")[1] == ()
