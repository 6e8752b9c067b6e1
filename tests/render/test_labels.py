"""Labels speak the site's language, and say so to screen readers on the page of a note in another one."""

import re
from html.parser import HTMLParser

import pytest

from tests.support.html import VOID, elements, texts
from tests.support.site import SiteTest

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


class _Unmarked(HTMLParser):
    """Chinese words, in text or in an attribute that is read aloud, inside elements of another language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        language = values.get("lang") or (self.open[-1][1] if self.open else "")
        if tag not in VOID:
            self.open.append((tag, language))
        for name in () if tag == "link" else ("aria-label", "title", "placeholder"):
            self._look(values.get(name, ""), language)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in {"script", "style", "title"}:
            self._look(data, self.open[-1][1])

    def _look(self, words: str, language: str) -> None:
        if HAN.search(words) and not language.startswith("zh"):
            self.words.append(words)


def english(site: SiteTest) -> SiteTest:
    site.write("site.yaml", SETTINGS)
    site.note("one", BODY, title="One", lang="en", updated="2026-02-02", series="S", tags=["t"], category="Words")
    return site.note("two", "An [answer](one.md).", title="Two", lang="en", series="S", draft=True)


def test_every_label_on_the_page_of_an_english_note_is_marked_as_chinese(site: SiteTest) -> None:
    html = english(site).build("--drafts").html("posts/one/index.html")
    assert elements(html, "html")[0].attrs["lang"] == "en"
    assert texts(html, "nav", "toc") == ["目录 One Two Three"]
    assert "更新于" in texts(html, "p", "telemetry")[0]
    assert "被这些笔记引用" in texts(html, "h2", "section-heading")
    assert _Unmarked(html).words == []


def test_lists_speak_the_site_s_language_around_notes_in_another(site: SiteTest) -> None:
    english(site).build("--drafts")
    for path in ("index.html", "archives/index.html", "tags/t/index.html", "series/S/index.html"):
        html = site.html(path)
        assert elements(html, "html")[0].attrs["lang"] == "zh-CN"
        assert _Unmarked(html).words == [], path
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
    assert words[0].partition(" (")[0].partition("（")[0] + "</a>" in page


def test_one_note_s_language_does_not_reach_the_next(site: SiteTest) -> None:
    site.write("site.yaml", SETTINGS).note("a", CALLOUTS, lang="en").note("b", CALLOUTS).build()
    assert "Theorem 1" in site.body("a")
    assert "定理 1" in site.body("b")
    assert "Theorem" not in site.body("b")
