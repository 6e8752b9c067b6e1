"""The visible text of raw HTML, and the elements in it that are none of HTML's own."""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.common.html_blocks import block_names
from markdown_it.token import Token

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, first_names
from notegen.read.foreign.marks import CITATION_HINT, OBJECT
from notegen.read.services import NoteDraft
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"<!--|-->|<(/?)([A-Za-z][\w-]{0,40}+)[^<>]*+>?")
_VERBATIM = frozenset({"script", "style", "pre", "code", "textarea", "svg", "math", "kbd", "samp", "template", "title"})
_COMMENT = "<!--"
_LETTER = lazy_regex(r"[^\n]")


def visible_html(html: str) -> str:
    """Return HTML with each character that a reader does not see as text replaced by OBJECT, line ends kept."""
    parts: list[str] = []
    hidden, reached = "", 0
    for tag in _TAG.finditer(html):
        text = html[reached : tag.start()]
        parts.append(_LETTER.sub(OBJECT, text) if hidden else text)
        parts.append(_LETTER.sub(OBJECT, tag[0]))
        reached = tag.end()
        name = _COMMENT if tag[0] in {_COMMENT, "-->"} else tag[2].lower()
        closes = tag[0] == "-->" or bool(tag[1])
        if hidden:
            hidden = "" if closes and name == hidden else hidden
        elif not closes and (name in _VERBATIM or name == _COMMENT):
            hidden = name
    tail = html[reached:]
    return "".join([*parts, _LETTER.sub(OBJECT, tail) if hidden else tail])


_UNKNOWN = lazy_regex(r"<(?:(?P<custom>[a-z][a-z0-9]*-[a-z0-9.-]*)|(?P<component>[A-Z][A-Za-z0-9.]*))(?=[\s/>])")
_RESERVED = frozenset({"annotation-xml", "color-profile", "font-face", "missing-glyph"})
_INLINE = (
    "a abbr b bdi bdo big br button canvas cite code data del dfn em embed font i img input ins kbd label map mark"
)
_INLINE += (
    " meter object output picture pre progress q ruby rb rt rp rtc s samp select small span strike strong sub sup"
)
_INLINE += " svg template textarea time tt u var video audio wbr script style noscript math datalist area"
_KNOWN = frozenset(block_names) | frozenset(_INLINE.split())
_MANY = 6  # names in a message
_SHOWN = 60  # characters of what is written
_CITATION = "d-cite"


def unknown_elements(tokens: Sequence[Token], draft: NoteDraft) -> Iterator[Diagnostic]:
    """Yield html-script for a note's custom elements (`<d-math>`), syntax-foreign for each component (`<Tabs>`).

    Likewise for each `<d-cite>` of distill, which is read where the site has a bibliography.

    Browsers show the text in them, or nothing, without the scripts that define them.
    """
    body = draft.front_matter.body
    if "<" not in body or not _UNKNOWN.search(body):
        return
    custom: dict[str, tuple[int, int]] = {}
    for part, is_glued in _html_parts(tokens):
        for element in _UNKNOWN.finditer(part.content):
            place = (
                draft.source_map.of(part) if part.type == "html_inline" else draft.source_map.at(part, element.start())
            )
            name = element["component"]
            if name and name.lower() not in _KNOWN and not is_glued:
                yield _component(name, draft, place)
            elif element["custom"] == _CITATION:
                hint = CITATION_HINT if part.type == "html_inline" else "write it in a paragraph, outside of raw HTML"
                yield _citation(part.content[element.start() :], hint, draft, place)
            elif element["custom"] and element["custom"] not in _RESERVED:
                custom.setdefault(element["custom"], place)
    if custom:
        yield _custom(custom, draft)


def _html_parts(tokens: Iterable[Token]) -> Iterator[tuple[Token, bool]]:
    """Yield raw HTML but comments, and whether it is glued to a word, as in `List<String>`."""
    for token in tokens:
        if token.type == "html_block" and not token.content.startswith(_COMMENT):
            yield token, False
        before = ""
        for child in token.children or ():
            if child.type == "html_inline" and not child.content.startswith(_COMMENT):
                yield child, before[-1:].isalnum()
            before = child.content if child.type == "text" else ""


def _citation(html: str, hint: str, draft: NoteDraft, place: tuple[int, int]) -> Diagnostic:
    written = html.partition(">")[0] + ">"
    message = f"a citation of distill {written[:_SHOWN]} shows nothing"
    return _foreign(message, hint, "a citation of distill", len(_CITATION) + 1, draft, place)


def _component(name: str, draft: NoteDraft, place: tuple[int, int]) -> Diagnostic:
    message = f"the component <{name}> is not run: a browser shows its text, or nothing"
    return _foreign(message, "write Markdown or HTML", "a component", len(name) + 1, draft, place)


def _foreign(message: str, hint: str, cause: str, length: int, draft: NoteDraft, place: tuple[int, int]) -> Diagnostic:
    line, column = place
    path = draft.source.path
    return diagnose(
        "syntax-foreign", message, path=path, line=line, column=column, length=length, hint=hint, cause=cause
    )


def _custom(names: dict[str, tuple[int, int]], draft: NoteDraft) -> Diagnostic:
    shown = first_names([f"<{name}>" for name in names], _MANY)
    message = f"{shown}: without another site's script a browser shows their text, or nothing"
    first, (line, column) = next(iter(names.items()))
    hint = "formulas are written $…$, footnotes [^1]"
    return diagnose(
        "html-script", message, path=draft.source.path, line=line, column=column, length=len(first) + 1, hint=hint
    )
