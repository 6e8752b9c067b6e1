"""Text as a terminal shows it."""

from notegen.read.notebooks.ansi import ansi_html, written
from tests.support.cases import all_cases


@all_cases(
    ("text", "html"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("\x1b[31mred\x1b[0m plain", '<span class="ansi-red">red</span> plain'),
        (
            "\x1b[1;4;32mx\x1b[22;24my\x1b[39mz",
            '<span class="ansi-green ansi-bold ansi-underline">x</span><span class="ansi-green">y</span>z',
        ),
        ("\x1b[91mbright\x1b[m", '<span class="ansi-red">bright</span>'),
        ("\x1b[44mx\x1b[49my", '<span class="ansi-on-blue">x</span>y'),
        ("\x1b[38;5;196mx", '<span class="ansi-red">x</span>'),
        ("\x1b[38;5;244mx", '<span class="ansi-white">x</span>'),
        ("\x1b[38;2;10;200;20mx", '<span class="ansi-green">x</span>'),
        ("\x1b[48;5;3mx", '<span class="ansi-on-yellow">x</span>'),
        ("\x1b[7mx\x1b[27my", '<span class="ansi-inverse">x</span>y'),
        ("\x1b]8;;https://x\x07link\x1b]8;;\x07", "link"),
        ("\x1b[2K\x1b[1Ax\x1b(By\x07", "xy"),
        ("\x1b[38;5mx \x1b[999;;mx \x1b[3", '<span class="ansi-black">x </span>x 3'),
    ],
)
def test_sequences_are_classes(text: str, html: str) -> None:
    assert ansi_html(text) == html


@all_cases(
    ("text", "kept"),
    [
        ("a\nb", "a\nb"),
        ("a\r\nb", "a\nb"),
        ("\r 0%\r 50%\r100%\n", "100%\n"),
        ("50%\r\x1b[A", "50%"),
        ("abc\b\bd", "ad"),
    ],
)
def test_of_a_line_that_was_written_over_the_last_state_stays(text: str, kept: str) -> None:
    assert written(text) == kept
