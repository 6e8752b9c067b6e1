"""Bodies cut at their marks: what stands in them on the note's own page, and what elsewhere."""

from notegen.model.body import Body, IdHole, OwnAddress, ResolvedBody, SectionBoundary, UrlHole
from notegen.read.html.holes import Holes


def made() -> Body:
    """Return a heading with a link to itself, and a link to another note."""
    holes = Holes()
    start, name, own = (holes.mark(hole) for hole in (SectionBoundary("é", 2), IdHole("é"), OwnAddress("é")))
    other = holes.mark(UrlHole("b.md"))
    return holes.cut(f'ü{start}<h2 id="{name}">É<a href="{own}"></a></h2><a href="{other}">b</a>')


def test_on_its_own_page_ids_and_links_to_them_are_text() -> None:
    body = made()
    assert body.holes == (UrlHole("b.md", attribute=True),)
    html = ResolvedBody(body, [' href="/b/"']).html
    assert html == 'ü<h2 id="é">É<a href="#é"></a></h2><a href="/b/">b</a>'


def test_elsewhere_fragments_follow_the_url_and_ids_may_go() -> None:
    body = made()
    assert ResolvedBody(body, [""], ("/a/", "")).html == 'ü<h2>É<a href="/a/#é"></a></h2><a>b</a>'
    assert ResolvedBody(body, [""], ("/a/", "ids")).html == 'ü<h2 id="é">É<a href="/a/#é"></a></h2><a>b</a>'
    places = (("/a/", ""), ("/a/", "ids"), ("/b/", ""))
    assert len({ResolvedBody(body, [""]).key, *(ResolvedBody(body, [""], place).key for place in places)}) == 4


def test_pieces_are_in_order_with_those_of_the_own_page() -> None:
    assert made().pieces() == [
        *("ü", SectionBoundary("é", 2), "<h2", IdHole("é"), ">É<a", OwnAddress("é"), "></a></h2><a"),
        *(UrlHole("b.md", attribute=True), ">b</a>"),
    ]
