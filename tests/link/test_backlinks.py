"""Which notes refer to a note, each with the sentence around its link."""

import pytest

from notegen.model.config import Config, read_settings
from notegen.model.digest import digest_bytes
from notegen.model.note import Note
from notegen.model.source import SourceFile
from notegen.read.read import make_reader
from tests.support.cases import all_cases
from tests.support.html import elements, texts
from tests.support.limits import assert_linear, ends
from tests.support.site import SiteTest


def contexts(text: str) -> tuple[str, ...]:
    """Return the sentences that reading a note keeps."""
    return read(text).backlink_excerpts


def read(text: str) -> Note:
    return make_reader(read_settings(Config()))(SourceFile("n.md", text, digest_bytes(text.encode())))


@all_cases(
    ("text", "sentence"),
    [
        ("前一句。我们在[此](m.md)证明了它！后一句。", "我们在<mark>此</mark>证明了它！"),
        ("One. Two, as in [[m|that note]], ends. Three.", "Two, as in <mark>that note</mark>, ends. "),
        ("See e.g. [x](m.md) or Fig. 2 of it.", "See e.g. <mark>x</mark> or Fig. "),
        ("- item with [[m]]", "item with <mark>m</mark>"),
        ("# T\n\n## Head [x](m.md)", "Head <mark>x</mark>"),
        ("line\n[x](m.md)\nline", "line <mark>x</mark> line"),
        ("**bold [x](m.md)** `a<b` ![pic](p.png) end[^1]\n\n[^1]: f", "bold <mark>x</mark> <code>a&lt;b</code>  end"),
        ("| a |\n|---|\n| [x](m.md) b |", "<mark>x</mark> b"),
        ("“他说[此](m.md)。”然后。", "“他说<mark>此</mark>。”"),
        ("<b>raw</b> [x](m.md)", "raw <mark>x</mark>"),
        ("[a. B。c](m.md) d", "<mark>a. B。c</mark> d"),
    ],
)
def test_a_context_is_the_sentence_around_a_link(text: str, sentence: str) -> None:
    assert [item.strip() for item in contexts(text)] == [sentence.strip()]


def test_formulas_stay_whole_and_have_no_ids_or_links() -> None:
    (sentence,) = contexts("As $a\\label{x}^2$ of [[m|the $b$ note]] and \\eqref{x}.")
    assert sentence.count("<math") == 2
    assert " id=" not in sentence
    assert "<a " not in sentence
    assert "a\\label{x}^2" in sentence


def test_each_link_is_marked_in_its_own_copy_of_the_sentence() -> None:
    note = read("[a](m.md) and [b](https://x.org) and [a](k.md). Now [[m]]")
    sentences = ("<mark>a</mark> and b and a.", "a and b and <mark>a</mark>.", "Now <mark>m</mark>")
    assert note.backlink_excerpts == sentences
    assert contexts("[b](https://x.org) [c](#d) ![p](p.png)") == ()


@pytest.mark.parametrize(("word", "most"), [("很长的句子，", 130), ("quite long words ", 220)])
def test_a_long_sentence_is_cut_around_the_link(word: str, most: int) -> None:
    (sentence,) = contexts(f"{word * 60}[此](m.md){word * 60}")
    assert sentence.startswith("…")
    assert sentence.endswith("…")
    assert "<mark>此</mark>" in sentence
    assert 60 < len(sentence) < most
    words = sentence.strip("…").replace("<mark>此</mark>", " ").split()
    assert set(words[:-1]) <= set((word * 60).split()) or "很" in word, "cut between words"


def test_a_long_sentence_is_cut_where_a_part_of_it_begins_and_never_in_a_word() -> None:
    (sentence,) = contexts(f"{'字' * 30}，所以在Transformer里{'字' * 20}[此](m.md)后。")
    assert sentence.startswith("…所以在Transformer里字")
    (sentence,) = contexts(f"所以在Transformer里{'字' * 33}[此](m.md)后。")
    assert sentence.startswith("…里字")
    (sentence,) = contexts(f"[此](m.md){'字' * 92}在schöne里{'字' * 9}")
    assert sentence.endswith("字在…")


@pytest.mark.slow
def test_many_links_in_a_paragraph_without_end_stay_quick() -> None:
    assert_linear(lambda size: contexts("[a](m.md) $x$ b, " * size), 100)
    assert_linear(lambda size: contexts("word " * size + "[a](m.md)"), 1000)
    with ends():
        assert len(contexts("[a](m.md) $x$ b, " * 3000)) <= 3000
        assert len(contexts("word " * 200_000 + "[a](m.md)")) == 1


# --- pages


def backlinks(site: SiteTest, slug: str) -> list[str]:
    page = site.html(f"posts/{slug}/index.html")
    start = page.find('<section class="backlinks"')
    section = page[start : page.index("</section>", start)] + "</section>" if start >= 0 else ""
    return [item.text for item in elements(section, "li")]


def test_a_note_lists_who_links_to_it_with_the_sentence(site: SiteTest) -> None:
    site.note("m", "Own [link](#x) [self](m.md). $x$")
    site.note("a", "First. See [[m]] there. And [again](m.md).", date="2026-01-05", title="A $y$")
    site.note("b", "## [](m.md)\n\n证明见[此](m.md#x)。", date="2026-01-04", title="B")
    site.note("c", "![[m]]", date="2026-01-03", title="C").note("d", "No link.").build()
    assert backlinks(site, "m") == ["A yy See m there.", "B 证明见此。", "C"]
    assert backlinks(site, "d") == []
    assert texts(site.html("posts/m/index.html"), class_="context") == ["See m there.", "证明见此。"]


def test_a_page_without_formulas_that_is_mentioned_with_one_can_show_it(site: SiteTest) -> None:
    site.note("m", "Plain.").note("a", "With $x^2$ see [m](m.md).").build().expect_clean()
    assert "<math" in site.html("posts/m/index.html")
    head = {slug: site.html(f"posts/{slug}/index.html").partition("</head>")[0] for slug in ("m", "a")}
    assert head["m"].count("math") == head["a"].count("math")


REFS = (
    "@article{k, author = {Ada Byron}, year = 1843, title = {T}}\n@article{l, author = {B}, year = 1900, title = {U}}"
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See [[m#$C_a$ bounds]].", "See CaC_a bounds."),
        ("See [[m#^id]] now.", "See A block. now."),
        ("See [[m#Head]], [[m]] and [[m#Head|this]].", "See Head, m and this."),
        ("As [@k] says, [[m]].", "As (Byron, 1843) says, m."),
        ("As @k says, [[m]] [@l; @k].", "As Byron (1843) says, m (B, 1900; Byron, 1843)."),
        ("As @nobody says, [[m]].", "As @nobody says, m."),
        ("By @fig-a and \\ref{fig-a} of [[m]].", "By Figure 1 and 1 of m."),
        ("By @thm-b of [[m]].", "By Theorem 1 (B) of m."),
        ("By [](m.md#thm-b) here.", "By Theorem 1 (B) here."),
        ("By [[m#gone]].", "By m."),
        ("x " * 60 + "@k [[m]] @k", "…" + "x " * 29 + "Byron (1843) m Byron (1843)"),
    ],
)
def test_a_sentence_shows_what_the_page_shows(site: SiteTest, written: str, shown: str) -> None:
    site.write("site.yaml", "title: T\nbase_url: /\nlanguage: en\n").write("content/refs.bib", REFS)
    site.note("m", "## Head\n\n## $C_a$ bounds\n\nA block. ^id\n\n::: {#thm-b}\n## B\nText.\n:::\n")
    site.write("content/a.png", "x").note("a", f"{written}\n\n![A plot](a.png){{#fig-a}}\n").build()
    assert texts(site.html("posts/m/index.html"), class_="context") == [shown]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("By @fig-b, [[m#^fig-b]], [](m.md#fig-b), \\cref{fig-b}, [[m#^fig-b|this]].", "By {0}, {0}, {0}, {0}, this."),
        ("By [[m#^fig-b]] " + "x" * 200, "By {0} " + "x" * 147 + "…"),
        ("By @fig-none and [[m#^none]].", "By @fig-none and m."),
    ],
)
def test_a_description_shows_what_the_page_shows(site: SiteTest, written: str, shown: str) -> None:
    site.write("site.yaml", "title: T\nbase_url: /\nlanguage: en\n").write("content/a.png", "x")
    site.note("m", "![B](a.png){#fig-b}\n").note("a", f"{written}\n").build()
    assert f'property="og:description" content="{shown.format("Figure 1")}' in site.html("posts/a/index.html")


def test_a_title_shows_what_it_names_of_other_notes(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: /\nlanguage: en\n").write("content/a.png", "x")
    site.note("m", "![B](a.png){#fig-b}\n\n$$x \\label{eq:e}$$\n")
    title = "On [[m#^fig-b]], \\eqref{eq:e}, [](m.md#fig-b), @fig-none, *[[m#^fig-b|b]]*"
    site.write("content/a.md", f"---\ndate: 2024-01-01\n---\n# {title}\n\nText.\n")
    site.build()
    page, shown = site.html("posts/a/index.html"), "On Figure 1, (1), Figure 1, @fig-none, "
    assert f"<title>{shown}b · T</title>" in page
    assert f'<h1 class="p-name">{shown}<em>b</em></h1>' in page
    site.note("m", "![A](a.png){#fig-a}\n\n![B](a.png){#fig-b}\n\n$$x \\label{eq:e}$$\n").build()
    assert "<title>On Figure 2, (1), Figure 2," in site.html("posts/a/index.html")


def test_titles_of_front_matter_and_contents_lists_show_what_they_name(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: /\nlanguage: en\n").write("content/a.png", "x")
    site.note("m", "![B](a.png){#fig-b}\n\n$$x \\label{eq:e}$$\n")
    written = "[[m#^fig-b]], @fig-b, \\ref{eq:e}, [[#^fig-own]], [[m#^gone]], @fig-gone, [[nodiscard]], \\ref{none}"
    headings = "\n\n".join(f"## {text}" for text in (r"By $x \eqref{eq:e}$", "[[m#^fig-b]]", "\\ref{eq:e}"))
    front = f"---\ntitle: '{written}, $\\eqref{{eq:e}}$'\ndate: 2024-01-01\n---\n"
    site.write("content/a.md", f"{front}![A](a.png){{#fig-own}}\n\n{headings}\n")
    build = site.build()
    page = site.html("posts/a/index.html")
    shown = "Figure 1, Figure 1, 1, Figure 1, [[m#^gone]], @fig-gone, [[nodiscard]], ??, "
    assert f"<title>{shown.strip()} · T</title>" in page
    assert texts(page, class_="p-name") == [f"{shown}(1)\\eqref{{eq:e}}"]
    contents = texts(page, "nav", class_="toc")[0]
    assert contents.replace("\\eqref{eq:e}", "") == "Contents By x(1)x  Figure 1 1"
    assert "content/a.md:2:102: warning[label-unknown]: nothing in this note has the label none" in build.stderr


def test_unpublished_notes_refer_to_nothing(site: SiteTest) -> None:
    site.note("m", "x").note("a", "[[m]]", draft=True).build()
    assert backlinks(site, "m") == []
