"""Time zones by IANA name, the same on every machine: the names come from the tzdata package, never from the system."""

from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo


@cache
def zone_names() -> dict[str, str]:
    """Return every IANA zone name, by its lower-case form. The machine's own `localtime` is not among them."""
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
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
        close = get_close_matches(folded, candidates, 1, 0.8)
        if close:
            return names[candidates[close[0]] or close[0]]
    return ""
