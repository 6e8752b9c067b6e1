"""Options in the info strings of code fences, and what the highlighter makes of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.read.code.highlight import language_of, make_highlighter
from notegen.read.code.lines import split_diff
from notegen.read.code.options import CodeOptions, read_options
from tests.support.cases import all_cases
from tests.support.html import elements
from tests.support.syntax_fixtures import Case, load_cases

_HIGHLIGHT = make_highlighter()
_DEFAULT = CodeOptions()


@all_cases("case", load_cases("code_options.md"), ids=lambda case: case.title)
def test_info_strings(case: Case) -> None:
    options = read_options(case.source)
    fields = [(name, getattr(options, name)) for name in options.__struct_fields__]
    shown = [f"{name}: {value}" for name, value in fields if value != getattr(_DEFAULT, name)]
    assert "\n".join(shown or ["nothing"]) == case.expected


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab1{}[]()\"'=,:-/. \\+<"), max_size=60))
def test_any_info_string_is_read(info: str) -> None:
    options = read_options(info)
    assert options.start >= 0
    assert language_of(info) == options.language
    elements(_HIGHLIGHT("a\nb\n", info).html)


def _code(code: str, info: str) -> str:
    return _HIGHLIGHT(code, info).html.partition("<code>")[2].rpartition("</code>")[0]


def test_plain_blocks_have_no_spans_for_lines() -> None:
    assert 'class="line' not in _HIGHLIGHT("x = 1\ny\n", 'python title="x.py"').html


def test_the_title_stands_before_the_language() -> None:
    head = _HIGHLIGHT("x\n", 'python title="a<b.py"').html
    assert '<span class="code-title">a&lt;b.py</span><span class="code-lang">python</span>' in head
    assert '<span class="code-title">T</span></div>' in _HIGHLIGHT("x\n", 'title="T"').html


def test_numbers_begin_where_asked_and_are_no_text() -> None:
    lines = elements(_HIGHLIGHT('"""a\nb"""\n', "python {linenos=true linenostart=9}").html, "span", "line")
    assert [(line.attrs["data-line"], line.text) for line in lines] == [("9", '"""a'), ("10", 'b"""')]


def test_marked_lines_have_classes_and_no_numbers() -> None:
    lines = elements(_HIGHLIGHT("a\nb\nc\n", "text {2-9} ins={1} del={2,3-1}").html, "span", "line")
    assert [line.classes[1:] for line in lines] == [["ins", "del"], ["hll", "del"], ["hll", "del"]]
    assert not any("data-line" in line.attrs for line in lines)


def test_a_diff_is_coloured_in_its_language() -> None:
    html = _code("+x = 1\n-y\n z\n", "python diff")
    assert html.startswith('<span class="line ins"><span class="sign">+</span><span class="n">x</span>')
    assert '<span class="line del"><span class="sign">-</span><span class="n">y</span>' in html
    assert '<span class="line"><span class="sign"> </span><span class="n">z</span>' in html


@all_cases(
    ("code", "bare", "signs"),
    [
        ("+a\n b\n", "a\nb\n", "+  "),
        ("+a\nb\n", "a\nb\n", "+  "),
        ("-a\n    b\n\n c\n", "a\n   b\n\nc\n", "-    "),
    ],
)
def test_the_column_of_signs_is_taken_off(code: str, bare: str, signs: str) -> None:
    assert split_diff(code) == (bare, signs)


@all_cases(
    ("code", "info", "prompts"),
    [
        (">>> a\n1\n>>> b\n", "python", [">>>", ">>>"]),
        (">>> f(\n...     x)\n", "pycon", [">>>", "..."]),
        ("$ ls\nout\n", "bash", ["$"]),
        ("$ ls | wc\n<out>\n", "", ["$"]),
        ("x\n$ ls\n", "", []),
        ("a >>> b\n", "python", []),
    ],
)
def test_prompts_are_told_apart(code: str, info: str, prompts: list[str]) -> None:
    assert [found.text for found in elements(_HIGHLIGHT(code, info).html, "span", "prompt")] == prompts


def test_unknown_languages_and_long_code_can_have_lines_too() -> None:
    block = _HIGHLIGHT("<a>\n" * 60_000, "nolang {2}")
    assert not block.known
    assert block.html.count('class="line hll"') == 1
    assert _code("<a>", "nolang linenos") == '<span class="line" data-line="1">&lt;a&gt;\n</span>'


@all_cases("name", ["ipython3", "jsonc", "python3.10", "conf", "pyspark"])
def test_languages_by_the_names_that_authors_use_have_colours(name: str) -> None:
    block = _HIGHLIGHT("x = 1\n", name)
    assert block.known
    assert "<span" in block.html.partition("<code>")[2]


@all_cases("name", ["patch", "jinja2", "log"])
def test_other_names_are_known(name: str) -> None:
    assert _HIGHLIGHT("x = 1\n", name).known
    assert not _HIGHLIGHT("x = 1\n", "nonsense").known


NAMES = (
    "triton cuda jsonl j2 kt mts cmd sol ml hbs python-repl shellsession tfvars docker-compose cxx viml typ pseudocode"
)


def test_names_of_other_highlighters_are_known() -> None:
    assert [name for name in NAMES.split() if not _HIGHLIGHT("x = 1\n", name).known] == []
