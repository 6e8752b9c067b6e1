"""Films of other sites: their pages and players by name, and what the page at an address shows."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, urlsplit

from notegen.text.patterns import lazy_regex

_TIME = lazy_regex(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?")
_NAME = lazy_regex(r"[\w.-]{1,100}")
_PAPER = lazy_regex(r"/(?:abs|pdf|html)/((?:[a-z-]{1,20}(?:\.[A-Z]{2})?/)?\d{4}[\d.]{3,6}(?:v\d{1,2})?)(?:\.pdf)?")


class Film(NamedTuple):
    """What a site shows: its words, the address of its page, and of the frame that plays it ("" for none)."""

    words: str
    page: str
    player: str = ""


def film(site: str, name: str) -> Film:
    """Return a film of one of the SITES by its name or number there; of youtube also a list, `list=name`."""
    return _FILMS[site](name)


def _youtube(name: str) -> Film:
    player = "https://www.youtube-nocookie.com/embed"
    if name.startswith("list="):
        name = name.removeprefix("list=")
        page = f"https://www.youtube.com/playlist?list={name}"
        return Film(f"YouTube: {name}", page, f"{player}/videoseries?list={name}")
    return Film(f"YouTube: {name}", f"https://www.youtube.com/watch?v={name}", f"{player}/{name}")


def _vimeo(name: str) -> Film:
    return Film(f"Vimeo: {name}", f"https://vimeo.com/{name}", f"https://player.vimeo.com/video/{name}?dnt=1")


def _bilibili(name: str) -> Film:
    number = name.removeprefix("av")
    asked = f"aid={number}" if number.isdigit() else f"bvid={name}"
    name = f"av{number}" if number.isdigit() else name
    player = f"https://player.bilibili.com/player.html?{asked}&autoplay=0"
    return Film(f"bilibili: {name}", f"https://www.bilibili.com/video/{name}/", player)


# Each is a shortcode, of all programs that have any: the rules of hexo.py and hugo.py take up what stands here.
_FILMS: dict[str, Callable[[str], Film]] = {"youtube": _youtube, "vimeo": _vimeo, "bilibili": _bilibili}
SITES = tuple(_FILMS)
_HOSTS = frozenset(
    {"youtube.com", "youtube-nocookie.com", "youtu.be", "vimeo.com", "bilibili.com", "b23.tv", "arxiv.org"}
)


def film_at(address: str) -> Film | None:
    """Return what the page at an address shows: a film of one of the SITES, a paper of arXiv, or another page there.

    None for the addresses of other sites, which may be those of pictures.
    """
    if not address.startswith(("https://", "http://", "//")):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    host = parts.netloc.lower().removeprefix("www.").removeprefix("m.").removeprefix("player.")
    if host not in _HOSTS:
        return None
    return _film_at(parts, host) or Film(f"{host}{parts.path}".rstrip("/"), address)


def _film_at(parts: SplitResult, host: str) -> Film | None:
    segments = [segment for segment in parts.path.split("/") if segment] or [""]
    query = parse_qs(parts.query)
    if host in {"youtube.com", "youtube-nocookie.com", "youtu.be"}:
        listed = [f"list={name}" for name in query.get("list", ())]
        last = segments[-1] if host == "youtu.be" or segments[0] in {"embed", "shorts", "live"} else ""
        film = _named("youtube", next(iter([*query.get("v", ()), *filter(None, [last]), *listed]), ""))
        start = _seconds(_first(query, "t", "start") or parts.fragment.removeprefix("t="))
        return film and _at(film, page=f"t={start}s" if start else "", player=f"start={start}" if start else "")
    if host == "vimeo.com":
        return _named("vimeo", segments[-1] if segments[-1].isdigit() else "")
    if host == "bilibili.com" and segments[0] in {"video", "player.html"}:
        inside = segments[1] if len(segments) > 1 else ""
        name = inside if segments[0] == "video" else _first(query, "bvid", "aid")
        part, start = _first(query, "p", "page"), _seconds(_first(query, "t"))
        part = f"p={part}" if part.isdecimal() and part != "1" else ""
        asked = "&".join(filter(None, [part, f"t={start}" if start else ""]))
        film = _named("bilibili", name)
        return film and _at(film, page=asked, player=asked)
    paper = _PAPER.fullmatch(parts.path) if host == "arxiv.org" else None
    return Film(f"arXiv: {paper[1]}", f"https://arxiv.org/abs/{paper[1]}") if paper else None


def _first(query: Mapping[str, Sequence[str]], *names: str) -> str:
    """Return the value of the first of these names that a query has."""
    return next((query[name][0] for name in names if name in query), "")


def _seconds(written: str) -> int:
    """Return the seconds of a time, `90`, `90s`, `1m30s`; 0 for anything else."""
    time = _TIME.fullmatch(written)
    hours, minutes, seconds = (int(part or 0) for part in time.groups()) if time else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _at(film: Film, *, page: str, player: str) -> Film:
    """Return a film from a place in it on, which its page and its player name in their ways."""
    return Film(film.words, _asked(film.page, page), _asked(film.player, player))


def _asked(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def _named(site: str, name: str) -> Film | None:
    return film(site, name) if _NAME.fullmatch(name.removeprefix("list=")) else None
