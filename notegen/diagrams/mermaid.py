"""Mermaid's diagrams drawn by merman, a port of Mermaid in Rust (mmdr), in a child process with a bound on its time.

Formulas between `$$` in labels become words of about their width, see svg/labels.py; a named theme of Mermaid's own
gives way to ours, because one that is made for dark pages cannot be read on light ones; colours that the author sets
stay. Source: Mermaid docs, "Theme Configuration", "Math", "Flowcharts".
"""

import json
import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from notegen.diagrams.drawing import Mistake, finish, too_long
from notegen.diagrams.svg.emphasis import looks_of_labels
from notegen.diagrams.svg.labels import with_room, word_for
from notegen.diagrams.svg.write import Drawing
from notegen.diagrams.theme import ROUGH, mermaid_settings
from notegen.system.children.script_process import script_process
from notegen.text.patterns import lazy_regex

_FORMULA = lazy_regex(r"\$\$([^$\n]{1,2000})\$\$")
_HIGH = lazy_regex(r"\\(?:[dt]?frac|begin|sum|prod|int|binom|over\w+|under\w+|stackrel|lim|substack)(?![a-zA-Z])")
_THEME = lazy_regex(r"""(["']?theme["']?[ \t]*:[ \t]*["']?)(?:default|dark|neutral|base|null)\b""")
_KIND = lazy_regex(r"(?:flowchart|graph|swimlane)\b")
_PARSE_ERROR = lazy_regex(r"Diagram parse error \(([\w-]+)\): ")
# merman takes Latin letters of any font for a tenth narrower than those of common ones are: they are made to fit, and
# the whole drawing is a little larger.
_LETTERS, _SCALE = 0.92, 1.06
_LIMIT = "resource limit"
_NAMES = {"flowchart-v2": "flowchart", "flowchart-elk": "flowchart"}
NOT_INSTALLED = Mistake(
    "diagram-missing",
    "diagrams of Mermaid are shown as their source: what draws them is not installed",
    hint='pip install "notegen-ssg[diagrams]"',
)


class Prepared(NamedTuple):
    """A source with words in the place of its formulas, and their LaTeX."""

    source: str
    formulas: tuple[str, ...] = ()


def prepare(source: str, readable: Callable[[str], str]) -> Prepared:
    """Return a source as it is drawn. `readable` gives the plain text of LaTeX, whose length is the formula's width."""
    source = _THEME.sub(r"\1base", source) if "theme" in source else source
    if "$$" not in source:
        return Prepared(source)
    formulas: list[str] = []

    def word(match: re.Match[str]) -> str:
        formulas.append(match[1])
        return word_for(len(formulas) - 1, len(readable(formulas[-1])) + 1)

    source = _FORMULA.sub(word, source)
    high = {number for number, latex in enumerate(formulas) if _HIGH.search(latex)}
    if high and _KIND.search(source):
        source = with_room(source, high)
    return Prepared(source, tuple(formulas))


def draw_mermaid(source: str) -> Drawing | Mistake:
    """Return the drawing of a prepared source, or what is wrong: diagram-missing, -syntax, -large."""
    if not is_installed():
        return NOT_INSTALLED
    mistake = too_long(source)
    if mistake is not None:
        return mistake
    settings = _settings(strong="radar" in source)
    answered, answer = script_process(_SCRIPT).ask({"source": source, "settings": settings})
    if not answered:
        return Mistake("diagram-large", "a diagram takes too long, or too much memory, to be drawn", hint="draw less")
    if "svg" in answer:
        svg = _with_rules(_without_unused(str(answer["svg"])))
        return finish(svg, _SCALE, _LETTERS, looks_of_labels(source))
    return _mistake(str(answer["error"]), int(answer["line"]))


def _with_rules(svg: str) -> str:
    """Return a drawing whose style sheet says all that it needs."""
    return svg.replace("<style>", f"<style>{ROUGH}", 1) if "rough-node" in svg else svg


def _without_unused(svg: str) -> str:
    """Return a drawing without the arrowheads and signs that nothing in it uses: half of what there is to read."""
    for kind in ("marker", "symbol"):
        first, *definitions = svg.split(f'<{kind} id="')
        end = f"</{kind}>"
        kept = [first]
        for definition in definitions:
            name = definition.partition('"')[0]
            is_used = f"#{name})" in svg or f'#{name}"' in svg
            kept.append(f'<{kind} id="{definition}' if is_used else definition.partition(end)[2])
        svg = "".join(kept)
    return svg


@cache
def is_installed() -> bool:
    """Return whether there is something that draws."""
    return find_spec("mmdr") is not None


_SCRIPT = Path(__file__).with_name("mermaid_worker.py")


@lru_cache(maxsize=2)
def _settings(*, strong: bool) -> str:
    return json.dumps(mermaid_settings(strong=strong), separators=(",", ":"))


def _mistake(message: str, line: int) -> Mistake:
    if _LIMIT in message:
        return Mistake("diagram-large", "a diagram is too large to be drawn", hint="draw less of it")
    kind = _PARSE_ERROR.match(message)
    if kind is None:
        known = "its first line names its kind: flowchart, sequenceDiagram, …"
        return Mistake("diagram-syntax", f"a diagram of Mermaid: {_lowered(message)}", line, known)
    name = _NAMES.get(kind[1], kind[1])
    return Mistake("diagram-syntax", f"{name}: {_lowered(message[kind.end() :])}", line)


def _lowered(message: str) -> str:
    return " ".join((message[:1].lower() + message[1:])[:300].split())
