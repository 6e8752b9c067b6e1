"""Pandoc's fancy lists, which `markdown: {fancy_lists: true}` and folders of Quarto have."""

from notegen.model.config import Config, MarkdownConfig, read_settings
from notegen.read.parser import make_parser
from tests.support.cases import all_cases
from tests.support.limits import assert_linear

_MD = make_parser(read_settings(Config(markdown=MarkdownConfig(fancy_lists=True))))
_PLAIN = make_parser(read_settings(Config()))


def html(source: str) -> str:
    """Return the HTML of a text without line ends."""
    return str(_MD.render(source)).replace("\n", "")


@all_cases(
    ("source", "expected"),
    [
        ("a. one\nb. two", '<ol type="a"><li>one</li><li>two</li></ol>'),
        ("(1) one\n(2) two", '<ol type="1" class="parens-1"><li>one</li><li>two</li></ol>'),
        (
            "(c) x\n\n    y\n\n(d) z",
            '<ol type="a" start="3" class="parens-a"><li><p>x</p><p>y</p></li><li><p>z</p></li></ol>',
        ),
        ("i) a\nii) b\niii) c", '<ol type="i" class="paren-i"><li>a</li><li>b</li><li>c</li></ol>'),
        ("ix. a", '<ol type="i" start="9"><li>a</li></ol>'),
        ("#. a\n#. b", "<ol><li>a</li><li>b</li></ol>"),
        ("a.\n    i. x\nb. y", '<ol type="a"><li><ol type="i"><li>x</li></ol></li><li>y</li></ol>'),
        ("A.  x\nB.  y", '<ol type="A"><li>x</li><li>y</li></ol>'),
        # Lines that are not indented belong to an item, up to a blank line, another item or a fence.
        ("a. x\ny\n- z", '<ol type="a"><li>xy</li></ol><ul><li>z</li></ul>'),
        ("a. x\n\ny", '<ol type="a"><li>x</li></ol><p>y</p>'),
        ("a. x\n(a) y", '<ol type="a"><li>x</li></ol><ol type="a" class="parens-a"><li>y</li></ol>'),
        ("- x\n  a. y\n  b. z", '<ul><li>x<ol type="a"><li>y</li><li>z</li></ol></li></ul>'),
        ("> a. x\n> b. y", '<blockquote><ol type="a"><li>x</li><li>y</li></ol></blockquote>'),
        # What are no items.
        ("text\na. b", "<p>texta. b</p>"),
        ("1. x\n2) y", '<ol><li>x</li></ol><ol start="2"><li>y</li></ol>'),
        ("a.\n\nb.\nc", "<p>a.</p><p>b.c</p>"),
        ("a.x\n\n    a. code", "<p>a.x</p><pre><code>a. code</code></pre>"),
    ],
)
def test_lists(source: str, expected: str) -> None:
    assert html(source) == expected


def test_items_hold_blocks() -> None:
    expected = '<ol type="a"><li>x<pre><code>c</code></pre><ol type="i"><li>y</li></ol></li><li>z</li></ol>'
    assert html("a. x\n    ```\n    c\n    ```\n    i. y\nb. z") == expected


def test_names_are_no_items() -> None:
    assert "<ol" not in html("B. Russell\n\nI am\n\ne.g. x\n\n(see) y z\n")
    assert "<ol" not in _PLAIN.render("a. one\nb. two\n\n(1) x\n")


def test_long_and_deep_lists_take_linear_time() -> None:
    assert_linear(lambda size: _MD.render("a. x\n" * size), 100)
    assert_linear(lambda size: _MD.render("a. x\n\n    i. y\n\n" * size), 50)
    assert_linear(lambda size: _MD.render("a. " * size), 100)
