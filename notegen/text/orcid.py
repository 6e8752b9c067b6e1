"""ORCID iDs: identifiers of researchers. https://support.orcid.org, "Structure of the ORCID Identifier"."""

from notegen.text.patterns import lazy_regex

_ORCID = lazy_regex(r"[0-9]{15}[0-9X]")
_LENGTH = 19  # with its three hyphens


def read_orcid(text: str) -> str:
    """Return the identifier in an ORCID iD or its address; "" where there is none."""
    identifier = text.strip().rstrip("/").rpartition("/")[2]
    return identifier if len(identifier) == _LENGTH and _ORCID.fullmatch(identifier.replace("-", "")) else ""
