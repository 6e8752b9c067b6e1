"""Texts of notes, settings, styles and images that once took the square of their length take steps in proportion.

Counted: the lines of Python that run in each function, and the steps that each pattern of a module's globals takes.
"""

from collections.abc import Callable

import pytest

from notegen.render.theme.assets import minify_css
from notegen.routes import segment
from notegen.system.svg import svg_size
from scripts.hostile_notes import MOST, config_reader, growth, note_reader
from scripts.pattern_attacks import Attack
from tests.support.limits import ends

pytestmark = pytest.mark.slow

_QUOTE = "%}\nx\n{% endblockquote %}"
_TIP = "{% note %}\nx\n{% endnote %}\n\n"
_NOTES = {
    "displays before a dollar that is escaped": Attack("$$a$$", "\\$$ ", ""),
    "displays on a line": Attack("", "$$x$$ ", "a"),
    "punctuation behind a formula": Attack("$$x$$", ". ", "a"),
    "an open id behind a formula": Attack("$$x$$ {#", ".", ""),
    "an id behind a fenced formula": Attack("$$\nx\n$$ {#", "^", "\n"),
    "tabs behind a delimiter of a table": Attack("a|b\n|-", "\t", "x"),
    "formulas in a row of a table": Attack("|a|\n|-|\n", "|$a$ ", ""),
    "spaces in a quote's source": Attack("{% blockquote a https://b", "  ", f"c {_QUOTE}"),
    "spaces in a shortcode": Attack("{{< a", " ", ">}}"),
    "spaces before the name of a shortcode": Attack("{{<", " ", ">}}"),
    "spaces of a shortcode alone on a line": Attack(f"{_TIP}{{%-", " ", "\n"),
    "shortcodes without a name, each on a line": Attack(_TIP, "{%\n", ""),
    "a title in parentheses, with quotes": Attack("![a](b (", "\\'", "))"),
    "figures of shortcodes": Attack("", '{{< figure src="a.png" title="b" >}} ', ""),
    "marks of footnotes": Attack("[^1]: x\n\n[^1] ", "[^a", ""),
    "marks without a footnote": Attack("[^1]: x\n\n[^1] ", "[^a] ", ""),
    "footnotes without a mark": Attack("", "[^a]: b\n", ""),
    "addresses": Attack("", "http:// ", ""),
    "an address": Attack("http://", "a.", ""),
    "comments that are not closed": Attack("a $b$ ", "<!--", " -->"),
    "instructions that are not closed": Attack("a $b$ ", "<?", " >"),
    "the name of an element": Attack("<div>\n<A", "-", "\n</div>\n"),
    "attributes for Markdown": Attack("<div ", "markdown ", ">"),
    "spaces in an admonition's head": Attack("!!! note a", " ", "!"),
    "an option of a code fence": Attack("```", "a/", ":x\n"),
    "a float in front matter": Attack("---\nx: 1.", "0", "e\n---\n"),
}
_CONFIGS = {
    "a float": Attack("title: 1.", "0", "e"),
    "spaces before a comment": Attack("title: a", " ", "#b"),
}
_STYLES = {
    "open comments": Attack("", "/*", ""),
    "stars in a comment": Attack("/", "*", ""),
    "quotes": Attack("", '"\\', "\n"),
    "spaces at line starts": Attack("a", " ", "b"),
    "empty lines": Attack("a", "\n ", "b"),
}


def _check(read: Callable[[str], object], attack: Attack) -> None:
    worst = growth(read, attack)
    assert worst.exponent <= MOST, worst
    with ends():
        read(attack.text(100_000))


@pytest.fixture(scope="module")
def read_note() -> Callable[[str], object]:
    return note_reader()


@pytest.mark.parametrize("attack", _NOTES.values(), ids=_NOTES)
def test_notes(attack: Attack, read_note: Callable[[str], object]) -> None:
    _check(read_note, attack)


@pytest.mark.parametrize("attack", _CONFIGS.values(), ids=_CONFIGS)
def test_settings(attack: Attack) -> None:
    _check(config_reader(), attack)


@pytest.mark.parametrize("attack", _STYLES.values(), ids=_STYLES)
def test_styles(attack: Attack) -> None:
    _check(minify_css, attack)


@pytest.mark.parametrize("pump", ["_", " ", "_ ", "é"])
def test_slugs(pump: str) -> None:
    _check(segment.__wrapped__, Attack("a", pump, "b"))


@pytest.mark.parametrize(
    "attack",
    [
        Attack("", "<!-- ", "<svg>"),
        Attack("", "<!DOCTYPE [", "<svg>"),
        Attack("", "<?", "<svg>"),
        Attack("", " \n", "<svg>"),
        Attack("<svg ", "a='", ">"),
        Attack('<svg width="', "1", '">'),
        Attack('<svg width="', " ", 'x">'),
        Attack('<svg viewBox="', "1, ", '">'),
        Attack("<svg ", "width ", ">"),
    ],
    ids=lambda attack: attack.prefix + attack.pump,
)
def test_svg(attack: Attack) -> None:
    _check(lambda text: svg_size(text.encode()), attack)
