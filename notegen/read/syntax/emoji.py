"""Emoji by GitHub's names: `:rocket:` gives 🚀. A setting; unknown names stay text.

The names come from Rich, which the progress bar needs anyway; it is imported only when the plugin is used. What GitHub
names otherwise is added here.
"""

import re
from functools import partial
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

if TYPE_CHECKING:
    from rich.emoji import Emoji

_NAME = re.compile(r":([a-z0-9_+-]{1,50}):")
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


def emoji_plugin(md: MarkdownIt) -> None:
    """Add the inline rule."""
    from rich.emoji import Emoji

    md.inline.ruler.before("emphasis", "emoji", partial(_emoji, names=Emoji))


def _emoji(state: StateInline, silent: bool, *, names: "type[Emoji]") -> bool:
    found = _NAME.match(state.src, state.pos, state.posMax)
    if found is None or state.src[state.pos - 1 : state.pos].isalnum():
        return False
    character = _character(found[1], names)
    if not character:
        return False
    if not silent:
        state.append_pending(character)
    state.pos = found.end()
    return True


def _character(name: str, names: "type[Emoji]") -> str:
    if name in _GITHUB:
        return _GITHUB[name]
    if name in _FLAGS:
        return "".join(chr(_REGIONAL_A + ord(letter) - ord("a")) for letter in name)
    replaced = names.replace(f":{name}:")
    return "" if replaced.startswith(":") else replaced
