"""Long texts of notes, settings, styles and images are read to their end, in steps in proportion to their length.

Counted: the lines of Python that run in each function, and the steps that each pattern of a module's globals takes.
The texts are short: `make growth` reads longer ones, of every kind.
"""

import re
from collections.abc import Callable
from itertools import count, islice

import pytest

from notegen.render.theme.assets import minify_css
from notegen.routes.names import segment
from notegen.system.pictures.svg import svg_size
from scripts.hostile_notes import MOST, config_reader, growth, note_reader
from scripts.hostile_texts import CONFIGS, NOTES
from scripts.pattern_attacks import Attack
from tests.support.limits import HANG, ends

pytestmark = pytest.mark.slow

SHORT = 150  # characters of the shortest of three texts
LONG = 50_000  # of one that is read to its end

_NOTES = {
    "displays behind a display": Attack("$$a$$", "\\$$ ", ""),
    "displays on a line": Attack("", "$$x$$ ", ""),
    "displays with tags on a line": Attack("", "$$x\\tag{1}$$ ", "a"),
    "marks behind a display": Attack("$$x$$ {#", ".", ""),
    "names of displays": Attack("$$\na\n$$ {#", "^", "\n"),
    "delimiter rows": Attack("a|b\n|-", "\t", "x"),
    "formulas of a row": Attack("|a|\n|-|\n", "|$a", ""),
    "names of tags": Attack("{{<a", " ", "b >}}"),
    "a tag alone": Attack("{% note %}\n\n{%", " ", "\n{% endnote %}"),
    "addresses of quotes": Attack("{% blockquote ", "  ", "a %}\nx\n{% endblockquote %}"),
    "admonitions": Attack("!!! note", " ", '"'),
    "titles of figures": Attack('{{< figure src="a.png" title="b" >}} "', '\\"', ""),
    "captions": Attack("", '{{< figure src="a.png" title="b" >}} ', ""),
    "marks without footnotes": Attack("a ", "[^a", " "),
    "marks beside footnotes": Attack("[^1]: x\n\n[^1] ", "[^a", ""),
    "addresses": Attack("", "http://a.com ", ""),
    "unknown schemes": Attack("", "xhttp://a ", ""),
    "names of elements": Attack("<div id=x>\n<a", "-", "'\n</div>"),
    "instructions in HTML": Attack("a $b$ ", "<?", " >"),
    "opening marks before a formula": Attack("", "（", "a$x$"),
}
_LONG_NOTES = {
    "punctuation behind a formula": Attack("$$x$$", ". ", "a"),
    "a quote's address": Attack("{% blockquote a https://b", "/c", " d %}\nx\n{% endblockquote %}"),
    "spaces before the name of a shortcode": Attack("{{<", " ", ">}}"),
    "shortcodes without a name, each on a line": Attack("{% note %}\nx\n{% endnote %}\n\n", "{%\n", ""),
    "a title in parentheses, with quotes": Attack("![a](b (", "\\'", "))"),
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
    _grows_linearly(read, attack)
    with ends(HANG / 4):  # quadratic work on half of what HANG is meant for
        read(attack.text(LONG))


def _grows_linearly(read: Callable[[str], object], attack: Attack, size: int = SHORT) -> None:
    worst = growth(read, attack, size)
    assert worst.exponent <= MOST, worst


@pytest.fixture(scope="module")
def read_note() -> Callable[[str], object]:
    return note_reader()


@pytest.mark.parametrize("attack", _LONG_NOTES.values(), ids=_LONG_NOTES)
def test_long_notes(attack: Attack, read_note: Callable[[str], object]) -> None:
    _check(read_note, attack)


@pytest.mark.parametrize("attack", _NOTES.values(), ids=_NOTES)
def test_notes(attack: Attack, read_note: Callable[[str], object]) -> None:
    _grows_linearly(read_note, attack)


@pytest.mark.parametrize("attack", [*islice(NOTES, 0, None, 48)], ids=str)
def test_notes_of_all_kinds(attack: Attack, read_note: Callable[[str], object]) -> None:
    _grows_linearly(read_note, attack)


def test_footnotes_without_marks(read_note: Callable[[str], object]) -> None:
    numbers = count()
    attack = Attack("", "[^#]: b\n\n", "")
    _grows_linearly(lambda text: read_note(re.sub("#", lambda _: str(next(numbers)), text)), attack, 2 * SHORT)


def test_spaces_in_a_tag(read_note: Callable[[str], object]) -> None:
    attack = Attack("<div", " ", 'x markdown="1">\n\n</div>')
    assert growth(read_note, attack, 200, sure=True).exponent <= MOST  # with a thousand, the tag is no longer read


@pytest.mark.parametrize("attack", [*islice(CONFIGS, 0, None, 4)], ids=str)
def test_settings_of_all_kinds(attack: Attack) -> None:
    _grows_linearly(config_reader(), attack)


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
