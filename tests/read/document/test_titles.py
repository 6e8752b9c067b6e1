"""A note's title: from front matter, from the heading that opens the note, or from its file's name."""

import json
from collections.abc import Sequence
from urllib.parse import unquote

import pytest

from tests.support.cases import check_each
from tests.support.html import texts
from tests.support.site import SiteTest


def titles(site: SiteTest, path: str, text: str) -> tuple[str, list[str]]:
    """Return the title of a note without front matter, and the headings that its body shows."""
    site.write(f"content/{path}", text).build("--keep-going", expect=None)
    return _titles(site.html(next(name for name in site.files() if name.startswith("posts/"))))


def all_titles(site: SiteTest, notes: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Return the same of each of some notes, given as path and text, all of one site."""
    for path, text in notes:
        site.write(f"content/{path}", text)
    site.build("--keep-going", expect=None)
    pages = {item["path"]: unquote(item["url"]) for item in json.loads(site.run("list", "--json").stdout)}
    return [_titles(site.html(f"{pages[f'content/{path}'][1:]}index.html")) for path, _ in notes]


def _titles(html: str) -> tuple[str, list[str]]:
    start, end = html.index('<div class="e-content">'), html.index('<footer class="note-footer"')
    body = html[start:end]
    return texts(html, "h1")[0], [title for tag in ("h1", "h2", "h3", "h4", "h5") for title in texts(body, tag)]


BEFORE = ("", "\n\n", "<!-- a comment -->\n\n", "%% a comment %%\n\n", "<!--a-->\n<!--b-->\n\n%%c\n\nd%%\n\n")
HEADINGS = ("# Flash $x$", "Flash $x$\n=======")


def test_a_heading_of_level_1_that_opens_the_note_is_its_title(site: SiteTest) -> None:
    cases = [
        (f"2024-01-02-n{at}{one}.md", f"{before}{heading}\n\nText.\n\n## Part\n")
        for at, before in enumerate(BEFORE)
        for one, heading in enumerate(HEADINGS)
    ]
    found = all_titles(site, cases)

    def check(number: int, _path: str, _text: str) -> None:
        assert found[number] == ("Flash xx", ["Part"])

    check_each(cases, check)


NO_TITLES = (
    "Text first.\n\n# Definition\n",
    "## Definition\n\nText.\n",
    "#### Definition\n\n# Later\n",
    "![[picture]]\n\n# Definition\n",
    "<div>x</div>\n\n# Definition\n",
    "> # Definition\n",
    "- # Definition\n",
)


def test_any_other_heading_is_a_part_of_the_note(site: SiteTest) -> None:
    found = all_titles(site, [(f"{number}/2024-01-02-soft_max.md", text) for number, text in enumerate(NO_TITLES)])

    def check(number: int, _text: str) -> None:
        title, headings = found[number]
        assert title == "soft max"
        assert "Definition" in headings

    check_each(zip(NO_TITLES), check)


@pytest.mark.parametrize("heading", ["# Own title: $C_a$", "# *Own* title: $C_a$ ", "# own  TITLE: $C_a$"])
def test_the_title_of_front_matter_is_not_shown_twice(site: SiteTest, heading: str) -> None:
    text = f"---\ntitle: 'Own title: $C_a$'\ndate: 2024-01-02\n---\n<!-- c -->\n{heading}\n\nText.\n\n## Part\n"
    assert titles(site, "n.md", text)[1] == ["Part"]


def test_another_first_heading_stays(site: SiteTest) -> None:
    text = "---\ntitle: Own\ndate: 2024-01-02\n---\n# Other\n\nText.\n"
    assert titles(site, "n.md", text) == ("Own", ["Other"])


NAMED = (
    ("flash_attention-2.md", "flash attention 2"),
    ("2024-01-02-flash-attention.md", "flash attention"),
    ("Q-learning in brief.md", "Q-learning in brief"),
    ("注意力.md", "注意力"),
    ("deep/learning/index.md", "learning"),
    ("2024-03-10.md", "2024-03-10"),
    ("2024-03-11 周一.md", "2024-03-11 周一"),
    ("2024-02-30.md", "2024-02-30"),
)


def test_else_the_name_of_the_file_is_the_title(site: SiteTest) -> None:
    found = all_titles(site, [(path, "Text.\n") for path, _ in NAMED])

    def check(number: int, _path: str, title: str) -> None:
        assert found[number][0] == title

    check_each(NAMED, check)


@pytest.mark.parametrize("name", ["2024-03-10", "2024-03-10 周日", "2024-3-10-x"])
def test_a_daily_note_has_its_names_date(site: SiteTest, name: str) -> None:
    site.write(f"content/{name}.md", "Text.\n").build()
    assert 'datetime="2024-03-10T00:00:00+08:00"' in site.html("index.html")


OF_A_VAULT: tuple[tuple[str, str, str, list[str]], ...] = (
    ("What is attention", "# What is attention?\n\nText.", "What is attention", []),
    ("flash_attention", "# Flash attention\n\nText.", "flash_attention", []),
    ("softmax", "# Activation functions\n\nText.", "softmax", ["Activation functions"]),
    ("softmax", "---\ntitle: The softmax\n---\n# The softmax\n\nText.", "The softmax", []),
    ("202401011200", "# A card\n\nText.", "A card", []),
    ("注意力", "# 注意力\n\n正文。", "注意力", []),
)


def test_a_note_of_a_vault_is_called_as_its_file(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\ndialect: obsidian\npermalink: /posts/:path/\n")
    found = all_titles(site, [(f"{number}/{name}.md", text) for number, (name, text, *_) in enumerate(OF_A_VAULT)])

    def check(number: int, _name: str, _text: str, title: str, headings: list[str]) -> None:
        assert found[number] == (title, headings)

    check_each(OF_A_VAULT, check)


def test_the_text_of_a_folder_of_a_vault_is_called_as_its_heading_says(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\ndialect: obsidian\n").write("content/ml/index.md", "# Machine learning\n")
    site.write("content/ml/svm.md", "Text.").build()
    assert texts(site.html("ml/index.html"), "h1") == ["Machine learning"]
