"""What is wrong with a YAML text, in words for its author: the parser's own are for people who know YAML's grammar."""

import msgspec
import yaml

MAX_DEPTH = 64  # nested lists and mappings; also keeps recursion over a tree shallow
TOO_DEEP = f"lists and mappings nested deeper than {MAX_DEPTH}"
QUOTE = "put the value in single quotes"
BAD_ESCAPE = "an escape that YAML does not know in double quotes"
ESCAPE_HINT = "use single quotes: they keep every backslash"


class YamlError(msgspec.Struct, frozen=True):
    """Why a text is not the YAML we read. `context` is the line (from 1) where the construct at fault begins.

    `kind` is "syntax", "escape" (in a double-quoted text that starts at offset `start`), "control" (characters) or
    "limit" (depth or expansion).
    """

    message: str
    line: int
    column: int
    kind: str = "syntax"
    hint: str = ""
    context: int = 0
    start: int = 0


def control_error(text: str, index: int) -> YamlError:
    """Return the error of the character at offset `index`, which YAML forbids."""
    line, column = locate(text, index)
    message = f"the control character U+{ord(text[index]):04X} is not allowed"
    return YamlError(message, line, column, "control", "delete the character", line, index)


# What the parser says, in part, in both of PyYAML's implementations -> what we say, and what to do.
_WORDS = (
    ("mapping values are not allowed", "a colon and a space inside a value", QUOTE),
    ("cannot start any token", "this character cannot begin a value", f"{QUOTE}; indent with spaces, not tabs"),
    ("expected alphabetic or numeric", "this character cannot begin a value", QUOTE),
    (
        "did not find expected key",
        "text after the end of a value, or wrong indentation",
        f"{QUOTE}, or align the keys",
    ),
    ("expected <block end>", "text after the end of a value, or wrong indentation", f"{QUOTE}, or align the keys"),
    ("could not find expected ':'", "a line that is no `key: value`", "write `key: value`"),
    ("end of stream", "a quote that is opened but never closed", "close the quote"),
    ("'-' indicator", "wrong indentation of a list", "indent all its items alike"),
    ("sequence entries are not allowed", "a list item cannot stand here", f"{QUOTE}, or start the list on a new line"),
    ("comment or a line break", "text cannot follow `>` or `|` on its line", QUOTE),
    ("comment or line break", "text cannot follow `>` or `|` on its line", QUOTE),
    ("undefined tag handle", "`!` cannot begin a value", QUOTE),
    ("node content", "a value is missing, or a list is not closed", QUOTE),
    ("',' or ']'", "a list is opened by `[` but not closed", "close it with `]`"),
    ("',' or '}'", "a mapping is opened by `{` but not closed", "close it with `}`"),
)
_ESCAPES = ("escape", "hexdecimal", "hexadecimal")


def syntax_error(error: yaml.MarkedYAMLError, text: str) -> YamlError:
    """Return what the parser found wrong with `text`; at its end, the last character that says something."""
    detail = error.problem or error.context or "this cannot be read"
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    context = error.context_mark or mark
    first, start = (context.line + 1, context.index) if context else (line, 0)
    if mark and mark.index >= len(text):  # the end of the text: its last line that exists
        line, column = locate(text, len(text.rstrip()))
    if "maximum nesting depth" in detail:  # libyaml's own bound, which comes before ours where it looks ahead
        return YamlError(TOO_DEEP, line, column, "limit", "", first, start)
    if any(word in detail for word in _ESCAPES):
        return YamlError(BAD_ESCAPE, line, column, "escape", ESCAPE_HINT, first, start)
    for part, message, hint in _WORDS:
        if part in detail:
            return YamlError(message, line, column, "syntax", hint, first, start)
    return YamlError(detail, line, column, "syntax", "", first, start)


def locate(text: str, index: int) -> tuple[int, int]:
    """Return line and column, both from 1, of the character at offset `index`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
