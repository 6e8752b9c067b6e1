"""No text takes n² steps: every pattern, and the reading of hostile notes and settings, counted in steps, not timed."""

import os
import random
import re

import pytest

from notegen.model.config import Config, read_settings
from notegen.model.source import SourceFile
from notegen.read.code.highlight import MAX_GAP, MAX_LINE, make_highlighter
from notegen.read.read import make_reader
from notegen.render.theme.assets import minify_css
from notegen.routes.names import MAX_SEGMENT, segment
from scripts.hostile_notes import MOST, growth
from scripts.package_patterns import Use, uses
from scripts.pattern_attacks import Attack, attacks
from scripts.regex_growth import growth as pattern_growth
from scripts.regex_growth import keys
from scripts.step_matcher import Machine
from tests.support.paths import FIXTURES

FINE = FIXTURES / "linear_patterns.txt"  # `make golden` writes it
SIZE = 300  # characters of the shortest of three texts


@pytest.fixture(scope="module", name="package_uses")
def uses_of_patterns() -> tuple[Use, ...]:
    """Return each use of a pattern in the package; looking for them takes seconds."""
    return uses()


def test_all_patterns_are_looked_at(package_uses: tuple[Use, ...]) -> None:
    names = {use.name.rpartition(".")[2] for use in package_uses}
    assert len(package_uses) > 250
    assert {
        "_TRAILING",
        "_CLOSE",
        "_OUTSIDE",
        "fill_gaps",
    } <= names  # a global, one of a table, a method, in a function


@pytest.mark.slow
def test_the_matcher_that_counts_finds_what_re_finds(package_uses: tuple[Use, ...]) -> None:
    for use in package_uses:
        machine = Machine(use.pattern)
        chosen = random.Random(1).sample(found := attacks(machine), min(20, len(found)))  # noqa: S311
        for text in (attack.text(3 * len(attack.pump)) for attack in chosen):
            _agrees(machine, text.encode() if isinstance(use.pattern.pattern, bytes) else text)


def _agrees(machine: Machine, text: str | bytes) -> None:
    pattern = machine.pattern
    for method in ("match", "fullmatch", "search"):
        match = getattr(pattern, method)(text)
        assert machine.find(text, method)[0] == (match and _spans(match)), (pattern, method, text)
    assert machine.find_all(text)[0] == [_spans(match) for match in pattern.finditer(text)], (pattern, text)


def _spans(match: "re.Match[str]") -> tuple[tuple[int, int], ...]:
    return tuple(match.span(group) for group in range(match.re.groups + 1))


def test_no_pattern_takes_more_than_linear_steps(package_uses: tuple[Use, ...]) -> None:
    """Those that were found fine, which the fixture lists by their keys, are not measured again."""
    named = keys(package_uses)
    fine = {*FINE.read_text("ascii").split()} if FINE.is_file() else set()
    table = [pattern_growth(use) for use in package_uses if named[use] not in fine]
    assert [one for one in table if not one.fine] == []
    if os.environ.get("NOTEGEN_GOLDEN") == "write":
        FINE.write_text("\n".join(sorted(named.values())) + "\n", "ascii")


def test_a_pattern_is_measured_again_when_it_or_its_use_changes() -> None:
    uses_of_one = [
        *(Use("", re.compile(text), "match") for text in ("a+", "a++")),
        Use("", re.compile("a+", re.DOTALL), "match"),
        Use("", re.compile("a+"), "finditer"),
        Use("", re.compile("a+"), "match", 9),
    ]
    assert len({*keys(uses_of_one).values()}) == 5
    assert keys([Use("elsewhere", re.compile("a+"), "match")]).popitem()[1] == keys(uses_of_one)[uses_of_one[0]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "mode"),
    [
        (r"[ \t]+$", "finditer"),  # from each space up to the end of them
        (r"(?:a|b)*c", "finditer"),
        (r"\s*-?\s*x", "match"),  # where the first run ends
        (r"(?:[.,]|\{#[^ {}]+[^{}]*\})*", "fullmatch"),  # where the name of a formula ends
        (r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*", "fullmatch"),  # a delimiter row
        (r"(?P<author>.*?)(?:^|\s+)(?P<url>https?://\S+)(?:\s+(?P<title>.+))?", "fullmatch"),
        (r"\$\$(?:\\.|[^\\$]|\$(?!\$))+\$\$", "finditer"),
        (r"/\*.*?\*/", "finditer"),
        (r"\[\^[^\]\s]+\]", "finditer"),
        (r"(?:a+)+b", "match"),  # 2^n
        (r"\{\{[^}]{0,1000}\}\}", "finditer"),  # bounded, but a thousand steps for each character
    ],
)
def test_a_pattern_with_more_steps_is_seen(pattern: str, mode: str) -> None:
    worst = pattern_growth(Use("", re.compile(pattern, re.DOTALL), mode))
    assert not worst.fine
    assert worst.exponent > 1.8


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<![ \t])[ \t]++$",
        r"x\s*+-?+\s*+x",
        r"(?:[.,]++|\{#[^ {}]++[^{}]*\})*+",
        r"\{\{[^{}]*\}\}",
        r"\[\^[^\]\s]++\]?",
    ],
)
def test_its_linear_form_is_not(pattern: str) -> None:
    assert pattern_growth(Use("", re.compile(pattern), "finditer")).fine


@pytest.mark.parametrize("attack", [Attack("a", "_", "b"), Attack("", "_ ", "")], ids=str)
def test_slugs_take_linear_steps(attack: Attack) -> None:
    assert growth(segment, attack, SIZE, sure=True).exponent <= MOST


@pytest.mark.parametrize("attack", [Attack("a", " ", "b"), Attack("", '\\"', ""), Attack("", "/* ", "")], ids=str)
def test_stylesheets_take_linear_steps(attack: Attack) -> None:
    assert growth(minify_css, attack, SIZE, sure=True).exponent <= MOST


def test_a_function_that_takes_more_steps_is_seen() -> None:
    attack = Attack("", "a", "")
    worst = growth(lambda text: [minify_css(text[start:]) for start in range(len(text))], attack, 40, sure=True)
    assert worst.exponent > 1.8


def test_a_long_slug_is_cut_between_characters() -> None:
    assert segment("中" * 100_000) == "中" * (MAX_SEGMENT // len("中".encode()))
    assert segment("_" * 100_000) == "_" * MAX_SEGMENT


@pytest.mark.parametrize("key", ["permalink", "aliases"])
def test_an_address_has_no_endless_folders(key: str) -> None:
    source = f"---\n{key}: {{}}\n---\n"
    assert _codes(source.format("/a" * 100)) == []
    assert _codes(source.format("/a" * 101)) == ["front-matter-value"]


def _codes(text: str) -> list[str]:
    note = make_reader(read_settings(Config()))(SourceFile("note.md", text, ""))
    return [item.code for item in note.diagnostics]


@pytest.mark.parametrize("code", ["a" * MAX_LINE + "\n", "a\n" + "\n" * MAX_GAP + "b\n"])
def test_code_on_long_lines_or_with_long_gaps_has_no_colours(code: str) -> None:
    highlight = make_highlighter()
    assert "<span" in highlight(code, "python").html
    longer = code.replace("a\n", "aa\n" if "b" not in code else "a\n \n")
    block = highlight(longer, "python")
    assert "<span" not in block.html.replace('<span class="code-lang">', "")
    assert block.known


def test_stylesheets_lose_their_comments_and_nothing_else() -> None:
    assert minify_css('a {\n  b: "/* c */"; /* d " */\n}\n') == 'a {\nb: "/* c */";\n}\n'
    assert minify_css("a /* b") == "a /* b\n"
    assert minify_css("a" + "/* " * 50_000 + "b") == "a" + "/* " * 50_000 + "b\n"
