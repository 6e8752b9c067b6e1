import json
import re
import string
from itertools import chain
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from notegen.model.config import CategoriesConfig, Config, ReadSettings, read_settings
from notegen.model.diagnostic import Severity
from notegen.model.digest import digest
from notegen.model.note import Meta
from notegen.read.front_matter.latex import restore_latex
from notegen.read.front_matter.read import FrontMatter, read_front_matter
from notegen.read.front_matter.split import split_front_matter
from tests.support.cases import all_cases
from tests.support.paths import FIXTURES

FOLDER = FIXTURES / "frontmatter"
CASES = [case[1:] for name in ("forms", "traps", "fields") for case in read_fixture_file(FOLDER / f"{name}.md")]
DEFAULTS = json.loads(msgspec.json.encode(Meta()))
BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)
)


def read(text: str, *, path_lists: bool = False, path: str = "n.md") -> FrontMatter:
    reading = read_settings(Config(categories=CategoriesConfig("path" if path_lists else "many")))
    return read_front_matter(text, path, reading)


def fenced(front: str) -> str:
    return f"---\n{front}\n---\nbody\n"


def codes(result: FrontMatter) -> list[str]:
    return [item.code for item in result.diagnostics]


@all_cases(("title", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_fixture_is_read_as_expected(title: str, text: str, expected: str) -> None:
    """Meta without its defaults, body, position of the body, and code and place of every diagnostic."""
    result = read(text)
    meta = {key: value for key, value in json.loads(msgspec.json.encode(result.meta)).items() if value != DEFAULTS[key]}
    shown = {"meta": meta, "body": result.body, "body_line": result.body_line}
    if result.diagnostics:
        shown["diagnostics"] = [f"{item.code} {item.line}:{item.column}" for item in result.diagnostics]
    assert shown == json.loads(expected), title


@all_cases(("title", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_body_stands_where_body_line_says(title: str, text: str, expected: str) -> None:
    """So that positions in the body are positions in the file."""
    result = read(text)
    assert text.split("\n", result.body_line)[-1] == result.body, (title, expected)


def test_fixtures_provoke_every_code_of_front_matter() -> None:
    provoked = {code for _, text, _ in CASES for code in codes(read(text))}
    assert provoked == {
        "front-matter-syntax",
        "front-matter-unclosed",
        "front-matter-repaired",
        "front-matter-value",
        "front-matter-duplicate-key",
        "front-matter-date",
        "front-matter-slug",
    }


def test_line_ends_of_windows_and_byte_order_mark_are_tolerated() -> None:
    text = "\ufeff---\r\ntitle: A\r\n---\r\nbody\r\n"
    result = read(text)
    assert (result.meta.title, result.body, result.body_line, result.diagnostics) == ("A", "body\r\n", 3, ())


@all_cases("word", ["last-modified", "today", "now"])
def test_a_date_that_quarto_makes_is_none(word: str) -> None:
    result = read(fenced(f"date: {word}"))
    assert (result.meta.date, result.diagnostics) == (None, ())


def test_hint_shows_the_value_in_single_quotes() -> None:
    [item] = read(fenced("title: It's: new")).diagnostics
    assert item.hint == "write title: 'It''s: new'"
    assert item.severity is Severity.WARNING


def test_hint_for_latex_in_double_quotes_names_single_quotes() -> None:
    [item] = read(fenced(r'title: "$\theta$"')).diagnostics
    assert "single quotes" in item.hint


def test_hint_for_a_fence_that_was_forgotten() -> None:
    [item] = read("---\ntitle: A\n\nText here\nand here.\n\n---\n").diagnostics
    assert item.code == "front-matter-syntax"
    assert "closing fence" in item.hint


@all_cases("raw", [r'"\n"', r'"a\nb"', r'"\\theta"', r'"\u00e9"', r'"\x41\""', r'"a\tb"', '""', '"\\\n"'])
def test_escapes_of_yaml_are_left_alone(raw: str) -> None:
    assert restore_latex(raw) == raw


@all_cases(
    ("path", "front", "tags"),
    [
        ("content/_posts/2024-01-02-x.md", "layout: post\ntags: machine learning", ("machine", "learning")),
        ("2024-1-2-x.markdown", "layout: distill\nTags: 'a a b'", ("a", "b")),
        ("content/_posts/x.md", "layout: post\ntags: machine learning", ("machine learning",)),  # Hexo
        ("content/_posts/2024-01-02-x.md", "tags: machine learning", ("machine learning",)),
        ("2024-01-02-x.md", "layout: page\ntags: machine learning", ("machine learning",)),
        ("2024-01-02-x.md", "layout: post\ntag: machine learning", ("machine learning",)),  # taken whole by Jekyll
        ("2024-01-02-x.md", "layout: post\ntags: deep learning, NLP", ("deep learning", "NLP")),
        ("2024-01-02-x.md", "layout: post\ntags: [deep learning]", ("deep learning",)),
        ("2024-01-02-x.md", "layout: post\ntags: '#vae #elbo'", ("vae", "elbo")),
        ("2024-01-02-x.md", "layout: [post]\ntags: machine learning", ("machine learning",)),
    ],
)
def test_terms_are_split_at_spaces_in_posts_of_jekyll_only(path: str, front: str, tags: tuple[str, ...]) -> None:
    assert read(fenced(front), path=path).meta.tags == tags


def test_categories_of_jekyll() -> None:
    front, path = fenced("layout: post\ncategories: deep learning"), "_posts/2024-01-02-x.md"
    assert read(front, path=path).meta.categories == (("deep",), ("learning",))
    assert read(front, path=path, path_lists=True).meta.categories == (("deep", "learning"),)
    assert read(front.replace("categories", "category"), path=path).meta.categories == (("deep learning",),)


@all_cases(
    ("lang", "hint"),
    [
        ("klingon", "the theme speaks zh-CN"),
        ("xx-invalid", "the theme speaks"),
        ("zh_CN", "did you mean zh-CN?"),
    ],
)
def test_a_language_that_is_none_is_ignored_with_a_hint(lang: str, hint: str) -> None:
    result = read(fenced(f"lang: {lang}"))
    (found,) = result.diagnostics
    assert (found.code, found.line, found.column, found.length) == ("front-matter-value", 2, 7, len(lang))
    assert found.hint.startswith(hint)
    assert result.meta.lang == ""


@all_cases("lang", ["zh-CN", "en", "zh-Hans-CN", "zh-yue", "tlh", "de-CH-1996", "es-419", "sl-rozaj", "x-a"])
def test_languages_by_their_tags(lang: str) -> None:
    result = read(fenced(f"lang: {lang}"))
    assert (result.meta.lang, result.diagnostics) == (lang, ())


def test_flat_list_of_categories_is_one_path_where_the_site_says_so() -> None:
    """As in Hexo; lists in a list are paths anyway."""
    assert read(fenced("categories: [a, b]"), path_lists=True).meta.categories == (("a", "b"),)
    assert read(fenced("categories: [[a, b], c]"), path_lists=True).meta.categories == (("a", "b"), ("c",))
    assert read(fenced("categories: a"), path_lists=True).meta.categories == (("a",),)


@all_cases("character", ["\0", "\x07", "\x1b", "\x7f", "\ufeff"])
def test_control_characters_are_read_as_spaces(character: str) -> None:
    result = read(fenced(f"title: a{character}b"))
    assert (result.meta.title, codes(result)) == ("a b", ["front-matter-repaired"])
    assert (result.diagnostics[0].line, result.diagnostics[0].column) == (2, 9)


@all_cases("character", ["\x85", "\u2028", "\u2029"])
def test_line_ends_that_editors_do_not_know_do_not_move_positions(character: str) -> None:
    result = read(fenced(f"title: a{character}b\nlang: zh_CN"))
    assert (result.meta.title, result.diagnostics[0].line) == ("a b", 3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("front", "code"),
    [
        (BOMB, "front-matter-syntax"),
        ("a: " + "[" * 1_000_000, "front-matter-syntax"),
        ("a: " + "{a: " * 100_000, "front-matter-syntax"),
        ('title: "' + r"\l" * 200_000, "front-matter-syntax"),
        ("title: @" + " #" * 50_000 + "x", "front-matter-repaired"),
        ("title: a: b" + " " * 100_000 + "x", "front-matter-repaired"),
        ("\n".join(f"k{i}: a: b" for i in range(5000)), "front-matter-syntax"),
        ("\0" * 5000, None),
        ("title: " + "x" * 20_000_000, None),
        ("tags: [" + "a," * 20_000 + "a]", None),
        ("- " * 100_000, None),
    ],
)
def test_hostile_yaml_is_answered(front: str, code: str | None) -> None:
    """Each of these would take minutes, gigabytes or the interpreter's stack if read naively."""
    assert codes(read(fenced(front)))[:1] == ([code] if code else [])


@all_cases(
    "text",
    [
        '{"a": ' + "[" * 100_000,
        '{"a": ' + "[" * 500 + "]" * 500 + "}",
        "+++\na = " + "[" * 30_000 + "\n+++\n",
        "+++\n" + ".".join("a" * 501) + " = 1\n+++\n",
        "+++\na = " + "1" * 5000 + "\n+++\n",
        '+++\na = "' + "x" * 100_000 + '"\n+++\n',
    ],
)
def test_hostile_json_and_toml_are_errors(text: str) -> None:
    assert codes(read(text)) == ["front-matter-syntax"]


@all_cases("text", ["---\n" * 100_000, "-" * 1_000_000, "\n" * 1_000_000 + "---", "---" + " " * 1_000_000])
def test_many_fences_are_split_at_once(text: str) -> None:
    assert codes(read(text)) == []


def test_long_numbers_keep_all_their_digits() -> None:
    digits = "1" * 5000
    assert read('{"a": ' + digits + "}").meta.extra == {"a": digits}
    assert read("+++\na = 0x" + "f" * 5000 + "\n+++\n").meta.extra == {"a": "0x" + "f" * 5000}


MARKS = ["---\n", "+++\n", ";;;\n", "- ", ": ", "\n", "\n  ", "\t", *"\"'\\[]{}#|>%@`-？：", "&a ", "*a", "!x ", "<<"]
KEYS = ["title: ", "tags:", "date: ", "macros: ", "categories: ", "slug: ../"]
WORDS = [*"abcdef", "null", "2024-1-2", "$\\theta$", "\0", "\ufeff", "\x85", "中文", "\U0001d4d0"]
PIECES = st.sampled_from([*MARKS, *KEYS, *WORDS])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(lambda x: fenced("".join(x)))))
def test_any_text_is_read_without_exception(text: str) -> None:
    """The result can be cached, the body is the end of the text, and positions are inside the file."""
    result = read(text)
    digest(result)
    assert text.endswith(result.body)
    assert text.removeprefix("\ufeff").split("\n", result.body_line)[-1].endswith(result.body)
    lines = text.removeprefix("\ufeff").split("\n")
    for item in result.diagnostics:
        assert 1 <= item.line <= len(lines) + 1, item
        assert item.column >= 1, item


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"), min_size=1
    )
)
def test_any_title_in_single_quotes_is_that_title(title: str) -> None:
    result = read(fenced("title: '" + title.replace("'", "''") + "'"))
    assert result.meta.title == " ".join(title.split())
    assert result.diagnostics == ()


@settings(max_examples=200, deadline=None)
@given(st.text(string.ascii_letters + " :,.?![](){}@`%&*|>$", min_size=1))
def test_any_title_without_quotes_is_that_title(title: str) -> None:
    """With a warning where YAML has it otherwise; `null` and `|` alone are YAML's."""
    result = read(fenced("title: A" + title))
    assert result.meta.title == " ".join(f"A{title}".split())
    assert set(codes(result)) <= {"front-matter-repaired"}


def test_split_alone_gives_text_and_body() -> None:
    block = split_front_matter("---\na: 1\n---\nbody")
    assert (block.form, block.text, block.line, block.body, block.body_line) == ("yaml", "a: 1\n", 1, "body", 3)


def test_corpus_of_real_posts_is_read_without_a_complaint(corpus: Path) -> None:
    """Posts of many generators: none is broken, so nothing may be said, and most have something to read."""
    files = sorted(chain(corpus.rglob("*.md"), corpus.rglob("*.markdown")))
    found = 0
    for file in files:
        text = re.sub("\r\n?", "\n", file.read_text(encoding="utf-8"))
        result = read(text)
        assert result.diagnostics == (), file
        found += result.meta != Meta()
    assert found > len(files) // 2


def test_settings_of_the_site_decide_the_zone() -> None:
    reading: ReadSettings = read_settings(Config(timezone="America/New_York"))
    date = read_front_matter(fenced("date: 2024-01-02"), "n.md", reading).meta.date
    assert date is not None
    assert date.isoformat() == "2024-01-02T00:00:00-05:00"
