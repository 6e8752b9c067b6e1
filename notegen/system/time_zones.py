"""Time zones by IANA name, the same on every machine: the names come from the tzdata package, never from the system."""

from functools import cache
from pkgutil import get_data
from zoneinfo import ZoneInfo

from notegen.text.suggestions import close_matches


@cache
def zone_names() -> dict[str, str]:
    """Return every IANA zone name, by its lower-case form. The machine's own `localtime` is not among them."""
    names = (get_data("tzdata", "zones") or b"").decode().split()
    return {name.lower(): name for name in names}


def find_zone(name: str) -> ZoneInfo | None:
    """Return the zone called `name` (exact spelling), or None when there is no such zone."""
    return ZoneInfo(name) if zone_names().get(name.lower()) == name else None


def nearest_zone(name: str) -> str:
    """Return the zone name that `name` most likely means (`shanghai`, `Asia/Shangai`), or an empty string."""
    names = zone_names()
    folded = name.lower().replace(" ", "_")
    if folded in names:
        return names[folded]
    cities = {key.rpartition("/")[2]: key for key in names}
    for candidates in (cities, dict.fromkeys(names)):
        close = close_matches(folded, candidates, 1, 0.8)
        if close:
            return names[candidates[close[0]] or close[0]]
    return ""
