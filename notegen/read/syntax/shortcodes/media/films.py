"""Films of other sites: their pages and players by name, and what the page at an address shows."""

from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, urlsplit

from notegen.text.patterns import lazy_regex

_NAME = lazy_regex(r"[\w.-]{1,100}")
_PAPER = lazy_regex(r"/(?:abs|pdf|html)/((?:[a-z-]{1,20}(?:\.[A-Z]{2})?/)?\d{4}[\d.]{3,6}(?:v\d{1,2})?)(?:\.pdf)?")


class Film(NamedTuple):
    """What a site shows: its words, the address of its page, and of the frame that plays it ("" for none)."""

    words: str
    page: str
    player: str = ""


def film(site: str, name: str) -> Film:
    """Return a film of one of the SITES by its name or number there; of youtube also a list, `list=name`."""
    if site == "vimeo":
        return Film(f"Vimeo: {name}", f"https://vimeo.com/{name}", f"https://player.vimeo.com/video/{name}?dnt=1")
    if site == "bilibili":
        number = name.removeprefix("av")
        asked = f"aid={number}" if number.isdigit() else f"bvid={name}"
        name = f"av{number}" if number.isdigit() else name
        player = f"https://player.bilibili.com/player.html?{asked}&autoplay=0"
        return Film(f"bilibili: {name}", f"https://www.bilibili.com/video/{name}/", player)
    player = "https://www.youtube-nocookie.com/embed"
    if name.startswith("list="):
        name = name.removeprefix("list=")
        page = f"https://www.youtube.com/playlist?list={name}"
        return Film(f"YouTube: {name}", page, f"{player}/videoseries?list={name}")
    return Film(f"YouTube: {name}", f"https://www.youtube.com/watch?v={name}", f"{player}/{name}")


SITES = ("youtube", "vimeo", "bilibili")
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
    if host in {"youtube.com", "youtube-nocookie.com", "youtu.be"}:
        query = parse_qs(parts.query)
        listed = [f"list={name}" for name in query.get("list", ())]
        last = segments[-1] if host == "youtu.be" or segments[0] in {"embed", "shorts", "live"} else ""
        return _named("youtube", next(iter([*query.get("v", ()), *filter(None, [last]), *listed]), ""))
    if host == "vimeo.com":
        return _named("vimeo", segments[-1] if segments[-1].isdigit() else "")
    if host == "bilibili.com" and segments[0] == "video":
        return _named("bilibili", segments[1] if len(segments) > 1 else "")
    paper = _PAPER.fullmatch(parts.path) if host == "arxiv.org" else None
    return Film(f"arXiv: {paper[1]}", f"https://arxiv.org/abs/{paper[1]}") if paper else None


def _named(site: str, name: str) -> Film | None:
    return film(site, name) if _NAME.fullmatch(name.removeprefix("list=")) else None
