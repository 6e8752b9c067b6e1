"""HTML of outputs, made harmless."""

from notegen.read.notebooks.output_html import output_html
from notegen.read.notebooks.words import words_of
from tests.support.cases import all_cases
from tests.support.paths import ROOT


@all_cases(
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


def test_frames_of_other_sites_are_cards_and_nothing_else_gets_their_attributes() -> None:
    card = '<a class="film" href="https://a.example/x" data-embed="https://a.example/x">a.example/x</a>'
    assert output_html('before <iframe src="https://a.example/x"></iframe> after') == f"before {card} after"
    harm = """<p title="<iframe src='https://a.example/ onclick=x()'></iframe>">t</p>\x010\x01"""
    harm += '<iframe src="//b.c"></iframe>'
    assert "onclick=x()'" in output_html(harm).partition(">t</p>")[0]
    assert output_html(harm).count("data-embed") == 1
    assert output_html('<a class="film" data-embed="javascript:x()" href="x">x</a>') == '<a href="x">x</a>'


def test_there_are_words_around_outputs_in_all_languages_of_the_theme() -> None:
    languages = {path.stem for path in (ROOT / "themes/transmission/i18n").glob("*.yaml")}
    assert len({words_of(language)["download"] for language in languages}) == len(languages)
