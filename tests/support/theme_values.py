"""Hand-made values of every page kind for tests of templates, edge values among them."""

from datetime import datetime, timedelta, timezone
from typing import Any

from notegen.model.body import Body, ResolvedBody
from notegen.model.config import BannerConfig, Person
from notegen.model.note import Citation
from notegen.model.pages import (
    ArchivePage,
    ListPage,
    NotePage,
    Pagination,
    PlainPage,
    RedirectPage,
    TermGroup,
    TermsPage,
    Year,
)
from notegen.model.site import Backlink, Link, NoteRef, RenderedNote, SeriesPlace, SiteInfo, Term, TocItem
from notegen.model.strings import Html, Url

NOW = datetime(2026, 1, 11, 8, 30, tzinfo=timezone(timedelta(hours=8)))
MATH = Html("<math><mi>x</mi></math>")


def term(name: str, count: int = 3) -> Term:
    """A tag or category."""
    return Term(name, Url(f"/repo/tags/{name}/"), count)


def note_ref(**changes: Any) -> NoteRef:
    """A dated note with everything, and with `changes`."""
    values: dict[str, Any] = {
        "title": 'A & "B"',
        "title_html": "A &amp; &quot;B&quot;",
        "url": "/repo/posts/a/",
        "permalink": "https://example.org/repo/posts/a/",
        "path": "content/a.md",
        "date": NOW,
        "updated": NOW + timedelta(days=2),
        "category": term("NLP"),
        "categories": (term("NLP"),),
        "tags": (term("注意力"), term("a<b")),
        "excerpt": f"<p>摘录 {MATH}…</p>",
        "description": 'a "description" & more',
        "minutes": 8,
        "lang": "zh-CN",
    }
    return NoteRef(**values | changes)


PLAIN = note_ref(updated=None, category=None, categories=(), tags=(), excerpt="", description="", lang="")
EDGES = (
    note_ref(),
    note_ref(date=None, updated=None, category=None, categories=(), tags=()),
    note_ref(title="很长的标题" * 60, title_html="很长的标题" * 60, draft=True),
    note_ref(title="x", title_html=MATH, lang="en", future=True),
    note_ref(tags=tuple(term(f"tag {number}") for number in range(40)), cover="/repo/cover.png"),
    PLAIN,
)
ADDRESS: dict[str, Any] = {
    "url": "/repo/x/",
    "canonical": "https://example.org/repo/x/",
    "title": "T & t",
    "description": "",
}


def rendered(ref: NoteRef, **changes: Any) -> RenderedNote:
    """A note in its place with everything, and with `changes`."""
    toc = (TocItem("a", Html(f"A {MATH}"), 2, (TocItem("b", Html("B"), 3),), "A x"), TocItem("c", Html("C"), 2))
    link = Link("N & n", Html(f"N &amp; {MATH}"), Url("/repo/n/"))
    values: dict[str, Any] = {
        "ref": ref,
        "content": ResolvedBody(Body(b'<p>Body.</p><h2 id="a">A</h2><h3 id="b">B</h3><h2 id="c">C</h2>')),
        "toc": toc,
        "newer": link,
        "older": link,
        "backlinks": (Backlink(link, Html(f"词 <mark>x</mark> {MATH}。")), Backlink(link)),
        "has_math": True,
        "has_code": True,
        "authors": ("甲", "B & C"),
        "people": (Person("甲", url="https://a.example/?b&c", orcid="0000-0002-1825-0097"), Person("B & C")),
        "citation": Citation("@misc{x,\n  title = {{a < b}},\n}", Url("https://example.org/repo/posts/a/")),
        "edit_url": "https://example.org/edit?a=1&b=2",
        "words": 2000,
        "params": {},
    }
    return RenderedNote(**values | changes)


PARTS = tuple(Link(f"S{n}", Html(f"S{n} {MATH}"), Url(f"/repo/s{n}/")) for n in (1, 2, 3))
SERIES = SeriesPlace(term("S & s"), 2, PARTS, PARTS[0], PARTS[2])
BARE = {
    "toc": (),
    "newer": None,
    "older": None,
    "backlinks": (),
    "authors": (),
    "people": (),
    "citation": None,
    "edit_url": "",
}
NOTES = (*(rendered(ref) for ref in EDGES), rendered(PLAIN, **BARE), rendered(note_ref(), series=SERIES))
LAST = Pagination(9, 9, ((1, "/repo/"), (0, ""), (8, "/repo/page/8/"), (9, "/repo/page/9/")), "/repo/page/8/")
MIDDLE = Pagination(
    2, 9, ((1, "/repo/"), (2, "/repo/page/2/"), (0, ""), (9, "/repo/page/9/")), "/repo/", "/repo/page/3/"
)
ONE = Pagination(1, 1, ((1, "/repo/"),))
PAGES: list[tuple[str, Any]] = [
    *(("note.html", NotePage(**ADDRESS, note=note)) for note in NOTES),
    *(("page.html", NotePage(**ADDRESS, note=note)) for note in NOTES),
    *(
        ("home.html", ListPage(**ADDRESS, kind="home", count=99, entries=EDGES, pagination=where, has_math=True))
        for where in (ONE, MIDDLE, LAST)
    ),
    ("home.html", ListPage(**ADDRESS, kind="home", count=0, entries=(), pagination=ONE, has_math=False)),
    *(
        (
            "term.html",
            ListPage(
                **ADDRESS,
                kind=kind,
                count=count,
                entries=EDGES[:count],
                pagination=ONE,
                has_math=True,
                term=term("A & B"),
                feed_url=Url("/repo/a.xml"),
            ),
        )
        for kind, count in (("category", 1), ("tag", 5))
    ),
    (
        "archive.html",
        ArchivePage(
            **ADDRESS,
            count=6,
            years=(Year(2026, EDGES), Year(0, EDGES[1:2])),
            pagination=MIDDLE,
            has_math=True,
            has_dates=True,
        ),
    ),
    ("archive.html", ArchivePage(**ADDRESS, count=0, years=(), pagination=ONE, has_math=False, has_dates=False)),
    *(
        ("terms.html", TermsPage(**ADDRESS, kind=kind, terms=terms))
        for kind in ("categories", "tags")
        for terms in ((), tuple(term(f"t {n}", n) for n in range(40)))
    ),
    (
        "series.html",
        ListPage(**ADDRESS, kind="series", count=6, entries=EDGES, pagination=ONE, has_math=True, term=term("S & s")),
    ),
    *(
        (
            "terms.html",
            TermsPage(
                **ADDRESS, kind=kind, terms=(term("S & s"),), groups=(TermGroup(term("S & s"), PARTS),), has_math=True
            ),
        )
        for kind in ("categories", "series")
    ),
    ("404.html", PlainPage(**ADDRESS)),
    ("redirect.html", RedirectPage(Url("/repo/old/"), Url(""), "Old & gone", Url("/repo/new/?a=1&b=2"))),
]


def site_info(**changes: Any) -> SiteInfo:
    """A site with everything, and with `changes`."""
    values: dict[str, Any] = {
        "title": "信号 & 笔记",
        "subtitle": "Sub",
        "description": "Describes <it>",
        "author": "林",
        "language": "zh-CN",
        "base_url": "https://example.org/repo/",
        "base_path": "/repo/",
        "menu": (
            Link("About & more", Html("About &amp; more"), Url("/repo/x/")),
            Link("Home", Html("Home"), Url("/repo/")),
        ),
        "banner": BannerConfig(),
        "license": "CC BY 4.0",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "params": {},
        "generator": "notegen 1",
        "home_url": "/repo/",
        "archive_url": "/repo/archives/",
        "categories_url": "/repo/categories/",
        "tags_url": "/repo/tags/",
        "feed_url": "/repo/atom.xml",
        "updated": NOW,
        "series_url": "/repo/series/",
    }
    return SiteInfo(**values | changes)


EMPTY_SITE = site_info(
    subtitle="",
    description="",
    author="",
    base_url="",
    menu=(),
    license="",
    feed_url="",
    archive_url="",
    updated=None,
    series_url="",
)
