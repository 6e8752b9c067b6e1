"""CommonMark's examples through notegen's own parser; a plain renderer of its tokens shows their structure.

The examples that our dialect reads differently are listed with the reason, and must differ: the list cannot go stale.
"""

import json
from typing import Any

import pytest
from markdown_it.renderer import RendererHTML

from notegen.model.config import Config, read_settings
from notegen.read.parser import make_parser
from scripts.fetch_spec import SPEC, cached
from tests.support.cases import all_cases

DIFFERENT = {
    12: r"`\[` and `\]` are delimiters of a display",
    161: "a fence of code below raw HTML needs no blank line",
    163: "the tag of a component, alone on its line, shows nothing",
    380: "a quotation in `**` is strong beside letters, too",
    520: "`![[...]]` is a wiki link that shows a file",
    548: "`[[...]]` is a wiki link",
    559: "`[[...]]` is a wiki link",
    **dict.fromkeys((572, 573, 576, 577, 584, 585, 586, 588, 589, 591), "an image alone with a title is a figure"),
    590: "`[[...]]` is a wiki link",
    602: "a bare address becomes a link",
    608: "a bare address becomes a link",
    611: "a bare address becomes a link",
}
EXAMPLES = {item["example"]: item for item in json.loads(cached() or b"[]")}
ABSENT = f"CommonMark {SPEC}'s examples are not here: run `python scripts/fetch_spec.py` (needs the network once)"
needs_spec = pytest.mark.skipif(not EXAMPLES, reason=ABSENT)


def structure(html: str) -> str:
    """Return HTML without what has no bearing on its meaning: an empty block quote may hold a newline."""
    return html.replace("<blockquote>\n</blockquote>", "<blockquote></blockquote>")


@pytest.fixture(scope="module")
def render() -> Any:
    """Return the function from Markdown to plain HTML, in the XHTML style of the spec."""
    parser = make_parser(read_settings(Config()))
    parser.options["xhtmlOut"] = True
    renderer = RendererHTML()
    return lambda text: structure(renderer.render(parser.parse(text), parser.options, {}))


@needs_spec
def test_all_examples_are_here() -> None:
    assert sorted(EXAMPLES) == list(range(1, 653))


@needs_spec
@all_cases("number", sorted(EXAMPLES.keys() - DIFFERENT.keys()))
def test_example(number: int, render: Any) -> None:
    assert render(EXAMPLES[number]["markdown"]) == structure(EXAMPLES[number]["html"])


@needs_spec
@all_cases("number", sorted(DIFFERENT))
def test_example_that_our_dialect_reads_differently(number: int, render: Any) -> None:
    assert render(EXAMPLES[number]["markdown"]) != structure(EXAMPLES[number]["html"]), "no longer different"
