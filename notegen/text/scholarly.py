"""Forms of scholarly metadata: identifiers of researchers, plain text as a value of BibTeX."""

from notegen.text.patterns import lazy_regex

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # macros of BibTeX
SHORT_WORDS = frozenset({"a", "an", "the", "of", "on", "in", "and", "for", "to", "with"})  # of titles, not in keys
_ORCID = lazy_regex(r"[0-9]{15}[0-9X]")
_SPECIAL = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_PLAIN_OR_MATH = lazy_regex(r"\$[^$]*\$|[^$]++|\$")
_LENGTH = 19  # with its three hyphens


def read_orcid(text: str) -> str:
    """Return the identifier in an ORCID iD or its address; "" where there is none.

    Source: https://support.orcid.org, "Structure of the ORCID Identifier".
    """
    identifier = text.strip().rstrip("/").rpartition("/")[2]
    return identifier if len(identifier) == _LENGTH and _ORCID.fullmatch(identifier.replace("-", "")) else ""


def bibtex_value(text: str) -> str:
    """Return text for BibTeX: LaTeX's signs escaped outside of formulas, braces left out, so that they balance."""
    parts = (match[0] for match in _PLAIN_OR_MATH.finditer(" ".join(text.split())))
    return "".join(part if _is_formula(part) else _plain(part) for part in parts)


def _is_formula(part: str) -> bool:
    return part[0] == "$" and len(part) > 1 and part.count("{") == part.count("}")


def _plain(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text if char not in "{}\\").replace("$", r"\$")
