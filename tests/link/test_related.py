"""Related notes: what few notes have in common brings them together, the same way every time."""

from tests.support.html import elements, texts
from tests.support.site import SiteTest


def related(site: SiteTest, slug: str) -> list[str]:
    """Return the titles under "related notes" of a note."""
    html = site.html(f"posts/{slug}/index.html")
    _, found, behind = html.partition('class="related"')
    return texts(f"<main>{behind.partition('</section>')[0]}</main>", "a") if found else []


def crowd(site: SiteTest, number: int) -> SiteTest:
    """Write notes that have nothing in common but a tag that all have."""
    for one in range(number):
        site.note(f"other{one}", "Text.", title=f"{chr(0x4E00 + 40 * one)}{chr(0x5E00 + 40 * one)}", tags=["all"])
    return site


def test_a_rare_tag_brings_notes_together_a_common_one_does_not(site: SiteTest) -> None:
    crowd(site, 45).note("a", "Text.", title="甲", tags=["all", "rope"]).note(
        "b", "Text.", title="乙", tags=["rope", "all"]
    )
    site.build()
    assert (related(site, "a"), related(site, "b"), related(site, "other1")) == (["乙"], ["甲"], [])


def test_names_in_formulas_and_words_of_titles_count(site: SiteTest) -> None:
    site.note("a", "$\\operatorname{softmax}(x)$ and $\\nabla f$", title="甲 Attention")
    site.note("b", "$\\operatorname{softmax}(y)$ with $\\nabla g$", title="乙 attention").note(
        "c", "Text.", title="丙"
    ).build()
    assert (related(site, "a"), related(site, "c")) == (["乙 attention"], [])


def test_a_link_brings_notes_together_and_none_is_related_to_itself(site: SiteTest) -> None:
    site.note("a", "[b](b.md) [me](a.md)", title="甲").note("b", "Text.", title="乙").build()
    assert related(site, "a") == ["乙"]


def test_notes_among_the_backlinks_or_in_the_same_series_are_not_named_again(site: SiteTest) -> None:
    for name, title in (("a", "甲"), ("b", "乙"), ("c", "丙")):
        site.note(name, "[b](b.md)" if name == "a" else "Text.", title=title, tags=["x"])
    site.note("p", "Text.", title="丁", tags=["x"], series="S").note("q", "Text.", title="戊", tags=["x"], series="S")
    site.build()
    assert "甲" not in related(site, "b")
    assert {"丙", "丁"} <= {*related(site, "b")}
    assert "戊" not in related(site, "p")
    assert {"甲", "乙", "丙"} <= {*related(site, "p")}


def test_at_most_four_are_shown_the_nearest_first_and_never_a_page_or_a_hidden_note(site: SiteTest) -> None:
    for number in range(8):
        site.note(f"n{number}", "Text.", title=f"名{number}", tags=["x", *(["y"] if number < 2 else [])])
    site.note("hidden", "Text.", tags=["x"], hidden=True).note("page", "Text.", tags=["x"], layout="page").build()
    assert related(site, "n0")[0] == "名1"
    assert len(related(site, "n0")) == 4
    assert not {"hidden", "page"} & {*related(site, "n5")}


def test_translations_are_not_mixed(site: SiteTest) -> None:
    site.write("site.yaml", "languages: [zh-CN, en]\n")
    site.note("a", "文字。", tags=["x"]).note("a.en", "Text.", tags=["x"]).note(
        "b", "文字。", tags=["x"], title="乙"
    ).build()
    assert related(site, "a") == ["乙"]


def test_an_edit_that_changes_nothing_of_this_changes_no_other_page(site: SiteTest) -> None:
    site.note("a", "Text.", tags=["x"], date="2020-01-01").note("b", "Text.", tags=["x"], date="2021-01-01")
    crowd(site, 3).build()
    before = site.snapshot()
    site.note("a", "Other text.", tags=["x"], date="2020-01-01").build()
    changed = {path for path, state in site.snapshot().items() if before[path] != state and path.startswith("posts/")}
    assert changed == {"posts/a/index.html"}


def test_the_list_has_a_heading(site: SiteTest) -> None:
    site.note("a", "[b](b.md)").note("b", "Text.").build()
    (section,) = [
        item for item in elements(site.html("posts/a/index.html"), "section") if item.attrs.get("class") == "related"
    ]
    assert section.attrs["aria-labelledby"] == "Related"
