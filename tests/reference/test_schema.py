"""The schemas of site.yaml and front matter: whatever a build accepts they accept, a misspelt key they refuse."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from notegen.cli.commands import main
from notegen.model.config import Config
from notegen.reference.comments import field_comments
from notegen.reference.schema import NAME, as_json, front_matter_schema, site_schema
from notegen.reference.settings import keys, settings
from notegen.scan.config.load import load_config
from tests.support.cases import all_cases
from tests.support.paths import ROOT
from tests.support.site import SiteTest

SITE, FRONT_MATTER = Draft7Validator(site_schema()), Draft7Validator(front_matter_schema())
SITES = sorted(path for folder in ("tests", "docs", "bench") for path in (ROOT / folder).rglob("site.yaml"))
FOREIGN = sorted(path for path in (ROOT / "tests" / "sites").iterdir() if path.is_dir())
ACCEPTED = [
    "",
    "title:\n",
    "title: 2024\nsubtitle: on\n",
    "title: A\nmenu:\n  - Home: /\n  - {name: About, url: /about/}\n",
    "menu: {Home: /}\n",
    "languages: [zh-CN, en]\n",
    "languages:\n  zh-CN: 中文\n  en: {title: Notes, menu: {About: /en/about/}}\n",
    "languages:\n  - {tag: en, folder: english}\n",
    "author: {name: A, orcid: 0000-0002-1825-0097}\n",
    "authors: {name: A}\n",
    "theme: transmission\nignore: '*.tmp'\n",
    "numbering: all\n",
    "numbering: {figures: all, sections: yes}\n",
    "sections: on\n",
    "baseURL: https://example.org/\nper_page: 5\nlang: en\nfeed: {filename: feed.xml}\n",
    "url: https://example.org\nroot: /blog/\n",
    "citation_style: apa\n",
    "params: {anything: [goes, {here: 1}]}\n",
    "nav:\n  - a.md\n  - Title: [b.md, {More: c.md}]\n",
    "notation: {x: position, y: {zh: 位置, en: position}}\n",
]
REFUSED = [
    "titel: x\n",
    "feed: {limits: 3}\n",
    "paginate: 0\n",
    "paginate: many\n",
    "images: {quality: 101}\n",
    "publish: some\n",
    "math: {macros: [a]}\n",
    "menu:\n  x: {y: 1}\ntheme: {a: b}\n",
    "authors: {nam: A}\n",
    "comments: {giscus: {rep: a/b}}\n",
]


@all_cases("path", [ROOT / "site.yaml", *SITES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_site_of_the_repository_is_accepted(path: Path) -> None:
    assert list(SITE.iter_errors(yaml.safe_load(path.read_text("utf-8")))) == []


@pytest.mark.parametrize("folder", FOREIGN, ids=lambda path: path.name)
def test_what_init_writes_is_accepted(folder: Path, tmp_path: Path) -> None:
    site = SiteTest(tmp_path / folder.name)
    for file in folder.rglob("*"):
        if file.is_file():
            site.write(file.relative_to(folder).as_posix(), file.read_bytes())
    site.init()
    text = (site.root / "site.yaml").read_text("utf-8")
    assert list(SITE.iter_errors(yaml.safe_load(text))) == []
    assert text.startswith(f"# yaml-language-server: $schema={NAME}\n")
    assert json.loads((site.root / NAME).read_text("utf-8")) == site_schema()


@all_cases("text", ACCEPTED)
def test_what_a_build_accepts_is_accepted(text: str) -> None:
    assert load_config(text, "site.yaml")[1] == ()
    assert list(SITE.iter_errors(yaml.safe_load(text))) == []


@all_cases("text", REFUSED)
def test_what_a_build_refuses_is_refused(text: str) -> None:
    assert load_config(text, "site.yaml")[1]
    assert list(SITE.iter_errors(yaml.safe_load(text)))


def test_the_schemas_are_schemas() -> None:
    for schema in (site_schema(), front_matter_schema()):
        Draft7Validator.check_schema(schema)
        assert json.loads(as_json(schema)) == schema


def documented(schema: dict[str, Any], path: str = "") -> dict[str, str]:
    """Return the description of every property of a schema, by dotted path."""
    words: dict[str, str] = {}
    for name, value in schema.get("properties", {}).items():
        words[path + name] = value.get("description", "")
        words |= documented(value, f"{path}{name}.")
    return words


def test_every_setting_and_key_says_what_it_means() -> None:
    assert [name for name, text in documented(site_schema()).items() if not text] == []
    assert [name for name, text in documented(front_matter_schema()).items() if not text] == []
    assert [row.name for row in settings() if not row.meaning] == []
    assert [row.name for row in keys() if not row.meaning] == []


def test_every_setting_has_a_row() -> None:
    names = [row.name for row in settings()]
    assert len(names) == len(set(names))
    assert {name.partition(".")[0] for name in names} == set(Config.__struct_fields__)
    assert documented(site_schema()).keys() >= set(names)


def test_comments_go_on_below_their_field() -> None:
    comments = {field.name: field.comment for field in field_comments(Config)}
    assert comments["file_titles"].endswith("always: headings or not (Obsidian)")


@all_cases(
    "text", ["", "title: 1\ntags: a, b\ndraft: yes\n", "date: 2026-01-31\nauthors: [{name: A}]\nmath: {macros: {R: x}}"]
)
def test_front_matter_is_accepted(text: str) -> None:
    assert list(FRONT_MATTER.iter_errors(yaml.load(text, yaml.BaseLoader))) == []  # noqa: S506 (texts of ours)


def test_front_matter_of_every_note_of_the_repository_is_accepted() -> None:
    for folder in ("content", "tests/golden"):
        for path in (ROOT / folder).rglob("*.md"):
            _, _, rest = path.read_text("utf-8", "replace").partition("---\n")
            front = rest.partition("\n---\n")[0] if path.read_bytes().startswith(b"---\n") else ""
            try:
                value = yaml.load(front, yaml.BaseLoader)  # noqa: S506
            except yaml.YAMLError:
                continue  # which is what the note is about
            assert list(FRONT_MATTER.iter_errors(value)) == [], path


@pytest.mark.parametrize("what", ["site", "front-matter"])
def test_the_command_prints_a_schema(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["schema", what])
    Draft7Validator.check_schema(json.loads(capsys.readouterr().out))


@pytest.mark.parametrize(("name", "line"), [("feed.limit", "feed.limit: 20  ("), ("feed", "feed.rss: ")])
def test_a_setting_is_explained(name: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["explain", name])
    assert line in capsys.readouterr().out
