"""Long texts of notes, settings, styles and images are read to their end, in steps in proportion to their length.

Counted: the lines of Python that run in each function, and the steps that each pattern of a module's globals takes.
tests/house/test_regex_growth.py does so with more kinds of short texts.
"""

from collections.abc import Callable

import pytest

from notegen.render.theme.assets import minify_css
from notegen.routes.names import segment
from notegen.system.svg import svg_size
from scripts.hostile_notes import MOST, config_reader, growth, note_reader
from scripts.pattern_attacks import Attack
from tests.support.limits import ends

pytestmark = pytest.mark.slow

_NOTES = {
    "displays before a dollar that is escaped": Attack("$$a$$", "\\$$ ", ""),
    "punctuation behind a formula": Attack("$$x$$", ". ", "a"),
    "formulas in a row of a table": Attack("|a|\n|-|\n", "|$a$ ", ""),
    "tabs behind a delimiter of a table": Attack("a|b\n|-", "\t", "x"),
    "a quote's address": Attack("{% blockquote a https://b", "/c", " d %}\nx\n{% endblockquote %}"),
    "spaces before the name of a shortcode": Attack("{{<", " ", ">}}"),
    "shortcodes without a name, each on a line": Attack("{% note %}\nx\n{% endnote %}\n\n", "{%\n", ""),
    "a title in parentheses, with quotes": Attack("![a](b (", "\\'", "))"),
    "marks without a footnote": Attack("[^1]: x\n\n[^1] ", "[^a] ", ""),
    "an address": Attack("http://", "a.", ""),
    "comments that are not closed": Attack("a $b$ ", "<!--", " -->"),
    "attributes for Markdown": Attack("<div ", "markdown ", ">"),
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
