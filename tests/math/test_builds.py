"""Hostile formulas in whole builds: bounded time, a warning at the right place, nothing that runs or leads away."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape

import pytest

from tests.support.html import Page
from tests.support.katex import ONLY_KATEX, needs_katex
from tests.support.limits import ends
from tests.support.processes import SEES_PROCESSES, with_environment
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow

UNBALANCED = {
    r"{x": (1, "math-syntax", "{ is never closed by }"),
    r"x}": (2, "math-syntax", "} without a matching {"),
    r"\left( x": (1, "math-syntax", r"\left is never closed by \right"),
    r"x \right)": (3, "math-syntax", r"\right without a matching \left"),
    r"\begin{cases} x": (1, "math-syntax", r"\begin{cases} is never closed by \end{cases}"),
    r"x \end{cases}": (3, "math-syntax", r"\end{cases} without a matching \begin{cases}"),
    r"\begin{cases} x \end{matrix}": (17, "math-syntax", r"\begin{cases} is closed by \end{matrix}"),
    r"\frac{a}": (1, "math-syntax", ""),
    r"x^2^3": (4, "math-syntax", ""),
    r"\sqrt[3 x": (1, "math-syntax", ""),
    r"a & b": (3, "math-syntax", "`&` outside an alignment"),
    r"_": (1, "math-syntax", ""),
    r"\\begin": (0, "", ""),
}


@pytest.mark.parametrize("latex", UNBALANCED)
def test_what_is_unbalanced_is_shown_and_told(site: SiteTest, latex: str) -> None:
    """The rest of the note is there, the formula as its author wrote it; the report says where the mistake is."""
    site.note("a", f"Before $y$.\n\n$$\n{latex}\n$$\n\nAfter $z$.").build()
    column, code, words = UNBALANCED[latex]
    if not code:
        site.expect_clean()
        return
    found = re.fullmatch(rf"content/a\.md:9:(\d+): warning\[{code}\]: (.*)", site.stderr.splitlines()[0])
    assert found, site.stderr
    assert words in found[2]
    assert words == "" or int(found[1]) == column
    assert f">{latex.replace('&', '&amp;')}</code>" in site.body("a")
    assert site.body("a").count("<math") == 2


UNCLOSED = {
    "$$\nx\n\nThe rest.": "content/a.md:8:1: warning[math-unclosed]",
    r"\[ x": "",  # an escaped bracket
    "\\begin{align}\nx\n\nThe rest.": "content/a.md:8:1: warning[math-unclosed]",
    "$$": "content/a.md:8:1: warning[math-unclosed]",
    r"\( x": "",
    "a $x": "",
    "```math\nx": "",
}


@pytest.mark.parametrize("text", UNCLOSED)
def test_what_is_never_closed_takes_nothing_with_it(site: SiteTest, text: str) -> None:
    site.note("a", f"Before $y$.\n\n{text}").build()
    assert site.body("a").strip().startswith("<p>Before <")
    assert ("rest" in text) is ("The rest." in site.body("a"))
    site.expect_lines(*filter(None, [UNCLOSED[text]]))


BIG = {
    "one formula of a megabyte": (f"$${'x+' * 500_000}y$$", ["math-too-long"]),
    "ten thousand formulas": (" ".join(f"$x_{{{number}}}$" for number in range(10_000)), []),
    "ten thousand displays with numbers": (
        "\n\n".join(rf"$$x\label{{e{number}}}$$ \eqref{{e{9_999 - number}}}" for number in range(10_000)),
        [],
    ),
    "a macro that uses itself": (r"$\def\a{\a} \a$ and $\def\b{x\b} \b$", ["math-macro", "math-macro"]),
    "macros that use each other": (r"$\def\a{\b}\def\b{\a} \a$", ["math-macro"]),
    "a macro that doubles forty times": (
        "$" + "".join(rf"\def\m{chr(97 + n)}{{\m{chr(98 + n)}\m{chr(98 + n)}}}" for n in range(24)) + r"\ma$",
        ["math-macro"],
    ),
    "a macro of a hundred arguments": (r"$\newcommand{\a}[100]{#1} \a{x}$", ["math-macro"]),
    "ten thousand unknown commands": (" ".join(rf"$\nope{chr(97 + n % 26)}$" for n in range(10_000)), None),
    "braces ten thousand deep": ("$" + "{" * 10_000 + "}" * 10_000 + "$", ["math-syntax"]),
    "a table of a thousand columns": (rf"$\begin{{matrix}}{' & '.join('x' * 1000)}\end{{matrix}}$", []),
}


@pytest.mark.parametrize("name", BIG)
def test_what_is_big_takes_bounded_time(site: SiteTest, name: str) -> None:
    text, codes = BIG[name]
    with ends():
        site.note("a", text).note("b", "$fine$").build()
    assert "<math" in site.body("b")
    if codes is not None:
        assert re.findall(r"warning\[(.*?)\]", site.stderr) == codes


def test_a_macro_of_front_matter_that_uses_itself(site: SiteTest) -> None:
    site.note("a", r"好 $\a$", macros={"a": r"x\a"}).build().expect_lines("content/a.md:7:4: warning[math-macro]: ")
    site.expect_report(r"\a expands without end: a macro must not use itself")


# Everything that could lead out of the page.
LEADING_OUT = (
    r"\href{javascript:alert(1)}{x}",
    r"\href{https://evil.example/}{x}",
    r"\url{javascript:alert(1)}",
    r"\url{https://evil.example/}",
    r"\includegraphics{https://evil.example/x.png}",
    r"\includegraphics[width=1em]{evil.example}",
    r"\htmlId{evil}{x}",
    r"\htmlClass{evil}{x}",
    r"\htmlStyle{background:url(//evil.example/)}{x}",
    r"\htmlData{evil=1,onclick=alert(1)}{x}",
    r"\unicode{x3C}script\unicode{x3E}",
    r"\unicode[evil]{65}",
    r"\class{evil}{x}",
    r"\style{background:url(//evil.example/)}{x}",
    r"\cssId{evil}{x}",
    r"\text{<script src=//evil.example/></script>}",
    r"\text{<img src=x onerror=alert(1)>}",
    r"\tag{<script>evil</script>}",
    r"\label{\"><script>evil</script>}",
    r"\eqref{\"><script>evil</script>}",
    r"\color{red;background:url(//evil.example/)}{x}",
    r"\colorbox{url(//evil.example/)}{x}",
    r"\textcircled{<script>evil</script>}",
    r"\def\x{\href{javascript:evil}{x}}\x",
    r"</annotation></semantics></math><script>evil()</script>",
    r"\operatorname{<script>evil</script>}",
    r"\begin{<script>evil</script>}x\end{<script>evil</script>}",
    r"\mathchoice{\href{javascript:evil}{x}}{}{}{}",
    r"\verb|<script>evil</script>|",
    "\\char`<script\\char`>",
)
ADDRESS = re.compile(r"(?i)javascript:|//evil|^evil|url\(|expression\(")


def dangers(html: str) -> Iterator[str]:
    """Yield what in HTML could load, run or lead somewhere: elements, handlers, addresses; a title is text."""
    page = Page(html)
    yield from (problem for problem in page.problems if "twice" in problem)
    for element in page.elements:
        if element.name in {"script", "img", "iframe", "object", "embed", "link", "style", "base", "form"}:
            yield element.name
        for name, value in element.attrs.items():
            if name.startswith("on") or (name != "title" and ADDRESS.search(value)):
                yield f"{element.name} {name}={value}"
            if name in {"href", "src", "xlink:href", "action"} and not value.startswith(("#eq-", "/", "#")):
                yield f"{element.name} {name}={value}"


def test_dangers_are_seen() -> None:
    html = '<b onclick="x">a</b><a href="javascript:x">a</a><script>x</script><a href="#eq-1" title="url(x)">a</a>'
    assert list(dangers(html)) == ["b onclick=x", "a href=javascript:x", "a href=javascript:x", "script"]


@pytest.mark.parametrize("output", ["mathml", "source"])
def test_nothing_in_a_formula_leads_out_of_the_page(site: SiteTest, output: str) -> None:
    site.write("site.yaml", f"title: T\nbase_url: https://example.org/\nmath: {{output: {output}}}\n")
    body = "\n\n".join(f"${latex}$ 与\n\n$$\n{latex}\n$$" for latex in LEADING_OUT)
    site.note("a", body).note("b", body + "\n\n## $\\href{javascript:evil}{x}$", title=LEADING_OUT[0]).build()
    assert list(dangers(site.body("a"))) == []
    assert list(dangers(site.body("b"))) == []
    for entry in re.findall(r"(?s)<(?:content|summary)[^>]*>(.*?)</", site.html("atom.xml")):
        assert [item for item in dangers(unescape(entry)) if "https://example.org" not in item] == []


def test_formulas_in_a_note_that_is_not_utf8(site: SiteTest) -> None:
    site.write("content/bad.md", b"---\ntitle: x\n---\n\xe5\xa5\xbd $x\xff$ and $y$\n").note("b", "x").build(expect=1)
    site.expect_lines("content/bad.md:4:5: error[file-not-utf8]: not UTF-8: byte 0xff")


# KaTeX, which can take its process with it


# Errors of KaTeX's own, between formulas that need it.
FRAGILE = f"${ONLY_KATEX}$ " + " ".join(r"$\begin{array}{\sqrt2}a\end{array}$" for _ in range(8)) + f" ${ONLY_KATEX}^2$"


@needs_katex
@pytest.mark.skipif(not SEES_PROCESSES, reason="needs /proc")
def test_katex_processes_end_with_the_build(site: SiteTest) -> None:
    for number in range(6):
        site.note(f"n{number}", FRAGILE)
    site.process("build", "--no-cache", NOTEGEN_TEST=str(site.root))
    assert (site.body("n0").count("<math"), site.body("n0").count("math-error")) == (2, 8)
    assert with_environment(f"NOTEGEN_TEST={site.root}") == []


def problems(report: str) -> list[str]:
    """Return the lines of a report without those that only the first build has, or that name its time."""
    return [line for line in report.splitlines() if not re.match(r"public: |\d+ notes?, ", line)]


def test_builds_with_a_fragile_katex_are_the_same_each_time(site: SiteTest) -> None:
    """Which formulas came before in the same process, and how often KaTeX failed there, shows nowhere."""
    for number in range(5):  # long enough for several processes
        site.note(f"n{number}", f"{FRAGILE} ${ONLY_KATEX}_{number}$" + " word" * 18_000)
    first = site.process("build", "--no-cache", "-j", "1")
    files, report = {path: site.output(path).read_bytes() for path in site.files()}, first.stderr
    for arguments in (["-j", "2"], ["-j", "1"]):
        site.process("build", "--no-cache", *arguments)
        assert {path: site.output(path).read_bytes() for path in site.files()} == files
        assert problems(site.stderr) == problems(report)


def test_katex_is_not_loaded_for_formulas_that_math_core_knows(site: SiteTest) -> None:
    """It takes memory and a tenth of a second."""
    site.note("a", "$x$").build()
    code = (
        "import sys; from notegen.cli.commands import cli;"
        f"cli.main(['build', '-s', {str(site.root)!r}, '--no-cache', '-q'], standalone_mode=False);"
        "print('pykatex' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout == "False\n", ran.stderr
