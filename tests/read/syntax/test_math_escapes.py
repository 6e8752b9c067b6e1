r"""Formulas escaped for a renderer that reads Markdown's backslashes first: `D\_{KL}`, `\\alpha`."""

from notegen.model.config import Config, MathConfig, read_settings
from notegen.model.note import Note
from notegen.model.source import SourceFile
from notegen.read.read import make_reader
from tests.support.cases import all_cases


def _read(body: str, *, unescape: bool) -> Note:
    settings = read_settings(Config(math=MathConfig(unescape=unescape)))
    return make_reader(settings)(SourceFile("n.md", f"---\ntitle: t\ndate: 2026-01-01\n---\n{body}\n", "x"))


def _problems(note: Note) -> list[tuple[str, int, int, int]]:
    return [(item.code, item.line, item.column, item.length) for item in note.diagnostics if "math-e" in item.code]


@all_cases(
    ("source", "latex"),
    [
        (r"$D\_{KL}$", "D_{KL}"),
        (r"$\sum\_{x \in X} p\_i q\_\theta$", r"\sum_{x \in X} p_i q_\theta"),
        (r"$\mathbf{h}\_t x\_10 (a)\_+$", r"\mathbf{h}_t x_10 (a)_+"),
        (r"$x\^2 e\^{-x}$", r"x^2 e^{-x}"),
        (r"$x^\*\_k$", r"x^\*_k"),
        (r"$D\_{KL} = \text{max\_len} + batch\_size + \mathrm{a\_b}$", None),
        (r"$\\epsilon$", r"\epsilon"),
        (r"$\\lambda\_i$", r"\lambda_i"),
        (r"$Q\_{\\text{a\_b}}$", r"Q_{\text{a\_b}}"),
        (r"$\\{1, 2\\}$", r"\{1, 2\}"),
        (r"$a\\,b \\| x \\|$", r"a\,b \| x \|"),
        (r"$\left\\{ x \right\\}$", r"\left\{ x \right\}"),
        (r"$$f = \\begin{cases} 1 \\\\ 0 \\end{cases}$$", r"f = \begin{cases} 1 \\ 0 \end{cases}"),
        (
            r"$$\\begin{cases} a \\alpha \\\\ \\beta \\\\\\end{cases}$$",
            r"\begin{cases} a \alpha \\ \beta \\\end{cases}",
        ),
        ("$$\nx = \\\\sqrt{2}\n$$", r"x = \sqrt{2}"),
    ],
)
def test_escaped_formulas_are_read_as_meant(source: str, latex: str | None) -> None:
    note = _read(source, unescape=True)
    expected = r"D_{KL} = \text{max\_len} + batch\_size + \mathrm{a\_b}" if latex is None else latex
    assert [formula.latex for formula in note.formulas] == [expected]
    assert _problems(note) == []
    told = _read(source, unescape=False)
    assert [formula.latex for formula in told.formulas] == [source.strip("$\n")]
    assert [code for code, *_ in _problems(told)] == ["math-escaped"]


@all_cases(
    "source",
    [
        "$$\n\\begin{pmatrix} a & b\\\\c & d \\\\\\alpha & \\beta \\\\\\end{pmatrix}\n$$",
        "$$\n\\begin{aligned} x &= 1 \\\\& + y \\\\[2pt] & \\\\{\\bf z} \\\\\n\\end{aligned}\n$$",
        "$$\na = b \\\\\nc = d \\\\ \\\\ e\n$$",
        "$$\na = b \\\\\\\\\nc\n$$",
        "$\\begin{smallmatrix}a\\\\in\\end{smallmatrix}$",
        "$batch\\_size$ and $\\text{n\\_heads}$ and $\\mathrm{d\\_model} = \\texttt{a\\_{b}}$",
        "$x\\_train$ $\\_ \\{x\\}$",
        "$\\|x\\| \\, \\; x^\\ast$",
        "<p>$x\\_{a}$</p>\n\n```math\nx\\_{a}\n```\n\n`$x\\_{a}$`",
        "$$\nx \\\\in\n$$",
    ],
)
def test_what_may_be_latex_stays(source: str) -> None:
    plain, note = _read(source, unescape=False), _read(source, unescape=True)
    assert plain.formulas == note.formulas
    assert _problems(plain) == _problems(note) == []


def test_line_breaks_of_an_escaped_note_stay() -> None:
    body = "$D\\_{KL}$\n\n$$\n\\begin{bmatrix} a\\\\b \\\\ \\{x\\} \\end{bmatrix}\n$$\n\n$$\na \\\\\\\\ \\alpha\n$$"
    formulas = _read(body, unescape=True).formulas
    assert [formula.latex for formula in formulas] == [
        "D_{KL}",
        "\\begin{bmatrix} a\\\\b \\\\ \\{x\\} \\end{bmatrix}",
        "a \\\\ \\alpha",
    ]


def test_an_escaped_note_is_told_once_where_it_begins() -> None:
    body = "> 中 $batch\\_size$ $z$, $D\\_{KL}$ and $\\\\alpha$\n\n$$\nx\n+ \\\\beta\n$$"
    assert _problems(_read(body, unescape=False)) == [("math-escaped", 5, 26, 3)]
    (item,) = (item for item in _read(body, unescape=False).diagnostics if item.code == "math-escaped")
    assert item.message.startswith("3 formulas are escaped")
    assert item.message.endswith("as in D\\_{KL}")
    assert "math.unescape: true" in item.hint


def test_a_mistake_in_a_mended_formula_keeps_its_place() -> None:
    note = _read("$D\\_{KL} + \\\\alpha + \\nonsense$\n\n$$\nx\\_{a}\n\\\\beta\\_{c} \\nonsense\n$$", unescape=True)
    places = [(item.line, item.column) for item in note.diagnostics if item.code == "math-undefined-command"]
    assert places == [(5, 22), (9, 13)]
