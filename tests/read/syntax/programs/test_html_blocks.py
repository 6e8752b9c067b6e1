"""Markdown inside raw HTML, which `markdown: {in_html: true}` and folders of Quarto have; fixtures: pandoc_html.md."""

import pytest

from notegen.model.config import Config, MarkdownConfig
from tests.support.cases import all_cases
from tests.support.limits import assert_linear
from tests.support.reading import read_note, shown
from tests.support.syntax_fixtures import Case, load_cases

_PANDOC = Config(language="en", markdown=MarkdownConfig(in_html=True))
_FILE = "../pandoc_html.md"
_PIECES = [
    "<div>\n",
    "<td>*a*</td>",
    "<tr><td>a</td></tr>\n",
    "<div>a</div> *b* ",
    "<div>\n*a*\n</div>\n",
    "</div>\n",
    "<div><p>\n",
]


@all_cases("case", load_cases(_FILE), ids=lambda case: case.title)
def test_markdown_inside_html(case: Case) -> None:
    assert shown(read_note(case.source + "\n", _PANDOC)) == case.expected.rstrip("\n")


@pytest.mark.slow
@pytest.mark.parametrize("piece", _PIECES)
def test_long_texts_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: read_note(piece * (size // len(piece)) + "\n\n*x*", _PANDOC), 2_000)


def test_without_the_setting_it_stays_as_written() -> None:
    assert "*a*" in shown(read_note("<div>\n*a*\n</div>\n"))
