"""Code blocks: a fence's info string and text to highlighted HTML with CSS classes, by Pygments."""

from collections.abc import Callable, Collection
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

import msgspec

from notegen.cache.fragments import FragmentCache
from notegen.model.digest import digest
from notegen.read.code.fast_lexer import add_lookahead
from notegen.read.code.languages import PLAIN, lexer_name
from notegen.read.code.lines import mark_lines, mark_prompts, split_diff
from notegen.read.code.options import CodeOptions, read_options
from notegen.read.code.spans import make_span_writer
from notegen.system.plain import use_fast_paths

if TYPE_CHECKING:
    from pygments.lexer import Lexer

# Code beyond these is shown without colours: on long lines and gaps many of Pygments' patterns take n² steps.
MAX_HIGHLIGHTED = 200_000  # characters
MAX_LINE = 2000  # characters
MAX_GAP = 200  # blank lines
_PROMPTS = (">>> ", "$ ")
_SESSIONS = {">>> ": ("pycon", {"python", "py", "python3"}), "$ ": ("console", {"bash", "sh", "shell", "zsh"})}


class CodeBlock(msgspec.Struct, frozen=True):
    """Rendered code: its HTML, and whether the language was known to the highlighter."""

    html: str
    known: bool


Highlighter = Callable[[str, str], CodeBlock]


def language_of(info: str) -> str:
    """Return the language that a fence's info string names: `python`, `{.python}`, `rust,linenos` alike."""
    return read_options(info).language


def make_highlighter(uncoloured: Collection[str] = ()) -> Highlighter:
    """Return the function (code, info string) -> CodeBlock. It keeps its lexers; Pygments is imported on first use.

    `uncoloured`: the classes of tokens that look like text, which get no spans.
    """

    @lru_cache(maxsize=64)
    def lexer(language: str) -> "Lexer | None":
        from pygments.lexers import get_lexer_by_name
        from pygments.util import ClassNotFound

        try:
            pygments_lexer = get_lexer_by_name(language, stripnl=False, ensurenl=True)
        except ClassNotFound:
            return None
        if use_fast_paths():
            add_lookahead(pygments_lexer)
        return pygments_lexer

    write_spans = make_span_writer(uncoloured)

    def highlight(code: str, info: str) -> CodeBlock:
        options = read_options(info)
        code, signs = split_diff(code) if options.diff else (code, "")
        language = _session(lexer_name(options.language), code)
        tokenizer = None if language in PLAIN or not _is_moderate(code) else lexer(language)
        html = escape(code, quote=False) if tokenizer is None else write_spans(tokenizer.get_tokens(code))
        if code.startswith(_PROMPTS):
            html = mark_prompts(html, coloured=tokenizer is not None)
        if options.by_line:
            html = mark_lines(html, options, signs)
        known = tokenizer is not None or language in PLAIN or lexer(language) is not None
        return CodeBlock(_frame(html, options), known)

    return highlight


def cached_highlighter(
    highlight: Highlighter, fragments: FragmentCache, uncoloured: Collection[str] = ()
) -> Highlighter:
    """Return `highlight`, made for `uncoloured`, with its results kept among a note's fragments."""

    def recall(code: str, info: str) -> CodeBlock:
        key = digest("code", code, info, *uncoloured)
        stored = fragments.get(key)
        if stored is not None:
            return CodeBlock(stored[1:], stored[0] == "+")
        block = highlight(code, info)
        fragments.put(key, ("+" if block.known else "-") + block.html)
        return block

    return recall


def _session(language: str, code: str) -> str:
    """Return the language that knows prompts where code in `python` or `bash` begins with one."""
    for prompt, (session, languages) in _SESSIONS.items():
        if code.startswith(prompt) and language in languages:
            return session
    return language


def _is_moderate(code: str) -> bool:
    """Return whether code is short enough, as a whole and in its lines, to be given to Pygments."""
    if len(code) > MAX_HIGHLIGHTED:
        return False
    gap = 0
    for line in code.split("\n"):
        gap = gap + 1 if not line or line.isspace() else 0
        if len(line) > MAX_LINE or gap > MAX_GAP:
            return False
    return True


def _frame(html: str, options: CodeOptions) -> str:
    """Return the block around highlighted code: a head that names title and language, then the scrolling code."""
    name = escape(options.language)
    title = f'<span class="code-title">{escape(options.title)}</span>' if options.title else ""
    language = f'<span class="code-lang">{name}</span>' if name else ""
    head = f'<div class="code-head">{title}{language}</div>' if title or language else ""
    box = "highlight wrap" if options.wrap else "highlight"
    style = f' style="max-height:{options.height}"' if options.height else ""
    block = f'<div class="{box}" data-lang="{name}">{head}<pre{style} tabindex="0"><code>{html}</code></pre></div>\n'
    if not options.fold:
        return block
    words = escape(options.summary or options.title or options.language or "…")
    opened = " open" if options.fold == "open" else ""
    return f'<details class="code-fold"{opened}><summary>{words}</summary>\n{block}</details>\n'
