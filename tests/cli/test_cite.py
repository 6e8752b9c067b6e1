"""`notegen cite add`: what arXiv and doi.org say becomes an entry, once; a server of our own answers for them."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click
import pytest

from notegen.bibliography.lookup import Identifier, Services, identify
from notegen.cli.new import cite_add_command
from tests.support.cases import all_cases
from tests.support.site import SiteTest

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/abs/1706.03762v7</id><published>2017-06-12T17:57:34Z</published>
<title>Attention Is All
  You Need &amp; 100% of $\\ell_2$</title><summary>  The dominant {models}.
</summary>
<author><name>Ashish Vaswani</name></author><author><name>Łukasz Kaiser</name></author>
<author><name>何恺明</name></author>
<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CL"/></entry></feed>"""
ERROR = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#incorrect</id>
<title>Error</title><summary>incorrect id format</summary></entry></feed>"""
CSL = {
    "type": "journal-article",
    "title": ["Deep <i>learning</i>"],
    "container-title": "Nature",
    "author": [{"given": "Yann", "family": "LeCun"}, {"name": "x"}, {"literal": "A Team"}],
    "issued": {"date-parts": [[2015, 5, 27]]},
    "volume": "521",
    "page": "436-444",
    "abstract": "<jats:p>Short.</jats:p>",
    "DOI": "10.1038/nature14539",
}
ANSWERS = {"/1706.03762": ATOM, "/9999.99999": ERROR, "/10.1038/nature14539": json.dumps(CSL), "/10.1/none": "[]"}


class _Handler(BaseHTTPRequestHandler):
    """Answers as the two services do."""

    def do_GET(self) -> None:
        text = ANSWERS.get(self.path)
        self.send_response(404 if text is None else 200)
        self.end_headers()
        self.wfile.write((text or "").encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def services() -> Iterator[Services]:
    """Return the addresses of a server of our own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    yield Services(address, address)
    server.shutdown()
    server.server_close()


def add(root: Path, work: str, services: Services, **options: Any) -> int:
    """Run the command."""
    return cite_add_command(work, {"source": root, "to": None, "dry_run": False, **options}, services)


@all_cases(
    ("text", "expected"),
    [
        ("1706.03762", Identifier("arxiv", "1706.03762")),
        ("arXiv:1706.03762v7", Identifier("arxiv", "1706.03762")),
        ("https://arxiv.org/abs/1706.03762v2", Identifier("arxiv", "1706.03762")),
        ("arxiv.org/pdf/1706.03762.pdf", Identifier("arxiv", "1706.03762")),
        ("hep-th/9711200", Identifier("arxiv", "hep-th/9711200")),
        ("10.48550/arXiv.1706.03762", Identifier("arxiv", "1706.03762")),
        ("10.1038/nature14539", Identifier("doi", "10.1038/nature14539")),
        ("https://doi.org/10.1038/nature14539/", Identifier("doi", "10.1038/nature14539")),
        ("doi:10.1038/nature14539", Identifier("doi", "10.1038/nature14539")),
        ("attention is all you need", None),
        ("https://example.org/1706.03762", None),
        ("", None),
    ],
)
def test_what_is_typed_and_copied(text: str, expected: Identifier | None) -> None:
    assert identify(text) == expected


def test_an_entry_is_written_once_and_can_be_cited(
    site: SiteTest, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    site.note("n", "[@vaswani2017attention; @lecun2015deep]")
    assert add(site.root, "1706.03762", services) == 0
    assert capsys.readouterr() == (
        "[@vaswani2017attention]\n",
        "Attention Is All You Need & 100% of $\\ell_2$: written to content/references.bib\n",
    )
    text = (site.root / "content/references.bib").read_text("utf-8")
    assert text == (
        "@misc{vaswani2017attention,\n  author = {Vaswani, Ashish and Kaiser, Łukasz and 何恺明},\n"
        "  title = {Attention Is All You Need \\& 100\\% of $\\ell_2$},\n  year = {2017},\n  eprint = {1706.03762},\n"
        "  archiveprefix = {arXiv},\n  primaryclass = {cs.CL},\n  abstract = {The dominant models.},\n}\n"
    )
    assert add(site.root, "https://doi.org/10.1038/nature14539", services) == 0
    added = (site.root / "content/references.bib").read_text("utf-8").removeprefix(text)
    assert added == (
        "\n@article{lecun2015deep,\n  author = {LeCun, Yann and {A Team}},\n  title = {Deep learning},\n"
        "  journal = {Nature},\n  volume = {521},\n  pages = {436-444},\n  year = {2015},\n"
        "  doi = {10.1038/nature14539},\n  abstract = {Short.},\n}\n"
    )
    assert add(site.root, "arXiv:1706.03762v5", services) == 1
    assert "vaswani2017attention in content/references.bib, line 1" in capsys.readouterr().err
    site.build().expect_clean()


def test_a_dry_run_writes_nothing_and_keys_that_are_taken_get_a_number(
    site: SiteTest, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    site.note("n", "x").write("lib/own.bib", "").write("refs.bib", "@misc{vaswani2017attention, title={Other}}")
    assert add(site.root, "1706.03762", services, dry_run=True) == 0
    assert capsys.readouterr().out.startswith("@misc{vaswani2017attention-2,\n")
    assert (site.root / "refs.bib").read_text("utf-8") == "@misc{vaswani2017attention, title={Other}}"
    assert add(site.root, "1706.03762", services, to="lib/own.bib") == 0
    assert "vaswani2017attention-2" in (site.root / "lib/own.bib").read_text("utf-8")
    with pytest.raises(click.BadParameter):
        add(site.root, "10.1038/nature14539", services, to="../out.bib")


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        ("9999.99999", "there is no work 9999.99999"),
        ("1111.11111", "there is no work 1111.11111: 127.0.0.1"),
        ("10.1000/none", "there is no work 10.1000/none"),
    ],
)
def test_what_nobody_knows(
    site: SiteTest, services: Services, capsys: pytest.CaptureFixture[str], work: str, reason: str
) -> None:
    assert add(site.note("n", "x").root, work, services) == 1
    assert reason in capsys.readouterr().err
    assert not (site.root / "content/references.bib").exists()


def test_without_a_network_it_says_so(site: SiteTest, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(site.note("n", "x").root, "1706.03762", Services("http://127.0.0.1:9/", "")) == 1
    assert "127.0.0.1:9 cannot be reached: " in capsys.readouterr().err


def test_what_is_no_identifier(site: SiteTest) -> None:
    assert add(site.root, "attention", Services()) == 2
