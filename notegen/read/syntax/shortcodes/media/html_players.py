"""Films and sounds of other sites in raw HTML, `<video src="https://…">`: they are loaded when they are played.

`autoplay` goes, `preload` becomes none, and `controls` are there. A poster of another site goes from every player, and
`default` from a track of one. Else players of the site's own files stay as written. Report: html-frame, for the first
one of a note that would have loaded by itself.

Source: HTML Standard, "The video element", "preload".
"""

import re

from markdown_it.rules_core import StateCore

from notegen.read.source_map import locate
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.syntax.shortcodes.media.html_tags import ATTRIBUTE, REMOTE, TAG
from notegen.read.token_data import PLACE
from notegen.text.patterns import lazy_regex

_ANY = lazy_regex(r"<(?:video|audio|track)\b", re.IGNORECASE)
_PLAYERS = frozenset({"video", "audio"})
_NEXT = lazy_regex(r"</?(?:video|audio)\b", re.IGNORECASE)
_PART = lazy_regex(r"""(?P<name>[^\s"'<>/=]++)(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|[^\s"'<>`]++))?+""")
_EAGER = lazy_regex(
    r"""\sautoplay\b|\spreload[ ]?=[ ]?["']?(?:auto|metadata)|\sposter[ ]?=[ ]?["']?(?:https?:)?//""",
    re.IGNORECASE,
)


def quiet_players(html: str, behind: str = "") -> str:
    """Return HTML whose players of other sites load nothing by themselves. `behind`: what follows, up to their end."""
    if _ANY.search(html) is None:
        return html
    parts: list[str] = []
    at = 0
    for tag in TAG.finditer(html):
        name = (tag["name"] or "").lower()
        if name in _PLAYERS and not _is_local(tag, html, behind):
            shown = _quiet(tag)
        elif name == "track" and _is_remote(tag, "src"):
            shown = _without(tag, "default")
        elif name in _PLAYERS and _is_remote(tag, "poster"):
            shown = _without(tag, "poster")
        else:
            continue
        parts += [html[at : tag.start()], shown]
        at = tag.end()
    return "".join((*parts, html[at:]))


def _is_local(tag: re.Match[str], html: str, behind: str) -> bool:
    """Return whether all addresses of a player are of this site; one without any may get them from elsewhere."""
    sources = _sources(tag)
    if not sources:
        end = _NEXT.search(html, tag.end())
        inside = html[tag.end() : end.start()] if end else html[tag.end() :] + behind
        sources = [source for inner in TAG.finditer(inside) for source in _sources(inner)]
    return bool(sources) and not any(REMOTE.match(source.strip()) for source in sources)


def _sources(tag: re.Match[str]) -> list[str]:
    if (tag["name"] or "").lower() not in _PLAYERS | {"source"}:
        return []
    items = ATTRIBUTE.finditer(tag["attributes"])
    return [item[2] or item[3] or item[4] or "" for item in items if item["name"].lower() == "src"]


def _is_remote(tag: re.Match[str], name: str) -> bool:
    values = _PART.finditer(tag["attributes"])
    value = next((item["value"] for item in values if item["name"].lower() == name), None)
    return value is not None and REMOTE.match(value.strip("\"' \t\n")) is not None


def _without(tag: re.Match[str], *names: str) -> str:
    kept = [f" {part[0]}" for part in _PART.finditer(tag["attributes"]) if part["name"].lower() not in names]
    return f"<{tag['name']}{''.join(kept)}>"


def _quiet(tag: re.Match[str]) -> str:
    parts = list(_PART.finditer(tag["attributes"]))
    gone = {"autoplay", "preload", *(("poster",) if _is_remote(tag, "poster") else ())}
    kept = [f" {part[0]}" for part in parts if part["name"].lower() not in gone]
    controls = "" if any(part["name"].lower() == "controls" for part in parts) else " controls"
    return f'<{tag["name"]}{"".join(kept)}{controls} preload="none">'


def _replace(state: StateCore) -> None:
    if _ANY.search(state.src) is None:
        return
    place: tuple[int, int] | None = None
    lines = state.src.split("\n")
    for block in state.tokens:
        if block.type == "html_block" and (html := quiet_players(block.content)) != block.content:
            if place is None and (eager := _EAGER.search(block.content)):
                place = locate(lines, block, block.content.rfind("<", 0, eager.start()))
            block.content = html
        for index, child in enumerate(block.children or ()):
            if child.type != "html_inline" or _ANY.match(child.content) is None:
                continue
            behind = "".join(item.content for item in (block.children or ())[index + 1 :] if item.type == "html_inline")
            html = quiet_players(child.content, _before_end(behind))
            if place is None and html != child.content and _EAGER.search(child.content):
                tag = PLACE.of(child)
                place = (tag.line + 1, tag.column + 1) if tag else (1, 0)
            child.content = html
    if place is not None:
        message = "a film or sound of another site is loaded when a reader plays it, not before; no poster of one is"
        hint = "nobody is sent there unasked; a file of yours may play by itself, and show a poster"
        report(state.env, "html-frame", message, place, hint=hint, cause="html-player")


def _before_end(html: str) -> str:
    end = _NEXT.search(html)
    return html[: end.start()] if end else html


# Behind the rule that finds the places of tags.
PLAYERS = Rule("core", "players", _replace, before=AFTER_INLINE)
