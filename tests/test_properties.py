"""What holds for every text and every small site: drawn by Hypothesis, in memory."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import msgspec
import pytest
from html_test import Nesting
from hypothesis import HealthCheck, event, given
from hypothesis import strategies as st
from strategies import BASE, CONFIG, TARGETS, bounded, characters, front_matter, make, make_tree, sites, text

from notegen.model.codes import CODES
from notegen.model.config import Config, read_settings
from notegen.model.diagnostic import Severity
from notegen.model.note import Body, Note
from notegen.model.output import Build
from notegen.model.source import SourceFile
from notegen.notes.excerpt import width
from notegen.notes.read import make_reader

ORIGIN = "https://example.org"
ANNOTATION = re.compile(r'<annotation encoding="application/x-tex">(.*?)</annotation>|<code class="math-error"[^>]*>(.*?)</code>', re.DOTALL)


def reading(config: Config = CONFIG) -> Any:
    """Return the function from a note's text to a Note."""
    read = make_reader(read_settings(config))
    return lambda content: read(SourceFile("content/note.md", content, ""))


READ = reading()
OTHER = CONFIG.__replace__ if hasattr(CONFIG, "__replace__") else None
DIALECTS = [
    {"markdown": {"html": False, "linkify": False, "breaks": True}},
    {"math": {"code_dollars": True, "inline_double_dollars": "display", "hexo_tags": True, "decode_entities": True}},
    {"math": {"numbering": "all"}},
    {"math": {"output": "source"}},
    {"categories": {"list_means": "path"}, "timezone": "America/New_York", "excerpt": {"length": 1}},
]


def sound(note: Note, content: str) -> None:
    """Check what must hold for every note."""
    lines = content.split("\n")
    for item in note.diagnostics:
        assert item.code in CODES
        assert 0 <= item.line <= len(lines)
        assert 0 <= item.column <= len(lines[item.line - 1]) + 1 if item.line else item.column == 0
    for piece in (*note.body, *note.excerpt):
        assert not isinstance(piece, str) or "\0" not in piece
    for formula in note.formulas:
        assert 0 <= formula.line <= len(lines)
    assert note.title
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(note), type=Note) == note


@bounded(150)
@given(text)
def test_no_text_crashes_reading(content: str):
    sound(READ(content), content)


@bounded(60)
@given(text, text)
def test_no_front_matter_crashes_reading(front: str, body: str):
    content = f"---\n{front}\n---\n{body}"
    sound(READ(content), content)


@bounded(60)
@given(st.sampled_from(["title", "date", "tags", "categories", "slug", "macros", "excerpt", "weight", "aliases", "x"]), text)
def test_no_value_in_front_matter_crashes_reading(key: str, value: str):
    content = front_matter({"title": "T", key: value}) + "text"
    sound(READ(content), content)


@pytest.mark.parametrize("given_settings", DIALECTS, ids=str)
def test_no_text_crashes_reading_in_other_dialects(given_settings: dict[str, Any]):
    read = reading(msgspec.convert(msgspec.to_builtins(CONFIG) | given_settings, Config))

    @bounded(25)
    @given(text)
    def property_(content: str) -> None:
        sound(read(content), content)

    property_()


def formulas_in(page: str) -> list[str]:
    """Return the LaTeX of every formula in HTML."""
    return [html.unescape(match[1] if match[1] is not None else match[2]) for match in ANNOTATION.finditer(page)]


def joined(body: Body) -> str:
    """Return a body's HTML with its holes filled by something harmless."""
    return "".join(piece if isinstance(piece, str) else "/x/" if not hasattr(piece, "html") else "<a>w</a>" for piece in body)


@bounded(150)
@given(text)
def test_every_formula_of_a_note_is_in_its_body(content: str):
    note = READ(content)
    wanted = Counter(item.latex for item in note.formulas if item.engine != "macros")
    shown = Counter(formulas_in(joined(note.body) + note.title_html))
    assert wanted - shown == Counter()


def visible(page: str) -> str:
    """Return the text of HTML, formulas left out."""
    bare = re.sub(r"<math.*?</math>|<code class=\"math-error\".*?</code>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", bare)).split())


WORDS = ("注意力机制", "的", "，", "attention ", "is all you need. ", "**粗体**", "*it*", "`code x`", "[链接 link](a.md)", "[[b|wiki]]", "<sub>2</sub>", "~~no~~")
FORMULAS = ("$x_i$", "\\(a<b\\)", "$$\\sum_{i=1}^n x_i$$", "$\\bad$", "\n$$\n\\frac{a}{b}\n$$\n", "\\eqref{eq:a}")
LAYOUT = ("\n\n", "\n\n- ", "\n- ", "\n\n1. ", "\n2. ", "\n\n> ", "\n\n## H\n\n", "\n\n```\ncode\n```\n\n", "\n\n| a |\n|---|\n| b |\n\n", "\n    ", "![i](i.png)", "[^1]", "\n\n[^1]: note\n\n")
prose = st.lists(st.sampled_from(WORDS * 3 + FORMULAS * 2 + LAYOUT), min_size=5, max_size=150).map("".join)


@bounded(120)
@given(prose, st.sampled_from([10, 60, 300]))
def test_an_excerpt_is_whole(content: str, length: int):
    """Balanced HTML, no partial formula, no ids, about the length asked for."""
    note = reading(msgspec.convert(msgspec.to_builtins(CONFIG) | {"excerpt": {"length": length}}, Config))(content)
    short = joined(note.excerpt)
    assert Nesting(short).problems == []
    assert Counter(formulas_in(short)) - Counter(item.latex for item in note.formulas) == Counter()
    assert short.count("<math") == short.count("</math>")
    assert " id=" not in short
    assert "<pre" not in short
    assert "<table" not in short
    assert "<img" not in short
    assert width(visible(short)) <= 1.6 * length + 5


# Whole sites


class Links(Nesting):
    """A page's ids and its addresses."""

    def ids(self) -> list[str]:
        """Return all ids."""
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]

    def addresses(self) -> Iterator[str]:
        """Yield every address in an attribute."""
        for tag, attributes in self.elements:
            for key in ("href", "src"):
                if attributes.get(key) is not None:
                    yield str(attributes[key])
            if tag == "meta" and attributes.get("http-equiv") == "refresh":
                yield str(attributes["content"]).partition("url=")[2]


def output_of(path: str) -> str:
    """Return the output file that a server gives for a path below the base path."""
    inner = unquote(path)
    return inner + "index.html" if not inner or inner.endswith("/") else inner


def pages(built: Build) -> dict[str, Links]:
    """Return every HTML file of a build, parsed."""
    return {file.path: Links(file.data.decode()) for file in built.files if file.data and file.path.endswith(".html")}


def dead_links(built: Build) -> Iterator[str]:
    """Yield what the pages link to inside the site that is not there."""
    files = {file.path for file in built.files}
    parsed = pages(built)
    for path, page in parsed.items():
        for address in page.addresses():
            local = address.removeprefix(ORIGIN)
            if not local.startswith((BASE, "#")):
                if not urlsplit(local).scheme and not local.startswith("//"):
                    yield local
                continue
            where, _, fragment = local.partition("#")
            target = output_of(where.removeprefix(BASE).partition("?")[0]) if where else path
            if target not in files:
                yield local
            elif fragment and target in parsed and unquote(fragment) not in parsed[target].ids():
                yield f"#{unquote(fragment)}"


@bounded(40)
@given(sites())
def test_every_link_leads_somewhere_or_is_reported(files: dict[str, str]):
    built = make(make_tree(files))
    problems = [item for item in built.diagnostics if item.severity is Severity.ERROR]
    assert problems == []
    told = [item.message for item in built.diagnostics if item.code in {"link-broken", "image-broken", "link-broken-anchor"}]
    for address in set(dead_links(built)):
        name = address.rpartition("#")[2] if address.startswith("#") else unquote(address)
        assert any(repr(name) in message for message in told), f"{address!r} is dead and nobody says so"
    for path, page in pages(built).items():
        assert page.problems == [], path
    event(f"{len(told)} broken links")


@bounded(25)
@given(sites(), st.randoms(use_true_random=False))
def test_equal_sites_give_equal_bytes_in_any_order(files: dict[str, str], random: Any):
    shuffled = list(files.items())
    random.shuffle(shuffled)
    first, second = make(make_tree(files)), make(make_tree(dict(shuffled), assets=("sub/图 1.png", "img.png")))
    assert {file.path: file.digest for file in first.files} == {file.path: file.digest for file in second.files}
    assert first.diagnostics == second.diagnostics
    assert first.page_count == second.page_count


name = st.one_of(
    st.text(characters(), max_size=12),
    st.lists(st.sampled_from(["..", ".", "/", "\\", "%2e", "%2F", "~", "a", "中", " ", ":", "?", "#", "C:", "\0", "CON", "x" * 300, "\u0301", "*"]), max_size=8).map("".join),
)
file_name = st.lists(name.map(lambda part: re.sub(r"[/\0]", "", part)[:80]).filter(lambda part: part.strip(".")), min_size=1, max_size=3)


def stays_inside(path: str) -> bool:
    """Return whether a path can only name a file below the output folder, on any system."""
    parts = path.split("/")
    plain = all(part not in {"", ".", ".."} and len(part.encode()) <= 255 for part in parts)
    return plain and not re.search(r'[\x00-\x1f\\:*?"<>|]', path) and path == unicodedata.normalize("NFC", path)


@bounded(60)
@given(st.lists(st.fixed_dictionaries({}, optional={
    "slug": name, "permalink": name, "title": name, "url": name,
    "categories": st.lists(name, max_size=2), "tags": st.lists(name, max_size=2), "aliases": st.lists(name, max_size=2),
    "layout": st.sampled_from(["page", "post"]), "date": st.sampled_from(["2026-01-02", "0001-01-01"]),
}), min_size=1, max_size=3), st.lists(file_name, min_size=3, max_size=3), st.sampled_from(["/posts/:slug/", "/:category/:title/", "/:year/:month/:filename.html", "jekyll", "/../:slug"]))
def test_output_paths_stay_inside_the_output_folder(fronts: list[dict[str, Any]], names: list[list[str]], pattern: str):
    files = {f"content/{number}{'/'.join(parts)}.md": front_matter(front) + "text" for number, (front, parts) in enumerate(zip(fronts, names, strict=False))}
    config = msgspec.structs.replace(CONFIG, permalink=pattern)
    built = make(make_tree(files, config, assets=tuple("/".join(parts) + ".bin" for parts in names)))
    noted = [file.path for file in built.files if file.data is not None]
    assert [path for path in noted if not stays_inside(path)] == []
    outside = [file.path for file in built.files if any(part in {"", ".", ".."} for part in file.path.split("/"))]
    assert outside == []
    assert {item.code for item in built.diagnostics} <= CODES.keys()


@bounded(40)
@given(st.lists(text, min_size=1, max_size=3))
def test_feeds_and_sitemaps_are_xml_whatever_notes_hold(contents: list[str]):
    built = make(make_tree({f"content/{number}.md": content for number, content in enumerate(contents)}))
    documents = [file for file in built.files if file.path.endswith((".xml", ".svg")) and file.data]
    assert {file.path for file in documents} >= {"atom.xml", "sitemap.xml"}
    for file in documents:
        ET.fromstring(file.data or b"")  # noqa: S314 (made by us)
