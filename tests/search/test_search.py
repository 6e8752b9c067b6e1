"""Search, as far as it is made in Python: documents for the indexer, the index as files, and what happens without."""

import contextlib
import gzip
import json
import os
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from notegen.model.body import Body, ResolvedBody
from notegen.model.digest import digest
from notegen.model.source import Installed
from notegen.search.documents import END, SearchText, document, filter_list, filter_word, language_of
from notegen.system import pagefind as search
from notegen.system.pagefind import Indexing, indexer, indexing
from tests.support.html import elements, values
from tests.support.limits import assert_linear, ends, wait_until
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow

NEEDS = pytest.mark.skipif(not indexer(), reason="pagefind_bin_extended is not installed")
FORMULA = (
    '<span class="nowrap"><math><mi>x</mi><semantics><annotation encoding="application/x-tex">{}</annotation>'
    "</semantics></math></span>"
)


@pytest.fixture
def found(site: SiteTest) -> SiteTest:
    """Return a site that can be searched."""
    site.installed = Installed(indexer)
    site.note(
        "rope", "## 位置编码\n\n自注意力 $\\mathcal L = \\mathbf{Q}$。\n", title="RoPE", category="NLP", tags=["注意力"]
    )
    return site.note("en", "Attention $\\operatorname{softmax}(QK)$.", category="NLP").note("pages/about", "Me.")


def text(html: str, **changes: object) -> SearchText:
    values: dict[str, object] = {"url": "posts/a/", "title": "T", "content": ResolvedBody(Body(html.encode()))}
    return SearchText(**(values | changes))  # type: ignore[arg-type]  # values of any field


def fragments(site: SiteTest) -> dict[str, dict[str, object]]:
    """Return what the index keeps of each page, by URL."""
    found = {}
    for path in site.output("pagefind").glob("fragment/*"):
        data = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        data["content"] = data["content"].replace("\u200b", "")
        found[data["meta"].get("url", "")] = data
    return found


def test_a_site_in_several_languages_can_be_searched_in_one() -> None:
    texts = [text("x", filters=(("language", "English"), ("tag", "t"))), text("y", filters=(("language", "中文"),))]
    rows = json.loads(filter_list(texts))
    assert [row[:2] for row in rows["language"]] == [["English", 1], ["中文", 1]]
    assert rows["language"][0][2] in document(texts[0])
    assert rows["language"][0][2] not in document(texts[1])
    assert list(json.loads(filter_list([text("x")]))) == ["category", "tag", "recent"]


def test_the_newest_notes_are_shown_before_anything_is_asked() -> None:
    dated = [text(f"n{number}", date=f"2026-01-{number:02}", category="C") for number in range(1, 11)]
    recent = json.loads(filter_list([*dated, text("page")]))["recent"]
    assert recent[0] == [dated[9].title, dated[9].url, "C · 2026-01-10"]
    assert len(recent) == 8


def test_a_document_has_readable_formulas_and_their_latex_by_section() -> None:
    formula = FORMULA.format(r"\mathcal{L}_1")
    made = document(text(f'<h2 id="a">A<a class="anchor" href="#a">#</a></h2><p>Loss {formula} &lt;b&gt;</p>'))
    assert "<p>Loss " in made
    assert "ℒ₁" in made
    assert "annotation" not in made
    assert 'href="#a"' not in made
    assert values(made, "i", "data-v")[-1] == "a␟\\mathcal{L}_1"
    assert made.endswith(f"{END} mathcall</p></body></html>\n")


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\mathcal{L}", "mathcall"),
        (r"\mathcal L", "mathcall"),
        (r"\mathbb{R}^n", "mathbbr"),
        (r"\alpha x", "alpha"),
        (r"\operatorname{softmax}(Q)", "operatornamesoftmax"),
        (r"\hat{\theta} + \hat{\theta}", "hattheta"),
        ("x + 1", ""),
    ],
)
def test_commands_are_words_with_their_argument(latex: str, words: str) -> None:
    made = document(text(FORMULA.format(latex)))
    assert (f"{END} {words}</p>" in made) if words else (END + " " not in made)


def test_styled_letters_are_the_ones_on_a_keyboard() -> None:
    assert "softmax(QKᵀ)" in document(
        text(FORMULA.format(r"\operatorname{softmax}(\boldsymbol{Q}\boldsymbol{K}^\top)"))
    )


def test_macros_are_read() -> None:
    assert "argmax x<" in document(text(FORMULA.format(r"\am x"), macros={"am": r"\operatorname{arg\,max}"}))


@pytest.mark.parametrize(
    "hostile", ["<math", "</math>", "<math></math>", '<a class="anchor"', "<h2 id=", "\\a{", "\\a "]
)
def test_a_document_is_made_in_linear_time(hostile: str) -> None:
    inside = hostile.replace("<", "&lt;")
    assert_linear(lambda size: document(text(hostile * size)), 500)
    assert_linear(lambda size: document(text(FORMULA.format(inside * size))), 500)
    with ends():
        document(text(hostile * 40_000))
        document(text(FORMULA.format(inside * 4000)))


def test_the_language_is_chinese_where_anything_is() -> None:
    assert language_of([text("a"), text("注意")], "en") == "zh"
    assert language_of([text("a", title="注意")], "en-GB") == "zh"
    assert language_of([text("a")], "en-GB") == "en"
    assert language_of([text("注意")], "ja") == "ja"


def test_words_of_filters_are_letters_and_differ() -> None:
    words = {filter_word(kind, name) for kind in ("category", "tag") for name in ("C", "C++", "C#", "注意力")}
    assert len(words) == 8
    assert all(word.isalpha() and word.isascii() and len(word) == 14 for word in words)


def test_without_pagefind_the_site_says_so_and_has_no_search_box(site: SiteTest) -> None:
    site.note("a", "x").build("-v").expect_report(
        "info[search-missing]: pagefind is not installed", "notegen-ssg[search]"
    )
    assert not elements(site.html("index.html"), "dialog", "search")
    assert not elements(site.html("index.html"), "button", "search-open")
    assert not site.output("pagefind").exists()


@NEEDS
def test_search_can_be_switched_off(found: SiteTest) -> None:
    found.write("site.yaml", "search: {enabled: false}\n").build("-v")
    assert "search-" not in found.stderr
    assert not found.output("pagefind").exists()
    assert not elements(found.html("index.html"), "dialog", "search")


@NEEDS
def test_every_note_and_page_is_in_the_index(found: SiteTest) -> None:
    found.build("-b", "https://example.org/repo/").expect_clean()
    known = fragments(found)
    assert set(known) == {"posts/rope/", "posts/en/", "about/"}
    rope = known["posts/rope/"]
    assert str(rope["content"]).startswith("RoPE. 位置编码. 自注意力 ℒ=Q。")
    assert rope["anchors"] == [{"element": "h2", "id": "位置编码", "text": "位置编码", "location": 2}]
    assert rope["meta"] == {
        "url": "posts/rope/",
        "title": "RoPE",
        "date": "2026-01-02",
        "category": "NLP",
        "latex": "位置编码␟\\mathcal L = \\mathbf{Q}",
    }
    filters = json.loads(found.html("pagefind/filters.json"))
    assert filters["category"] == [["NLP", 2, filter_word("category", "NLP")]]
    assert filters["tag"] == [["注意力", 1, filter_word("tag", "注意力")]]
    (box,) = elements(found.html("index.html"), "dialog", "search")
    assert box.attrs["data-index"] == "/repo/pagefind/"
    assert not [path for path in found.files() if "pagefind-ui" in path or path.endswith(".pf_filter")]


@NEEDS
def test_notes_hold_nothing_for_search(found: SiteTest) -> None:
    found.build()
    assert "data-pagefind" not in found.html("posts/rope/index.html")


@NEEDS
def test_the_index_is_made_again_only_when_something_searched_changed(
    found: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    found.build()
    before = found.snapshot()
    with monkeypatch.context() as patch:
        patch.setattr(search, "_program", lambda: Path("no-such-program"))
        found.write("themes/transmission/templates/404.html", "changed").build("--explain").expect_report("404.html")
    after = found.snapshot()
    assert {path for path in before if before[path] != after.get(path)} == {"404.html"}
    found.note("rope", "另外的内容", title="RoPE").build()
    assert "另外的内容" in str(fragments(found)["posts/rope/"]["content"])


@NEEDS
def test_the_index_is_the_same_each_time(found: SiteTest) -> None:
    for number in range(12):
        found.note(f"n{number}", f"注意 words {number}", tags=[f"t{number}", "all"], category=f"c{number % 3}")
    found.build("--no-cache")
    before = {path: data for path, (data, _) in found.snapshot().items()}
    found.run("clean").build("--no-cache")
    assert {path: data for path, (data, _) in found.snapshot().items()} == before


@NEEDS
def test_the_order_of_documents_is_that_of_their_names(found: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[list[tuple[str, bytes]]] = []

    def indexing_of(
        documents: Iterable[tuple[str, bytes]], language: str, *, background: bool
    ) -> AbstractContextManager[Indexing]:
        begun.append([*documents])
        return indexing(begun[-1], language, background=background)

    monkeypatch.setattr("notegen.search.index.indexing", indexing_of)
    found.note("zz", "Words.", date="2026-01-03").note("aa", "Other words.", date="2025-01-02").build()
    found.note("zz", "Words.", date="2024-01-02").build()
    (before, after) = begun
    assert [name for name, _ in before] == sorted(name for name, _ in after)
    assert all(b"Words." in dict(documents)[f"{digest('posts/zz/')[:16]}.html"] for documents in begun)


@NEEDS
def test_where_pagefind_fails_the_rest_of_the_site_is_written(found: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_program", lambda: Path("no-such-program"))
    found.build().expect_lines("warning[search-failed]: pagefind failed: No such file or directory")
    assert found.output("posts/rope/index.html").is_file()
    false = found.root / "false"
    found.write("false", "#!/bin/sh\necho 'out of words'\nexit 3\n")
    false.chmod(0o755)
    monkeypatch.setattr(search, "_program", lambda: false)
    found.build().expect_lines("warning[search-failed]: pagefind failed: out of words")


@NEEDS
@pytest.mark.parametrize("background", [False, True])
def test_an_index_made_beside_edits_lets_them_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, background: bool
) -> None:
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\nnice\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(search, "_program", lambda: program)
    with indexing([], "zh", background=background) as begun:
        told = begun.result()
    assert isinstance(told, str)
    assert int(told) == min(19, os.nice(0) + 5 * background)


@NEEDS
def test_an_index_that_is_not_waited_for_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = tmp_path / "sleeper"
    number = tmp_path / "number"
    sleeper.write_text(f"#!/bin/sh\necho $$ >{number}.tmp\nmv {number}.tmp {number}\nexec sleep 600\n")
    sleeper.chmod(0o755)
    monkeypatch.setattr(search, "_program", lambda: sleeper)
    with contextlib.suppress(KeyboardInterrupt), indexing([], "zh"):
        wait_until(number.exists, "indexer")
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)
