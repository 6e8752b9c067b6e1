"""SVG images without what could run or reach out."""

from notegen.notebooks.svg import MAX_DEPTH, clean_svg
from tests.support.cases import all_cases

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def cleaned(inside: str, attributes: str = "") -> str:
    """Return what stays inside an image."""
    data = clean_svg(f'<svg xmlns:xlink="http://www.w3.org/1999/xlink"{attributes}>{inside}</svg>')
    assert data is not None
    text = data.decode().removeprefix(HEAD)
    return text[text.index(">") + 1 : text.rindex("<")]


@all_cases(
    "kept",
    [
        '<g transform="translate(1 2)" style="fill: url(#a); stroke: #fff"><path d="M 0 0&#10;L 1 1"></path></g>',
        '<use xlink:href="#m" x="1"></use>',
        '<image xlink:href="data:image/png;base64,iVBO"></image>',
        "<style>*{stroke-linejoin: round}</style>",
        '<a xlink:href="https://example.org/"><text>图 &lt;b&gt; &amp;</text></a>',
        '<clipPath id="p"><rect></rect></clipPath>',
    ],
)
def test_what_only_shows_stays(kept: str) -> None:
    assert cleaned(kept) == kept


@all_cases(
    ("written", "kept"),
    [
        ("<script>x</script><g>y</g>", "<g>y</g>"),
        ("<foreignObject><body><script>x</script></body></foreignObject>", ""),
        ('<g onclick="x" ONLOAD="y"/>', "<g></g>"),
        ('<a href="javascript:x"/>', "<a></a>"),
        ('<a href=" java&#10;script:x"/>', "<a></a>"),
        ('<image href="https://evil.example/x.png"/>', "<image></image>"),
        ('<image href="data:image/svg+xml;base64,eA=="/>', "<image></image>"),
        ('<use href="other.svg#x"/>', "<use></use>"),
        ("<style>@import 'x'; *{}</style>", "<style></style>"),
        ("<style>*{background: url(https://evil.example)}</style>", "<style></style>"),
        ('<g style="fill: u\\72l(https://evil.example)"/>', "<g></g>"),
        ('<set attributeName="href" to="javascript:x"/><animate/>', ""),
        ('<metadata><rdf xmlns="x">y</rdf></metadata>', ""),
    ],
)
def test_what_may_run_or_reach_out_goes(written: str, kept: str) -> None:
    assert cleaned(written) == kept


@all_cases(
    "text",
    [
        "",
        "<p/>",
        "<svg>",
        "<svg",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
        "<svg>" * MAX_DEPTH * 2,
    ],
)
def test_what_is_no_image(text: str) -> None:
    assert clean_svg(text) is None
