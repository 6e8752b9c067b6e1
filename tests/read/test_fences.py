"""Lines of a text: which of them are fenced code."""

from notegen.read.syntax.lines import fences
from tests.support.cases import all_cases


@all_cases(
    ("text", "hidden"),
    [
        ("a\n```\nb\n```\nc\n~~~py\nd\n~~~", ["```\nb\n```", "~~~py\nd\n~~~"]),
        ("```\n~~~\n```\n~~~\n```\n~~~", ["```\n~~~\n```", "~~~\n```\n~~~"]),
        ("> - ~~~ x\n> - ~~~\n", ["> - ~~~ x\n> - ~~~"]),
        ("1. ````\n   ```\n   ````", ["1. ````\n   ```\n   ````"]),
        ("a ``` b ~~~\n```\n``` x\n```", ["```\n``` x\n```"]),
        ("``` a`\n~~~\n", []),
        ("```", []),
    ],
)
def test_fences_begin_lines_and_hide_what_is_closed(text: str, hidden: list[str]) -> None:
    assert [text[start:end] for start, end in fences(text)] == hidden
