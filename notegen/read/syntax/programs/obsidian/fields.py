"""Fields of Obsidian's plugin Dataview: `key:: value` on a line of its own, `[key:: value]`, `(key:: value)` in text.

They are shown with one colon, as a reader would write them.

Source: Dataview docs, "Adding Metadata to your Pages", the section "Inline Fields".
"""

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

_LONGEST = 60  # characters of a key
_KEY = lazy_regex(r"(?:(?:\A|\n)[ \t]{0,9}(?:\*\*|__)?|[\[(])[^\W\d_][\w /-]{0,58}(?:\*\*|__)?\Z")


def field(state: StateInline, silent: bool) -> bool:
    """Read two colons behind a key, in front of a space or the end of a line."""
    at = state.pos
    if not state.src.startswith("::", at) or state.src[at + 2 : at + 3] not in {" ", "\n", ""}:
        return False
    if _KEY.search(state.src, max(0, at - _LONGEST), at) is None:
        return False
    if not silent:
        state.append_pending(":")
    state.pos = at + 2
    return True


FIELDS = Rule("inline", "fields", field, starts=":", before="emphasis")
