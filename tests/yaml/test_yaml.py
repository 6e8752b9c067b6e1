import sys
import tomllib
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from notegen.system.time_zones import find_zone, nearest_zone, zone_names
from notegen.yaml import parse as yamlmap
from notegen.yaml.errors import MAX_DEPTH, locate
from notegen.yaml.nodes import Mapping, Scalar, Sequence, plain, scalars
from notegen.yaml.parse import Document, parse_yaml
from notegen.yaml.toml_errors import toml_error
from notegen.yaml.write import flow_list, scalar
from tests.support.strategies import bounded

TEXT = """\
title: on
# comment
list: [1, 1.5, "1", 'x', ~, yes]
nested:
  - key: |
      two
      lines
    other: >
      folded
      text
时间: 12:30
"""


@pytest.fixture(params=["libyaml", "python"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of PyYAML's parsers: libyaml is missing from some installations."""
    if request.param == "python":
        monkeypatch.setattr(yamlmap, "_LOADER", yaml.SafeLoader)


both = pytest.mark.usefixtures("_loader")


def nodes(text: str) -> dict[str, Any]:
    root = parse_yaml(text).root
    assert isinstance(root, Mapping)
    return {key.text: value for key, value in root.entries}


@both
def test_plain_data_follows_the_core_schema_of_yaml_1_2() -> None:
    """`on` and `yes` are words and 12:30 is no number, unlike in PyYAML's own loaders."""
    assert plain(parse_yaml(TEXT).root) == {
        "title": "on",
        "list": [1, 1.5, "1", "x", None, "yes"],
        "nested": [{"key": "two\nlines\n", "other": "folded text\n"}],
        "时间": "12:30",
    }


@both
def test_nodes_know_where_they_stand() -> None:
    found = nodes(TEXT)
    places = [(item.line, item.column) for item in scalars(found["list"])]
    assert places == [(3, 8), (3, 11), (3, 16), (3, 21), (3, 26), (3, 29)]
    assert (found["nested"].line, found["nested"].column) == (5, 3)
    assert [TEXT[x.start : x.end] for x in scalars(found["list"])] == ["1", "1.5", '"1"', "'x'", "~", "yes"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-0", 0),
        ("010", 10),
        ("0x1F", 31),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("99999999999999999999", "99999999999999999999"),
        ("1_000", "1_000"),
        ("true", True),
        ("FALSE", False),
        ("2024-01-02", "2024-01-02"),
        ("0o17", "0o17"),
        ("-", None),
    ],
)
def test_unquoted_scalars_have_types_that_any_encoder_takes(text: str, value: Any) -> None:
    data = plain(nodes(f"a: {text}")["a"]) if text != "-" else plain(nodes("a:")["a"])
    assert data == value
    assert type(data) is type(value)
    msgspec.msgpack.encode(data)


@both
@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a: b: c", 1, 5, "a colon and a space inside a value"),
        ("a: @x", 1, 4, "cannot begin a value"),
        ("a: [x] y\nb: c", 1, 8, "text after the end of a value"),
        ("x\n\ty: z", 2, None, ""),
        ("a: *b", 1, 4, "names nothing"),
        ("a: &b [*b]", 1, 8, "names nothing"),
        ("a: b\n---\nc: d", 2, 1, "second document"),
        ("[a]: b", 1, 1, "a key must be a word"),
        ("a: \0", 1, 4, "U+0000"),
        ("中: b\x07", 1, 5, "U+0007"),
        ("a: b\n\n\nc d\n \n", 4, None, "no `key: value`"),
        ('a: "\\q"', 1, None, "an escape"),
        ('a: "\\ud800"', 1, None, "an escape"),
        ('a: "b', 1, 6, "never closed"),
        ("a: [b", 1, 6, "not closed"),
    ],
)
def test_problem_is_a_value_with_its_place(text: str, line: int, column: int | None, said: str) -> None:
    problem = parse_yaml(text).error
    assert problem is not None
    assert (problem.line, said in problem.message) == (line, True)
    assert column in {None, problem.column}


@both
def test_repeated_keys_are_told_and_the_last_one_counts() -> None:
    document = parse_yaml("a: 1\nb: {c: 1, c: 2}\na: 3")
    assert plain(document.root) == {"a": 3, "b": {"c": 2}}
    assert [(key.text, key.line, key.column) for key in document.repeated] == [("c", 2, 11), ("a", 3, 1)]


@both
def test_aliases_are_expanded_and_tags_make_no_objects() -> None:
    assert plain(parse_yaml("a: &x [1]\nb: *x").root) == {"a": [1], "b": [1]}
    assert plain(parse_yaml("a: !!python/object/apply:os.getcwd []").root) == {"a": []}


@both
def test_empty_documents_have_no_root() -> None:
    assert parse_yaml("") == Document()
    assert parse_yaml("# comment\n\n") == Document()


@both
def test_tree_has_the_types_that_were_written() -> None:
    found = nodes("a: x\nb: [y]\nc: {d: e}")
    assert [type(value) for value in found.values()] == [Scalar, Sequence, Mapping]


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)
)


@both
@pytest.mark.parametrize("text", [BOMB, "a: &x " + "x" * 10_000 + "\nb: [" + "*x, " * 200 + "]"])
def test_aliases_that_expand_to_gigabytes_are_refused(text: str) -> None:
    problem = parse_yaml(text).error
    assert problem is not None
    assert problem.kind == "limit"


@pytest.mark.parametrize("text", ["[" * 1_000_000, "{a: " * 100_000, "- " * 100_000, "? " * 10_000])
def test_deep_nesting_is_refused(text: str) -> None:
    problem = parse_yaml(text).error
    assert problem is not None
    assert problem.kind == "limit"


def test_greatest_depth_is_read_and_converted() -> None:
    """Far from the limit of the interpreter's stack."""
    depth = MAX_DEPTH
    root = parse_yaml("[" * depth + "]" * depth).root
    assert root is not None
    assert str(plain(root)) == "[" * depth + "]" * depth
    assert depth * 10 < sys.getrecursionlimit()


def test_a_scalar_of_20_megabytes_is_read() -> None:
    assert len(nodes("a: " + "x" * 20_000_000)["a"].text) == 20_000_000


@bounded(100)
@given(st.text() | st.text("a:- \n[]{}#&*!|>'\"%@`,?\t\\\0\x85\u2028\ufeff"))
def test_any_text_gives_a_tree_or_a_problem(text: str) -> None:
    document = parse_yaml(text)
    msgspec.json.encode(plain(document.root))
    problem = document.error
    if problem:
        assert document.root is None
        assert 1 <= problem.line <= text.count("\n") + 2
        assert problem.column >= 1


@bounded(50)
@given(st.text("a:- \n[]{}#,'\"", max_size=40))
def test_both_parsers_agree(text: str) -> None:
    fast = parse_yaml(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamlmap, "_LOADER", yaml.SafeLoader)
        slow = parse_yaml(text)
    if fast.error is None and slow.error is None:
        assert plain(fast.root) == plain(slow.root)


def test_locate_counts_lines_and_columns_from_one() -> None:
    assert [locate("ab\ncd", index) for index in (0, 1, 3, 4, 5)] == [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3)]


def test_zones_are_those_of_the_database_not_of_the_machine() -> None:
    assert find_zone("Asia/Shanghai") is not None
    assert [find_zone(name) for name in ("localtime", "asia/shanghai", "../etc/passwd", "", "Asia")] == [None] * 5
    assert len(zone_names()) > 400


@pytest.mark.parametrize(
    ("name", "near"),
    [("shanghai", "Asia/Shanghai"), ("Asia/Shangai", "Asia/Shanghai"), ("new york", "America/New_York"), ("qqqqq", "")],
)
def test_nearest_zone(name: str, near: str) -> None:
    assert nearest_zone(name) == near


def test_a_day_that_no_calendar_has_is_written_in_quotes() -> None:
    assert scalar("2026-13-45") == '"2026-13-45"'
    assert flow_list(["a", "b, c"]) == '[a, "b, c"]'


@pytest.mark.parametrize(
    ("text", "place"),
    [("a = 1\nb = ?\n", ("Invalid value", 2, 5)), ("a = [1,\n\n", ("Invalid value", 1, 8))],
)
def test_the_place_of_an_error_of_toml(text: str, place: tuple[str, int, int]) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert toml_error(str(caught.value), text) == place
