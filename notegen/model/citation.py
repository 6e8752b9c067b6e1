"""Who has written a note, and how it is cited."""

import re

import msgspec

_ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dX]")


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An author. `orcid` is the identifier alone, `0000-0002-1825-0097`; `id` is what notes may call the person by."""

    name: str
    id: str = ""
    url: str = ""
    orcid: str = ""
    affiliation: str = ""
    email: str = ""

    @property
    def orcid_url(self) -> str:
        """The address of the ORCID record; "" without one."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


def read_orcid(text: str) -> str:
    """Return the identifier in an ORCID or its address; "" where there is none."""
    identifier = text.strip().rstrip("/").rpartition("/")[2]
    return identifier if _ORCID.fullmatch(identifier) else ""


class CitationRequest(msgspec.Struct, frozen=True):
    """What front matter says under `citation:`, in Quarto's names: whether it is shown, and what is known besides.

    `type` is one of CSL (`article-journal`, `webpage`); `journal` its `container-title`.
    """

    shown: bool = True
    type: str = ""
    doi: str = ""
    journal: str = ""
    url: str = ""


class Citation(msgspec.Struct, frozen=True):
    """How a note is cited: a BibTeX entry, the address and DOI that it names, whether it is scholarly by its type."""

    bibtex: str
    url: str
    doi: str = ""
    journal: str = ""
    scholarly: bool = False

    @property
    def doi_url(self) -> str:
        """The address that the DOI stands for; "" without one."""
        return f"https://doi.org/{self.doi}" if self.doi else ""
