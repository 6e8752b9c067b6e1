"""What syntax rules keep beside the tokens while one text is parsed: one typed value under one key of `env`."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import msgspec
from markdown_it.utils import EnvType

from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Meta
from notegen.model.source import Cell

T = TypeVar("T")
_KEY = "notegen"


class Report(msgspec.Struct, frozen=True):
    """A diagnostic without a path: `line` and `column` count from 1 in the text that is parsed, `length` characters.

    Column 0 is the whole line. `cause`: see Diagnostic. `code` is one of `notegen.model.codes.CODES`.
    """

    code: str
    message: str
    hint: str
    line: int
    column: int
    length: int
    cause: str = ""


class InlineReport(msgspec.Struct, frozen=True):
    """What an inline rule reports: its place is known when all rules have run."""

    code: str
    message: str
    hint: str
    length: int


class ParseState(msgspec.Struct):
    """The state of one parse.

    - `language`: the note's BCP 47 tag, "" where its front matter names none.
    - `title`: that of the front matter; `number_sections`: whether it wants numbers, None where it says nothing.
    - `fields`: what the front matter says besides, by key, for tags that show it.
    - `hashtags`: the tags in the text, without `#`, in its order (the keys of a dictionary).
    - `reports`: what rules have to say to the author.
    - `inline_reports`: those without a place yet, by the text of the inline token, then by offset in it.
    - `problems`: diagnostics of rules of extensions, once each (the keys of a dictionary).
    - `results`: what `once` has computed.
    - `in_raw`: whether tags are text now, inside `{% raw %}`; `raw_texts`: texts of paragraphs in which they are.
    - `labelling`: whether a label of LaTeX stands in the text, outside of formulas.
    - `citing`: whether the text has citations, or names the place of their list.
    - `cells`: of a notebook, in the lines of the text; `links`: those to the notebook itself, what they are and where.
    - `marked_html`: how many elements with `markdown="1"` are open; None where the text has none.
    - `all_html`: whether every element of raw HTML holds Markdown.
    - `examples`: the numbers of Pandoc's examples by their labels.
    """

    language: str = ""
    title: str = ""
    number_sections: bool | None = None
    fields: dict[str, Any] = {}
    hashtags: dict[str, None] = {}
    reports: list[Report] = []
    inline_reports: dict[str, dict[int, InlineReport]] = {}
    problems: dict[Diagnostic, None] = {}
    results: dict[tuple[Callable[[str], Any], str], Any] = {}
    in_raw: bool = False
    raw_texts: set[str] = set()
    labelling: bool = False
    citing: bool = False
    marked_html: int | None = None
    all_html: bool = False
    cells: tuple[Cell, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    examples: dict[str, int] = {}


def new_env(meta: Meta) -> dict[str, Any]:
    """Return the `env` of a new parse of a text in a note with this front matter."""
    known: dict[str, Any] = {"title": meta.title, "lang": meta.lang, "description": meta.summary}
    known |= {"author": ", ".join(meta.authors), "date": meta.date.date().isoformat() if meta.date else ""}
    fields = {**meta.extra, **{key: value for key, value in known.items() if value}}
    return {_KEY: ParseState(meta.lang, meta.title, meta.number_sections, fields)}


def parse_state(env: EnvType) -> ParseState:
    """Return the state of the parse that `env` belongs to; a new one when it has none yet."""
    state = env.get(_KEY)
    if state is None:
        state = env[_KEY] = ParseState()
    return cast("ParseState", state)


def once(env: EnvType, compute: Callable[[str], T], text: str) -> T:
    """Return `compute(text)`, computed when a rule first asks for it in this parse. `compute`: a module's function."""
    results, key = parse_state(env).results, (compute, text)
    if key not in results:
        results[key] = compute(text)
    result: T = results[key]
    return result
