"""BibTeX files as Zotero, Google Scholar and people write them; what is broken costs its own entry and no other."""

from notegen.bibliography.bibtex import read_bibtex
from notegen.model.diagnostic import Diagnostic
from tests.support.cases import all_cases
from tests.support.limits import assert_linear


def fields(text: str, key: str = "a") -> dict[str, str]:
    """Return the fields of an entry of a file without mistakes."""
    file = read_bibtex(text, "refs.bib")
    assert file.diagnostics == ()
    return file.entries[key].fields


@all_cases(
    ("text", "expected"),
    [
        ("@article{a, title={T}, year=2020}", {"title": "T", "year": "2020"}),
        ('@ARTICLE{ a ,\n  Title = "T {"} u" ,\n  YEAR = 2020 ,\n}', {"title": 'T {"} u', "year": "2020"}),
        ("@book(a, title = {A {nested {very}} one})", {"title": "A {nested {very}} one"}),
        ("@misc{a, title = {over\n   several\n\tlines}}", {"title": "over several lines"}),
        ("@misc{a}", {}),
        ("@misc{a,}", {}),
        ("@misc{a, year = 2020,, month = jun}", {"year": "2020", "month": "6"}),
        ('@string{nips = "Neural"}\n@misc{a, journal = NIPS # { Systems}}', {"journal": "Neural Systems"}),
        ("@misc{a, title={first}, title={second}}", {"title": "first"}),
        ("text before, me@example.org and @ sign\n@misc{a, t = {x}} text behind", {"t": "x"}),
        ("@comment{ @misc{b, t={x}} }\n@preamble{ {\\newcommand{\\x}{y}} }\n@misc{a, t = {x}}", {"t": "x"}),
        ("@online{a, date = {2018-06-27}, url = {https://x.org/a_b?c=%20}}", {"date": "2018-06-27", "url": "https://x.org/a_b?c=%20"}),
        ("@misc{b, t={y}} @misc{a, t={x}}", {"t": "x"}),
    ],
)  # fmt: skip
def test_fields(text: str, expected: dict[str, str]) -> None:
    assert fields(text) == expected


@all_cases("key", ["vaswani2017", "DBLP:conf/nips/VaswaniS17", "https://x.org/y", "何2016", "a_b-c+d.e'f"])
def test_keys_are_what_programs_make_them(key: str) -> None:
    assert list(read_bibtex(f"@misc{{{key}, title={{x}}}}", "r.bib").entries) == [key]


GOOD = "@misc{good, title={fine}}\n"


@all_cases(
    ("text", "message", "place"),
    [
        ("@misc{a, title = {no end\n", "the entry a is left out: a brace is not closed", (1, 18)),
        ('@misc{a, title = "no end\n', "the entry a is left out: a quotation mark is not closed", (1, 18)),
        ("@misc{a title={x}}\n", "the entry a is left out: a comma is missing behind its key", (1, 9)),
        ("@misc{, title={x}}\n", "an entry @misc is left out: it has no key", (1, 7)),
        ("@misc{a, title={x}\n", "the entry a is left out: it is not closed", (2, 1)),
        ("@misc{a,\n  title = ,\n}\n", "the entry a is left out: a value is missing", (2, 11)),
        ("@misc{a,\n  {x}\n}\n", "the entry a is left out: `name = value` is expected here", (2, 3)),
    ],
)
def test_a_broken_entry_is_left_out_alone(text: str, message: str, place: tuple[int, int]) -> None:
    for whole, shift in ((text + GOOD, 0), (GOOD + text + GOOD.replace("good", "last"), 1)):
        file = read_bibtex(whole, "refs.bib")
        assert "good" in file.entries
        assert "a" not in file.entries
        assert [(item.code, item.message) for item in file.diagnostics] == [("bib-syntax", message)]
        assert (file.diagnostics[0].line - shift, file.diagnostics[0].column) == place


def only(text: str) -> Diagnostic:
    """Return the one diagnostic of a file."""
    (item,) = read_bibtex(text, "refs.bib").diagnostics
    return item


def test_a_missing_comma_loses_nothing() -> None:
    text = "@misc{a, title={x} year=2020}"
    assert read_bibtex(text, "r.bib").entries["a"].fields == {"title": "x", "year": "2020"}
    assert only(text).message == "the entry a: a comma is missing behind the field title"


def test_an_unknown_string_is_named_and_shown() -> None:
    text = "@misc{a,\n journal = jmlr}"
    assert read_bibtex(text, "r.bib").entries["a"].fields == {"journal": "jmlr"}
    assert (only(text).message, only(text).line) == ("the entry a: there is no @string jmlr; its name is shown", 2)


def test_of_equal_keys_the_first_counts() -> None:
    text = "@misc{a, title={x}}\n\n@misc{a, title={y}}"
    assert read_bibtex(text, "r.bib").entries["a"].fields == {"title": "x"}
    assert (only(text).code, only(text).line, only(text).path) == ("bib-duplicate", 3, "refs.bib")
    assert only(text).message == "the key a is used a second time; the entry of line 1 counts"


@all_cases(
    "piece", ["@a{b, t={\n", '@a{b, t="', "@a{", "@", "{", "@a{b,t={x}}", "@a{b,t={x} # {y} # ", "@string{a=b}\n"]
)
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda count: read_bibtex(piece * count, "r.bib"), 200)
