"""Algorithms: what is read of their LaTeX, case by case; what stands on pages, in lists and feeds; what is reported."""

import re

import pytest

from notegen.model.codes import CODES
from notegen.read.syntax.algorithms.parse import parse_algorithms
from notegen.read.syntax.algorithms.tree import Algorithm, Line, Piece
from tests.support.cases import all_cases
from tests.support.limits import assert_linear
from tests.support.paths import FIXTURES
from tests.support.site import SiteTest

_TEXT = (FIXTURES / "algorithms" / "parse.md").read_text(encoding="utf-8")
_PARTS = _TEXT.split("\n.\n")
_CASES = [
    pytest.param(source, expected, id=title.strip())
    for title, source, expected in zip(_PARTS[::3], _PARTS[1::3], _PARTS[2::3], strict=False)
]
_MARKS = {"b": "**", "em": "*", "code": "`", "smallcaps": "^", "u": "_"}


def _shown(pieces: tuple[Piece, ...]) -> str:
    """Return a line as it would be typed: `**if** $a$`, `‹comment›`, `→label`."""
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> str:
    if piece.kind in {"open", "close"}:
        brackets = {"comment": "‹›", "comment end": "«»"}.get(piece.text, "")
        return brackets[piece.kind == "close"] if brackets else _MARKS[piece.text]
    forms = {"math": "${}$", "display": "$${}$$", "reference": "→{}", "break": "/"}
    return forms.get(piece.kind, "{}").format(piece.text)


def _labels(labels: tuple[str, ...]) -> str:
    return "".join(f" {{#{label}}}" for label in labels)


def _written(source: str) -> str:
    """Return all that is read of a text: a caption, then the lines with their numbers, then what is wrong."""
    rows: list[str] = []
    for algorithm in parse_algorithms(source):
        caption = "(no caption)" if algorithm.caption is None else _shown(algorithm.caption)
        rows.append(caption + _labels(algorithm.labels))
        rows += _lines(algorithm.lines)
        rows += _problems(source, algorithm)
    return "\n".join(rows)


def _lines(lines: tuple[Line, ...]) -> list[str]:
    rows, number = [], 0
    for line in lines:
        number += line.numbered
        sign = str(number) if line.numbered else "-"
        rows.append(f"{sign:>2} {'  ' * line.depth}{_shown(line.pieces)}{_labels(line.labels)}")
    return rows


def _problems(source: str, algorithm: Algorithm) -> list[str]:
    assert all(problem.code in CODES for problem in algorithm.problems)
    return [
        f"! {problem.code} at {source[problem.offset : problem.offset + problem.length]}: {problem.message}"
        + (f" ({problem.hint})" if problem.hint else "")
        for problem in algorithm.problems
    ]


@all_cases(("source", "expected"), _CASES)
def test_case(source: str, expected: str) -> None:
    assert _written(source) == expected


ONE = r"""See \ref{alg:sgd}, \cref{alg:sgd}, line \ref{line:step}, \cref{line:step}, [[#alg:sgd]].

\begin{algorithm}
\caption{SGD on $\R^d$}\label{alg:sgd}
\begin{algorithmic}[1]
\Require $x_0 \in \R^d$
\For{$t = 0, \dots, T$}
  \State $x_{t+1} \gets x_t - \eta \nabla f(x_t)$ \label{line:step} \Comment{a step}
\EndFor
\end{algorithmic}
\end{algorithm}
"""


def _plain(html: str) -> str:
    """Return HTML with each formula as its LaTeX between dollars."""
    return re.sub(r"<math.*?<annotation[^>]*>(.*?)</annotation>.*?</math>", r"$\1$", html, flags=re.DOTALL)


def test_an_algorithm_is_a_list_of_lines(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\n").note("one", ONE, macros={"R": r"\mathbb{R}"}).build().expect_clean()
    figure = _plain(site.body("one"))
    assert figure[figure.index("<figure") :].rstrip() == (
        '<figure class="algorithm" id="alg-sgd">\n'
        r"<figcaption><b>Algorithm 1</b> SGD on $\R^d$</figcaption>"
        "\n<ul>\n"
        r"<li><b>Require:</b> $x_0 \in \R^d$</li>"
        "\n</ul>\n<ol>\n"
        '<li id="alg-sgd-1"><a class="anchor" href="#alg-sgd-1" aria-label="#"></a>'
        r"<b>for</b> $t = 0, \dots, T$ <b>do</b></li>"
        '\n<li style="padding-inline-start:calc(1*var(--step,1.5em))" id="alg-sgd-2">'
        '<a class="anchor" href="#alg-sgd-2" aria-label="#"></a>'
        r'$x_{t+1} \gets x_t - \eta \nabla f(x_t)$ <span class="comment end">▷ a step</span></li>'
        '\n<li id="alg-sgd-3"><a class="anchor" href="#alg-sgd-3" aria-label="#"></a><b>end for</b></li>'
        "\n</ol>\n</figure>"
    )


def test_references_name_the_algorithm_and_its_lines_from_other_notes_too(site: SiteTest) -> None:
    site.note("one", ONE, macros={"R": r"\mathbb{R}"})
    site.note("two", "[[one#alg:sgd]], [](one.md#line:step), ![[one#alg:sgd]] x\n\n![[one#alg:sgd]]").build()
    site.expect_clean()
    links = re.findall(r'<a(?: class="eqref")? href="(#alg[^"]*)">(.*?)</a>', site.body("one"))
    assert links == [
        *(("#alg-sgd", "1"), ("#alg-sgd", "算法\xa01"), ("#alg-sgd-2", "2"), ("#alg-sgd-2", "第\xa02\xa0行")),
        ("#alg-sgd", "算法\xa01"),
    ]
    body = site.body("two")
    assert re.findall(r'<a href="/posts/one/(#[^"]*)">(.*?)</a>', body)[:2] == [
        *(("#alg-sgd", "算法\xa01"), ("#alg-sgd-2", "第\xa02\xa0行")),
    ]
    assert '<figure class="algorithm">\n<figcaption><b>算法 1</b>' in body


def test_a_label_of_another_note_is_found(site: SiteTest) -> None:
    site.note("one", ONE, macros={"R": r"\mathbb{R}"}).note("two", r"See \cref{alg:sgd}.").build().expect_clean()
    assert '<a href="/posts/one/#alg-sgd">算法\xa01</a>' in site.body("two")


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "text before it\n{}",
        "```algorithm\n{}\n```",
        "~~~ {{.pseudocode}}\n{}\n~~~",
        '```pseudo {{title="x"}}\n{}\n```',
        '<pre class="x pseudocode" style="display:none">\n{}\n</pre>',
        "{{{{< pseudocode >}}}}\n{}\n{{{{< /pseudocode >}}}}",
    ],
)
def test_the_places_where_algorithms_stand(site: SiteTest, around: str) -> None:
    algorithm = "\\begin{algorithm}\n\\caption{C}\n\\begin{algorithmic}\n\\State $a_1$ and $b*c*$\n\n\\State b\n"
    algorithm += "\\end{algorithmic}\n\\end{algorithm}"
    site.note("one", around.format(algorithm)).build().expect_clean()
    body = _plain(site.body("one"))
    assert "<figcaption><b>算法 1</b> C</figcaption>" in body
    assert "</a>$a_1$ and $b*c*$</li>" in body
    assert "algorithmic" not in body


def test_in_lists_and_quotes_they_keep_their_place(site: SiteTest) -> None:
    site.note("one", "> - \\begin{algorithm}\n>   \\State $\\nope$\n>   \\end{algorithm}").build()
    site.expect_lines("content/one.md:7:13: warning[math-undefined-command]: ")


def test_a_fence_without_latex_stays_code(site: SiteTest) -> None:
    site.note("one", "```algorithm\nfor i in x:\n```\n\n```pseudo\nif \\a\n```").build().expect_clean()
    assert "<figure" not in site.body("one")
    assert site.body("one").count("<pre") == 2


def test_options_of_a_fence_name_an_algorithm(site: SiteTest) -> None:
    fence = "```pseudocode\n#| label: alg-x\n#| html-indent-size: 2em\n#| caption: Words\n\\State $\\nope$\n```"
    site.note("one", fence + "\n\n[[#alg-x]]").build()
    site.expect_lines("content/one.md:10:9: warning[math-undefined-command]: ")
    assert "<figcaption><b>算法 1</b> Words</figcaption>" in site.body("one")
    assert '<a href="#alg-x">算法\xa01</a>' in site.body("one")


def test_algorithms_share_their_numbers_with_callouts(site: SiteTest) -> None:
    algorithm = "\\begin{{algorithm}}\\caption{{{}}}\\end{{algorithm}}\n\n"
    site.note("one", algorithm.format("A") + "> [!algorithm] B\n> b\n\n" + algorithm.format("C")).build()
    assert re.findall(r"算法 \d", site.body("one")) == ["算法 1", "算法 2", "算法 3"]


def test_mistakes_are_told_where_they_stand(site: SiteTest) -> None:
    wrong = [
        "\\begin{algorithm}",
        "\\If{$x$} \\Sate y",
        "\\State $\\nope$ \\label{a}",
        "\\end{algorithm}",
        "",
        "\\begin{algorithm}\\caption{B}\\label{a}\\end{algorithm}",
        "",
        "words",
        "\\begin{algorithmic}",
        "\\State never closed",
    ]
    site.note("one", "\n".join(wrong)).build()
    site.expect_lines(
        "content/one.md:7:1: warning[algorithm-unclosed]: \\If is not closed",
        "content/one.md:7:10: warning[algorithm-unknown-command]: \\Sate is no command of an algorithm",
        "content/one.md:8:9: warning[math-undefined-command]: ",
        "content/one.md:11: warning[label-duplicate]: the label 'a' is given twice",
        "content/one.md:14:1: warning[algorithm-unclosed]: \\begin{algorithmic} is never closed",
    )
    site.expect_report("did you mean \\State?")
    assert "\\State never closed" in site.body("one")


def test_lists_and_feeds(site: SiteTest) -> None:
    site.write("site.yaml", "language: zh-CN\nbase_url: https://a.example/\n")
    site.note("one", "Before.\n\n" + ONE, macros={"R": r"\mathbb{R}"}).build().expect_clean()
    assert "algorithm" not in site.html("index.html")
    feed = site.html("atom.xml")
    assert "<figcaption><b>算法 1</b> SGD" in feed
    assert "anchor" not in feed


_HOSTILE = [r"\If{a} ", "{", "}", "$a$ ", r"\EndIf ", r"\textbf{", r"\Comment{a}", r"\If{a}{", r"\Call{", r"\Comment "]


@pytest.mark.parametrize("piece", _HOSTILE)
def test_reading_takes_linear_steps(piece: str) -> None:
    assert_linear(lambda size: parse_algorithms(piece * size), 300)
