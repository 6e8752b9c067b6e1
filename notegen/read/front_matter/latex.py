r"""LaTeX in double-quoted YAML: `"$\theta$"` holds a tab to YAML, and the author meant `\theta`."""

import re

from notegen.text.patterns import lazy_regex

# In double quotes: escapes of YAML, and what of them can only be LaTeX.
_TOKEN = lazy_regex(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[A-Za-z]+|.)", re.DOTALL)
_CODE = lazy_regex(r"x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}")
_TAB_WORD = lazy_regex(r"\\[tr][A-Za-z]+")  # in a text that holds backslashes, no tab: C:\temp
_LATEX_NTR = lazy_regex(
    r"n(?:abla|e|eq|u|i|ot|otin|eg|mid|earrow|exists|onumber|atural|leq|geq|parallel)"
    r"|t(?:heta|au|imes|an|anh|ext\w*|ilde|o|op|riangle\w*|frac|binom|ag)"
    r"|r(?:ho|ight\w*|angle|ceil|floor|m|brace|vert|Vert)"
)


def restore_latex(raw: str) -> str:
    r"""Return a double-quoted YAML text with each backslash of LaTeX doubled; unchanged when it holds none.

    `\theta`, `\alpha`, `\frac` would become control characters, `\lambda` is an error. In a text with such a command
    `\\` followed by a space or line end is LaTeX's line break; elsewhere, as in `\\theta`, it is YAML's backslash.
    """
    if not any(_is_latex(match[0]) for match in _TOKEN.finditer(raw)):
        return raw
    return _TOKEN.sub(lambda m: _double(m, raw), raw)


def _double(match: re.Match[str], raw: str) -> str:
    escape = match[0]
    if escape == "\\\\" and raw[match.end() : match.end() + 1].isspace():
        return "\\" * 4
    return "\\" + escape if _is_latex(escape) or _TAB_WORD.fullmatch(escape) else escape


def _is_latex(escape: str) -> bool:
    """True when `escape`, a backslash and what follows, is no escape that anyone means in front matter."""
    word = escape[1:]
    if not word[0].isalpha() or not word.isascii():
        return word[0] not in '\\"/0 \n\r\t'  # \_ \{ \, \( are LaTeX
    if word[0] in "ntr":
        return _LATEX_NTR.fullmatch(word) is not None
    # Also \a, \b, \f, \P …, control characters to YAML: nobody wants one in front matter. Codes like \u00e9 stay.
    return _CODE.fullmatch(word) is None
