r"""What other programs' markup looks like in the text of a page: one table of values.

Each form is a pattern of a note's visible text, in which code is `CODE` and a formula, a picture or a tag `OBJECT`;
`^` and `$` are the ends of its lines. No text is looked at where the source holds none of the `sign`s.

Source: the documentation of MyST, Quarto, Pandoc, kramdown, VitePress, Material for MkDocs, Python-Markdown, Obsidian,
Templater and MDX; Docutils, "reStructuredText Directives".
"""

import re
from collections.abc import Callable

import msgspec

from notegen.read.syntax.emoji import emoji_named
from notegen.text.patterns import lazy_regex

CODE, OBJECT = "\x01", "\x00"  # no text holds them
CITATION_HINT = "put its work into a .bib file of the site; else write a link, or a footnote [^1]"
MUSTACHE = "a tag {} of Vue, Mustache or Jinja"


class Mark(msgspec.Struct, frozen=True):
    """A form of markup. `message`: with {} for what is written; `cause`: that of its diagnostics.

    `holds`: of what the pattern finds, as it is written, what is markup indeed; all of it where None.

    `sign`: a pattern of what the source holds where the form may stand: cheap, and beginning with a rare character.
    """

    sign: str
    pattern: re.Pattern[str]
    message: str
    hint: str
    cause: str
    holds: Callable[[str], object] | None = None


def _mark(sign: str, pattern: str, what: str, hint: str, holds: Callable[[str], object] | None = None) -> Mark:
    named = what if "{}" in what else what + " {}"
    return Mark(sign, lazy_regex(pattern, re.MULTILINE), f"{named} is shown as written", hint, what, holds)


# Reported as a formula without an end.
_MATH = "equation|align|flalign|gather|multline|eqnarray|subequations|displaymath|numcases|subnumcases|empheq|tikzcd"
_LINE = r"\n[ \t>]*+"  # the beginning of a line
_KEYS = (
    r"(?:ctrl|control|alt|shift|cmd|command|option|meta|win|windows|enter|esc|escape|tab|space|delete|backspace|f\d)"
)
_REFERENCE = r"@(?:fig|tbl|eq|sec|thm|lem|cor|prp|cnj|def|exm|exr|lst|sol|rem|alg)-[A-Za-z0-9]"
_COMMAND = (
    r"\\(?:(?:sub){0,2}section|chapter|paragraph|text(?:bf|it|tt|sc|rm|sf)|emph|underline|cite[a-z]{0,10}|[cC]ref"
    r"|autoref|label|footnote|href|caption|includegraphics|bibliography|usepackage|documentclass)\*?+[\[{]"
)
# What arranges pages of paper.
_LAYOUT = (
    r"\\(?:newpage|clearpage|cleardoublepage|pagebreak|noindent|centering|maketitle|tableofcontents|[vh]space"
    r"|(?:big|med|small)skip)(?![A-Za-z])"
)
_DEFINITION = r"\\(?:(?:new|renew|provide)command|def\\[A-Za-z]|DeclareMathOperator|DeclarePairedDelimiter)"
_MUSTACHE = r"\{\{(?=\{?\s)"
# An expression, not a name, which TAG is for, nor a number in two braces as LaTeX has them.
_EXPRESSION = lazy_regex(r"\{\{(?:\{|\s*[^\sA-Za-z_$-][^{}]*[-+*/()|'\"?])")
# In text, code that another program runs or replaces by its value.
_RUN = lazy_regex(r"`(?:\{(?:python|r|julia|ojs)\} |r (?:[\w.]{1,60}(?:[(\[$]|::)|\d))")
_QUERY = lazy_regex(r"`\$?= ?(?:this|dv)\b")
_AS_LINK = "write a link, such as [[#heading]] or [[#eq:label]]"

MARKS: tuple[Mark, ...] = (
    # Sphinx, MyST, reStructuredText
    _mark(r"\}`", rf"\{{[A-Za-z][\w:+-]{{0,30}}+\}}{CODE}", "a role of MyST", _AS_LINK),
    _mark(r":`", rf"(?<![A-Za-z0-9:]):[A-Za-z][\w:-]{{1,30}}:{CODE}", "a role of Sphinx or d2l", _AS_LINK),
    _mark(r":(?:begin|end)_", r"^:(?:begin|end)_[a-z]+:", "a mark of another program", "delete it"),
    _mark(
        r"\)=[ \t]*+(?=\n)", r"^\([\w:.-][\w:. -]{0,80}\)=$", "a target of MyST", "write `{#name}` behind what it names"
    ),
    _mark(rf"{_LINE}\+\+\+", r"^\+\+\+(?: ?\{[^\n]*)?$", "a block break of MyST", "delete it, or write ---"),
    _mark(rf"{_LINE}% ", r"\A% [^\n]{1,60}", "a comment of MyST", "write <!-- … -->"),
    _mark(
        rf"{_LINE}\.\. ", r"^\.\. [a-z][\w-]{1,30}+::[^\n]{0,40}", "a directive of reStructuredText", "write ::: note"
    ),
    # Pandoc, Quarto, kramdown
    _mark(r":::", r"^:::+[^\n]{0,40}+", "a container {} without a name or an end", "close it with a line of :::"),
    _mark(_REFERENCE, rf"(?<![A-Za-z0-9@./]){_REFERENCE}[\w:-]{{0,60}}+(?![/@])", "a reference of Quarto", _AS_LINK),
    _mark(
        r"\[-?@",
        r"\[-?@[A-Za-z0-9_][\w:.#$%&+?<>~/-]{0,100}+[^\[\]\n]{0,200}\]",
        "a citation of Pandoc",
        CITATION_HINT,
    ),
    _mark(r"\]\{[.#]", r"\[[^\[\]\n]{0,200}\]\{[.#][^{}\n]{1,100}\}", "a span of Pandoc", "write <span class=…>"),
    _mark(r"\{ ?[.#][A-Za-z]", r"\{ ?[.#][A-Za-z][^{}\n]{0,100}\}", "an attribute list", "it belongs behind a block"),
    _mark(rf"{_LINE}\+[-=]", r"\A\+(?:[-=:]{3,200}+\+){1,50}$", "a grid table of Pandoc", "write a table with |"),
    _mark(r"\{:", r"\{::?[ .#A-Za-z][^{}\n]{0,100}\}", "an attribute list of kramdown", "it belongs below a block"),
    _mark(
        r"`\{?(?:python\}|r\}|julia\}|ojs\}|r ) ?\S",
        CODE,
        "code of Quarto or R Markdown",
        "write what it gives",
        _RUN.match,
    ),
    _mark(
        rf"{_LINE}(?:[aAi#]|\([aAi]\))[.)]? ",
        r"^(?:a[.)]|A[.)]|i[.)]|#[.)]|\(a\)|\(i\)) [^\n]{1,300}+\n(?=(?:b[.)]|B[.)]|ii[.)]|#[.)]|\(b\)|\(ii\)) )",
        "a fancy list of Pandoc",
        "write 1. and 2., or * and *",
    ),
    _mark(
        rf"{_LINE}\(ref:",
        r"^\(ref:[\w-]{1,80}+\) [^\n]{1,60}",
        "a text reference of bookdown",
        "write it where it belongs",
    ),
    # MkDocs
    _mark(rf"{_LINE}===", r'^===[!+]{0,2} ["“][^\n]{1,100}["”]$', "a content tab of MkDocs", "write a heading"),
    _mark(
        rf"{_LINE}(?:!!!|\?\?\?)",
        r'^(?:!!!|\?\?\?)\+? [a-z][\w-]{1,30}+(?: ["“][^\n]{0,100})?$',
        "an admonition of MkDocs",
        "indent what belongs to it by four spaces",
    ),
    _mark(
        r":(?:material|fontawesome|octicons|simple)-",
        r":(?:material|fontawesome|octicons|simple)-[\w-]{1,60}+:",
        "an icon of MkDocs",
        "delete it, or write an emoji",
    ),
    _mark(
        r"\+\+[a-z]",
        rf"(?<![\w+])\+\+{_KEYS}(?:\+[\w-]{{1,20}}){{0,5}}\+\+",
        "a key of MkDocs",
        "write <kbd>Ctrl</kbd>",
    ),
    _mark(r"-8<-", r"(?<!-)-{1,4}8<-{1,4}[^\n]{0,60}", "a snippet of MkDocs", "copy the text here"),
    _mark(r"\*\[", r"^\*\[[^\]\n]{1,60}\]: ", "an abbreviation of MkDocs or kramdown", "write <abbr title=…>"),
    _mark(r"\^\^\S", r"(?<!\^)\^\^[^\s^][^\^\n]{0,100}+\^\^", "an insertion of MkDocs", "write <ins>…</ins>"),
    _mark(r"\{(?:--|\+\+|~~|>>)", r"\{(--|\+\+|~~|>>)[^{}\n]{1,200}\}", "CriticMarkup", "accept or reject the change"),
    _mark(
        r":[a-z+-][a-z0-9_]{1,40}+(?=:)",
        r"(?<![A-Za-z0-9:]):[a-z+-][a-z0-9_+-]{1,40}+:(?![A-Za-z0-9:])",
        "an emoji by name",
        "markdown: {emoji: true} reads it",
        lambda shown: emoji_named(shown.strip(":")),
    ),
    # MDX, VitePress
    _mark(
        rf"{_LINE}import\s",
        r"""^import(?:\s[\w*{][^'"\n]{0,200}\sfrom)?\s{1,3}['"][^'"\n]{1,200}['"];?|^import \{$""",
        "an import of MDX",
        "delete it: no code is run",
    ),
    _mark(
        rf"{_LINE}export ",
        r"^export (?:const|let|var|default|function|class|async)\b[^\n]{0,40}",
        "an export of MDX",
        "delete it: no code is run",
    ),
    _mark(r"\{'", r"\{'[^'\n]{0,20}'\}", "an expression of MDX", "write what it stands for"),
    _mark(
        r"<[A-Z]", r"(?<!\w)<[A-Z][\w.-]{0,40}+\s[^<>={]{1,100}=(?!\{)", "a component of Vue", "write Markdown or HTML"
    ),
    _mark(r"=\{", r"<[A-Za-z][\w.-]{0,40}+\s[^<>]{0,200}?=\{", "JSX", "write HTML"),
    _mark(r"\{/\*", r"\{/\*[^{}\n]{0,60}\}?", "a comment of MDX", "write <!-- … -->"),
    _mark(rf"{_LINE}<<<", r"^<<<(?!<) ?[^\n]{1,80}", "a file of VitePress", "copy the code here"),
    # Obsidian
    _mark(
        r"<%[-_*+=]?\s?tp\.",
        r"<%[-_*+=]?\s?tp\.[^\n%]{0,60}",
        "a command of Templater",
        "replace it by what it stands for",
    ),
    _mark(r"\[\[", r"!?\[\[[^\[\]\n]{1,200}\]\]", "a wiki link", "the name of a note holds none of [ ] { } | #"),
    _mark(r"%%", r"(?<![\d%])%%[^%\n]{1,200}+%%", "a comment of Obsidian", "markdown: {comments: true} reads it"),
    _mark(
        r"\^[A-Za-z][A-Za-z0-9-]{2,60}+[ \t]*+(?=\n)",
        rf"(?:^|(?<=[\s{OBJECT}]))\^[A-Za-z][A-Za-z0-9-]{{2,60}}+$",
        "a block id of Obsidian",
        "it stands behind a space at the end of its block",
    ),
    _mark(
        rf"{_LINE}#[^\W\d]",
        r"^#[^\W\d][\w/-]{0,50}+(?:[ ,]{1,3}#[\w/-]{1,50}+){0,30}$",
        "a line of tags",
        "markdown: {hashtags: true} reads them; a heading has a space behind #",
    ),
    _mark(
        rf"{_LINE}\[![A-Za-z]",
        r"\A\[![A-Za-z][\w-]{1,30}+\][+-]?(?=\s|$)",
        "a callout's mark {} outside of a quote",
        "begin each of its lines with >",
    ),
    # Logseq, Org
    _mark(
        r"\(\([0-9a-f]{8}-",
        r"\(\([0-9a-f]{8}-[0-9a-f-]{27}\)\)",
        "a block reference of Logseq",
        "write a link to its note, or what it says",
    ),
    _mark(
        rf"{_LINE}#\+", r"^#\+[A-Za-z_]{3,30}+(?:: |[:\s]|$)[^\n]{0,40}", "a line of Org mode", "write it as Markdown"
    ),
    _mark(
        rf"{_LINE}:[A-Z]", r"^:(?:PROPERTIES|LOGBOOK|END):$", "a drawer of Org mode", "delete it, or write front matter"
    ),
    _mark(
        rf"{_LINE}(?:SCHEDULED|DEADLINE): <",
        r"^(?:SCHEDULED|DEADLINE): <[^<>\n]{1,60}>",
        "a date of Logseq or Org mode",
        "delete it",
    ),
    # Template engines, besides TAG
    _mark(
        r"<%",
        r"<%(?:[-=_#]|(?=\s))[^%\n]{0,200}%>",
        "a tag of ERB or EJS",
        "write what it stands for",
    ),
    _mark(
        _MUSTACHE, r"(?<![\w\\^}=])\{\{\{?\s[^{}\n]{1,200}\}\}", MUSTACHE, "write what it stands for", _EXPRESSION.match
    ),
    _mark(r"`\$?= ?(?:this|dv)", CODE, "a query of Dataview", "write what it gives", _QUERY.match),
    # Markdown and LaTeX
    _mark(rf"{_LINE}\$\$\$", r"^\${3,10}$", "a fence of dollars", "a formula stands between lines of $$"),
    _mark(
        rf"{_LINE}{_DEFINITION}",
        rf"^{_DEFINITION}[^\n]{{0,60}}",
        "a definition of LaTeX outside of formulas",
        "write it between lines of $$, or under macros:",
    ),
    _mark(_LAYOUT, rf"{_LAYOUT}(?:\*?\{{[^{{}}\n]{{0,30}}\}})?", "LaTeX for paper", "delete it"),
    _mark(
        rf"{_LINE}##{{1,5}}+[^\s#]",
        r"^#{2,6}[^\s#][^\n]{0,60}",
        "a heading without a space",
        "write a space behind the #",
    ),
    _mark(r"\\begin\{tikzp", r"\\begin\{tikzpicture\}", "a picture of TikZ", "write it in a fence: ```tikz"),
    _mark(
        r"\\begin\{",
        rf"\\begin\{{(?!algorithm|tikzpicture|{_MATH})[A-Za-z]{{1,30}}+\*?\}}",
        "LaTeX for text",
        "write it as Markdown",
    ),
    _mark(_COMMAND, rf"{_COMMAND}[^{{}}\[\]\n]{{0,60}}+[\]}}]?", "LaTeX for text", "write it as Markdown"),
)

# The tags of template engines, which have a reader of their own: `{% x %}`, `{{< x >}}`, `{{ x.y }}`.
TAG = lazy_regex(r"\{(?:%-?\s{0,3}/?[A-Za-z_$]|\{[<%]\s{0,3}/?\s?[A-Za-z_$]|(?<![\w\\^{}=]\{)\{-?\s{0,3}[A-Za-z_$])")

# Which sign stands somewhere: the number of its group is that of its mark, behind that of tags.
_SIGNS = [TAG.pattern, *(mark.sign for mark in MARKS)]
# Kinds of marks, as WHICH_SIGN counts them, that no text without this sign holds.
NEEDED = {number: "@" for number, mark in enumerate(MARKS, start=1) if "@" in mark.sign} | {
    number: "{" for number, mark in enumerate(MARKS, start=1) if mark.pattern.pattern.startswith(r"\{")
}
WHICH_SIGN = lazy_regex("|".join(f"({sign})" for sign in _SIGNS))
# Where one stands: without groups, so that re looks for first characters only; those of lines behind one of them.
_ON_LINES = [sign.removeprefix(_LINE) for sign in _SIGNS if sign.startswith(_LINE)]
_ELSEWHERE = [sign for sign in _SIGNS if not sign.startswith(_LINE)]
SIGN = lazy_regex("|".join([*_ELSEWHERE, f"{_LINE}(?:{'|'.join(_ON_LINES)})"]))

# In fences: options of executable cells, marks of lines.
CELL_OPTION = lazy_regex(r"\A\s{0,3}#\| [^\n]{0,60}")
CODE_MARK = lazy_regex(r"\[!code [^\[\]\n]{1,30}\]")
# Languages of fences that another program runs or draws.
_DRAWN = "dataview dataviewjs tasks query base button excalidraw chart tracker kanban plantuml"
DRAWN = frozenset(_DRAWN.split())
