"""The filters templates may use: pure functions of their arguments, never of the site or the clock."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from notegen.model.config import Person
from notegen.model.site import Link
from notegen.text.characters import NOT_XML
from notegen.text.cjk import shortened
from notegen.text.patterns import lazy_regex

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOT_XML = lazy_regex(f"[{NOT_XML}]")
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def date(value: datetime, pattern: str = "{yyyy}-{mm}-{dd}", months: Sequence[str] = ()) -> str:
    """Return `value` by `pattern`: {yyyy} {mm} {dd} padded, {m} {d} not, {month} a name from `months`.

    Patterns and names are labels of the theme, so a page that shows a date in words reads `t`.
    """
    parts = {
        "yyyy": f"{value.year:04}",
        "mm": f"{value.month:02}",
        "dd": f"{value.day:02}",
        "m": str(value.month),
        "d": str(value.day),
        "month": months[value.month - 1] if months else f"{value.month:02}",
    }
    return fill(pattern, **parts)


def iso(value: datetime) -> str:
    """Return an RFC 3339 timestamp with its zone: `2026-01-11T08:00:00+08:00`."""
    return value.isoformat(timespec="seconds")


def rfc822(value: datetime) -> str:
    """Return a date as RSS wants it, in any locale: `Sun, 11 Jan 2026 08:00:00 +0800`."""
    day, month = _DAYS[value.weekday()], _MONTHS[value.month - 1]
    offset = value.strftime("%z")[:5] or "+0000"
    return f"{day}, {value.day:02} {month} {value.year:04} {value.hour:02}:{value.minute:02}:{value.second:02} {offset}"


def fill(text: str, **values: object) -> str:
    """Return `text` with each `{name}` replaced by its value."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def first_few(values: Iterable[object], comma: str, room: int) -> str:
    """Return as many of the values as fit into `room` characters, at least one, and `…` for the others."""
    words, used = list(map(str, values)), 0
    for number, word in enumerate(words):
        used += len(word) + len(comma)
        if used > room and number:
            return comma.join(words[:number]) + "…"
    return comma.join(words)


def grouped(number: int) -> str:
    """Return a number with commas between groups of three digits."""
    return f"{number:,}"


def absolute(url: str, base_url: str) -> str:
    """Return `url`, which starts with the base path, as an absolute address; unchanged when `base_url` is empty."""
    return urljoin(base_url, url) if base_url else url


def xml_clean(text: str) -> str:
    """Return `text` without the characters that XML 1.0 forbids even when escaped."""
    return _NOT_XML.sub("", text)


def cdata(text: str) -> Markup:
    """Return `text` as a CDATA section of XML 1.0, cleaned: of HTML two thirds of what escaping each bracket takes."""
    kept = xml_clean(text).replace("]]>", "]]]]><![CDATA[>")
    return Markup(f"<![CDATA[{kept}]]>")  # noqa: S704 - nothing ends the section


def as_json(value: object) -> str:
    """Return a value as JSON for a file of its own: unlike that of `tojson` it must not stand in HTML."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def compact(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` without what is empty: None, "", and empty collections."""
    return {key: value for key, value in values.items() if value is not None and value not in ("", (), [], {})}


def persons(people: Sequence[Person | str]) -> list[dict[str, Any]]:
    """Return authors, or their names, as Schema.org persons."""
    return [_person(Person(person) if isinstance(person, str) else person) for person in people]


def _person(person: Person) -> dict[str, Any]:
    affiliation = {"@type": "Organization", "name": person.affiliation} if person.affiliation else None
    more = {"url": person.url, "sameAs": person.orcid_url, "affiliation": affiliation}
    return {"@type": "Person", "name": person.name, **compact(more)}


def list_items(
    links: Sequence[Link], home: str, home_url: str, title: str, url: str, base_url: str
) -> list[dict[str, Any]]:
    """Return breadcrumbs as Schema.org list items with absolute addresses: home, the links, the page itself.

    Links without an address are left out: an item must have one (Google Search Central, "Breadcrumb structured data").
    """
    named = [(home, home_url), *((link.title, link.url) for link in links if link.url), (title, url)]
    return [
        {"@type": "ListItem", "position": position, "name": name, "item": absolute(address, base_url)}
        for position, (name, address) in enumerate(named, start=1)
    ]


def direction(language: str) -> str:
    """Return "rtl" for a language (a BCP 47 tag) that is written from right to left, else "ltr"."""
    return "rtl" if language.lower().partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def markdown(html: str, url: str = "") -> str:
    """Return finished HTML as Markdown, with formulas as LaTeX; `url`: the address from which its links begin."""
    from notegen.jinja.markdown import markdown as as_markdown

    return as_markdown(html, url)


FILTERS: dict[str, Callable[..., Any]] = {
    "absolute": absolute,
    "as_json": as_json,
    "cdata": cdata,
    "compact": compact,
    "date": date,
    "direction": direction,
    "fill": fill,
    "first_few": first_few,
    "grouped": grouped,
    "iso": iso,
    "list_items": list_items,
    "markdown": markdown,
    "persons": persons,
    "rfc822": rfc822,
    "shorten": shortened,
    "xml_clean": xml_clean,
}
