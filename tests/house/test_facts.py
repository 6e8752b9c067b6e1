"""A fact stands in one module: what it is made of is found in no other."""

import re

import pytest

from tests.support.paths import ROOT

PACKAGE = ROOT / "notegen"


@pytest.mark.parametrize(
    ("what", "pattern", "owner"),
    [
        ("ranges of CJK", r"\\u(?:2e80|3040|3400|4e00|9fff|ac00)", "text/cjk.py"),
        ("control characters", r"\\x00-|\\ud800-", "text/characters.py"),
        ("suffixes of notes", r"[.]mdown\b", "text/paths.py"),
        (
            "addresses of lists",
            r"""f?["']/(?:archives|categories|tags|series|\{kind\}|\{name\})/["']""",
            "routes/lists.py",
        ),
        ("the page after the first", r"""page/\{""", "routes/lists.py"),
        ("characters of a URL", r"!\$&", "routes/urls.py"),
        ("pixels of an image", r"MAX_PIXELS =", "model/source.py"),
        ("links of a page alone", r"class=\"footnote-back\"\)", "text/html.py"),
        ("the address of a DOI", r"https://doi[.]org/", "text/addresses.py"),
        ("blocks that end others", r'"paragraph", "reference", "blockquote", "list"', "read/syntax/rule.py"),
        ("the slash behind base_url", r"""rstrip[(]"/"[)] [+] "/\"""", "routes/urls.py"),
        ("months of BibTeX", r'"jan", "feb"', "text/scholarly.py"),
        ("suffixes of films", r"[.]webm\b.*[.]mov\b", "text/media_files.py"),
        ("suffixes of pictures in patterns", r"jpe[?]g[|]gif[|]svg", "text/media_files.py"),
        ("elements without an end", r"\bcol\b.*\bhr\b.*\blink\b.*\bsource\b", "text/html.py"),
        ("classes of pages alone", r'"code-head", "paper-link"', "text/html.py"),
        ("pictures inside addresses", r"data:image/[(]", "notebooks/svg.py"),
        ("the places of TOML's errors", r"end of document", "yaml/toml_errors.py"),
        ("dates in names", r"(?:\\d|\[0-9\])\{4\}-", "text/paths.py"),
    ],
)
def test_each_fact_has_one_owner(what: str, pattern: str, owner: str) -> None:
    names = [path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")]
    owners = [name for name in names if re.search(pattern, (PACKAGE / name).read_text("utf-8"))]
    assert owners == [owner], f"{what} stand in {owner} alone"
