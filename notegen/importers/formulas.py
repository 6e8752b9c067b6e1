r"""Formulas in exported HTML, kept to the letter while the rest becomes Markdown.

`$latex …$` (Jetpack), `[latex]…[/latex]`, `[katex]`, `[math]`, `$$…$$`, `\(…\)`, `\[…\]`, environments, rendered
KaTeX and MathML with their source, scripts of MathJax 2, pictures of formulas with LaTeX as their text.
"""

import re
from html import unescape

from bs4 import BeautifulSoup, Tag

from notegen.text.patterns import lazy_regex

_CODE = lazy_regex(
    r"(<pre\b.*?</pre\s*>|<code\b.*?</code\s*>|<script\b.*?</script\s*>|<!--.*?-->)", re.IGNORECASE | re.DOTALL
)
_WRITTEN = lazy_regex(
    r"\$latex[ \t]+(?P<jetpack>[^$]{1,5000}?)\$"
    r"|\[(?P<tag>latex|katex|math|equation|tex)(?P<options>(?:\s[^\]]{0,200})?)\](?P<shortcode>.{1,20000}?)\[/(?P=tag)\]"
    r"|\$\$(?P<dollars>[^$]{1,20000}?)\$\$"
    r"|\\\[(?P<brackets>.{1,20000}?)\\\]"
    r"|\\\((?P<parentheses>.{1,5000}?)\\\)"
    r"|(?P<environment>\\begin\{(?P<name>equation|align|gather|multline|eqnarray)(?P<star>\*?)\}.{1,20000}?\\end\{(?P=name)(?P=star)\})"
    r"|(?<![\\$\w])\$(?P<dollar>[^\s$<>](?:[^$<>\n]{0,500}?[^\s$<>\\])?)\$(?![\d$])",
    re.DOTALL,
)
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
    parts = _CODE.split(_SIGNS.sub("", html))
    parts[::2] = [_WRITTEN.sub(lambda match: _kept(match, kept), part) for part in parts[::2]]
    return "".join(parts)


def _kept(match: re.Match[str], kept: Kept) -> str:
    if match["dollar"] is not None:
        return kept.mark(_plain(match[0]))
    if match["jetpack"] is not None:
        return kept.mark(inline(_plain(_JETPACK_OPTIONS.sub("", match["jetpack"]))))
    if match["shortcode"] is not None:
        latex = _plain(match["shortcode"])
        is_display = re.search(r"display\s*=\s*[\"']?(?:true|1|block)", match["options"]) or match["tag"] == "equation"
        return kept.mark(display(latex) if is_display else inline(latex))
    if match["parentheses"] is not None:
        return kept.mark(inline(_plain(match["parentheses"])))
    if match["environment"] is not None:
        return kept.mark(f"\n\n{_plain(match['environment'])}\n\n")
    return kept.mark(display(_plain(match["dollars"] or match["brackets"])))


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
