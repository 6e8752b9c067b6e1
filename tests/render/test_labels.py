"""Labels speak the site's language, and say so to screen readers on the page of a note in another one."""

import re
from pathlib import Path

import pytest
import yaml

from notegen.model.config import Config
from notegen.model.diagnostic import take
from notegen.model.source import SiteLocation
from notegen.render.theme.labels import load_labels
from notegen.scan.themes import theme_layers
from notegen.system.disk import Disk
from tests.support.cases import all_cases
from tests.support.html import Page, elements, texts
from tests.support.paths import ROOT, TRANSMISSION
from tests.support.site import SiteTest

VALUE = re.compile(r"\{\w+\}")
HAN = re.compile("[\u4e00-\u9fff]")
SETTINGS = """\
title: 站点
language: zh-CN
license: CC BY 4.0
edit_url: https://example.org/edit/:path
comments: {giscus: {repo: a/b, repo_id: x, category: c, category_id: d}}
"""
BODY = """\
Text[^1] and [the other](two.md).

## One

$$x \\label{eq:a}$$

```python title="x.py"
1
```

## Two

## Three

[^1]: A footnote.
"""


def unmarked(html: str) -> list[str]:
    """Return Chinese words, in text or in an attribute that is read aloud, inside elements of another language."""
    words = []
    for element in Page(html).elements:
        language = next((outer.attrs["lang"] for outer in element.up() if outer.attrs.get("lang")), "")
        read = [] if element.name in {"script", "style", "title"} else element.words
        aloud = () if element.name == "link" else ("aria-label", "title", "placeholder")
        if not language.startswith("zh"):
            words += [text for text in (*read, *(element.attrs.get(name, "") for name in aloud)) if HAN.search(text)]
    return words


def english(site: SiteTest) -> SiteTest:
    site.write("site.yaml", SETTINGS)
    site.note("one", BODY, title="One", lang="en", updated="2026-02-02", series="S", tags=["t"], category="Words")
    return site.note("two", "An [answer](one.md).", title="Two", lang="en", series="S", draft=True)


def test_every_label_on_the_page_of_an_english_note_is_marked_as_chinese(site: SiteTest) -> None:
    html = english(site).build("--drafts").html("posts/one/index.html")
    assert elements(html, "html")[0].attrs["lang"] == "en"
    assert texts(html, "nav", "toc") == ["目录 One Two Three"]
    assert "更新于" in texts(html, "p", "meta-line")[0]
    assert "被这些笔记引用" in texts(html, "h2", "section-heading")
    assert unmarked(html) == []


def test_lists_speak_the_site_s_language_around_notes_in_another(site: SiteTest) -> None:
    english(site).build("--drafts")
    for path in ("index.html", "archives/index.html", "tags/t/index.html", "series/S/index.html"):
        html = site.html(path)
        assert elements(html, "html")[0].attrs["lang"] == "zh-CN"
        assert unmarked(html) == [], path
    assert [item.attrs.get("lang") for item in elements(site.html("index.html"), "article")] == ["en", "en"]


CALLOUTS = """\
> [!theorem|thm:a] Bayes
> Text.

> [!proof]
> Text.

!!! warning
    Text.

See [[#thm:a]].
"""


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Theorem 1 (Bayes)", "Proof", "Warning"]),
        ("en-GB", ["Theorem 1 (Bayes)", "Proof", "Warning"]),
        ("zh-TW", ["定理 1（Bayes）", "证明", "警告"]),
        ("ja", ["定理 1（Bayes）", "证明", "警告"]),  # no words: the site's
        (None, ["定理 1（Bayes）", "证明", "警告"]),
    ],
)
def test_callouts_speak_the_note_s_language(site: SiteTest, lang: str | None, words: list[str]) -> None:
    site.write("site.yaml", SETTINGS).note("one", CALLOUTS, lang=lang).build().expect_clean()
    page = site.body("one")
    assert texts(page, "p", "callout-title") == words
    assert [words[0]] == texts(page, "a")


def test_one_note_s_language_does_not_reach_the_next(site: SiteTest) -> None:
    site.write("site.yaml", SETTINGS).note("a", CALLOUTS, lang="en").note("b", CALLOUTS).build()
    assert "Theorem 1" in site.body("a")
    assert "定理 1" in site.body("b")
    assert "Theorem" not in site.body("b")


I18N = sorted((TRANSMISSION / "i18n").glob("*.yaml"))


@all_cases("file", I18N, ids=lambda file: file.stem)
def test_every_language_has_every_label_with_its_values(file: Path) -> None:
    english, labels = (yaml.safe_load(path.read_text("utf-8")) for path in (TRANSMISSION / "i18n/en.yaml", file))
    assert list(labels) == sorted(labels) == list(english)
    assert len(set(labels["months"])) == 12
    for key in english.keys() - {"months", "date_long"}:
        assert labels[key].strip() == labels[key]
        assert set(VALUE.findall(labels[key])) == set(VALUE.findall(english[key])), key
    assert {"{yyyy}", "{d}"} < set(VALUE.findall(labels["date_long"]))


def test_the_theme_speaks_eight_languages() -> None:
    assert {file.stem for file in I18N} == {"de", "en", "es", "fr", "ja", "ko", "zh-CN", "zh-TW"}


@all_cases(("language", "word"), [("zh", "标签"), ("zh-Hans-HK", "标签"), ("zh-HK", "標籤"), ("ja-JP", "タグ")])
def test_chinese_labels_are_in_the_script_of_the_language(language: str, word: str) -> None:
    layers = take(theme_layers(SiteLocation(ROOT, "", "", ROOT / "public"), Config(), Disk()), [])
    assert load_labels(layers, language)[0]["tags"] == word
