"""Bold and italic words in labels of Mermaid get their looks again."""

from xml.etree.ElementTree import fromstring, tostring

from notegen.diagrams.svg.emphasis import emphasise, looks_of_labels
from tests.support.cases import all_cases


@all_cases(
    ("source", "letters", "looks"),
    [
        ('A["`**bo** *it* x`"]', "boitx", b"\1\1\2\2\0"),
        ('A["`***ab*** _c_ d_e_f`"]', "abcd_e_f", b"\3\3\2\0\0\0\0\0"),
        ("A[x <b>b</b>]", "xb", b"\0\1"),
        ('A -- "<i>y<b>z</b></i>" --> B', "yz", b"\2\3"),
        ('A["`**a\nb**`"]', "ab", b"\1\1"),
    ],
)
def test_labels_with_looks(source: str, letters: str, looks: bytes) -> None:
    assert looks_of_labels(source) == {letters: looks}


@all_cases("source", ['A["**no Markdown**"]', "A[2 * 3 * 4] --> B[<c>]", 'A["`plain`"]', 'A["`**open`"]'])
def test_labels_without(source: str) -> None:
    assert looks_of_labels(source) == {}


def test_words_in_two_rows_get_their_looks() -> None:
    svg = '<svg><g data-merman-foreignobject="fallback"><text x="1">Second line </text><text>that goes</text></g></svg>'
    root = fromstring(svg)  # noqa: S314 - ours
    emphasise(root, looks_of_labels('A["`Second **line that** goes`"]'))
    assert '<text x="1"><tspan>Second </tspan><tspan font-weight="bold">line </tspan></text>' in tostring(root).decode()
    assert '<text><tspan font-weight="bold">that </tspan><tspan>goes</tspan></text>' in tostring(root).decode()
