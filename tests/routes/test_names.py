"""Names as parts of addresses: in the ways of several programs, and never out of the site."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from notegen.dialects.programs.all import DIALECTS
from notegen.dialects.settings import with_settings
from notegen.model.addressing import AddressesConfig
from notegen.model.body import Body
from notegen.model.config import Config
from notegen.model.note import Meta, Note
from notegen.model.strings import ContentPath, Html
from notegen.routes.names import MAX_SEGMENT, NameStyle, segment, without_number
from notegen.routes.notes import note_path, page_path
from notegen.routes.urls import output_path
from tests.support.cases import all_cases

HUGO, JEKYLL = NameStyle(lower=True, punctuation="drop"), NameStyle(punctuation="hyphen")
SIGNS = NameStyle(punctuation="signs")
MYST, KEPT = NameStyle(lower=True, punctuation="letters"), NameStyle(spaces="")
TEXT = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(["..", ". .", "/", "a/../b", " ", "-", "."])


@all_cases(
    ("style", "name", "part"),
    [
        (NameStyle(), "Deep  Learning_ 深度", "Deep-Learning-深度"),
        (NameStyle(spaces="_"), "Deep Learning", "Deep_Learning"),
        (KEPT, "Deep Learning: 1", "Deep Learning- 1"),
        (HUGO, "Deep - Learning, 第一章：(概述)!", "deep-learning-第一章概述"),
        (HUGO, "C++ & C#", "c++-c-"[:-1]),
        (JEKYLL, "Deep Learning_v1.2 — 概述", "Deep-Learning_v1.2-概述"),
        (MYST, "Deep_Learning v1.2", "deep-learning-v1-2"),
        (SIGNS, "C++ & Node.js_x：概述，", "C-Node-js-x：概述，"),
        (NameStyle(replace=(("&", "-and-"), ("?", ""))), "Q&A why?", "Q-and-A-why"),
    ],
)
def test_a_name_as_programs_write_it(style: NameStyle, name: str, part: str) -> None:
    assert segment(name, style) == part


@all_cases(
    ("how", "name", "shown"),
    [
        ("keep", "01-intro", "01-intro"),
        ("strip", "01-intro", "intro"),
        ("strip", "2. intro", "intro"),
        ("strip", "003 - intro", "intro"),
        ("strip", "2021-11-foo", "2021-11-foo"),
        ("strip", "7.0-foo", "7.0-foo"),
        ("strip", "100", "100"),
        ("strip_all", "01_02-intro", "intro"),
        ("strip_all", "2024-review", "2024-review"),
        ("strip_all", "123456", "123456"),
        ("strip_all", "12", "12"),
    ],
)
def test_numbers_in_front_of_names(how: str, name: str, shown: str) -> None:
    config = with_settings(Config(), {"addresses.number_prefixes": how}).addresses
    assert without_number(name, config) == shown


@given(TEXT, st.sampled_from([NameStyle(), HUGO, JEKYLL, MYST, KEPT, NameStyle(spaces=".")]))
def test_a_part_of_a_path_is_safe(text: str, style: NameStyle) -> None:
    part = segment(text, style)
    assert part.strip(". ")
    assert not set(part) & set("/\\\0\n#?%")
    assert len(part.encode()) <= MAX_SEGMENT


@given(
    st.lists(TEXT.map(lambda text: text.replace("/", "").replace("\0", "") or "x"), min_size=1, max_size=4),
    TEXT,
    TEXT,
    st.sampled_from([Config(), *(with_settings(Config(), dialect.settings) for dialect in DIALECTS)]),
)
def test_no_address_leads_out_of_the_site(folders: list[str], title: str, slug: str, config: Config) -> None:
    path = ContentPath("/".join(folders) + ".md")
    meta = Meta(slug=slug, extra={"id": title}, categories=((title, slug),))
    note = Note(path, "", meta, title, Html(""), Body(), Body())
    for address in (make(note, path, config, datetime(2026, 1, 2, tzinfo=UTC)) for make in (note_path, page_path)):
        assert address.startswith("/")
        assert "//" not in address
        assert not {"..", "."} & set(address.split("/"))
        assert output_path(address).strip("/") == output_path(address)


def test_the_settings_of_every_program_are_settings() -> None:
    kinds = [with_settings(Config(), dialect.settings).addresses for dialect in DIALECTS]
    assert all(isinstance(kind, AddressesConfig) for kind in kinds)
    assert all(dialect.settings["permalink"].startswith("/:") for dialect in DIALECTS if dialect.key != "docusaurus")
