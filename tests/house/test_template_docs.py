"""The contract with templates, docs/content/reference/templates.md, is the one that the types make.

It names every template of the theme.
"""

import re

from notegen.model.pages import NotePage
from notegen.model.site import RenderedNote
from scripts.template_docs import FILE, contract
from tests.support.theme import transmission


def test_the_contract_is_current() -> None:
    assert FILE.read_text("utf-8") == contract(), "run `python scripts/template_docs.py`"


def test_every_page_template_of_the_theme_is_in_the_contract() -> None:
    named = set(re.findall(r"^\| `([\w-]+\.\w+)` \| \[", contract(), re.MULTILINE))
    assert named == {name for name in transmission().templates if "/" not in name and name != "base.html"}


def test_every_field_of_a_note_is_in_the_contract() -> None:
    text = contract()
    for struct in (NotePage, RenderedNote):
        section = text.split(f"### {struct.__name__}\n")[1].split("\n#")[0]
        fields = [name for name in struct.__struct_fields__ if name != "content"]  # what `html` is made of
        assert [name for name in re.findall(r"^\| `(\w+)`", section, re.MULTILINE) if name != "html"] == fields
    assert "| `html` | `Html` |" in section


def test_comments_of_the_source_are_the_meaning() -> None:
    assert '| `series_url` | `Url` | `""` | the overview of all series; empty when there is none |' in contract()
