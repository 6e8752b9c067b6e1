"""Places for footnotes written inside a sentence (`^[so $x$]`), which the footnote plugin leaves without lines."""

from markdown_it.token import Token
from markdown_it.utils import EnvType


def inline_footnotes(tokens: list[Token], env: EnvType) -> list[Token]:
    """Return an inline token with content, children and lines for each such footnote in `tokens`."""
    notes = env.get("footnotes", {}).get("list", {})
    found: list[Token] = []
    for token in tokens:
        if token.type != "inline" or token.map is None:
            continue
        reached = 0
        for child in token.children or []:
            note = notes.get(child.meta.get("id"), {}) if child.type == "footnote_ref" else {}
            if "tokens" in note:
                reached = max(reached, token.content.find(f"^[{note['content']}]", reached))
                line = token.map[0] + token.content.count("\n", 0, reached)
                found.append(
                    Token("inline", "", 0, content=note["content"], children=note["tokens"], map=[line, line + 1])
                )
    return found
