"""Obsidian's tags in text: `#深度学习`, `#ml/attention`. A tag follows white space and is more than a number.

Source: Obsidian Help, "Tags". Tokens: `hashtag_open` (`<span class="hashtag">`), text, `hashtag_close`. The tags are
collected in `ParseState.hashtags`.
"""

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"#([\w/-]{1,100})(?![\w/#-])")
_BEFORE = frozenset(" \t\n\u3000(（")


def hashtag(state: StateInline, silent: bool) -> bool:
    """Read a tag at `#`, outside of links."""
    start = state.pos
    if state.src[start] != "#" or state.linkLevel or (start and state.src[start - 1] not in _BEFORE):
        return False
    match = _TAG.match(state.src, start, state.posMax)
    tag = match[1].strip("/") if match else ""
    if match is None or not any(character.isalpha() or character == "_" for character in tag):
        return False
    if not silent:
        opened = state.push("hashtag_open", "span", 1)
        opened.attrs = {"class": "hashtag"}
        state.push("text", "", 0).content = match[0]
        state.push("hashtag_close", "span", -1)
        parse_state(state.env).hashtags[tag] = None
    state.pos = match.end()
    return True


HASHTAG = Rule("inline", "hashtag", hashtag, starts="#", before="emphasis")
