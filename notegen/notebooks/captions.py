"""Captions of cells as Markdown that can stand in the brackets of a picture and in its title without ending either."""

from notegen.text.patterns import lazy_regex

# What brackets mean nothing in, and what a mark of its own would join to what stands behind the caption.
_PART = lazy_regex(r"(?P<whole>\\.|`[^`]++`|\$[^$]++\$|<[^<>]++>)|[\[\]`$<\\]")


def caption_text(caption: str) -> str:
    r"""Return a caption in one line, with its Markdown, in which marks that stand alone are character references.

    `区间 [0, 1)`, a backslash at the end, a lone `$` or a backtick would swallow what stands behind them. Code,
    formulas and links stay as written.
    """
    text = " ".join(caption.split())
    parts = list(_PART.finditer(text)) if any(mark in text for mark in "[]`$<\\") else []
    opened: list[int] = []
    alone: dict[int, int] = {}
    for match in parts:
        if match["whole"]:
            continue
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            opened.pop()
        else:
            alone[match.start()] = match.end()
    for start in opened:
        alone[start] = start + 1
    pieces: list[str] = []
    reached = 0
    for start, end in sorted(alone.items()):
        pieces += [text[reached:start], f"&#{ord(text[start])};"]
        reached = end
    return "".join([*pieces, text[reached:]])
