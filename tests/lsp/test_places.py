"""Places as editors count them, and what an author is writing at one: without a server."""

from lsprotocol.types import Position

from notegen.lsp.cursor import Cursor, cursor_at
from notegen.lsp.positions import UTF8, UTF16, Positions, units
from tests.support.cases import all_cases

TEXT = "ab\n注意🎉力x\n\u2028y\u0085z\n"


def test_positions_count_utf16_and_lines_end_at_line_feeds_alone() -> None:
    positions = Positions.of(TEXT)
    assert len(positions.starts) == 4
    assert positions.position(TEXT.index("力")) == Position(1, 4)
    assert positions.position(TEXT.index("z")) == Position(2, 3)
    for offset in range(len(TEXT) + 1):
        assert positions.offset(positions.position(offset)) == offset


def test_positions_behind_the_end_are_the_end() -> None:
    positions = Positions.of(TEXT)
    assert positions.offset(Position(0, 99)) == 2
    assert positions.offset(Position(99, 0)) == len(TEXT)
    assert positions.offset(Position(1, 3)) == TEXT.index("🎉"), "inside of a character it is the character"


def test_editors_may_count_bytes_or_characters() -> None:
    assert [units("注🎉a", encoding) for encoding in (UTF8, UTF16, "utf-32")] == [8, 4, 3]
    positions = Positions.of(TEXT, UTF8)
    assert positions.position(TEXT.index("力")) == Position(1, 10)
    assert positions.offset(Position(1, 10)) == TEXT.index("力")


def test_a_place_of_a_diagnostic_stays_on_its_line() -> None:
    positions = Positions.of("  abc\nd\n")
    assert positions.place(1, 4, 100) == (3, 5)
    assert positions.place(1, 0, 1) == (2, 5), "no column: the line without its indent"
    assert positions.place(0, 0, 1) == (2, 5), "no line: the first"
    assert positions.place(99, 1, 1) == (8, 8)


HEAD = "---\ntitle: x\n---\n\n"


@all_cases(
    ("text", "kind", "typed", "of"),
    [
        ("见 [[注‸", "note", "注", ""),
        ("[[a b‸]]", "note", "a b", ""),
        ("![[p‸", "note", "p", ""),
        ("[[a#‸", "heading", "", "a"),
        ("[[#x y‸", "heading", "x y", ""),
        ("[t](../a‸", "file", "../a", ""),
        ("[t](a.md#h‸", "heading", "h", "a.md"),
        (r"\eqref{eq:‸", "label", "eq:", ""),
        (r"\cref{a, b‸", "label", "b", ""),
        (r"\parencite[p.~3]{a,va‸", "work", "va", ""),
        ("{cite:p}`a,b‸", "work", "b", ""),
        ("{eq}`eq:‸", "label", "eq:", ""),
        ("[see @va‸", "work-or-label", "va", ""),
        ("（@‸", "work-or-label", "", ""),
        (r"$\al‸", "command", "al", ""),
        (r"$a \\ \b‸", "command", "b", ""),
        ("正文 #深‸", "tag", "深", ""),
    ],
)
def test_what_is_being_written_in_a_text(text: str, kind: str, typed: str, of: str) -> None:
    whole = HEAD + text
    cursor = cursor_at(whole.replace("‸", ""), whole.index("‸"))
    assert cursor is not None
    assert (cursor.kind, cursor.typed, cursor.of) == (kind, typed, of)
    assert whole[cursor.start :].startswith(typed + "‸")


@all_cases(
    "text", ["`[[a‸", "`[[a‸`", "```\n[[a‸\n```", "<!-- [[a‸ -->", "me@example‸", "a‸", "[[a]]‸", r"a \\‸", "[[a|b‸"]
)
def test_nothing_is_offered_in_code_and_in_plain_text(text: str) -> None:
    assert cursor_at((HEAD + text).replace("‸", ""), (HEAD + text).index("‸")) is None


@all_cases(
    ("text", "kind", "typed", "of"),
    [
        ("---\nti‸\n---\n", "key", "ti", ""),
        ("---\n‸title: x\n---\n", "key", "", ""),
        ("---\ntags: ‸\n---\n", "value", "", "tags"),
        ("---\ntags: [a, b‸]\n---\n", "value", "b", "tags"),
        ("---\ntags:\n  - N‸\n---\n", "value", "N", "tags"),
        ('---\ncategories: ["机‸\n---\n', "value", "机", "categories"),
    ],
)
def test_what_is_being_written_in_front_matter(text: str, kind: str, typed: str, of: str) -> None:
    cursor = cursor_at(text.replace("‸", ""), text.index("‸"))
    assert isinstance(cursor, Cursor)
    assert (cursor.kind, cursor.typed, cursor.of) == (kind, typed, of)
