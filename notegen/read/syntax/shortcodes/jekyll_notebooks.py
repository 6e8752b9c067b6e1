r"""The notebook of a Jekyll page, as al-folio writes it: the path in a variable, the tag only if the file is there.

`{% assign jupyter_path = 'assets/jupyter/blog.ipynb' | relative_url %}` with `{% jupyter_notebook jupyter_path %}` on
the lines that follow, perhaps between `{% if %}` and `{% else %}`: a link to the notebook. Any other Liquid stays text.

Source: the template al-folio, _posts/2023-07-04-jupyter-notebook.md.
"""

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import push_paragraph
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_SHOWN = r"[ \t]{0,9}+\{%-?[ ]jupyter_notebook[ ](?P=name)[ ]-?%\}[ \t]{0,9}+"
_LINES = lazy_regex(
    r"""\{%-?[ ]assign[ ](?P<name>\w{1,60}+)[ ]=[ ](?P<quote>["'])(?P<path>[^"'\n]{1,300}\.ipynb)"""
    r"""(?P=quote)(?:[ ]\|[ ]relative_url)?[ ]-?%\}[ \t]{0,9}+\n"""
    r"""(?:[ \t]{0,9}+\n|[ \t]{0,9}+\{%-?[ ]capture[ ]\w{1,60}+[ ]-?%\}\{%-?[ ]file_exists[ ][^\n%]{1,300}+%\}"""
    r"""\{%-?[ ]endcapture[ ]-?%\}[ \t]{0,9}+\n){0,4}"""
    r"""(?:[ \t]{0,9}+\{%-?[ ]if[ ][^\n%]{1,200}+%\}[ \t]{0,9}+\n"""
    + _SHOWN
    + r"""\n(?:[ \t]{0,9}+\{%-?[ ]else[ ]-?%\}[ \t]{0,9}+\n(?:(?![ \t]{0,20}+\{%)[^\n]*+\n){0,10}+)?"""
    r"""[ \t]{0,9}+\{%-?[ ]endif[ ]-?%\}[ \t]{0,9}+(?:\n|$)|""" + _SHOWN + r"(?:\n|$))"
)


def jekyll_notebook(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read the lines that show a notebook."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("{%", start) or state.is_code_block(start_line):
        return False
    match = _LINES.match(state.src, start)
    last = start_line + state.src.count("\n", start, match.end()) if match else end_line
    if match is None or not match[0].endswith("\n"):
        last += 1
    if match is None or last > end_line:
        return False
    if not silent:
        push_paragraph(state, f"{{% jupyter_notebook {match['path']} %}}", [start_line, last])
        state.line = last
    return True


JEKYLL_NOTEBOOK = Rule("block", "jekyll_notebook", jekyll_notebook, starts="{", before="fence", interrupts=BLOCKS)
