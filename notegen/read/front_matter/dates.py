"""Dates as people write them, read the same on every machine: what names no zone is in the site's zone."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import msgspec

from notegen.system.time_zones import find_zone, nearest_zone
from notegen.text.paths import dated_name, is_day
from notegen.text.patterns import lazy_regex

_DASHED = r"(?P<mark>[-/.])(?P<m>[0-9]{1,2})(?P=mark)"
_DAY = rf"(?P<year>[0-9]{{4}})(?:{_DASHED}|年\s?(?P<mm>[0-9]{{1,2}})\s?月\s?)(?P<day>[0-9]{{1,2}})日?"
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,18}))?)?"
_ZONE = r"(?P<zone>[Zz]|(?P<sign>[-+])(?P<zh>[0-9]{2})(?::?(?P<zm>[0-9]{2}))?|[A-Za-z][A-Za-z0-9_+/-]{1,40})"
_FORM = lazy_regex(rf"{_DAY}(?:(?:\s{{0,3}}[Tt]\s{{0,3}}|\s{{1,3}}){_TIME}(?:\s{{0,3}}{_ZONE})?)?")
_MONTH_FIRST = lazy_regex(r"\s*([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})\s*")
LONGEST = 100  # characters; no date is longer


class NoDate(msgspec.Struct, frozen=True):
    """Why a value is no date, in words for the author."""

    reason: str


def read_date(value: str | date, zone: tzinfo) -> datetime | NoDate:
    """Return `value` as an aware datetime in `zone`, which is also the zone of values that name none.

    Forms: 2024-1-2, 2024/1/2, 2024.1.2, 2024年1月2日; then 8:00, 08:00:00 or 08:00:00.5, after a space or T; then
    Z, +08, +08:00, +0800 or an IANA zone such as Asia/Shanghai. `value` may be a date or datetime from TOML.
    """
    if isinstance(value, str):
        moment = _parse(value, zone)
    elif isinstance(value, datetime):
        moment = value
    else:
        moment = datetime(value.year, value.month, value.day, tzinfo=zone)
    if isinstance(moment, NoDate):
        return moment
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        moment.astimezone(UTC)  # everything that compares or writes dates goes by UTC
        return moment.astimezone(zone)
    except OverflowError:  # the first or last hours of the calendar, moved out of it by the zone
        return NoDate("the date is outside the years 1 to 9999")


def _parse(text: str, zone: tzinfo) -> datetime | NoDate:
    text = text.strip()
    match = _FORM.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        return NoDate("not a known form of date")
    part = match.groupdict()
    written_zone = _zone(part, zone)
    if isinstance(written_zone, NoDate):
        return written_zone
    numbers = (part["year"], part["m"] or part["mm"], part["day"], part["hour"], part["minute"], part["second"])
    microsecond = int((part["fraction"] or "0").ljust(6, "0")[:6])
    try:
        year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
        return datetime(year, month, day, hour, minute, second, microsecond, tzinfo=written_zone)
    except ValueError:
        return NoDate("there is no such day or time")


def _zone(part: dict[str, str | None], zone: tzinfo) -> tzinfo | NoDate:
    name = part["zone"]
    if name is None:
        return zone
    if name in {"Z", "z"}:
        return UTC
    if part["sign"]:
        hours, minutes = int(part["zh"] or 0), int(part["zm"] or 0)
        if hours >= 24 or minutes >= 60:  # noqa: PLR2004  hours of a day, minutes of an hour
            return NoDate(f"there is no time zone {name}")
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if part["sign"] == "-" else offset)
    near = nearest_zone(name)
    return find_zone(name) or NoDate(f"there is no time zone {name}" + (f"; did you mean {near}?" if near else ""))


def year_first(text: str) -> str:
    """Return a date of Quarto, 5/23/2024 or 05-23-2024, as 2024-5-23; other texts as they are.

    Source: Quarto docs, "Dates and Date Formatting" (MM/dd/yyyy, MM-dd-yyyy).
    """
    match = _MONTH_FIRST.fullmatch(text) if len(text) <= LONGEST else None
    return f"{match[4]}-{match[1]}-{match[3]}" if match else text


def date_from_filename(stem: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """Return the date that a file name begins with (`2024-01-02-title`) and the rest of the name.

    Without such a prefix: None and the whole of `stem`. The name of a daily note, a date alone or with words behind a
    space (Obsidian, Logseq), is a name as a whole.
    """
    dated = dated_name(stem)
    moment = read_date(dated.date if dated else stem, zone) if dated or is_day(stem) else None
    if not isinstance(moment, datetime):
        return None, stem
    return moment, dated.name if dated and dated.separator != " " else stem
