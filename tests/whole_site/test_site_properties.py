"""What holds for every small site: links, addresses, output paths, feeds, order. Drawn by Hypothesis, in memory."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from notegen.cache.page_store import bytes_of
from notegen.model.codes import CODES
from notegen.model.diagnostic import Severity
from notegen.model.output import Build, Inline
from tests.support.html import Page
from tests.support.strategies import BASE, CONFIG, bounded, characters, front_matter, make, make_tree, sites, text

pytestmark = pytest.mark.slow

ORIGIN = "https://example.org"


class Links(Page):
    """A page's ids and its addresses."""

    def ids(self) -> list[str]:
        """Return all ids."""
        return [element.attrs["id"] for element in self.elements if "id" in element.attrs]

    def addresses(self) -> Iterator[str]:
        """Yield every address in an attribute."""
        for element in self.elements:
            yield from (element.attrs[key] for key in ("href", "src") if key in element.attrs)
            if element.name == "meta" and element.attrs.get("http-equiv") == "refresh":
                yield element.attrs["content"].partition("url=")[2]


def output_of(path: str) -> str:
    """Return the output file that a server gives for a path below the base path."""
    inner = unquote(path)
    return inner + "index.html" if not inner or inner.endswith("/") else inner


def pages(built: Build) -> dict[str, Links]:
    """Return every HTML file of a build, parsed."""
    texts = {file.path: bytes_of(file.content) for file in built.files if file.path.endswith(".html")}
    return {path: Links(data.decode()) for path, data in texts.items() if data}


def dead_links(built: Build) -> Iterator[str]:
    """Yield what the pages link to inside the site that is not there."""
    files = {file.path for file in built.files}
    parsed = pages(built)
    for path, page in parsed.items():
        for address in page.addresses():
            local = address.removeprefix(ORIGIN)
            if not local.startswith((BASE, "#")):
                if local and not urlsplit(local).scheme and not local.startswith("//"):  # href="" is this page
                    yield local
                continue
            where, _, fragment = local.partition("#")
            target = output_of(where.removeprefix(BASE).partition("?")[0]) if where else path
            if target not in files:
                yield local
            elif fragment and target in parsed and unquote(fragment) not in parsed[target].ids():
                yield f"#{unquote(fragment)}"


@bounded(7, shrink=False)
@given(sites())
def test_every_link_leads_somewhere_or_is_reported(files: dict[str, str]) -> None:
    built = make(make_tree(files))
    problems = [item for item in built.diagnostics if item.severity is Severity.ERROR]
    assert problems == []
    told = [
        item.message for item in built.diagnostics if item.code in {"link-broken", "image-broken", "link-broken-anchor"}
    ]
    for address in set(dead_links(built)):
        names = {repr(unquote(address)), repr(address.removeprefix("#"))}  # a picture `#x` is no place but a file
        assert any(name in message for message in told for name in names), f"{address!r} is dead and nobody says so"
    for path, page in pages(built).items():
        assert page.problems == [], path
    event(f"{len(told)} broken links")


def test_headings_do_not_take_the_ids_of_the_theme() -> None:
    """Whatever ids the theme's templates use, a heading of that name has another one."""
    front = front_matter({"title": "T", "date": "2026-01-02"})
    plain = {"content/a.md": front + "[b](b.md)", "content/b.md": front + "[a](a.md)"}
    theirs = sorted({item for page in pages(make(make_tree(plain))).values() for item in page.ids()})
    assert "main" in [item.lower() for item in theirs]
    headings = "\n\n".join(f"## {item}" for item in theirs)
    built = make(make_tree({path: f"{content}\n\n{headings}" for path, content in plain.items()}))
    assert {path: page.problems for path, page in pages(built).items() if page.problems} == {}


ENDS = ("0001-01-01", "9999-12-31 23:59", "0001-01-01T00:00:00Z", "9999-12-31 23:59 -11:00", "0000-01-01")


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_the_ends_of_the_calendar_do_not_crash_a_build(zone: str) -> None:
    config = msgspec.structs.replace(CONFIG, timezone=zone)
    fronts = [front_matter({"title": "T", "date": date, "updated": date}) for date in ENDS]
    built = make(make_tree({f"content/{number}.md": front for number, front in enumerate(fronts)}, config))
    assert len(built.notes) == len(ENDS)


@bounded(6, shrink=False)
@given(sites(), st.randoms(use_true_random=False))
def test_equal_sites_give_equal_bytes_in_any_order(files: dict[str, str], random: Any) -> None:
    shuffled = list(files.items())
    random.shuffle(shuffled)
    first, second = make(make_tree(files)), make(make_tree(dict(shuffled), assets=("sub/图 1.png", "img.png")))
    assert {file.path: file.digest for file in first.files} == {file.path: file.digest for file in second.files}
    assert first.diagnostics == second.diagnostics
    assert first.page_count == second.page_count


name = st.one_of(
    st.text(characters(), max_size=12),
    st.lists(
        st.sampled_from(
            [
                "..",
                ".",
                "/",
                "\\",
                "%2e",
                "%2F",
                "~",
                "a",
                "中",
                " ",
                ":",
                "?",
                "#",
                "C:",
                "\0",
                "CON",
                "x" * 300,
                "\u0301",
                "*",
            ]
        ),
        max_size=8,
    ).map("".join),
)
file_name = st.lists(
    name.map(lambda part: re.sub(r"[/\0]", "", part)[:80]).filter(lambda part: part.strip(".")), min_size=1, max_size=3
)


def stays_inside(path: str) -> bool:
    """Return whether a path can only name a file below the output folder, on any system."""
    parts = path.split("/")
    plain = all(part not in {"", ".", ".."} and len(part.encode()) <= 255 for part in parts)
    return plain and not re.search(r'[\x00-\x1f\\:*?"<>|]', path) and path == unicodedata.normalize("NFC", path)


@bounded(8, shrink=False)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "slug": name,
                "permalink": name,
                "title": name,
                "url": name,
                "categories": st.lists(name, max_size=2),
                "tags": st.lists(name, max_size=2),
                "aliases": st.lists(name, max_size=2),
                "layout": st.sampled_from(["page", "post"]),
                "date": st.just("2026-01-02"),
            },
        ),
        min_size=1,
        max_size=3,
    ),
    st.lists(file_name, min_size=3, max_size=3),
    st.sampled_from(["/posts/:slug/", "/:category/:title/", "/:year/:month/:filename.html", "jekyll", "/../:slug"]),
)
def test_output_paths_stay_inside_the_output_folder(
    fronts: list[dict[str, Any]], names: list[list[str]], pattern: str
) -> None:
    files = {
        f"content/{number}{'/'.join(parts)}.md": front_matter(front) + "text"
        for number, (front, parts) in enumerate(zip(fronts, names, strict=False))
    }
    config = msgspec.structs.replace(CONFIG, permalink=pattern)
    built = make(make_tree(files, config, assets=tuple("/".join(parts) + ".bin" for parts in names)))
    noted = [file.path for file in built.files if isinstance(file.content, Inline)]
    assert [path for path in noted if not stays_inside(path)] == []
    outside = [file.path for file in built.files if any(part in {"", ".", ".."} for part in file.path.split("/"))]
    assert outside == []
    assert {item.code for item in built.diagnostics} <= CODES.keys()


@bounded(5, shrink=False)
@given(st.lists(text, min_size=1, max_size=3))
def test_feeds_and_sitemaps_are_xml_whatever_notes_hold(contents: list[str]) -> None:
    built = make(make_tree({f"content/{number}.md": content for number, content in enumerate(contents)}))
    documents = {file.path: bytes_of(file.content) for file in built.files if file.path.endswith((".xml", ".svg"))}
    assert documents.keys() >= {"atom.xml", "sitemap.xml"}
    for data in documents.values():
        if data is not None:
            ET.fromstring(data)  # noqa: S314 (made by us)
