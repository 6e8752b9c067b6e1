"""Excerpts on list pages: where they end, what they leave out, and what they never cut in two."""

import re

import pytest

from tests.support.html import e_content, elements, texts
from tests.support.pictures import png
from tests.support.site import SiteTest


def excerpt(site: SiteTest, body: str, **front: object) -> str:
    """Return the excerpt of a note with this body, from the home page. Its HTML is checked to balance."""
    site.note("n", body, **front).build(expect=0)
    html = site.html("index.html")
    elements(html)
    start = re.search(r'<div class="excerpt[^"]*">', html)
    return e_content(html.replace(start[0], '<div class="e-content">', 1)).strip() if start else ""


def visible(html: str) -> str:
    """Return the text that a reader sees: LaTeX annotations do not count."""
    return "".join(
        texts("<main>" + re.sub(r"<annotation.*?</annotation>", "", html, flags=re.DOTALL) + "</main>", "main")
    )


HAN = "注意力机制把每个位置的表示写成其他位置的加权和，权重由查询和键的相似度决定。" * 30
ENGLISH = "Attention writes each position as a weighted sum of the others, with weights from queries and keys. " * 30


# --- which source wins


@pytest.mark.parametrize(
    "marker",
    ["<!-- more -->", "<!--more-->", "<!--  MORE  -->", "<!-- excerpt -->", "<!--truncate-->", "<!--\tmore\n-->"],
)
def test_the_marker_in_every_spelling(site: SiteTest, marker: str) -> None:
    assert excerpt(site, f"First.\n\nSecond.\n\n{marker}\n\nThird.") == "<p>First.</p>\n<p>Second.</p>"


def test_a_marker_inside_a_paragraph(site: SiteTest) -> None:
    assert excerpt(site, "First *one* <!-- more --> and more.") == "<p>First <em>one</em></p>"


def test_the_marker_wins_over_front_matter_and_length(site: SiteTest) -> None:
    assert excerpt(site, f"{ENGLISH}\n\n<!-- more -->\n\nEnd.", excerpt="Own.") == f"<p>{ENGLISH.strip()}</p>"


@pytest.mark.parametrize("key", ["excerpt", "summary", "description"])
def test_front_matter_wins_over_the_text(site: SiteTest, key: str) -> None:
    html = excerpt(site, "The text.", **{key: "Own *words* with $x^2$."})
    assert texts(html, "em") == ["words"]
    assert "<math" in html
    assert "The text." not in html


def test_a_marker_in_code_is_code(site: SiteTest) -> None:
    html = excerpt(site, "First `<!-- more -->`.\n\n```html\n<!-- more -->\n```\n\nLast.")
    assert "Last." in html


def test_a_marker_that_opens_the_note_leaves_nothing(site: SiteTest) -> None:
    assert excerpt(site, "<!-- more -->\n\nAll of it.") == ""


def test_the_marker_does_not_show_on_the_notes_page(site: SiteTest) -> None:
    excerpt(site, "First.\n\n<!-- more -->\n\nSecond.")
    assert texts(site.body("n"), "p") == ["First.", "Second."]


# --- length


@pytest.mark.parametrize("text", [HAN, ENGLISH, (HAN[:38] + " " + ENGLISH[:100]) * 20], ids=["han", "english", "mixed"])
def test_the_length_is_about_120_han_characters_worth_of_text_and_ends_with_a_sentence(
    site: SiteTest, text: str
) -> None:
    shown = visible(excerpt(site, text))
    assert shown.endswith(("。", "."))
    wide = len(re.findall(r"[\u3000-\u9fff\uff00-\uff60]", shown))
    units = wide + 0.6 * (len(shown) - wide)
    assert 90 <= units <= 150


def test_the_length_is_a_setting(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\nexcerpt: {length: 40}\n")
    assert visible(excerpt(site, HAN)) == HAN[: len(HAN) // 30]


# --- where it ends


OPENING = "注意力把每个位置写成其他位置的加权和。" * 6  # 114 units


def test_it_ends_with_the_opening_paragraph_once_that_is_about_the_length(site: SiteTest) -> None:
    assert visible(excerpt(site, f"{OPENING}\n\n{OPENING}")) == OPENING


def test_a_short_opening_is_joined_by_whole_sentences_of_the_next_paragraph(site: SiteTest) -> None:
    shown = visible(excerpt(site, f"短的开头。\n\n{OPENING * 4}"))
    assert shown.startswith("短的开头。 注意力")
    assert shown.endswith("加权和。")
    assert len(shown) <= 150


def test_without_a_full_stop_it_ends_at_a_comma(site: SiteTest) -> None:
    shown = visible(excerpt(site, "权重由查询和键的相似度决定，" * 30))
    assert shown.endswith("相似度决定…")
    assert 60 <= len(shown) <= 150


def test_a_paragraph_without_punctuation_is_cut_about_at_the_length(site: SiteTest) -> None:
    shown = visible(excerpt(site, "权重由查询和键相似度决定" * 60))
    assert shown.endswith("…")
    assert 30 <= len(shown) <= 150


def test_a_full_stop_of_an_abbreviation_or_a_number_is_none(site: SiteTest) -> None:
    text = "We compare with e.g. A. Smith et al. and get 0.5 of the error of the method in Fig. 3 and " * 30
    assert visible(excerpt(site, text)).endswith("…")


def test_a_display_formula_behind_whole_sentences_ends_it(site: SiteTest) -> None:
    half = "注意力把每个位置写成其他位置的加权和。" * 3
    html = excerpt(site, f"{half}\n\n权重是\n\n$$\nw = 1\n$$\n\n{OPENING}")
    assert visible(html) == half
    assert "<math" not in excerpt(site, f"{half}\n$$\nw = 1\n$$\n{OPENING}")


def test_an_equation_has_no_number_in_it(site: SiteTest) -> None:
    html = excerpt(site, "求解\n\n$$\n\\begin{equation}\\label{eq:a} x = 1 \\end{equation}\n$$\n\n就好。")
    assert "<math" in html
    assert "(1)" not in visible(html)
    assert "(1)" in visible(site.body("n"))


@pytest.mark.parametrize(
    "text", ["$" + "x+" * 300 + "x$", "$$\n" + "x+" * 300 + "x\n$$", "word" * 20 + " " + "long" * 200]
)
def test_an_excerpt_that_is_one_formula_or_one_word_is_shown(site: SiteTest, text: str) -> None:
    html = excerpt(site, text + "\n\nEnd.")
    assert "<math" in html or visible(html).startswith("wordword")


def test_a_short_note_is_shown_whole_without_an_ellipsis(site: SiteTest) -> None:
    assert excerpt(site, "First.\n\nSecond.") == "<p>First.</p>\n<p>Second.</p>"


def test_formulas_count_by_what_is_seen_not_by_their_latex(site: SiteTest) -> None:
    html = excerpt(site, r"$\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d}}\right)$ 是权重。" * 12)
    assert html.count("<math") >= 4


# --- what is never cut


@pytest.mark.parametrize("shift", range(0, 60, 14))
def test_a_cut_never_falls_into_a_formula_a_word_or_a_link(site: SiteTest, shift: int) -> None:
    """The same text at many offsets: whatever stands at the end is whole."""
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\nexcerpt: {length: 60}\n")
    words = "antidisestablishmentarianism"
    link = f"[{words} {words}](https://x.example/)"
    formula = "$\\sum_{i=1}^{n} x_i^2 + \\alpha\\beta\\gamma$"
    html = excerpt(site, "字" * shift + f" {words} {formula} {link} `{words}` **{words}** {words} {formula} " * 3)
    for found in elements(html, "a"):
        assert found.text == f"{words} {words}"
    assert set(re.findall(r"<annotation[^>]*>(.*?)</annotation>", html)) <= {formula.strip("$")}
    assert html.count("<math") == html.count("</math>")
    for word in re.findall(r"[a-z]{5,}", visible(html)):
        assert word == words
    assert visible(html).endswith("…")


def test_a_display_formula_is_kept_whole_or_left_out(site: SiteTest) -> None:
    html = excerpt(site, f"{HAN[:280]}\n\n$$\nE = mc^2\n$$\n\n{HAN}")
    assert html.count("<math") == html.count("</math>")
    assert "$$" not in html


def test_the_ellipsis_follows_a_word(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\nexcerpt: {length: 10}\n")
    assert visible(excerpt(site, "一二三四五六七八九，十一十二十三十四")) == "一二三四五六七八九…"


def test_comparison_signs_hyphens_and_entities_stay(site: SiteTest) -> None:
    html = excerpt(site, "a < b, c > d & e—f, state-of-the-art, x-1, `<T>` &lt;b&gt; $a<b$")
    assert visible(html).startswith("a < b, c > d & e—f, state-of-the-art, x-1, <T> <b>")


# --- what is left out


def test_code_tables_images_headings_and_footnotes_are_left_out(site: SiteTest) -> None:
    site.write("content/a.png", png())
    html = excerpt(
        site,
        "# Head\n\nOne[^1] ![alt text](a.png) two `code`.\n\n```python\nsecret = 1\n```\n\n    indented\n\n"
        "| a | b |\n|---|---|\n| cell | cell |\n\n## Heading\n\n![alone](a.png)\n\n<div>raw</div>\n\n---\n\nThree.\n\n"
        "[^1]: The footnote.",
    )
    assert texts(f"<main>{html}</main>", "p") == ["One two code.", "Three."]
    assert not [item for item in elements(html) if item.name in {"img", "pre", "table", "h2", "h3", "sup", "hr", "div"}]
    assert "id=" not in html


def test_a_list_keeps_its_kind_and_numbers(site: SiteTest) -> None:
    html = excerpt(site, "3. three\n4. four\n\n- point\n  - inner\n")
    assert [item.attrs.get("start") for item in elements(html, "ol")] == ["3"]
    assert [text.split()[0] for text in texts(html, "li")] == ["three", "four", "point", "inner"]


def test_a_list_keeps_its_numbers_behind_an_item_that_is_left_out(site: SiteTest) -> None:
    html = excerpt(site, "1. one\n2. ```\n   code\n   ```\n3. three\n4. four\n")
    items = elements(html, "li")
    assert [(item.text, item.attrs.get("value")) for item in items] == [("one", None), ("three", "3"), ("four", None)]


def test_a_list_that_is_cut_is_closed(site: SiteTest) -> None:
    html = excerpt(site, "\n".join(f"{number}. {HAN[:38]}" for number in range(1, 40)))
    assert visible(html).endswith("。")
    assert len(elements(html, "li")) == 3


def test_a_block_quote_and_nested_marks_are_closed_where_they_are_cut(site: SiteTest) -> None:
    html = excerpt(site, f"> - **bold *both {ENGLISH.strip()}***\n")
    assert [item.name for item in elements(html)] == ["blockquote", "ul", "li", "strong", "em"]
    assert visible(html).endswith("keys.")


def test_links_of_an_excerpt_lead_to_the_right_place(site: SiteTest) -> None:
    site.note("other", "x", date="2020-01-01")
    html = excerpt(site, "[a](other.md) [b](#here) [[other]]\n\n## here")
    assert [item.attrs["href"] for item in elements(html, "a")] == ["/posts/other/", "/posts/n/#here", "/posts/other/"]


def test_bad_math_is_shown_whole(site: SiteTest) -> None:
    html = excerpt(site, "before $\\frac{$ and $\\nosuchcommand{x}$ after")
    assert "\\nosuchcommand{x}" in html
    assert "after" in html


# --- the description for search engines


def test_the_description_is_readable_text(site: SiteTest) -> None:
    excerpt(site, r"Loss $L_\theta(x) \le \frac{1}{n}$ of [a link](https://x.example) and `code`. " + ENGLISH)
    metas = elements(site.html("posts/n/index.html"), "meta")
    found = [item.attrs["content"] for item in metas if item.attrs.get("name") == "description"]
    assert len(found) == 1
    assert found[0].startswith("Loss L_θ(x)")
    assert "\\" not in found[0]
    assert 120 <= len(found[0]) <= 160
