"""Every spelling of a citation; what looks like one and is none; where the list of references goes."""

from typing import Any

import pytest
from markdown_it.token import Token

from notegen.model.config import Config, read_settings
from notegen.read.parser import make_parser
from notegen.read.token_data import CITATION
from tests.support.cases import all_cases
from tests.support.limits import assert_linear
from tests.support.math_fixtures import walk

_MD = make_parser(read_settings(Config(), citing=True))
_TEXT = make_parser(read_settings(Config()))


def cited(source: str) -> list[str]:
    """Return each citation in signs: its form, `?` for a bare key, its works, `-` where authors are hidden."""
    tokens = [token for token in walk(_MD.parse(source, {})) if token.type == "citation"]
    return [_shown(token) for token in tokens]


def _shown(token: Token) -> str:
    citation = CITATION.of(token)
    works = "; ".join(f"{x.prefix}{'' if x.authors else '-'}@{x.key}{x.suffix}" for x in citation.works)
    return f"{citation.form}{'?' if citation.bare else ''}: {works}"


@all_cases(
    ("source", "expected"),
    [
        # Pandoc, Quarto, MyST
        ("[@a]", "parenthetical: @a"),
        ("[@a; @b, p. 3]", "parenthetical: @a; @b, p. 3"),
        ("[see @a]", "parenthetical: see @a"),
        ("[-@a]", "parenthetical: -@a"),
        ("[see -@a p. 3; e.g. @b]", "parenthetical: see -@a p. 3; e.g. @b"),
        ("[@{https://x.org/a_b}]", "parenthetical: @https://x.org/a_b"),
        ("[@DBLP:conf/nips/V17]", "parenthetical: @DBLP:conf/nips/V17"),
        ("[@何2016]", "parenthetical: @何2016"),
        ("[@a;\n@b]", "parenthetical: @a; @b"),
        ("@a_1", "narrative?: @a_1"),
        ("(@a).", "narrative?: @a"),
        ("据@a所示", "narrative?: @a"),
        ("@a [p. 3] says", "narrative?: @a, p. 3"),
        ("@a [x](y.md), @b [x][1]\n\n[1]: z", "narrative?: @a | narrative?: @b"),
        ("@a [see *x*]", "narrative?: @a"),
        # MyST and Sphinx
        ("{cite}`a`", "parenthetical: @a"),
        ("{cite:p}`a,b`", "parenthetical: @a; @b"),
        ("{cite:t}`a`", "narrative: @a"),
        ("{cite:author}`a`", "authors: @a"),
        ("{cite:year}`a`", "year: @a"),
        ("{cite:p}`{see}a{p. 3},b`", "parenthetical: see @a, p. 3; @b"),
        (":cite:`a`", "parenthetical: @a"),
        (":cite:t:`a`", "narrative: @a"),
        ("{footcite}`a` :footcite:t:`b`", "parenthetical: @a | narrative: @b"),
        # LaTeX
        ("\\cite{a,b}", "parenthetical: @a; @b"),
        ("\\citep[p. 3]{a}", "parenthetical: @a, p. 3"),
        ("\\citep[pp.~3--5]{a}", "parenthetical: @a, pp.\N{NO-BREAK SPACE}3–5"),
        ("\\citep[see][p. 3]{a, b}", "parenthetical: see @a; @b, p. 3"),
        ("\\citet*{a}", "narrative: @a"),
        ("\\textcite{a}", "narrative: @a"),
        ("\\citeauthor{a}", "authors: @a"),
        ("\\citeyear{a}", "year: @a"),
        ("\\nocite{a}", "hidden: @a"),
        # distill, jekyll-scholar, hugo-cite
        ('<d-cite key="a,b"></d-cite>', "parenthetical: @a; @b"),
        ("x <d-cite key='a' />", "parenthetical: @a"),
        ("{% cite a b %}", "parenthetical: @a; @b"),
        ("{% cite a --locator 3 %}", "parenthetical: @a, p. 3"),
        ('{{< cite "a" >}}', "parenthetical: @a"),
        ("{{< cite a >}}", "parenthetical: @a"),
        # at places
        ("- **[@a]**", "parenthetical: @a"),
        ("| a |\n|---|\n| [@a] |", "parenthetical: @a"),
        ("# T [@a]", "parenthetical: @a"),
        ("x[^1]\n\n[^1]: [@a]", "parenthetical: @a"),
    ],
)
def test_spellings(source: str, expected: str) -> None:
    assert " | ".join(cited(source)) == expected


@all_cases(
    "source",
    [
        "me@example.org",
        "me @example@host.org",
        "[@user](https://x.org/@user)",
        "[@user]: https://x.org\n\nx [@user]",
        "[x @user][1]\n\n[1]: https://x.org",
        "https://hackmd.io/@user/note",
        "`[@a]` and `@a`",
        "    [@a]",
        "```python\n@dataclass\n```",
        "$\\cite{a}$ and $x@y$",
        "\\[@a]",
        "\\@a",
        "[@fig-x] and @tbl:y",
        "[@a $x$]",
        "[@a",
        "@ a",
        "[]",
        "\\cite{}",
        "{cite}``",
        "{% raw %}{% cite a %}{% endraw %}",
        "[a [@b] c](https://x.org)",
        "<!-- [@a] -->",
    ],
)
def test_no_citations(source: str) -> None:
    assert cited(source) == []


def test_without_a_bibliography_there_are_none() -> None:
    for source in ("[@a]", "@a", "{cite}`a`", "\\cite{a}", "{% cite a %}", "[[REFERENCES]]", "{bibliography}"):
        assert not {token.type for token in walk(_TEXT.parse(source, {}))} & {"citation", "references"}


def outline(source: str) -> list[str]:
    """Return the types of the blocks of a text, the place of the list with its heading if it needs one."""
    env: dict[str, Any] = {}
    shown = {"references", "heading_open", "paragraph_open", "footnote_block_open"}
    return [f"{token.type} {token.info}".strip() for token in _MD.parse(source, env) if token.type in shown]


@all_cases(
    "line",
    [
        "[[REFERENCES]]",
        "[[bib]]",
        "{bibliography}",
        "```{bibliography}\n:style: unsrt\n```",
        "::: {#refs}\n:::",
        "{% bibliography --cited %}",
        "{{< bibliography >}}",
        "\\bibliography{refs}",
        "\\printbibliography",
        '<d-bibliography src="refs.bib"></d-bibliography>',
    ],
)
def test_a_line_says_where_the_list_stands(line: str) -> None:
    assert outline(f"a [@a]\n\n{line}\n\nb") == ["paragraph_open", "references heading", "paragraph_open"]
    assert outline(f"## R\n\n{line}") == ["heading_open", "references"]


@all_cases(
    ("source", "expected"),
    [
        ("[@a]", ["paragraph_open", "references heading"]),
        ("[@a][^1]\n\n[^1]: x", ["paragraph_open", "references heading", "footnote_block_open", "paragraph_open"]),
        ("[@a]\n\n## 参考文献", ["paragraph_open", "heading_open", "references"]),
        ("[@a]\n\n## 5. References:\n\n## B", ["paragraph_open", "heading_open", "references", "heading_open"]),
        ("[@a]\n\n## References\n\nmine", ["paragraph_open", "heading_open", "paragraph_open", "references heading"]),
        ("![[b]]", ["references heading"]),
        ("plain", ["paragraph_open"]),
        ("## References", ["heading_open"]),
        ("[[REFERENCES]]\n\n[[REFERENCES]]", ["references heading"]),
    ],
)
def test_else_an_empty_section_or_the_end(source: str, expected: list[str]) -> None:
    assert outline(source) == expected


_PIECES = (
    "[@a; ",
    "[@a]",
    "@a ",
    "[",
    "@",
    "{cite}`",
    "\\cite[",
    "\\cite{",
    "<d-cite ",
    "{% cite ",
    "@a.@",
    "```{bibliography}\n",
)


@pytest.mark.slow
@pytest.mark.parametrize("piece", _PIECES)
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda count: _MD.parse(piece * count, {}), 200)
