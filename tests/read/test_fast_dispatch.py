"""The parser that chooses its rules by the first character reads every text as the one that tries them all."""

from collections.abc import Iterator, MutableMapping
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notegen.model.config import Config, MarkdownConfig, ReadSettings, read_settings
from notegen.read.fast_dispatch import use_fast_dispatch
from notegen.read.parser import make_parser
from notegen.read.syntax.rule import Rule, add_rules
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow

PIECES = (
    *(
        "$",
        "$$",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "\\begin{align}",
        "\\end{align}",
        "\\eqref{a}",
        "\\",
        "`",
        "```",
        "~~~",
        "~~",
    ),
    *("*", "**", "_", "==", "%%", "#", "#tag", "{{", "{% note %}", "{% endnote %}", "{: .a}", "{.a}", "{{< x >}}"),
    *(
        "![",
        "[",
        "]",
        "[[",
        "]]",
        "(a.md)",
        "![[a]]",
        "[^1]",
        "[^1]: ",
        "^[",
        "<b>",
        "</b>",
        "<a@b.c>",
        "&amp;",
        ":smile:",
    ),
    *(
        "http://a.b",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "- [ ] ",
        "1. ",
        "    ",
        "| a | b |\n|---|---|\n",
        "---",
        "===",
        ": ",
        "|",
    ),
    *("text ", "文字", "。", " ", "^id", "+", "@", "<!-- c -->", ">"),
    *("[@a, p. 3]", "@b ", "{cite}`a`", "\\cite{a}", "{% cite a %}", "[[REFERENCES]]\n"),
)


def both(settings: ReadSettings) -> tuple[MarkdownIt, MarkdownIt]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOTEGEN_PLAIN", "1")
        plain = make_parser(settings)
    return make_parser(settings), plain


SETTINGS = [
    Config(),
    Config(markdown=MarkdownConfig(html=False, hashtags=True, emoji=True, comments=False, breaks=True)),
]
PARSERS = [*(both(read_settings(config)) for config in SETTINGS), both(read_settings(Config(), citing=True))]


def tree(md: MarkdownIt, text: str) -> list[MutableMapping[str, Any]]:
    return [token.as_dict() for token in md.parse(text, {})]


def texts() -> Iterator[str]:
    for path in sorted((ROOT / "tests").rglob("*.md")) + sorted((ROOT / "content").rglob("*.md")):
        yield path.read_text(encoding="utf-8", errors="replace")


def test_files_are_read_alike() -> None:
    """Each with one of the settings."""
    for text, (quick, plain) in zip(texts(), cycle(PARSERS), strict=False):
        assert tree(quick, text) == tree(plain, text)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read_alike(text: str) -> None:
    for quick, plain in PARSERS:
        assert tree(quick, text) == tree(plain, text)


def test_a_rule_without_a_place_in_the_table_is_tried_everywhere() -> None:
    def smile(state: Any, silent: bool) -> bool:
        if not state.src.startswith(":-)", state.pos):
            return False
        if not silent:
            state.push("text", "", 0).content = "☺"
        state.pos += 3
        return True

    md = MarkdownIt()
    md.inline.ruler.push("smile", smile)
    use_fast_dispatch(md)
    assert md.render("a :-) b") == "<p>a ☺ b</p>\n"


@pytest.mark.parametrize("fast", [False, True])
def test_a_rule_may_start_with_any_character(fast: bool) -> None:
    def paragraph_sign(state: Any, silent: bool) -> bool:
        if state.src[state.pos] != "¶":
            return False
        if not silent:
            state.push("text", "", 0).content = "§"
        state.pos += 1
        return True

    md = MarkdownIt()
    rules = [Rule("inline", "paragraph_sign", paragraph_sign, starts="¶")]
    add_rules(md, rules)
    if fast:
        use_fast_dispatch(md, rules)
    assert md.render("a¶b *¶*") == "<p>a§b <em>§</em></p>\n"
