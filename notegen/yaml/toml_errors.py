"""Where a text is not TOML, in words and numbers of our own."""

from notegen.text.patterns import lazy_regex
from notegen.yaml.errors import locate

_AT = lazy_regex(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)")


def toml_error(message: str, text: str) -> tuple[str, int, int]:
    """Return the message of a `tomllib.TOMLDecodeError` without its place, and the line and column of that, from 1.

    The end of a text is the last character that says something.
    """
    at = _AT.search(message)
    line, column = (int(at[1]), int(at[2])) if at and at[1] else locate(text, len(text.rstrip()))
    return _AT.sub("", message), line, column
