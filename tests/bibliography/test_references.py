r"""Entries as lists and marks show them: accents, formulas, names of all kinds, links; BibTeX and CSL-JSON alike."""

import json
from html import escape

from notegen.bibliography.bibtex import read_bibtex
from notegen.bibliography.csl.json_file import read_csl_json
from notegen.bibliography.latex_text import latex_html
from notegen.bibliography.names import split_names
from notegen.bibliography.references import reference
from notegen.bibliography.works import formula_html, with_parents
from tests.support.cases import all_cases


@all_cases(
    ("latex", "html"),
    [
        ("{D}iffusion {{GAN}s}", "Diffusion GANs"),
        ('G{\\"o}del, G\\"odel, G{\\"{o}}del', "Gödel, Gödel, Gödel"),
        ("\\'{\\i} {\\'\\i} \\'i", "í í í"),
        ("{\\L}ukasz, Erd\\H{o}s, \\c{C}a\\u{g}lar, {\\v{S}}, \\~n, \\aa", "Łukasz, Erdős, Çağlar, Š, ñ, å"),
        ("Stra{\\ss}e {\\o} \\ae ther", "Straße ø æther"),
        ("a -- b --- c-d", "a – b — c-d"),
        ("``quoted'' it's", "“quoted” it's"),
        ("A~B \\& C \\% \\_ \\# \\$5", "A\u00a0B &amp; C % _ # $5"),
        ("<script>alert(1)</script> & x", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; x"),
        ("\\emph{a {b}} \\textbf{c} {\\it d} e", "<em>a b</em> <strong>c</strong> <em>d</em> e"),
        ("CO\\textsubscript{2}, 2\\textsuperscript{nd}", "CO<sub>2</sub>, 2<sup>nd</sup>"),
        ("on $\\ell_2$ and \\(x\\)", "on [\\ell_2] and [x]"),
        ("costs $5", "costs $5"),
        ("\\unknown{shown} \\LaTeX{}", "shown LaTeX"),
        ("{unclosed \\emph{x", "unclosed <em>x</em>"),
        ("closed} too often}", "closed too often"),
        ("\\", "\\"),
    ],
)
def test_latex_as_html(latex: str, html: str) -> None:
    assert latex_html(latex, lambda formula: f"[{escape(formula)}]") == html


@all_cases(
    ("value", "names"),
    [
        ("Vaswani, Ashish and Noam Shazeer", [("Vaswani", "Ashish"), ("Shazeer", "Noam")]),
        ("Ludwig van Beethoven", [("van Beethoven", "Ludwig")]),
        ("van Gogh, Vincent", [("van Gogh", "Vincent")]),
        ("King, Jr, Martin Luther", [("King Jr", "Martin Luther")]),
        ("{OpenAI and Friends} and Plato", [("{OpenAI and Friends}", ""), ("Plato", "")]),
        ("何恺明 and 张, 祥雨", [("何恺明", ""), ("张", "祥雨")]),
        ("family=Sutskever, given=Ilya", [("Sutskever", "Ilya")]),
        ("Sandy and\n  Andy", [("Sandy", ""), ("Andy", "")]),
        ("", []),
    ],
)
def test_names(value: str, names: list[tuple[str, str]]) -> None:
    assert [(name.family, name.given_name) for name in split_names(value)[0]] == names


def shown(entry: str, style: str = "numeric") -> tuple[str, str]:
    """Return the words of a mark, and the entry in the list."""
    entries = read_bibtex(entry, "r.bib").entries
    work = reference(with_parents(entries["a"], entries), style, formula_html)
    return work.authors, work.before + work.year + work.after


SCHOLAR = """@inproceedings{a,
  title={Attention is all you need},
  author={Vaswani, Ashish and Shazeer, Noam and Kaiser, {\\L}ukasz},
  booktitle={Advances in Neural Information Processing Systems},
  volume={30}, pages={5998--6008}, year={2017}
}"""


def test_both_styles() -> None:
    authors = "Ashish Vaswani, Noam Shazeer, Łukasz Kaiser"
    where = "In <em>Advances in Neural Information Processing Systems</em>, 30: 5998–6008"
    title = "Attention is all you need"
    assert shown(SCHOLAR) == ("Vaswani et al.", f"{authors}. {title}. {where}, 2017.")
    assert shown(SCHOLAR, "author-year") == ("Vaswani et al.", f"{authors} (2017). {title}. {where}.")


CROSSREF = """@inproceedings{a, author={X Y}, title={T}, crossref={p}}
@proceedings{p, title={Proc}, editor={Ed Itor}, year={2001}, crossref={a}}"""
CHINESE = """@article{a, author={何, 恺明 and 张, 祥雨 and 任, 少卿}, title={深度残差学习}, journal={计算机学报},
  volume=39, number=4, pages={1-10}, year=2016}"""
ARXIV = (
    "@article{a, author={Ho, J. and Jain, A.}, title={Why?}, journal={arXiv preprint arXiv:2006.11239}, year={2020}}"
)
EPRINT = "@misc{a, author={X Y}, eprint={1706.03762v5}, archiveprefix={arXiv}, doi={10.48550/arXiv.1706.03762}}"
BOOK = """@book{a, author={Bishop, C. and others}, title={PRML}, publisher={Springer}, date={2006-08},
  doi={https://doi.org/10.1007/x<y}, url={https://springer.com}}"""
ONLINE = "@online{a, title={A post}, organization={OpenAI}, url={https://openai.com/a_b/}, urldate={2024-01-01}}"
DOI = '<a href="https://doi.org/10.1007/x%3Cy">doi:10.1007/x&lt;y</a>'


@all_cases(
    ("entry", "authors", "html"),
    [
        (CHINESE, "何恺明等", "何恺明, 张祥雨, 任少卿. 深度残差学习. 计算机学报, 39(4): 1–10, 2016."),
        (
            ARXIV,
            "Ho and Jain",
            'J. Ho, A. Jain. Why? 2020. <a href="https://arxiv.org/abs/2006.11239">arXiv:2006.11239</a>',
        ),
        (EPRINT, "Y", 'X Y. <a href="https://arxiv.org/abs/1706.03762">arXiv:1706.03762</a>'),
        (BOOK, "Bishop et al.", f"C. Bishop, et al. PRML. Springer, 2006. {DOI}"),
        (ONLINE, "OpenAI", 'OpenAI. A post. <a href="https://openai.com/a_b/">openai.com/a_b</a>'),
        ("@misc{a, title={T}, url={javascript:alert(1)}}", "T", "T."),
        ("@misc{a}", "a", ""),
        (CROSSREF, "Y", "X Y. T. In <em>Proc</em>, 2001."),
        ("@misc{a, title={T}, crossref={a}}", "T", "T."),
        ("@misc{a, title={T}, crossref={gone}}", "T", "T."),
    ],
)
def test_entries(entry: str, authors: str, html: str) -> None:
    assert shown(entry) == (authors, html)


def test_of_many_authors_the_first_are_shown() -> None:
    names = " and ".join(f"F{number} L{number}" for number in range(280))
    authors, html = shown(f"@misc{{a, author={{{names}}}, title={{T}}}}")
    assert (authors, html) == ("L0 et al.", "F0 L0, F1 L1, F2 L2, F3 L3, F4 L4, F5 L5, et al. T.")


def test_a_formula_in_a_title_is_rendered_by_the_math_engine() -> None:
    assert '<annotation encoding="application/x-tex">\\ell_2</annotation>' in shown("@misc{a, title={On $\\ell_2$}}")[1]


def test_csl_json_is_shown_as_the_same_entry_in_bibtex_is() -> None:
    item = {
        "id": "a",
        "type": "paper-conference",
        "title": "Attention is all you need",
        "author": [
            {"family": "Vaswani", "given": "Ashish"},
            {"family": "Shazeer", "given": "Noam"},
            {"family": "Kaiser", "given": "Łukasz"},
        ],
        "container-title": "Advances in Neural Information Processing Systems",
        "volume": 30,
        "page": "5998-6008",
        "issued": {"date-parts": [["2017", 6]]},
    }
    entry = read_csl_json(json.dumps([item]), "r.json").entries["a"]
    work = reference(entry, "numeric", formula_html)
    assert (work.authors, work.before + work.year + work.after) == shown(SCHOLAR)


@all_cases(
    ("text", "problems"),
    [
        ("[{]", [("bib-syntax", 1, 3)]),
        ("{}", [("bib-syntax", 1, 0)]),
        ("[" * 100_000, [("bib-syntax", 0, 0)]),
        ('[{"title": "no id"}, 3, {"id": "a"}, {"id": "a"}]', [("bib-syntax", 0, 0)] * 2 + [("bib-duplicate", 0, 0)]),
        ('[{"id": "a", "author": "Plato", "issued": {"date-parts": []}, "title": null}]', []),
    ],
)
def test_csl_json_with_mistakes(text: str, problems: list[tuple[str, int, int]]) -> None:
    file = read_csl_json(text, "r.json")
    assert [(item.code, item.line, item.column) for item in file.diagnostics] == problems
