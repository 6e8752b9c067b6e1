"""LaTeX to readable Unicode text, for titles, slugs, descriptions and search."""

from collections.abc import Mapping


def readable(latex: str, macros: Mapping[str, str]) -> str:
    """Return `latex` as plain text."""
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text").latex_to_text(latex).replace("\\", "").strip()
