"""Captions of code blocks with a label: `{#lst-x .python lst-cap="…"}`, `#| lst-cap: …`, `:caption:` of MyST.

Without a label a caption is the title of its block.

Source: Quarto docs, "Cross References", the section "Code Listings"; pandoc-crossref's manual, "Code Block Labels".
"""

from collections.abc import Mapping

from markdown_it.token import Token

from notegen.read.syntax.attributes.list import AttributeList, apply_attributes
from notegen.read.token_data import TokenField
from notegen.text.patterns import lazy_regex

CAPTION: TokenField[str] = TokenField("caption", "")  # of fence, as Markdown


_WRITTEN = lazy_regex(r"""[ \t](?:lst-cap|caption)=(?:"([^"\n]*)"|'([^'\n]*)')""")


def take_label(fence: Token, label: str, values: Mapping[str, str]) -> None:
    """Give a code block its label and caption, which its info string then has neither as a language nor as a title."""
    apply_attributes(fence, AttributeList(label))
    fence.info = fence.info.replace(f"#{label}", "", 1)
    behind = _WRITTEN.search(fence.info)  # the braces, or in them
    caption = values.get("lst-cap") or values.get("caption") or (behind and (behind[1] or behind[2])) or ""
    if caption:
        CAPTION.set(fence, caption)
        fence.info = _WRITTEN.sub("", fence.info)
