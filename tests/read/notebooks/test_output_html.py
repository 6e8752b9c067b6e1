"""HTML of outputs, made harmless."""

import pytest

from notegen.read.notebooks.output_html import MAX_HTML, output_html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
        ('<a href="b.md" target="_blank">x</a>', '<a href="b.md">x</a>'),
        ('<img src="data:image/png;base64,iVBO" alt="x">', '<img src="data:image/png;base64,iVBO" alt="x">'),
        ('<img src="data:image/svg+xml;base64,eA==">', ""),
        ("<div><div></div></div>", ""),
        ("<button>Run</button><progress value=1></progress>", ""),
        ("<table><tr><th></th><th>a</th></tr></table>", None),
    ],
)
def test_a_list_of_what_may_stay(html: str, clean: str | None) -> None:
    result = output_html(html)
    if clean is None:
        assert result.startswith('<div class="table-scroll" tabindex="0"><table>')
        assert "<td></td><th>a</th>" in result
    else:
        assert result == clean or (not clean and result in {"", "<img>"})


def test_what_is_too_long_is_nothing() -> None:
    assert output_html("<p>" + "x" * MAX_HTML) == ""
