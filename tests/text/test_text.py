"""text/: classes of characters, names of notes' files; each fact has one owner."""

import re

import pytest

from notegen.text import characters, cjk
from notegen.text.paths import DatedName, dated_name, is_note, strip_suffix, undated
from tests.support.paths import ROOT

PACKAGE = ROOT / "notegen"


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("HAN", "汉々〇⿰⺀𠮷豈", "かㄱ。Ａa"),
        ("IDEOGRAPHS", "汉𠮷豈", "々〇⺀か䷀"),
        ("KANA", "かカー", "漢ｶ"),
        ("HANGUL", "한", "ㄱ"),
        ("PUNCTUATION", "、。〜", "\u3000，"),
        ("FULL_WIDTH", "，！Ａ", "ｶ,"),
        ("SYMBOLS", "ㄅㄱ㊀㎡", "①"),
        ("HALF_WIDTH", "ｶ￥", "Ａ"),
    ],
)
def test_classes_of_cjk_characters(name: str, inside: str, outside: str) -> None:
    found = re.findall(f"[{getattr(cjk, name)}]", inside + outside)
    assert "".join(found) == inside


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("汉字", 4), ("ｶ", 1), ("e\u0301", 1), ("Ａ", 2), ("", 0)])
def test_columns_of_a_terminal(text: str, width: int) -> None:
    assert cjk.columns(text) == width


def test_control_characters() -> None:
    every = "".join(map(chr, range(0x110000)))
    control = set(re.findall(f"[{characters.CONTROL}]", every))
    assert control == {chr(code) for code in (*range(0x20), 0x7F)}
    assert control - set(re.findall(f"[{characters.CONTROL_IN_TEXT}]", every)) == set("\t\n\r")
    assert set(re.findall(f"[{characters.SURROGATES}]", every)) == {chr(code) for code in range(0xD800, 0xE000)}


@pytest.mark.parametrize(
    ("stem", "parts"),
    [
        ("2024-01-02-a-b", DatedName("2024-01-02", "-", "a-b")),
        ("2024-1-2_标题", DatedName("2024-1-2", "_", "标题")),
        ("2024-01-02 a", DatedName("2024-01-02", " ", "a")),
        ("2024-01-02", None),
        ("2024-01-02-", None),
        ("12024-01-02-a", None),
        ("a-2024-01-02-b", None),
    ],
)
def test_a_name_that_begins_with_a_date(stem: str, parts: DatedName | None) -> None:
    assert dated_name(stem) == parts
    assert undated(stem) == (parts.name if parts else stem)


@pytest.mark.parametrize(
    ("path", "stem"),
    [("a/b.md", "a/b"), ("B.MARKDOWN", "B"), ("c.mdx", "c"), ("d.mdown", "d"), ("e.txt", None), ("md", None)],
)
def test_suffixes_of_notes(path: str, stem: str | None) -> None:
    assert is_note(path) == (stem is not None)
    assert strip_suffix(path) == (stem or path)
