"""Lines that include a file, as other programs write them.

`{{< include _x.qmd >}}` of Quarto; ```` ```{include} x.md ````, `{literalinclude} a.py` and `{graphviz} a.dot` of
MyST; `--8<-- "x.md"` of MkDocs' snippets, also in code, and names of files between two lines `--8<--`; `<<<
@/a.py#region{1,3} [title]` and `<!-- @include: ./b.md#region{2,9} -->` of VitePress; `@include(./b.md)` and
`@[code{3-5} py](../a.py)` of VuePress; `{% include_code a.py %}` of Hexo; `{% include note.md %}` (from `_includes/`)
and `{% include_relative a.md %}` of Jekyll, where nothing is handed over and no Liquid stands in the file; an empty
fence with ```` ```py file="a.py#L3-9" ````, perhaps in braces.

Source: Quarto docs and Jekyll docs, "Includes"; MyST-Parser docs, "Including other files"; PyMdown Extensions,
"Snippets"; VitePress docs, "Import Code Snippets", "Markdown File Inclusion"; Sphinx docs, "literalinclude".
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from notegen.text.patterns import lazy_regex

# Where none of these stands, nothing is included.
SIGNS = ("8<-", "<<<", "include", "file=", "@[code", "{graphviz}", "{mermaid}")

_FENCE = lazy_regex(r"(?P<indent>[ \t>]{0,80})(?P<mark>`{3,20}|~{3,20}|:{3,20})(?P<info>[^`\n]{0,1000})")
_SNIPPETS = lazy_regex(r"(?P<indent>[ \t>]{0,80})-{1,9}8<-{1,9}[ \t]{1,9}[\"'](?P<path>[^\"'\n]{1,500})[\"'][ \t]{0,9}")
_QUARTO = lazy_regex(
    r"(?P<indent>[ \t>]{0,80})\{\{<[ \t]{0,9}include[ \t]{1,9}"
    r"[\"']?(?P<path>[^\s\"'<>]{1,500})[\"']?[ \t]{0,9}>\}\}[ \t]{0,9}"
)
_VITEPRESS = lazy_regex(
    r"(?P<indent>[ \t>]{0,80})<<<[ \t]?(?P<path>[^\s<>{}\[\]#]{1,500})(?:#(?P<region>[\w-]{1,100}))?"
    r"(?P<marks>\{[^{}\n]{0,200}\})?[ \t]{0,9}(?:\[(?P<title>[^\[\]\n]{1,200})\])?[ \t]{0,9}"
)
_COMMENT = lazy_regex(
    r"(?P<indent>[ \t>]{0,80})<!--[ \t]{0,9}@include:[ \t]{0,9}(?P<path>[^\s<>{}#]{1,500}?)"
    r"(?:#(?P<region>[\w-]{1,100}?))?(?:\{(?P<first>\d{0,6}),(?P<last>\d{0,6})\})?[ \t]{0,9}-->[ \t]{0,9}"
)
_AT_INCLUDE = lazy_regex(
    r"(?P<indent>[ \t>]{0,80})@include\([ \t]{0,9}(?P<path>[^\s(){}#]{1,500})"
    r"(?:#(?P<region>[\w-]{1,100}))?(?:\{(?P<first>\d{0,6})[-,](?P<last>\d{0,6})\})?[ \t]{0,9}\)[ \t]{0,9}"
)
_AT_CODE = lazy_regex(
    r"(?P<indent>[ \t>]{0,80})@\[code(?:\{(?P<lines>[\d,-]{1,100})\})?(?:[ \t](?P<language>[\w+-]{1,30}))?"
    r"(?P<marks>\{[^{}\n]{0,200}\})?(?::[\w-]{1,40}){0,3}\]\((?P<path>[^\s()]{1,500})\)[ \t]{0,9}"
)
_HEXO = lazy_regex(r"(?P<indent>[ \t>]{0,80})\{%[ \t]{0,9}include_code[ \t]{1,9}(?P<words>[^%\n]{1,500})%\}[ \t]{0,9}")
_JEKYLL = lazy_regex(
    r"(?P<indent>[ \t>]{0,80})\{%-?[ \t]{0,9}include(?P<beside>_relative)?[ \t]{1,9}(?P<path>[\w./-]{1,300})"
    r"[ \t]{0,9}-?%\}[ \t]{0,9}"
)
_RAW = lazy_regex(r"\{%-?[ \t]{0,9}(?P<end>end)?raw[ \t]{0,9}-?%\}")
_CODE_DIR = "/downloads/code/"  # Hexo's code_dir
_BARE_SNIPPET = lazy_regex(r"[ \t]{0,80}-{1,9}8<-{1,9}[ \t]{0,9}")
_MYST = lazy_regex(r"\{(?P<name>include|literalinclude|graphviz|mermaid)\}[ \t]{1,9}(?P<path>[^\s`]{1,500})")
_DIAGRAMS = frozenset({"graphviz", "mermaid"})
_EMPTY = lazy_regex(r"\{ ?\}")
_FILE = lazy_regex(r"(?<![^\s{])file=(?:[\"'](?P<quoted>[^\"'\n]{1,500})[\"']|(?P<bare>[^\s\"'{}]{1,500}))")
_OPTION = lazy_regex(r":(?P<key>[A-Za-z][\w-]{0,30}):(?P<value>[^\n]{0,500})")


class Directive(NamedTuple):
    """Lines from `first` up to `end` that name a file: as text to be read, or as code with an info string.

    `indent`: what stands before them on their line. `options`: which lines of the file are meant, by MyST's names.
    `tag`: what is written, where a file that is a template of Liquid leaves it as it is.
    """

    first: int
    end: int
    indent: str
    path: str
    code: bool = False
    info: str = ""
    options: dict[str, str] = {}
    tag: str = ""


def may_include(text: str) -> bool:
    """Return whether a text may include a file. Cheap."""
    return any(sign in text for sign in SIGNS)


def directives(lines: Sequence[str]) -> Iterator[Directive]:
    """Yield the directives in the lines of a text; in fences of code only MkDocs' snippets are any."""
    fence = ""
    index = 0
    in_raw = False
    while index < len(lines):
        line = lines[index]
        in_raw = _is_raw_behind(line, in_raw=in_raw) if "raw" in line else in_raw
        directive = _snippet(line, index) if "8<-" in line else None
        if directive is None and "8<-" in line and (named := _between(lines, index)):
            yield from named
            index = named[-1].end
            continue
        opened = _FENCE.match(line)
        if directive is None and fence:
            stripped = line.strip(" \t>")
            fence = "" if stripped.startswith(fence) and not stripped.strip(fence[0]) else fence
        elif directive is None and opened is not None:
            directive = _fenced(lines, index, opened)
            fence = "" if directive or opened["mark"][0] == ":" else opened["mark"]
        elif directive is None and not in_raw:
            directive = _alone(line, index)
        if directive is not None:
            yield directive
        index = directive.end if directive is not None else index + 1


def _is_raw_behind(line: str, *, in_raw: bool) -> bool:
    """Return whether tags of Liquid are text behind a line."""
    marks = list(_RAW.finditer(line))
    return not marks[-1]["end"] if marks else in_raw


def _snippet(line: str, index: int) -> Directive | None:
    snippet = _SNIPPETS.fullmatch(line)
    if snippet is None:
        return None
    return _of_name(snippet["path"], index, index + 1, snippet["indent"])


def _of_name(name: str, first: int, end: int, indent: str) -> Directive:
    """Return the directive of a snippet: a path, perhaps with lines or a section, `a.py:3:9`, `a.py:part`."""
    path, _, selected = name.partition(":")
    start, _, last = selected.partition(":")
    numbers = bool(selected) and all(part.isdecimal() or not part for part in (start, last))
    options = {"lines": f"{start or 1}-{last}"} if numbers else {"section": selected} if selected else {}
    return Directive(first, end, indent, path, options=options)


def _between(lines: Sequence[str], index: int) -> list[Directive]:
    """Return the directives that the names of files between two bare marks of a snippet are; none without an end."""
    if not _BARE_SNIPPET.fullmatch(lines[index]):
        return []
    end = next((at for at in range(index + 1, min(len(lines), index + 40)) if _BARE_SNIPPET.fullmatch(lines[at])), 0)
    indent = lines[index][: len(lines[index]) - len(lines[index].lstrip())]
    named = [at for at in range(index + 1, end) if lines[at].strip() and not lines[at].lstrip().startswith(";")]
    firsts, ends = [index, *named[1:]], [*named[1:], end + 1]  # the marks go with the first and the last one
    return [
        _of_name(lines[at].strip(), first, behind, indent)
        for at, first, behind in zip(named, firsts, ends, strict=bool(named))
    ]


def _of_hexo(tag: "re.Match[str]", index: int) -> Directive | None:
    """Return the directive that `{% include_code [title] [lang:py] [from:3] [to:9] a.py %}` is."""
    *words, path = tag["words"].split() or [""]
    named = {key: value for key, colon, value in (word.partition(":") for word in words) if colon}
    title = " ".join(word for word in words if ":" not in word)
    info = f"{named.get('lang', '')} {f'[{title}]' if title else ''}".rstrip()
    lines = {"lines": f"{named.get('from', 1)}-{named.get('to', '')}"} if {"from", "to"} & {*named} else {}
    return Directive(index, index + 1, tag["indent"], _CODE_DIR + path.lstrip("/"), True, info, lines) if path else None


def _of_jekyll(tag: "re.Match[str]", index: int) -> Directive:
    path = tag["path"] if tag["beside"] else f"/_includes/{tag['path']}"
    return Directive(index, index + 1, tag["indent"], path, tag=tag[0].lstrip(" \t>"))


def _selected(match: "re.Match[str]") -> dict[str, str]:
    """Return which lines of a file a directive of VitePress or VuePress means."""
    groups = match.groupdict()
    options = {"section": groups["region"]} if groups.get("region") else {}
    if groups.get("first") or groups.get("last"):
        options["lines"] = f"{groups['first'] or 1}-{groups['last']}"
    return options


def _alone(line: str, index: int) -> Directive | None:
    """Return the directive that is a line by itself."""
    for sign, pattern, read in _ON_LINES:
        if sign in line and (match := pattern.fullmatch(line)) is not None:
            return read(match, index)
    return None


def _of_text(match: "re.Match[str]", index: int) -> Directive:
    """Return the directive of Quarto, VitePress or VuePress that includes text."""
    return Directive(index, index + 1, match["indent"], match["path"], options=_selected(match))


def _of_vuepress(match: "re.Match[str]", index: int) -> Directive:
    """Return the directive that `@[code{3-5} py{1}](a.py)` is."""
    info = " ".join(filter(None, (match["language"], match["marks"])))
    options = {"lines": match["lines"]} if match["lines"] else {}
    return Directive(index, index + 1, match["indent"], match["path"], True, info, options)


def _of_vitepress(vite: "re.Match[str]", index: int) -> Directive:
    """Return the directive that `<<< a.py#region{1,3 py} [title]` is."""
    title = f"[{vite['title']}]" if vite["title"] else ""
    marked, _, language = (vite["marks"] or "").strip("{}").partition(" ")
    if not marked[:1].isdecimal():
        marked, language = "", f"{marked} {language}".strip()
    words = [language.split()[0] if language else "", f"{{{marked}}}" if marked else "", title, *language.split()[1:]]
    options = {"section": vite["region"]} if vite["region"] else {}
    return Directive(index, index + 1, vite["indent"], vite["path"], True, " ".join(filter(None, words)), options)


# What a line holds, what it is, and the directive that it is.
_ON_LINES: tuple[tuple[str, "re.Pattern[str]", "Callable[[re.Match[str], int], Directive | None]"], ...] = (
    ("{{<", _QUARTO, _of_text),
    ("@include:", _COMMENT, _of_text),
    ("@include(", _AT_INCLUDE, _of_text),
    ("@[code", _AT_CODE, _of_vuepress),
    ("include_code", _HEXO, _of_hexo),
    ("include", _JEKYLL, _of_jekyll),
    ("<<<", _VITEPRESS, _of_vitepress),
)


def _fenced(lines: Sequence[str], index: int, opened: "re.Match[str]") -> Directive | None:
    """Return the directive that a fence is, which ends at a fence of its own kind."""
    named = _MYST.fullmatch(opened["info"].strip())
    file = None if named else _FILE.search(opened["info"])
    if (named is None and file is None) or (file is not None and opened["mark"][0] == ":"):
        return None
    options: dict[str, str] = {}
    for end in range(index + 1, min(len(lines), index + 40)):
        text = lines[end].strip(" \t>")
        if text.startswith(opened["mark"]) and not text.strip(opened["mark"][0]):
            if named is not None:
                if named["name"] in _DIAGRAMS:
                    info = _diagram_info(named["name"], options)
                    return Directive(index, end + 1, opened["indent"], named["path"], True, info)
                code = named["name"] == "literalinclude" or "literal" in options or "code" in options
                info = _literal_info(options) if code else ""
                return Directive(index, end + 1, opened["indent"], named["path"], code, info, options)
            return _of_info(index, end + 1, opened, file)
        option = _OPTION.fullmatch(text)
        if text and (option is None or file is not None):
            return None
        if option is not None:
            options[option["key"].lower()] = option["value"].strip()
    return None


def _of_info(index: int, end: int, opened: "re.Match[str]", file: "re.Match[str] | None") -> Directive | None:
    """Return the directive that a fence with nothing in it is, whose info string names a file."""
    if file is None:
        return None
    path, _, part = (file["quoted"] or file["bare"]).partition("#")
    numbers = re.fullmatch(r"L(\d{1,6})(?:-L?(\d{1,6})?)?", part)
    options = {"lines": f"{numbers[1]}-{numbers[2] or ('' if part.endswith('-') else numbers[1])}"} if numbers else {}
    options |= {"section": part} if part and not numbers else {}
    info = " ".join(f"{opened['info'][: file.start()]} {opened['info'][file.end() :]}".split())
    info = _EMPTY.sub("", info).replace("{ ", "{").replace(" }", "}").strip()
    return Directive(index, end, opened["indent"], path, True, info, options)


def _diagram_info(language: str, options: dict[str, str]) -> str:
    """Return the info string of a diagram in a file of its own: `{graphviz} a.dot` of Sphinx."""
    named = {"fig-cap": "caption", "fig-alt": "alt", "engine": "layout"}
    label = f"#{options['name']}" if options.get("name") else ""
    words = " ".join(filter(None, (label, *_quoted({key: options.get(name, "") for key, name in named.items()}))))
    return f"{language} {{{words}}}" if words else language


def _literal_info(options: dict[str, str]) -> str:
    """Return the info string of code that MyST's options describe."""
    language = options.get("language") or options.get("lang") or options.get("code", "")
    pairs = {
        "title": options.get("caption") or options.get("filename", ""),
        "linenums": options.get("lineno-start") or ("1" if {"linenos", "number-lines"} & {*options} else ""),
        "hl_lines": options.get("emphasize-lines", "").replace(",", " "),
    }
    return " ".join([language, *_quoted(pairs)])


def _quoted(pairs: dict[str, str]) -> Iterator[str]:
    """Yield the pairs of an info string that have a value."""
    for key, value in pairs.items():
        if value:
            yield f'{key}="{value.replace(chr(34), chr(39))}"'
