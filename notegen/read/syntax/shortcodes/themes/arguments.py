"""What the tags of Hexo's themes are given: parts between commas, and options before or behind the words.

Volantis and Butterfly write `{% checkbox red checked, words %}`, Stellar `{% checkbox color:red checked:true words %}`.

Source: the documentation of these themes, "Tag Plugins".
"""

from typing import NamedTuple

from notegen.read.syntax.shortcodes.parse import Tag
from notegen.text.patterns import lazy_regex

_PART = lazy_regex(r"[^,]*")
_OPTIONS_BEFORE = lazy_regex(r"(?:[a-z][a-z_-]{0,20}:(?!//)\S{1,200}(?:\s+|$))*")
_OPTION_BEHIND = lazy_regex(r"\s[a-z][a-z_-]{0,20}:(?!//)\S{1,200}\Z")
_ADDRESS = lazy_regex(
    r"(?:[a-z][a-z0-9+.-]{1,20}:|/|\./|\.\./|#|mailto:)\S+|/|\S+\.(?:html?|md|pdf|png|jpe?g|gif|webp|svg)"
)


class Part(NamedTuple):
    """A part of the arguments, without the white space and the quotes around it, and where it stands in the text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where what follows it begins."""
        return self.start + len(self.text)


class Words(NamedTuple):
    """Options, as written or as the values of their keys, and the words that are shown."""

    options: tuple[str, ...]
    words: Part


def parts_of(tag: Tag) -> list[Part]:
    """Return what stands between the commas; empty parts too."""
    parts: list[Part] = []
    at = 0
    while True:
        part = _PART.match(tag.arguments, at)
        end = part.end() if part else at
        parts.append(_bare(Part(tag.arguments[at:end], tag.start + at)))
        if end >= len(tag.arguments):
            return parts
        at = end + 1


def options_and_words(tag: Tag) -> Words:
    """Return the options before the first comma and the words behind it, or the words beside `key:value` options."""
    before, comma, behind = tag.arguments.partition(",")
    if comma:
        return Words(tuple(before.split()), _bare(Part(behind, tag.start + len(before) + 1)))
    return without_options(Part(tag.arguments, tag.start))


def without_options(part: Part) -> Words:
    """Return the values of the `key:value` options that words begin or end with, and the words without them."""
    text, options = part.text, []
    while behind := _OPTION_BEHIND.search(text, max(0, len(text) - 230)):
        options.append(behind[0].strip())
        text = text[: behind.start()].rstrip()
    leading = _OPTIONS_BEFORE.match(text)
    length = leading.end() if leading else 0
    options += text[:length].split()
    values = tuple(f"{key}" if value == "true" else value for key, _, value in (one.partition(":") for one in options))
    return Words(values, _bare(Part(text[length:], part.start + length)))


def is_address(text: str) -> bool:
    """Return whether a word looks like an address: a scheme, a path from a root, a fragment, the name of a file."""
    return _ADDRESS.fullmatch(text) is not None


def _bare(part: Part) -> Part:
    text = part.text.strip()
    start = part.start + len(part.text) - len(part.text.lstrip())
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        return Part(text[1:-1], start + 1)
    return Part(text, start)
