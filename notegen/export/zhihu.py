r"""A note as Markdown for Zhihu, whose editor imports it: formulas are the pictures that it makes formulas of.

The form of these, `<img src="https://www.zhihu.com/equation?tex=…" eeimg="1">`, is what Zhihu's editor itself writes;
two backslashes at the end of the LaTeX put a formula on a line of its own. Macros are defined in each formula that
uses them, as every formula is read alone there.
"""

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from notegen.export.source import ExportedNote
from notegen.jinja.html_tree import Element, latex_of
from notegen.jinja.markdown import MathWriter, markdown
from notegen.link.bodies.formula_svg import is_display
from notegen.text.patterns import lazy_regex

_COMMAND = lazy_regex(r"\\([A-Za-z]+)")
_LABEL = lazy_regex(r"\\label\{[^{}]*\}")
_COMMENT = lazy_regex(r"(?<!\\)%.*")
_ARGUMENT = lazy_regex(r"#([1-9])")
_DEPTH = 8  # macros in macros


def zhihu(note: ExportedNote) -> str:
    """Return the note as Markdown for Zhihu's import."""
    return f"# {note.title}\n\n{markdown(note.html, note.url, _writer(note.macros))}"


def _writer(macros: Mapping[str, str]) -> MathWriter:
    def write(math: Element) -> str:
        source = tagged(math)
        source = definitions(source, macros) + source
        source = " ".join(_COMMENT.sub("", source).split()) + (r"\\" if is_display(math) else "")
        address = f"https://www.zhihu.com/equation?tex={quote(source, safe='')}"
        return f'<img src="{address}" alt="{escape(source)}" class="ee_img tr_noresize" eeimg="1">'

    return write


def tagged(math: Element) -> str:
    r"""Return the LaTeX of a formula, each `\label` as the `\tag` of the site's number where it has none."""
    numbers = iter(
        [
            cell.text().strip().strip("()")
            for cell in math.all("mtd")
            if "math-tag" in cell.classes and cell.attributes.get("id")
        ]
    )

    def tag(label: re.Match[str]) -> str:
        number = next(numbers, "")
        before, after = label.string[: label.start()], label.string[label.end() :]
        row = before.rpartition("\\\\")[2] + after.partition("\\\\")[0]
        return rf"\tag{{{number}}}" if number and r"\tag" not in row else ""

    return _LABEL.sub(tag, latex_of(math))


def definitions(source: str, macros: Mapping[str, str]) -> str:
    r"""Return `\newcommand` for each macro that a formula uses, also within other macros."""
    used: dict[str, str] = {}
    names = list(_COMMAND.findall(source))
    for _ in range(_DEPTH):
        fresh = {name: macros[name] for name in names if name in macros and name not in used}
        used = {**fresh, **used}  # what a macro uses goes before it
        names = [name for body in fresh.values() for name in _COMMAND.findall(body)]
    return "".join(_definition(name, body) for name, body in used.items())


def _definition(name: str, body: str) -> str:
    count = max((int(number) for number in _ARGUMENT.findall(body)), default=0)
    return rf"\newcommand{{\{name}}}{f'[{count}]' if count else ''}{{{body}}}"
