r"""Commands of plain TeX and of small packages as what they mean: `\\cases{…}`, `\\mathbbm`, `\\intertext`."""

from notegen.math.latex.rewrite import rewrite
from notegen.math.latex.tokens import spell, tokenize
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from tests.support.cases import all_cases


def _words(latex: str) -> str:
    return "".join(latex.split())


@all_cases(
    ("latex", "meant"),
    [
        (r"\cases{a & b \cr c & d}", r"\begin{cases}a&b\\c&d\end{cases}"),
        (r"\pmatrix{1\cr 2} \matrix{a}", r"\begin{pmatrix}1\\2\end{pmatrix}\begin{matrix}a\end{matrix}"),
        (r"\displaylines{a\\b} \eqalign{a&=b}", r"\begin{gathered}a\\b\end{gathered}\begin{aligned}a&=b\end{aligned}"),
        (r"\ensuremath{x} \textbackslash a\hfill b A\/B", r"{x}\backslasha\quadbAB"),
        (r"\mathbbm{1} \mathds R", r"\mathbb{1}\mathbbR"),
        (r"\bbox[5px,border:1px]{x} \bbox[red]{y}", r"\boxed{x}\colorbox{red}{$y$}"),
        (r"\unicode{x3b1} \unicode{945}", r"\char" + '"' + r"3b1\char945"),
        (r"\nicefrac{1}{2} \sfrac12", r"{{1}/{2}}{{1}/{2}}"),
        (r"\begin{array}{c} a \\ \cline{1-1} b \end{array}", r"\begin{array}{c}a\\\hlineb\end{array}"),
        (r"\begin{array} a & b \end{array}", r"\begin{array}{cccccccccccccccccccc}a&b\end{array}"),
        (r"\text{a_b} \textbf{c_d}", r"\text{a\_b}\textbf{c\_d}"),
        (r"\begin{aligned} a \\ \intertext{so} b \end{aligned}", r"\begin{aligned}a\\\text{so}\notag\\b\end{aligned}"),
    ],
)
def test_plain_tex_and_small_packages(latex: str, meant: str) -> None:
    assert _words(spell(rewrite(tokenize(latex), display=True).tokens)) == meant
    assert render_formulas([Snippet(latex, display=True)], {}).formulas[0].engine == "math-core"
