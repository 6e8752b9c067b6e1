"""A pattern of a module is compiled when it is first used, and is then as quick as any other."""

import pickle
import re

import pytest

from notegen.text.patterns import LazyPattern, lazy_regex


def test_it_finds_what_re_finds_and_has_its_attributes() -> None:
    lazy, plain = lazy_regex(r"(?P<word>[a-z]+)", re.IGNORECASE), re.compile(r"(?P<word>[a-z]+)", re.IGNORECASE)
    assert lazy.findall("Ab 1 c") == plain.findall("Ab 1 c") == ["Ab", "c"]
    assert lazy.fullmatch("1") is None
    assert (lazy.pattern, lazy.flags, lazy.groupindex) == (plain.pattern, plain.flags, plain.groupindex)
    assert lazy_regex(rb"\d").sub(b"", b"a1") == b"a"


def test_it_is_compiled_with_its_first_use_only(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile

    def compile_counted(text: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(text)
        return real(text, flags)

    monkeypatch.setattr(re, "compile", compile_counted)
    lazy = lazy_regex("a+")
    assert (lazy.pattern, compiled) == ("a+", [])
    assert [bool(lazy.match(text)) for text in ("aa", "b", "a")] == [True, False, True]
    assert lazy.search("ba")
    assert compiled == ["a+"]


def test_a_method_is_looked_up_once() -> None:
    lazy = lazy_regex("a")
    assert lazy.match is lazy.match
    assert "match" in vars(lazy)


def test_it_goes_to_another_process_and_has_no_attributes_of_its_own() -> None:
    lazy = lazy_regex("a", re.DOTALL)
    lazy.match("a")
    other = pickle.loads(pickle.dumps(lazy))  # noqa: S301 (our own)
    assert isinstance(other, LazyPattern)
    assert (other.pattern, other.flags) == (lazy.pattern, lazy.flags)
    with pytest.raises(AttributeError):
        _ = other.matches
