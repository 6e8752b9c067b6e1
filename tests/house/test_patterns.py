"""The work of every regular expression grows with the text, not with its square: counted in steps, never timed."""

import re

import pytest

from scripts.package_patterns import Use, all_modules, uses
from scripts.pattern_attacks import attacks
from scripts.regex_growth import growth
from scripts.step_matcher import Machine

TOPS = sorted({source.module.__name__.split(".")[1] for source in all_modules()})  # packages and modules of notegen


@pytest.mark.slow
@pytest.mark.parametrize("top", TOPS)
def test_patterns_are_linear(top: str) -> None:
    results = [growth(use) for use in uses() if use.name.split(".")[1] == top]
    assert {result.use.name: result.attack for result in results if not result.fine} == {}


def test_patterns_are_found_in_globals_tables_and_functions() -> None:
    names = {use.name.removeprefix("notegen.") for use in uses()}
    assert {"routes._SPACES", "math.diagnostics._PATTERNS", "routes.alias_path", "system.svg._BEFORE"} <= names


@pytest.mark.parametrize(
    "pattern", [r"\s*\n", r"a*b|a*c", r"(a|a)*b", r"(?:a+)+b", r"\w+@", r"x*$", r'"(?:[^"\\]|\\.)*"', r"<!--.*?-->"]
)
def test_a_pattern_that_is_not_linear_is_seen(pattern: str) -> None:
    assert not growth(Use("example", re.compile(pattern, re.DOTALL), "finditer")).fine


@pytest.mark.parametrize(
    "pattern", [r"(?<!\s)[^\S\n]*+\n", r"[ab]++c?", r"a{0,40}b", r"<[^<>]*>", r"\\begin\{([a-z]+)\}"]
)
def test_a_linear_pattern_is_fine(pattern: str) -> None:
    assert growth(Use("example", re.compile(pattern), "finditer")).fine


def test_the_matcher_finds_what_re_finds() -> None:
    """On texts that attack it; the steps of a matcher that found something else would say nothing about `re`."""
    different = set()
    for use in uses():
        machine = Machine(use.pattern)
        for attack in attacks(machine)[::5]:
            text = attack.text(8)
            subject = text.encode() if isinstance(use.pattern.pattern, bytes) else text
            spans = [
                tuple(match.span(group) for group in range(use.pattern.groups + 1))
                for match in use.pattern.finditer(subject)
            ]
            if machine.find_all(subject)[0] != spans:
                different.add((use.name, attack))
    assert different == set()
