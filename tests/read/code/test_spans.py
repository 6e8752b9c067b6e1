"""Code in colour has the classes that Pygments' own HTML has, character by character."""

import re
from collections.abc import Iterator
from html import unescape

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import Generic, Keyword, Name, Operator, Token, _TokenType

from notegen.read.code.spans import MAX_KEPT, make_span_writer
from tests.read.code.test_fast_lexer import LANGUAGES, SAMPLE
from tests.support.cases import all_cases

SPAN = re.compile(r'<span class="([^"]*)">(.*?)</span>|([^<]+)', re.DOTALL)


def characters(html: str) -> Iterator[tuple[str, str]]:
    """Each character with its classes; white space has no colour."""
    for names, inside, bare in SPAN.findall(html):
        for character in unescape(inside or bare):
            yield character, "" if character.isspace() else names


@all_cases("language", LANGUAGES)
def test_every_character_has_the_class_that_pygments_gives(language: str) -> None:
    lexer = get_lexer_by_name(language)
    own = make_span_writer()(lexer.get_tokens(SAMPLE))
    theirs = highlight(SAMPLE, lexer, HtmlFormatter(nowrap=True))
    assert list(characters(own)) == list(characters(theirs))


def test_no_span_goes_over_a_line_end_and_none_is_empty() -> None:
    html = make_span_writer()(get_lexer_by_name("python").get_tokens('x = """a\n\nb"""\n'))
    assert all(line.count("<span") == line.count("</span") for line in html.split("\n"))
    assert "></span>" not in html


def test_an_unusual_kind_has_the_classes_of_its_parents() -> None:
    write_spans = make_span_writer()
    assert write_spans([(Name.Function.Own, "f")]) == '<span class="nf nf-Own">f</span>'
    assert write_spans([(Generic.Prompt, "$ "), (Keyword, "a<b"), (Token, "c")]) == (
        '<span class="gp">$ </span><span class="k">a&lt;b</span>c'
    )


def test_spans_are_kept_within_bounds_and_stay_right() -> None:
    write_spans = make_span_writer()
    many: list[tuple[_TokenType, str]] = [(Name if i % 2 else Keyword, f"x{i}") for i in range(MAX_KEPT + 10)]
    once = write_spans(many)
    assert write_spans(many) == once
    assert once.count("<span") == len(many)


def test_what_looks_like_text_has_no_span() -> None:
    write_spans = make_span_writer({"n", "o", "nf"})
    assert write_spans([(Name, "x"), (Operator, "<"), (Name.Builtin, "int")]) == 'x&lt;<span class="nb">int</span>'
    assert write_spans([(Name.Function.Own, "f")]) == '<span class="nf nf-Own">f</span>'
