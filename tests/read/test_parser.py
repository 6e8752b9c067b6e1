"""The table of syntax rules is what the parser does: rules run in its order, a setting switches its rules off."""

from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler

from notegen.model.config import Config, MarkdownConfig, read_settings
from notegen.read.parser import make_parser, syntax_rules

ALL = read_settings(Config(markdown=MarkdownConfig(hashtags=True, emoji=True)))
NONE = read_settings(Config(markdown=MarkdownConfig(hashtags=False, emoji=False, comments=False, scripts=False)))


def chains(md: MarkdownIt) -> dict[str, list[str]]:
    """Return the names of the rules of each chain in the order in which they run."""
    rulers: dict[str, Ruler[Any]] = {"core": md.core.ruler, "block": md.block.ruler}
    rulers |= {"inline": md.inline.ruler, "delimiters": md.inline.ruler2}
    return {chain: ruler.get_active_rules() for chain, ruler in rulers.items()}


def test_rules_run_in_the_order_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTEGEN_PLAIN", "1")
    rules = syntax_rules(ALL)
    for chain, names in chains(make_parser(ALL)).items():
        table = [rule.name for rule in rules if rule.chain == chain]
        assert [name for name in names if name in table] == table


def test_settings_switch_rules_off() -> None:
    off = {rule.name for rule in syntax_rules(ALL)} - {rule.name for rule in syntax_rules(NONE)}
    assert off == {"comment", "hashtag", "emoji", "scripts"}


def test_names_of_a_chain_are_unique() -> None:
    names = [(rule.chain, rule.name) for rule in syntax_rules(ALL)]
    assert len(names) == len(set(names))
