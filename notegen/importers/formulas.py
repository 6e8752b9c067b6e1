r"""Formulas in exported HTML, kept to the letter while the rest becomes Markdown.

`$latex …$` (Jetpack), `[latex]…[/latex]`, `[katex]`, `[math]`, `$$…$$`, `\(…\)`, `\[…\]`, environments, rendered
KaTeX and MathML with their source, scripts of MathJax 2, pictures of formulas with LaTeX as their text.
"""

import re
from html import unescape

from bs4 import BeautifulSoup, Tag

from notegen.importers.spans import replaced, split
from notegen.text.patterns import lazy_regex

CODE = lazy_regex(r"<(?P<tag>pre|code|script)\b[^<>]*+>|<!--", re.IGNORECASE)
_WRITTEN = lazy_regex(
    r"(?P<jetpack>\$latex)[ \t]|\[(?P<tag>latex|katex|math|equation|tex)(?P<options>(?:[ \t][^\[\]\n]*+)?)\]"
    r"|(?P<sign>\$\$|\\\[|\\\()|\\begin\{(?P<name>(?:equation|align|gather|multline|eqnarray)\*?)\}"
    r"|(?P<dollar>(?<![\\$\w])\$)(?=[^\s$<>])"
)
_CLOSING = {"$$": r"\$\$", r"\[": r"\\\]", r"\(": r"\\\)"}
_JETPACK_OPTIONS = lazy_regex(r"&(?:amp;)?(?:s|bg|fg)=[-\w]+")
_TAGS = lazy_regex(r"<br\s*/?>|</?p>")
FORMULA_SIGNS, CODE_SIGNS = "\ue000\ue001", "\ue002\ue003"
_SIGNS = lazy_regex("[\ue000-\ue003]")
_LATEX = lazy_regex(r"[\\^_=]|^[A-Za-z]$")


class Kept:
    """Texts that stand for themselves; a mark of private characters is in the place of each."""

    def __init__(self, signs: str = FORMULA_SIGNS) -> None:
        self._texts: list[str] = []
        self._signs = signs

    def mark(self, text: str) -> str:
        """Return the mark of a text."""
        self._texts.append(text)
        return f"{self._signs[0]}{len(self._texts) - 1}{self._signs[1]}"

    def restored(self, text: str) -> str:
        """Return a text with what its marks stand for."""
        pattern = re.compile(f"{self._signs[0]}(\\d+){self._signs[1]}")
        return pattern.sub(lambda match: self._texts[int(match[1])] if int(match[1]) < len(self._texts) else "", text)


def inline(latex: str) -> str:
    """Return a formula in a line of Markdown."""
    return f"${' '.join(latex.split())}$"


def display(latex: str) -> str:
    """Return a formula on lines of its own."""
    return f"\n\n$$\n{latex.strip()}\n$$\n\n"


def keep_written(html: str, kept: Kept) -> str:
    """Return HTML with marks for the formulas that are written as text, but for those in code."""
    parts = split(_SIGNS.sub("", html), CODE, code_end)

    def keep(match: re.Match[str], latex: str) -> str:
        return _kept(match, latex, kept)

    parts[::2] = [replaced(part, _WRITTEN, _end, keep, _is_formula) for part in parts[::2]]
    return "".join(parts)


def code_end(match: re.Match[str]) -> str:
    """Return the pattern of what ends code, or a comment."""
    return rf"(?i)</{match['tag']}\s*+>" if match["tag"] else "-->"


def _end(match: re.Match[str]) -> str:
    if match["tag"]:
        return rf"\[/{match['tag']}\]"
    if match["name"]:
        return re.escape(f"\\end{{{match['name']}}}")
    return _CLOSING[match["sign"]] if match["sign"] else r"\$"


def _is_formula(match: re.Match[str], inside: str, behind: str) -> bool:
    """Return whether single dollar signs are those of a formula: on one line, close to it, and no amounts of money."""
    if not match["dollar"]:
        return True
    return not (any(sign in inside for sign in "\n<>") or inside[-1:].isspace() or behind.isdigit() or behind == "$")


def _kept(match: re.Match[str], inside: str, kept: Kept) -> str:
    """Return the mark of a formula."""
    if match["dollar"]:
        return kept.mark(_plain(f"${inside}$"))
    if match["jetpack"]:
        return kept.mark(inline(_plain(_JETPACK_OPTIONS.sub("", inside))))
    latex = _plain(inside)
    if match["tag"]:
        is_display = "display" in match["options"] or match["tag"] == "equation"
        return kept.mark(display(latex) if is_display else inline(latex))
    if match["name"]:
        return kept.mark(f"\n\n\\begin{{{match['name']}}}{latex}\\end{{{match['name']}}}\n\n")
    return kept.mark(inline(latex) if match["sign"] == r"\(" else display(latex))


def _plain(text: str) -> str:
    """Return LaTeX as its author wrote it: what HTML has made of its signs is undone."""
    text = unescape(_TAGS.sub("\n", text)).replace("\u2032", "'").replace("\xa0", " ")
    return re.sub(r"\n{2,}", "\n", text).strip("\n")


def keep_rendered(soup: BeautifulSoup, kept: Kept) -> None:
    """Put marks in the place of formulas that are rendered and have their source with them."""
    for script in soup.find_all("script", type=re.compile(r"^math/tex")):
        is_display = "mode=display" in str(script.get("type"))
        script.replace_with(kept.mark((display if is_display else inline)(script.get_text())))
    for junk in soup.select(".MathJax, .MathJax_Preview, .MathJax_Display, .MJX_Assistive_MathML"):
        junk.decompose()
    for annotation in soup.find_all("annotation", encoding="application/x-tex"):
        latex, math = annotation.get_text(), annotation.find_parent("math")
        outer = annotation.find_parent(class_="katex-display") or annotation.find_parent(class_="katex") or math
        is_display = (math is not None and math.get("display") == "block") or _has_class(outer, "katex-display")
        if outer is not None and outer.parent is not None:
            outer.replace_with(kept.mark((display if is_display else inline)(latex)))
    for image in soup.find_all("img"):
        alt = str(image.get("alt") or "")
        source = str(image.get("src") or "")
        is_formula = _has_class(image, "latex") or "/latex.php?" in source or "latex.codecogs.com" in source
        if is_formula and alt and _LATEX.search(alt):
            image.replace_with(kept.mark(inline(alt.strip("$"))))


def _has_class(tag: Tag | None, name: str) -> bool:
    return tag is not None and name in (tag.get("class") or ())
