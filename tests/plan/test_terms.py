"""Tags below tags, texts of categories, tags and series, and how overviews show many tags."""

from tests.support.html import elements, texts
from tests.support.site import SiteTest


def titles(html: str) -> list[str]:
    return [item.text for item in elements(html, "a") if "p-name" in item.attrs.get("class", "").split()]


def test_a_note_with_a_nested_tag_is_in_the_list_of_the_tag_above(site: SiteTest) -> None:
    site.note("a", "Text.", tags=["ml/nlp"], date="2026-01-03").note("b", "Text.", tags=["ml"], date="2026-01-02")
    site.note("c", "Text.", tags=["ml/cv/vit"], date="2026-01-01").build()
    assert titles(site.html("tags/ml/index.html")) == ["a", "b", "c"]
    assert titles(site.html("tags/ml-nlp/index.html")) == ["a"]
    assert "ml/nlp 1" in texts(site.html("tags/ml/index.html"), "a")
    assert "tags" not in texts(site.html("posts/a/index.html"), "li")
    tags = [item.text for item in elements(site.html("posts/a/index.html"), "a") if item.attrs.get("rel") == "tag"]
    assert tags == ["ml/nlp"]
    assert "ml 3 ml/cv/vit 1 ml/nlp 1" in [" ".join(text.split()) for text in texts(site.html("tags/index.html"), "li")]


def test_two_tags_below_one_name_make_it_a_tag_and_one_does_not(site: SiteTest) -> None:
    site.note("a", "Text.", tags=["ml/nlp", "TCP/IP"]).note("b", "Text.", tags=["ml/cv"]).build()
    assert titles(site.html("tags/ml/index.html")) == ["a", "b"]
    assert "tags/TCP/index.html" not in site.files()


def test_a_text_stands_above_the_list_of_its_term(site: SiteTest) -> None:
    site.note("a", "Text.", tags=["RoPE"], category="NLP", series="S")
    for path, words in (("tags/rope", "Rotary $x$."), ("categories/NLP", "Language."), ("series/S", "A path.")):
        site.write(f"content/{path}/_index.md", f"---\ntitle: T\n---\n\n{words}\n")
    site.build().expect_clean()
    for path, words in (("tags/RoPE", "Rotary"), ("categories/NLP", "Language."), ("series/S", "A path.")):
        html = site.html(f"{path}/index.html")
        assert titles(html) == ["a"]
        assert any(text.startswith(words) for text in texts(html, "p"))
        descriptions = [
            item.attrs["content"] for item in elements(html, "meta") if item.attrs.get("name") == "description"
        ]
        assert descriptions[0].startswith(words)
    assert not [path for path in site.files() if "-2" in path]


def test_a_text_of_a_term_that_no_note_has_is_a_page_as_before(site: SiteTest) -> None:
    site.note("a", "Text.").write("content/tags/x/_index.md", "---\ntitle: X\n---\n\nWords.\n").build(expect=None)
    assert "Words." in texts(site.html("tags/x/index.html"), "p")


def test_tags_of_one_note_are_folded_where_there_are_many(site: SiteTest) -> None:
    site.note("a", "Text.", tags=["both", *(f"t{number}" for number in range(500))]).note(
        "b", "Text.", tags=["both"]
    ).build()
    html = site.html("tags/index.html")
    assert texts(html, "summary") == ["另有 500 个标签各有一篇"]
    assert len([item for item in elements(html, "a") if item.attrs["href"].startswith("/tags/t")]) == 500


def test_a_tag_lists_all_its_notes_by_year_a_line_each(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguage: en\npaginate: 2\n")
    for number, day in enumerate(("2025-01-01", "2026-01-01", "2026-02-01")):
        site.note(f"n{number}", f"Opening {number} of $x$.", date=day, tags=["x"], category="C")
    site.note("later", "Opening.", date=None, tags=["x"]).build()
    html = site.html("tags/x/index.html")
    assert titles(html) == ["n2", "n1", "n0", "later"]
    assert texts(html, "h2", "year-heading") == ["2026 2 notes", "2025 1 note", "Undated 1 note"]
    assert "Opening" not in html
    assert "preload" not in html, "no formula is shown, so no font of formulas is loaded"
    assert not site.output("tags/x/page").exists()


def test_each_list_has_a_description_of_its_own(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguage: zh-CN\ndescription: Of the site.\npaginate: 2\n")
    for number in range(5):
        site.note(f"n{number}", "Text.", tags=["x"], category="C", series="S")
    site.build()
    paths = [
        "index",
        "archives/index",
        "tags/index",
        "tags/x/index",
        "categories/C/page/2/index",
        "categories/C/index",
        "series/S/index",
    ]
    found = [
        item.attrs["content"]
        for path in paths
        for item in elements(site.html(f"{path}.html"), "meta")
        if item.attrs.get("name") == "description"
    ]
    assert len(set(found)) == len(paths)
    assert found[3] == "标签 x · 5 篇笔记: n0 · n1 · n2 · n3 · n4"


def test_from_its_second_page_on_a_list_has_no_banner_and_says_which_it_is(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguage: zh-CN\npaginate: 1\n").note("a", "Text.", category="x").note(
        "b", "Text.", category="x"
    ).build()
    for path in ("", "categories/x/"):
        assert 'class="banner' in site.html(f"{path}index.html")
        second = site.html(f"{path}page/2/index.html")
        assert 'class="banner' not in second
        assert any("第 2 页，共 2 页" in text for text in texts(second, "p"))
        assert len(texts(second, "h1")) == 1


def test_the_length_is_told_in_the_language_of_the_note(site: SiteTest) -> None:
    site.note("a", "文字" * 600).note("b", "Word after word. " * 200, lang="en").build()
    assert {"1,200 字", "3 分钟"} <= {*texts(site.html("posts/a/index.html"), "span")}
    assert {"600 words", "3 min"} <= {*texts(site.html("posts/b/index.html"), "span")}
    assert "3 min" in texts(site.html("index.html"), "span")


def test_formulas_and_code_take_time_to_read(site: SiteTest) -> None:
    code = "```python\n" + "x = 1\n" * 120 + "```\n"
    site.note("plain", "字" * 400).note("code", "字" * 400 + f"\n\n{code}").note(
        "math", "字" * 400 + "\n\n$$x$$\n" * 16
    ).build()
    found = [texts(site.html(f"posts/{name}/index.html"), "span") for name in ("plain", "code", "math")]
    assert ["1 分钟" in found[0], "4 分钟" in found[1], "3 分钟" in found[2]] == [True] * 3
