"""Code in Liquid and Hexo tags: `{% highlight python %}`, `{% codeblock lang:python %}` and `{% raw %}`.

`highlight` and `codeblock` become `fence` tokens whose `info` is the language. `raw` becomes a `fence` without a
language, unless it holds displays: people put formulas, and whole notes, in raw tags to keep them from the template
engine. Then its inside is read as usual and the tags are dropped.

Source: Jekyll docs, "Liquid: Tags Filters", the section "Code snippet highlighting"; Hexo docs, "Tag Plugins".
"""

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import read_lines
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_OPEN = lazy_regex(r"\{%-?\s*(codeblock|highlight|raw)\b([^%]*)%\}[ \t]*")
_CLOSE = {name: lazy_regex(rf"\{{%-?\s*end{name}\s*-?%\}}[ \t]*") for name in ("codeblock", "highlight", "raw")}
_CODEBLOCK_LANGUAGE = lazy_regex(r"\blang:(\S+)")
_LANGUAGE = lazy_regex(r"[A-Za-z0-9_+#.-]+")
_DISPLAY = lazy_regex(r"\$\$|\\[(\[]|\\begin\{")


def liquid_code(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a code tag alone on its line, up to the line of its end tag. Without one it stays text."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("{%", start) or state.is_code_block(start_line):
        return False
    opened = _OPEN.fullmatch(state.src, start, state.eMarks[start_line])
    if opened is None:
        return False
    closing_line = _closing_line(state, opened[1], start_line, end_line)
    if closing_line < 0:
        return False
    if silent:
        return True
    content = state.getLines(start_line + 1, closing_line, max(0, state.sCount[start_line]), keepLastLF=True)
    if opened[1] == "raw" and _DISPLAY.search(content):
        read_lines(state, start_line + 1, closing_line)
    else:
        token = state.push("fence", "code", 0)
        token.info = _language(opened[1], opened[2].strip())
        token.content = content
        token.markup = "{%"
        token.map = [start_line, closing_line + 1]
    state.line = closing_line + 1
    return True


def _closing_line(state: StateBlock, name: str, start_line: int, end_line: int) -> int:
    indent = min(state.blkIndent, state.sCount[start_line])
    for line in range(start_line + 1, end_line):
        start = state.bMarks[line] + state.tShift[line]
        if state.sCount[line] < indent and not state.isEmpty(line):
            return -1
        if state.src.startswith("{%", start):
            if _CLOSE[name].fullmatch(state.src, start, state.eMarks[line]):
                return line
            if _OPEN.fullmatch(state.src, start, state.eMarks[line]):
                return -1
    return -1


def _language(tag: str, options: str) -> str:
    if tag == "codeblock":
        match = _CODEBLOCK_LANGUAGE.search(options)
        return match[1] if match else ""
    language = _LANGUAGE.match(options) if tag == "highlight" else None
    return language[0] if language else ""


LIQUID_CODE = Rule("block", "liquid_code", liquid_code, starts="{", before="fence", interrupts=BLOCKS)
