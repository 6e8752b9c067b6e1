"""CSL-JSON, as Zotero and Pandoc write it: items to entries, their fields under BibTeX's names.

Source: citation-style-language/schema, csl-data.json.
"""

import json
from collections.abc import Mapping
from typing import Any

from notegen.bibliography.entries import BibliographyFile, Entry, Name
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic

_FIELDS = {
    "title": "title",
    "container-title": "journal",
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "publisher": "publisher",
    "DOI": "doi",
    "URL": "url",
    "edition": "edition",
    "language": "language",
    "abstract": "abstract",
}
_TYPES = {"paper-conference": "inproceedings", "chapter": "incollection"}


def read_csl_json(text: str, path: str) -> BibliographyFile:
    """Return the entries of a CSL-JSON file. Diagnostics: bib-syntax, bib-duplicate."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg}"
        return BibliographyFile(
            {}, (diagnose("bib-syntax", message, path=path, line=error.lineno, column=error.colno),)
        )
    except RecursionError:
        return BibliographyFile({}, (diagnose("bib-syntax", "lists nested too deeply", path=path),))
    items = data if isinstance(data, list) else []
    if not isinstance(data, list):
        message = "CSL-JSON is a list of entries; this is none"
        return BibliographyFile({}, (diagnose("bib-syntax", message, path=path, line=1),))
    entries: dict[str, Entry] = {}
    diagnostics: list[Diagnostic] = []
    for number, item in enumerate(items, start=1):
        key = _text(item.get("id")) if isinstance(item, dict) else ""
        if not key:
            diagnostics.append(diagnose("bib-syntax", f"entry {number} of the list has no id", path=path))
        elif key in entries:
            message = f"the key {key} is used a second time; the first entry counts"
            diagnostics.append(diagnose("bib-duplicate", message, path=path))
        else:
            entries[key] = _entry(key, item)
    return BibliographyFile(entries, tuple(diagnostics))


def _entry(key: str, item: Mapping[str, Any]) -> Entry:
    fields = {name: _text(item.get(field)) for field, name in _FIELDS.items()}
    kind = _text(item.get("type"))
    fields["year"] = _year(item.get("issued"))
    names = next((people for role in ("author", "editor") if (people := _names(item.get(role)))), ())
    return Entry(key, _TYPES.get(kind, kind), {name: text for name, text in fields.items() if text}, 0, names, False)


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _year(issued: Any) -> str:
    """Return the year of a date: `{"date-parts": [[2017, 6]]}`, or its words."""
    if not isinstance(issued, dict):
        return ""
    match issued.get("date-parts"):
        case [[year, *_], *_]:
            return _text(year)
    return _text(issued.get("raw") or issued.get("literal"))[:4]


def _names(value: Any) -> tuple[Name, ...]:
    people = [person for person in value if isinstance(person, dict)] if isinstance(value, list) else []
    names = (
        Name(
            _text(person.get("literal"))
            or " ".join(filter(None, (_text(person.get("non-dropping-particle")), _text(person.get("family"))))),
            _text(person.get("given")),
        )
        for person in people
    )
    return tuple(name for name in names if name.family or name.given_name)
