"""By what pages are remembered: all that their values hold, whatever is digested once for several of them."""

from notegen.model.pages import ListPage, Page, Pagination, Year
from notegen.model.site import NoteRef
from notegen.model.strings import Url
from notegen.render.cached_pages import page_digest
from tests.support.cases import all_cases
from tests.support.theme_values import note_ref


def page(entries: tuple[NoteRef, ...], years: tuple[Year, ...], title: str = "T") -> Page:
    """Return a page of a list."""
    one = Pagination(1, 1, ())
    value = ListPage(Url("/t/"), Url(""), title, "", "tag", 2, entries, one, False, years=years)
    return Page("t/index.html", "term.html", value, "the tag list T")


def test_equal_lists_have_equal_digests() -> None:
    first, second = (page((note_ref(),), (Year(2026, (note_ref(),), 1),)) for _ in range(2))
    assert page_digest(first, {}) == page_digest(second, {})


@all_cases(
    "other",
    [
        page((note_ref(weight=1),), (Year(2026, (note_ref(),), 1),)),
        page((note_ref(),), (Year(2026, (note_ref(weight=1),), 1),)),
        page((note_ref(),), (Year(2026, (note_ref(),), 2),)),
        page((note_ref(), note_ref()), (Year(2026, (note_ref(),), 1),)),
        page((note_ref(),), (Year(2026, (note_ref(),), 1),), "Another"),
    ],
)
def test_what_differs_in_a_list_makes_another_digest(other: Page) -> None:
    refs: dict[int, str] = {}
    assert page_digest(page((note_ref(),), (Year(2026, (note_ref(),), 1),)), refs) != page_digest(other, refs)
