"""What holds for the reading of every text: no crash, formulas kept, excerpts whole. Drawn by Hypothesis."""

import html
import re
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.model.body import Body
from notegen.model.codes import CODES
from notegen.model.config import Config, read_settings
from notegen.model.note import Note
from notegen.model.source import SourceFile
from notegen.read.read import make_reader
from notegen.text.cjk import width
from tests.support.html import Page as Html
from tests.support.strategies import CONFIG, bounded, front_matter, text

ANNOTATION = re.compile(
    r'<annotation encoding="application/x-tex">(.*?)</annotation>|<code class="math-error"[^>]*>(.*?)</code>', re.DOTALL
)


def reading(config: Config = CONFIG) -> Any:
    """Return the function from a note's text to a Note."""
    read = make_reader(read_settings(config))
    return lambda content: read(SourceFile("content/note.md", content, ""))


READ = reading()
DIALECTS = [
    {"markdown": {"html": False, "linkify": False, "breaks": True}},
    {"math": {"code_dollars": True, "inline_double_dollars": "display", "decode_entities": True}},
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
    for piece in (*note.body.pieces(), *note.excerpt.pieces()):
        assert not isinstance(piece, str) or "\0" not in piece
    for formula in note.formulas:
        assert 0 <= formula.line <= len(lines)
    assert note.title
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(note), type=Note) == note


@bounded(80)
@given(text)
def test_no_text_crashes_reading(content: str) -> None:
    sound(READ(content), content)


@bounded(20)
@given(text, text)
def test_no_front_matter_crashes_reading(front: str, body: str) -> None:
    content = f"---\n{front}\n---\n{body}"
    sound(READ(content), content)


@bounded(20)
@given(
    st.sampled_from(["title", "date", "tags", "categories", "slug", "macros", "excerpt", "weight", "aliases", "x"]),
    text,
)
def test_no_value_in_front_matter_crashes_reading(key: str, value: str) -> None:
    content = front_matter({"title": "T", key: value}) + "text"
    sound(READ(content), content)


@pytest.mark.parametrize("given_settings", DIALECTS, ids=str)
def test_no_text_crashes_reading_in_other_dialects(given_settings: dict[str, Any]) -> None:
    read = reading(msgspec.convert(msgspec.to_builtins(CONFIG) | given_settings, Config))

    @bounded(10)
    @given(text)
    def property_(content: str) -> None:
        sound(read(content), content)

    property_()


def formulas_in(page: str) -> list[str]:
    """Return the LaTeX of every formula in HTML."""
    return [html.unescape(match[1] if match[1] is not None else match[2]) for match in ANNOTATION.finditer(page)]


def joined(body: Body) -> str:
    """Return a body's HTML with its holes filled by something harmless."""
    return "".join(
        piece
        if isinstance(piece, str)
        else ' href="/x/"'
        if getattr(piece, "attribute", False)
        else "/x/"
        if not hasattr(piece, "html")
        else "<a>w</a>"
        for piece in body.pieces()
    )


@bounded(80)
@given(text)
def test_every_formula_of_a_note_is_in_its_body(content: str) -> None:
    note = READ(content)
    wanted = Counter(item.latex for item in note.formulas if item.engine != "macros")
    shown = Counter(formulas_in(joined(note.body) + note.title_html))
    assert wanted - shown == Counter()


def visible(page: str) -> str:
    """Return the text of HTML, formulas left out."""
    bare = re.sub(r"<math.*?</math>|<code class=\"math-error\".*?</code>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", bare)).split())


WORDS = (
    "注意力机制",
    "的",
    "，",
    "attention ",
    "is all you need. ",
    "**粗体**",
    "*it*",
    "`code x`",
    "[链接 link](a.md)",
    "[[b|wiki]]",
    "<sub>2</sub>",
    "~~no~~",
)
FORMULAS = ("$x_i$", "\\(a<b\\)", "$$\\sum_{i=1}^n x_i$$", "$\\bad$", "\n$$\n\\frac{a}{b}\n$$\n", "\\eqref{eq:a}")
LAYOUT = (
    "\n\n",
    "\n\n- ",
    "\n- ",
    "\n\n1. ",
    "\n2. ",
    "\n\n> ",
    "\n\n## H\n\n",
    "\n\n```\ncode\n```\n\n",
    "\n\n| a |\n|---|\n| b |\n\n",
    "\n    ",
    "![i](i.png)",
    "[^1]",
    "\n\n[^1]: note\n\n",
)
prose = st.lists(st.sampled_from(WORDS * 3 + FORMULAS * 2 + LAYOUT), min_size=5, max_size=150).map("".join)


@bounded(40)
@given(prose, st.sampled_from([10, 60, 300]))
def test_an_excerpt_is_whole(content: str, length: int) -> None:
    """Balanced HTML, no partial formula, no ids, about the length asked for."""
    note = reading(msgspec.convert(msgspec.to_builtins(CONFIG) | {"excerpt": {"length": length}}, Config))(content)
    short = joined(note.excerpt)
    assert Html(short).problems == []
    assert Counter(formulas_in(short)) - Counter(item.latex for item in note.formulas) == Counter()
    assert short.count("<math") == short.count("</math>")
    assert " id=" not in short
    assert "<pre" not in short
    assert "<table" not in short
    assert "<img" not in short
    assert width(visible(short)) <= 1.6 * length + 5
