r"""A BibTeX value as HTML: accents and signs as characters, a little markup as elements, formulas by our math engine.

Source: "LaTeX2e: An unofficial reference manual", Accents and Additional Latin letters. Braces only group. An unknown
command is left out, and what it is given shown: `\foo{bar}` is bar. Time is linear in the value.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from unicodedata import normalize

from notegen.text.patterns import lazy_regex

FormulaHtml = Callable[[str], str]  # LaTeX -> HTML

_TOKEN = lazy_regex(
    r"""\$\$(?P<display>(?:[^\\$]|\\.)*+)\$\$|\$(?P<math>(?:[^\\$]|\\.)*+)\$|\\\((?P<round>(?:[^\\]|\\[^()])*+)\\\)
    |\\(?P<command>[A-Za-z]++)\*?+\s*+|\\(?P<sign>.)|(?P<brace>[{}])|(?P<dashes>--+)|(?P<quotes>``|'')|(?P<tie>~)
    |(?P<text>[^\\{}$~`'-]++)|(?P<char>.)""",
    re.VERBOSE | re.DOTALL,
)
_PLAIN = lazy_regex(r"[^\\{}$~`'-]*+(?:-[^\\{}$~`'-]++)*+-?")
_ACCENTS = {  # a command -> the combining character
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a", "t": "\u0361",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "euro": "€", "ldots": "…",
    "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'", "textregistered": "®",
    "texttrademark": "™", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textbar": "|",
    "textless": "<", "textgreater": ">", "textunderscore": "_", "textdegree": "°", "textdollar": "$", "slash": "/",
    "textperiodcentered": "·", "textbullet": "•", "LaTeX": "LaTeX", "TeX": "TeX", "guillemotleft": "«",
    "guillemotright": "»", "quotedblbase": "„", "textexclamdown": "¡", "textquestiondown": "¿",
}  # fmt: skip
_SIGNS = {" ": " ", "\n": " ", "-": "", "/": "", ",": "\u2009", ";": " ", ":": " ", "!": "", "@": "", "\\": " "}
_ELEMENTS = {
    "emph": "em", "textit": "em", "textsl": "em", "mkbibemph": "em", "textbf": "strong", "mkbibbold": "strong",
    "texttt": "code", "textsubscript": "sub", "textsuperscript": "sup", "mkbibsuperscript": "sup", "underline": "u",
}  # fmt: skip
_SWITCHES = {"em": "em", "it": "em", "itshape": "em", "sl": "em", "bf": "strong", "bfseries": "strong", "tt": "code"}
_TAG = lazy_regex(r"<[^<>]*>")
_DASHES = {2: "–", 3: "—"}
_QUOTES = {"``": "“", "''": "”"}


def latex_html(value: str, formula: FormulaHtml) -> str:
    """Return a BibTeX value as HTML; `formula` gives that of the LaTeX inside dollars."""
    if _PLAIN.fullmatch(value):  # most of them
        return escape(value, quote=False).strip()
    return _Converter(formula).convert(value)


def latex_text(value: str) -> str:
    """Return a BibTeX value as plain text, the LaTeX of formulas as it is."""
    if _PLAIN.fullmatch(value):
        return value.strip()
    return unescape(_TAG.sub("", latex_html(value, escape)))


class _Converter:
    """Converts one value. `closers`: the HTML that ends each open group."""

    def __init__(self, formula: FormulaHtml) -> None:
        self._formula = formula
        self._parts: list[str] = []
        self._closers: list[str] = []
        self._accent = ""  # a combining character for the next letter
        self._opening = ("", "")  # HTML around the next group

    def convert(self, value: str) -> str:
        for token in _TOKEN.finditer(value):
            kind, text = token.lastgroup or "", token[0]
            match kind:
                case "display" | "math" | "round":
                    self._parts.append(self._formula(token[kind].strip()))
                case "command":
                    self._command(token["command"])
                case "sign":
                    self._sign(token["sign"])
                case "brace":
                    self._brace(text)
                case "dashes":
                    self._text(_DASHES.get(len(text), text))
                case "quotes":
                    self._text(_QUOTES[text])
                case "tie":
                    self._text("\u00a0")
                case _:
                    self._text(text)
        self._parts.extend(reversed(self._closers))
        return " ".join("".join(self._parts).split(" ")).strip()

    def _command(self, name: str) -> None:
        if name in _LETTERS:
            self._text(_LETTERS[name])
        elif name in _ACCENTS:
            self._accent = _ACCENTS[name]
        elif name in _ELEMENTS:
            self._opening = (f"<{_ELEMENTS[name]}>", f"</{_ELEMENTS[name]}>")
        elif name == "enquote":
            self._opening = ("“", "”")
        elif name in _SWITCHES and self._closers:
            self._parts.append(f"<{_SWITCHES[name]}>")
            self._closers[-1] = f"</{_SWITCHES[name]}>{self._closers[-1]}"

    def _sign(self, sign: str) -> None:
        if sign in _ACCENTS and not sign.isalpha():
            self._accent = _ACCENTS[sign]
        else:
            self._text(_SIGNS.get(sign, sign))

    def _brace(self, brace: str) -> None:
        if brace == "{":
            self._parts.append(self._opening[0])
            self._closers.append(self._opening[1])
            self._opening = ("", "")
        elif self._closers:
            self._parts.append(self._closers.pop())

    def _text(self, text: str) -> None:
        if self._accent and text.strip():
            text = text.lstrip()
            base = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
            text, self._accent = normalize("NFC", base + self._accent) + text[1:], ""
        if self._opening[0] and text.strip():  # `\emph x`
            text, self._opening = text.lstrip(), ("", "")
        self._parts.append(escape(text, quote=False))
