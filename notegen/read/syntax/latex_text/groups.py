"""Groups in braces in a text of Markdown."""

from notegen.text.patterns import lazy_regex

LONGEST = 1_000  # characters of a group: many that are never closed must not take long
_SIGN = lazy_regex(r"\\.|[{}]")


def group_end(text: str, start: int, end: int) -> int:
    r"""Return where the brace that opens at `start` is closed; -1 where that is not before `end`."""
    if start >= end or text[start] != "{":
        return -1
    depth = 0
    for sign in _SIGN.finditer(text, start, min(end, start + LONGEST)):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth == 0:
            return sign.start()
    return -1


def argument(text: str, command: str) -> tuple[str, str]:
    r"""Return the argument of the first `\command{…}` in a text, and the text without it; "" where there is none."""
    start = text.find("\\" + command + "{")
    close = group_end(text, start + len(command) + 1, len(text)) if start >= 0 else -1
    if close < 0:
        return "", text
    return text[start + len(command) + 2 : close], text[:start] + text[close + 1 :]
