"""The language of code in the text, which PyMdown Extensions write in front of it: `` `#!python x = 1` ``.

The code has the language as its class, as `` `x = 1`{.python} `` has.

Source: PyMdown Extensions, "InlineHilite".
"""

from markdown_it.rules_core import StateCore

from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.text.patterns import lazy_regex

_SIGN = lazy_regex("`(?:#!|:::)")
_LANGUAGE = lazy_regex(r"(?:#!|:::)([a-z][\w+#-]{0,20})[ \t](?=\S)")


def _inline_code(state: StateCore) -> None:
    if not _SIGN.search(state.src):
        return
    for token in state.tokens:
        for child in token.children or ():
            named = _LANGUAGE.match(child.content) if child.type == "code_inline" else None
            if named is not None:
                child.content = child.content[named.end() :]
                child.attrJoin("class", named[1])


INLINE_CODE = Rule("core", "inline_code", _inline_code, before=AFTER_INLINE)
