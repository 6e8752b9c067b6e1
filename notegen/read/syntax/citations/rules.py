r"""Inline rules of citations, one for each character that one may begin with; for sites with a bibliography.

`[@a; see @b, p. 3]`, `[-@a]` and `@a` of Pandoc, Quarto and MyST; the roles `{cite}`, `:cite:` and `{footcite}` of MyST
and Sphinx; `\cite \citep \citet \citeauthor \citeyear \nocite` of LaTeX; `<d-cite key="a">` of distill; `{% cite a %}`
of jekyll-scholar, also `{% reference a %}`; `{{< cite "a" >}}` of hugo-cite. `[[@a]]` is a wiki link, which cites where
no note has the name.

Source: Pandoc User's Guide, "Citation syntax"; MyST guide, "Citations"; natbib and biblatex manuals; jekyll-scholar's
README; distill.pub/guide. Whether a work exists is known when notes are linked.
"""

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from notegen.read.syntax.citations.citation import MARKUP, key_at, listed_works, pandoc_works, push_citation, role_works
from notegen.read.syntax.cross_references.push import tie
from notegen.read.syntax.rule import Rule
from notegen.read.syntax.shortcodes.parse import is_raw, read_tag
from notegen.text.patterns import lazy_regex

_MOST = 1000  # characters between brackets
_LONGEST_LOCATOR = 100
_BARE = lazy_regex(r"@[A-Za-z0-9_][A-Za-z0-9_:.+/-]*+")
_ROLE = lazy_regex(
    r"(?:\{(?:foot)?cite(?P<brace>(?::[a-z]{1,12}|[a-z]{1,6})?)\}|:(?:foot)?cite(?P<colon>(?::[a-z]{1,12}|[a-z]{1,6})?):)`(?P<keys>[^`\n]{1,1000})`"
)
_LATEX = lazy_regex(
    r"\\(?P<name>no[cC]ite|(?:full|paren|text|auto|foot|smart|super)?[cC]ite(?:alp|alt|author|year|yearpar|p|t)?)\*?"
    r"(?:\[(?P<first>[^\[\]\n]{0,200})\])?(?:\[(?P<second>[^\[\]\n]{0,200})\])?\{(?P<keys>[^{}\\$\n]{1,1000})\}"
)
_DISTILL = lazy_regex(
    r"<d-cite\s[^<>]{0,20}?(?:bibtex-)?key=[\"'](?P<keys>[^\"'<>]{1,1000})[\"'][^<>]{0,100}(?:/>|>\s?</d-cite>)"
)
_TAGS = ("{% cite", "{%cite", "{% reference ", "{{< cite", "{{% cite")
_NARRATIVE = frozenset({"reference", "t", "ts", "alt", "text", "citet", "citealt", "textcite", "fullcite"})
_FORMS = {"nocite": "hidden", "author": "authors", "authors": "authors", "year": "year", "yearpar": "yearpar"}


def bracketed(state: StateInline, silent: bool) -> bool:
    """Read Pandoc's citation at a bracket; a link, or a reference to a link, is none.

    Where `silent`, it is a pair of brackets, so that `[as [@a] says](x.md)` is a link.
    """
    src, start = state.src, state.pos
    if silent or src[start] != "[" or state.linkLevel:
        return False
    end = src.find("]", start, min(state.posMax, start + _MOST))
    if end < 0 or "@" not in src[start:end] or src.startswith("(", end + 1):
        return False
    content = src[start + 1 : end]
    works = pandoc_works(content) if "[" not in content else []
    if not works or _is_reference(state, content, end + 1):
        return False
    push_citation(state, end + 1, works)
    state.pos = end + 1
    return True


def _is_reference(state: StateInline, content: str, behind: int) -> bool:
    """Return whether `[content]` names the definition of a link, or has such a name behind it: `[content][name]`."""
    references = state.env.get("references")
    if not references:
        return False
    end = state.src.find("]", behind, behind + _MOST) if state.src.startswith("[", behind) else -1
    names = (content, state.src[behind + 1 : end] if end >= 0 else "")
    return any(normalizeReference(name) in references for name in names)


def bare(state: StateInline, silent: bool) -> bool:
    """Read `@key` in a sentence: not in an e-mail address or a handle of two parts."""
    src, start = state.src, state.pos
    match = _BARE.match(src, start, state.posMax) if src[start] == "@" and not state.linkLevel else None
    before = src[start - 1 : start]
    if match is None or (before.isascii() and before.isalnum()) or (before and before in "._/@\\-+~["):
        return False
    key, end = key_at(src, start)
    end = min(end, start + len(match[0].rstrip(":.+/-")))
    if not key or src.startswith(("@", "(", "["), end):
        return False
    locator, last = _locator(state, end)
    if not silent:
        push_citation(state, last, listed_works(src[start + 1 : end], suffix=locator), "narrative", bare=True)
    state.pos = last
    return True


def _locator(state: StateInline, behind: int) -> tuple[str, int]:
    """Return the words of Pandoc's `@key [p. 3]` and where they end; a link, or anything with markup, is none."""
    if not state.src.startswith(" [", behind):
        return "", behind
    end = state.src.find("]", behind, min(state.posMax, behind + _LONGEST_LOCATOR))
    words = state.src[behind + 2 : end] if end >= 0 else ""
    if not words.strip() or not MARKUP.isdisjoint(words) or "@" in words or state.src.startswith(("(", "["), end + 1):
        return "", behind
    return ("", behind) if _is_reference(state, words, end + 1) else (" ".join(words.split()), end + 1)


def role(state: StateInline, silent: bool) -> bool:
    """Read a role of MyST or Sphinx: `{cite:t}` or `:cite:t:` before keys in backticks."""
    match = _ROLE.match(state.src, state.pos, state.posMax)
    works = role_works(match["keys"]) if match else []
    if match is None or not works:
        return match is None and _tag(state, silent=silent)
    if not silent:
        kind = (match["brace"] or match["colon"] or "").lstrip(":")
        push_citation(state, match.end(), works, _form(kind))
    state.pos = match.end()
    return True


def _tag(state: StateInline, *, silent: bool) -> bool:
    """Read `{% cite a b %}` or `{{< cite "a" >}}`."""
    if not state.src.startswith(_TAGS, state.pos) or is_raw(state):
        return False
    tag = read_tag(state.src, state.pos, state.posMax)
    if tag is None or tag.name not in {"cite", "citet", "citep", "reference"}:
        return False
    words, named = tag.words()
    keys = [word for number, word in enumerate(words) if not (word.startswith("-") or _is_value(words, number))]
    locator = next((words[number] for number in range(len(words)) if _is_value(words, number)), "")
    locator = f"p. {locator}" if locator[:1].isdigit() else locator
    works = listed_works(" ".join([*keys, named.get("key", "")]), suffix=locator)
    if not works:
        return False
    if not silent:
        push_citation(state, tag.end, works, _form(tag.name))
    state.pos = tag.end
    return True


def _is_value(words: list[str], number: int) -> bool:
    """Return whether a word is the value of jekyll-scholar's `--locator` or `-l`."""
    return number > 0 and words[number - 1] in {"--locator", "-l"}


def latex(state: StateInline, silent: bool) -> bool:
    r"""Read `\cite[see][p. 3]{a,b}`; one text in brackets stands behind."""
    match = _LATEX.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "\\" else None
    if match is None:
        return False
    prefix, suffix = (match["first"], match["second"]) if match["second"] is not None else ("", match["first"])
    works = listed_works(match["keys"], _latex_words(prefix), _latex_words(suffix))
    if not works:
        return False
    if not silent:
        tie(state)
        push_citation(state, match.end(), works, _form(match["name"].lower()))
    state.pos = match.end()
    return True


def _latex_words(written: str | None) -> str:
    """Return words in brackets as LaTeX sets them: `pp.~3--5` with a space that does not break, and a dash."""
    return (written or "").strip().replace("~", "\N{NO-BREAK SPACE}").replace("--", "–")


def distill(state: StateInline, silent: bool) -> bool:
    """Read `<d-cite key="a,b"></d-cite>`."""
    match = _DISTILL.match(state.src, state.pos, state.posMax) if state.src.startswith("<d-cite", state.pos) else None
    if match is None:
        return False
    if not silent:
        push_citation(state, match.end(), listed_works(match["keys"]))
    state.pos = match.end()
    return True


def _form(name: str) -> str:
    """Return the form of a citation from the name of its role or command."""
    short = name.removeprefix("cite")
    if name in _NARRATIVE or short in _NARRATIVE:
        return "narrative"
    return _FORMS.get(short, "parenthetical")


CITATION_KEY = Rule("inline", "citation_key", bare, starts="@", before="emphasis")
CITATION_RULES = (
    Rule("inline", "citation_brackets", bracketed, starts="[", before="link"),
    CITATION_KEY,
    Rule("inline", "citation_role", role, starts="{:", before="linkify"),
    Rule("inline", "citation_latex", latex, starts="\\", before="escape"),
    Rule("inline", "citation_distill", distill, starts="<", before="autolink"),
)
