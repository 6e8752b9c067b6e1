"""Emoji by GitHub's names (its list is `gemoji`): `:rocket:` gives 🚀. A setting; unknown names stay text.

The names come from Rich, which the progress bar needs anyway; it is imported only when a name is read. What GitHub
names otherwise is added here.
"""

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.rule import Rule
from notegen.text.cjk import is_cjk
from notegen.text.patterns import lazy_regex

_NAME = lazy_regex(r":([a-z0-9_+-]{1,50}):")
_GITHUB = {
    "thinking": "🤔",
    "rofl": "🤣",
    "hugs": "🤗",
    "roll_eyes": "🙄",
    "money_mouth_face": "🤑",
    "raised_eyebrow": "🤨",
    "star_struck": "🤩",
    "partying_face": "🥳",
    "exploding_head": "🤯",
    "crossed_fingers": "🤞",
    "facepalm": "🤦",
    "shrug": "🤷",
    "test_tube": "🧪",
    "hash": "#️⃣",
}
_FLAGS = frozenset({"cn", "de", "es", "fr", "gb", "it", "jp", "kr", "ru", "us"})
_REGIONAL_A = 0x1F1E6


def emoji(state: StateInline, silent: bool) -> bool:
    """Read a name between colons, not behind a letter or digit of a script with spaces."""
    name = _NAME.match(state.src, state.pos, state.posMax)
    before = state.src[state.pos - 1 : state.pos]
    if name is None or (before.isalnum() and not is_cjk(before)):
        return False
    character = emoji_named(name[1])
    if not character:
        return False
    if not silent:
        state.append_pending(character)
    state.pos = name.end()
    return True


def emoji_named(name: str) -> str:
    """Return the emoji of a name, "" where there is none."""
    from rich.emoji import Emoji

    if name in _GITHUB:
        return _GITHUB[name]
    if name in _FLAGS:
        return "".join(chr(_REGIONAL_A + ord(letter) - ord("a")) for letter in name)
    replaced = Emoji.replace(f":{name}:")
    return "" if replaced.startswith(":") else replaced


EMOJI = Rule("inline", "emoji", emoji, starts=":", before="emphasis")
