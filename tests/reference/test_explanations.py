"""Every diagnostic is explained, and the example of its explanation provokes it."""

import json
import os
from pathlib import Path

import pytest

from notegen.cli.commands import main
from notegen.math_font.font import default_font
from notegen.model.codes import CODES
from notegen.reference.explanations import FOLDER, GROUPS, as_text, explanations
from tests.support.cases import all_cases
from tests.support.provoked import Provoked
from tests.support.shell import run_shell
from tests.support.site import SiteTest

EXPLANATIONS = explanations()


def test_every_code_has_an_explanation() -> None:
    assert set(EXPLANATIONS) == set(CODES), "notegen/reference/diagnostics/ has one for each code of model/codes.py"


def test_every_group_is_read() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(GROUPS)


@all_cases("code", EXPLANATIONS)
def test_an_explanation_says_what_it_is_and_what_to_do(code: str) -> None:
    item = EXPLANATIONS[code]
    assert item.meaning.endswith((".", ")", ":"))
    assert item.remedy.endswith((".", ".)"))
    assert item.files or item.commands
    assert item.meaning.splitlines()[0] in as_text(item)


@pytest.mark.slow
@pytest.mark.parametrize("code", [code for code, item in EXPLANATIONS.items() if not item.commands])
def test_the_files_of_an_example_provoke_the_diagnostic(site: SiteTest, code: str) -> None:
    if code == "card-glyph":
        site.write("fonts/latin.otf", default_font())
    (site.root / "site.yaml").unlink(missing_ok=True)
    for path, text in EXPLANATIONS[code].files:
        site.write(path, text)
    site.run("check" if code.startswith("check-") else "build", "-v", expect=None)
    assert f"{CODES[code].severity.name.lower()}[{code}]: " in site.stderr, site.stderr


@pytest.mark.slow
@pytest.mark.parametrize("code", [code for code, item in EXPLANATIONS.items() if item.commands])
def test_the_commands_of_an_example_provoke_the_diagnostic(tmp_path: Path, code: str) -> None:
    if code == "state-foreign" and (not hasattr(os, "geteuid") or os.geteuid() != 0):
        pytest.skip("only root gives files away")
    (tmp_path / "site").mkdir()
    commands = ["bash", "-c", EXPLANATIONS[code].commands]
    done = run_shell(commands, tmp_path / "site", tmp_path / "bin", flags="-v")
    Provoked.by(done.stderr)
    assert f"{CODES[code].severity.name.lower()}[{code}]: " in done.stderr, done.stderr


def test_the_command_prints_explanations(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["explain", "math-syntax", "link-broken"])
    text = capsys.readouterr().out
    assert left.value.code == 0
    assert "math-syntax (warning): " in text
    assert "link-broken (warning): " in text
    assert "    See [the proof](prof.md)." in text


def test_the_command_lists_all_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["explain", "--list"])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == sorted(CODES)


def test_an_unknown_code_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["explain", "math-sintax"])
    assert left.value.code == 2
    assert "no diagnostic or setting is called math-sintax; did you mean math-syntax?" in capsys.readouterr().err


def test_json_and_sarif_lead_to_the_explanation(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTEGEN_MANUAL_URL", "https://example.org/docs/")
    address = "https://example.org/docs/reference/messages/links/#link-broken"
    site.note("n", "[x](gone.md)").build("--format", "json")
    assert [item["help"] for item in json.loads(site.stdout)] == [address]
    site.build("--format", "sarif")
    (run,) = json.loads(site.stdout)["runs"]
    assert [rule["helpUri"] for rule in run["tool"]["driver"]["rules"]] == [address]


def test_without_a_manual_json_has_no_addresses(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTEGEN_MANUAL_URL", raising=False)
    site.note("n", "[x](gone.md)").build("--format", "json")
    assert [item.get("help") for item in json.loads(site.stdout)] == [None]
