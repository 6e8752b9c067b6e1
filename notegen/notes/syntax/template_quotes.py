"""Hexo's quotes: `{% blockquote author, source url title %}`, `{% pullquote %}`, `{% centerquote %}` and `{% cq %}`.

A quote is a block quote, one with an author or a source ends with `<footer><strong>author</strong> <cite>…</cite>`;
the others have the class `pullquote` or `centerquote`.
"""

import re
from html import escape

from markdown_it.rules_block import StateBlock

from notegen.notes.syntax.template_tags import Tag

QUOTES = frozenset({"blockquote", "quote", "pullquote", "centerquote", "cq"})
_URL = re.compile(r"(?<!\S)(?P<url>https?://\S+)(?:\s+(?P<title>.+))?")


def quote_attributes(tag: Tag) -> dict[str, str]:
    """Return the attributes of the block quote that a tag opens."""
    if tag.name in {"centerquote", "cq"}:
        return {"class": "centerquote"}
    if tag.name == "pullquote":
        return {"class": " ".join(["pullquote", *tag.words()[0]])}
    return {}


def push_source(state: StateBlock, tag: Tag) -> None:
    """Push the last line of a quote: who said it and where, as Hexo reads the words of its tag."""
    if tag.name not in {"blockquote", "quote"} or not tag.rest:
        return
    found = _URL.search(tag.rest)
    if found is None:
        author, _, title = (part.strip() for part in tag.rest.partition(","))
        where = escape(title)
    else:
        author, url = tag.rest[: found.start()].strip(), found["url"]
        author, _, title = (part.strip() for part in author.partition(",")) if not found["title"] else (author, "", "")
        words = escape(found["title"] or title or url.partition("//")[2].rstrip("/"))
        url = state.md.normalizeLink(url)
        where = f'<a href="{escape(url)}">{words}</a>' if state.md.validateLink(url) else words
    parts = [f"<strong>{escape(author)}</strong>"] if author else []
    parts += [f"<cite>{where}</cite>"] if where else []
    token = state.push("html_block", "", 0)
    token.content = f"<footer>{' '.join(parts)}</footer>\n".replace("$", "&#36;").replace("\\", "&#92;")
