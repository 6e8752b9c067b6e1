import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.model.config import Config, MenuItem
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.scan.config.load import UNNAMED, find_config, load_config
from tests.support.cases import all_cases


def load(text: str) -> Config:
    config, found = load_config(text, "site.yaml")
    assert found == ()
    return config


def mistakes(text: str) -> list[Diagnostic]:
    config, found = load_config(text, "site.yaml")
    assert isinstance(config, Config)
    return list(found)


def mistake(text: str) -> Diagnostic:
    [item] = mistakes(text)
    return item


@all_cases("text", ["", "# nothing\n", "---\n", "\ufeff", "title:\n", "title: ~\nfeed:\n"])
def test_what_is_not_given_has_its_default(text: str) -> None:
    assert load(text) == UNNAMED


def test_settings_of_every_type() -> None:
    config = load(
        "title: on\nsubtitle: 2024\npaginate: 5\ndrafts: yes\nfuture: off\ntheme: [mine, transmission]\n"
        "ignore: '*.tmp'\nfeed: {limit: 3, full_content: false}\nmath:\n  numbering: all\n"
        "  macros: {'\\R': '\\mathbb{R}', n: 1}\n"
        "params: {a: 1, b: [no], c: 2024-01-01}\nbanner:\n  kicker: HELLO\n"
    )
    assert (config.title, config.subtitle, config.paginate) == ("on", "2024", 5)
    assert (config.drafts, config.future, config.theme, config.ignore) == (
        True,
        False,
        ("mine", "transmission"),
        ("*.tmp",),
    )
    assert (config.feed.limit, config.feed.full_content, config.feed.filenames) == (3, False, ("atom.xml",))
    assert (config.math.numbering, config.math.macros) == ("all", {"R": r"\mathbb{R}", "n": "1"})
    assert config.params == {"a": 1, "b": ["no"], "c": "2024-01-01"}
    assert (config.banner.kicker, config.banner.heading) == ("HELLO", "")


@all_cases(
    ("text", "field", "value"),
    [
        ("baseURL: https://a.org", "base_url", "https://a.org/"),
        ("base_url: https://a.org/repo//", "base_url", "https://a.org/repo/"),
        ("base_url: HTTPS://A.org", "base_url", "HTTPS://A.org/"),
        ("base_url: /repo", "base_url", "/repo/"),
        ("base_url: /", "base_url", "/"),
        ("base_url: ''", "base_url", ""),
        ("url: https://a.org/repo", "base_url", "https://a.org/repo/"),
        ("url: https://a.org\nbaseurl: /repo", "base_url", "https://a.org/repo/"),
        ("url: https://a.org/repo\nroot: /repo/", "base_url", "https://a.org/repo/"),
        ("url: https://a.org\nroot: /", "base_url", "https://a.org/"),
        ("baseurl: /repo", "base_url", "/repo/"),
        ("lang: en", "language", "en"),
        ("languageCode: zh-Hans-CN", "language", "zh-Hans-CN"),
        ("per_page: 7", "paginate", 7),
        ("per_page: 7\npaginate: 8", "paginate", 8),
        ("paginate: 8\nper_page: 7", "paginate", 8),
        ("theme: mine", "theme", ("mine",)),
        ("permalink: hexo", "permalink", "/:year/:month/:day/:filepath/"),
        ("permalink: Jekyll", "permalink", "/:categories/:year/:month/:day/:slug.html"),
        ("permalink: hugo", "permalink", "/:path/"),
        ("permalink: :year/:slug/", "permalink", "/:year/:slug/"),
        ("permalink: /:slug.html", "permalink", "/:slug.html"),
        ("extra: {a: 1}", "params", {"a": 1}),
        ("timezone: Europe/Berlin", "timezone", "Europe/Berlin"),
        ("content_dir: ./notes/", "content_dir", "notes"),
        ("output_dir: ../public", "output_dir", "../public"),
        (
            "menu:\n  - Home: /\n  - {name: About, url: /about/}",
            "menu",
            (MenuItem("Home", "/"), MenuItem("About", "/about/")),
        ),
        ("menu: {Home: /, Code: 'https://a.org'}", "menu", (MenuItem("Home", "/"), MenuItem("Code", "https://a.org"))),
    ],
)
def test_names_and_forms_of_other_generators(text: str, field: str, value: object) -> None:
    assert getattr(load(text), field) == value


def test_nested_names_of_other_generators() -> None:
    assert load("summary: {length: 9}").excerpt.length == 9
    assert load("feed: {filenames: feed.xml}").feed.filenames == ("feed.xml",)
    assert load("feed: {filename: [/a.xml, feeds/b.xml]}").feed.filenames == ("a.xml", "feeds/b.xml")
    assert load("highlight: {theme: vs, dark_theme: monokai}").highlight.dark_style == "monokai"


@all_cases(
    ("text", "line", "column", "hint"),
    [
        ("paginte: 3", 1, 1, "did you mean paginate?"),
        ("title: x\nfeed:\n  limt: 3", 3, 3, "did you mean limit?"),
        ("Title: x", 1, 1, "did you mean title?"),
        ("qqq: 1", 1, 1, "params"),
    ],
)
def test_unknown_key_is_told_with_the_nearest(text: str, line: int, column: int, hint: str) -> None:
    item = mistake(text)
    assert (item.code, item.severity, item.line, item.column) == ("config-unknown-key", Severity.ERROR, line, column)
    assert hint in item.hint


@all_cases(
    ("text", "permalink"),
    [
        ("dialect: hexo\npermalink: :year/:title/\n", "/:year/:filepath/"),
        ("dialect: hexo\npermalink: :year/:post_title/\n", "/:year/:post_title/"),
        ("dialect: jekyll\npermalink: /:categories/:title.html\n", "/:categories/:slug.html"),
        ("dialect: hugo\npermalinks: {posts: /:slug/}\n", "/:slug_or_title/"),
        ("permalink: /:title/\n", "/:title/"),
    ],
)
def test_placeholders_mean_what_they_do_in_the_program(text: str, permalink: str) -> None:
    config = load(text)
    assert config.permalinks.get("posts", config.permalink) == permalink


@all_cases(
    ("text", "column", "said"),
    [
        ("paginate: ten", 11, "paginate must be a whole number of at least 1; given: 'ten'"),
        ("paginate: 0", 11, "at least 1; given: '0'"),
        ("paginate: [1]", 11, "given: a list"),
        ("drafts: maybe", 9, "true or false"),
        ("title: [a]", 8, "text; given: a list"),
        ("feed: 3", 7, "a mapping"),
        ("params: 3", 9, "a mapping"),
        ("math: {numbering: some}", 19, "all or labelled"),
        ("math: {macros: {R: {x: 1}}}", 20, "given: a mapping"),
        ("theme: [a, [b]]", 12, "text; given: a list"),
        ("theme: a/b", 8, "names of theme folders"),
        ("theme: []", 8, "names of theme folders"),
        ("base_url: a.org", 11, "https://"),
        ("base_url: ftp://a.org", 11, "https://"),
        ("base_url: //a.org", 11, "https://"),
        ("base_url: 'https://['", 11, "https://"),
        ("base_url: https://a.org/?x", 11, "without spaces"),
        ("timezone: Asia/Shangai", 11, "time zone"),
        ("timezone: localtime", 11, "time zone"),
        ("language: zh_CN", 11, "language tag"),
        ("content_dir: ../x", 14, "inside the site"),
        ("static_dir: /x", 13, "inside the site"),
        ("themes_dir: a/../../b", 13, "inside the site"),
        ("themes_dir: C:\\x", 13, "inside the site"),
        ("output_dir: ' '", 13, "a folder"),
        ("permalink: /:year/../:slug/", 12, "a pattern such as /posts/:slug/"),
        ("permalink: /:year/", 12, "tells notes apart"),
        ("permalinks: {posts: /:yaer/:slug/}", 21, "permalinks must be a pattern of"),
        ("redirects: {/a/: /b/, c: /d/}", 26, "begin with /"),
        ("redirects: {/a/: b}", 18, "begin with https://"),
        ("redirects: {/a/*: /b/}", 19, "without ?, # and *"),
        ("addresses: {spaces: a b}", 21, "a sign such as -"),
        ("permalink: /:yaer/:slug/", 12, ":year"),
        ("menu: 3", 7, "name and url"),
        ("menu: [{name: x, link: y}]", 8, "name and url"),
        ("menu: {x: 'javascript:y'}", 7, "begin with / or https://"),
        ("feed: {filenames: ../x}", 19, "names of files"),
        ("excerpt: {length: -1}", 19, "at least 1"),
    ],
)
def test_wrong_value_is_told_at_its_place(text: str, column: int, said: str) -> None:
    item = mistake(text)
    assert (item.code, item.line, item.column) == ("config-value", 1, column)
    assert said in item.message


@all_cases(
    ("text", "column", "hint"),
    [
        ("language: klingon", 11, "the theme speaks zh-CN"),
        ("languageCode: 'xx-invalid'", 15, "the theme speaks zh-CN"),
        ("lang: zhcn", 7, "the theme speaks zh-CN"),
    ],
)
def test_a_language_that_is_none_is_a_warning(text: str, column: int, hint: str) -> None:
    _, (item,) = load_config(text, "site.yaml")
    assert (item.code, item.severity, item.line, item.column) == ("config-language", Severity.WARNING, 1, column)
    assert item.hint.startswith(hint)


@all_cases("tag", ["zh-CN", "en", "zh-Hant-TW", "de", "pt-BR", "tlh"])
def test_a_language_by_its_tag_is_no_problem(tag: str) -> None:
    assert load_config(f"language: {tag}", "site.yaml") == (msgspec.structs.replace(UNNAMED, language=tag), ())


@all_cases(
    ("text", "hint"),
    [
        ("timezone: Asia/Shangai", "did you mean Asia/Shanghai?"),
        ("timezone: Beijing Time", "Asia/Shanghai"),
        ("language: zh_CN", "did you mean zh-CN?"),
        ("base_url: a.org/x", "did you mean https://a.org/x?"),
        ("permalink: /:yaer/:slug/", "did you mean :year?"),
    ],
)
def test_wrong_value_comes_with_what_was_meant(text: str, hint: str) -> None:
    assert hint in mistake(text).hint


def test_all_mistakes_are_told_at_once_and_the_rest_is_used() -> None:
    config, found = load_config(
        "title: T\npaginate: x\nfuture: y\nnew: 1\nfeed: {limit: 0, full_content: no}", "s.yaml"
    )
    assert [(item.line, item.code) for item in found] == [
        (2, "config-value"),
        (3, "config-value"),
        (4, "config-unknown-key"),
        (5, "config-value"),
    ]
    assert {item.path for item in found} == {"s.yaml"}
    assert config.title == "T"
    assert (config.paginate, config.feed.limit, config.feed.full_content) == (12, 20, False)


def test_repeated_key_is_a_warning() -> None:
    item = mistake("title: a\ntitle: b")
    assert (item.code, item.severity, item.line) == ("config-duplicate-key", Severity.WARNING, 2)


@all_cases(
    ("text", "line", "column"),
    [
        ("title: a: b", 1, 9),
        ("title: x\n\tlang: y", 2, 1),
        ("- a", 1, 1),
        ("text", 1, 1),
        ("a: \0", 1, 4),
        ("a: &b [*b]", 1, 8),
        ("a: " + "[" * 900, 1, 67),
    ],
)
def test_what_is_no_yaml_mapping_is_told(text: str, line: int, column: int) -> None:
    config, [item] = load_config(text, "site.yaml")
    assert config == UNNAMED
    assert (item.code, item.line) == ("config-syntax", line)
    assert item.column == column or "\t" in text


def test_every_default_would_be_accepted_from_a_file() -> None:
    """So the checks of single values fit the defaults of model/config.py."""
    written = json.loads(msgspec.json.encode(Config()))
    assert load(json.dumps(written)) == Config()


def test_find_config_prefers_site_yaml() -> None:
    assert find_config(["notegen.yml", "site.yml", "site.yaml", "x"]) == "site.yaml"
    assert find_config(iter(["README.md", "notegen.yml", "notegen.yaml"])) == "notegen.yaml"
    assert find_config(["README.md"]) is None


KEYS = [field.name for field in msgspec.structs.fields(Config)] + ["url", "root", "limit", "macros", "name"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["/", "..", "https://[", "//"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
def test_any_mapping_gives_a_config_that_can_be_stored(data: dict[str, object]) -> None:
    config, found = load_config(json.dumps(data), "site.yaml")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(config), type=Config) == config
    assert all(item.line == 1 and item.column >= 1 for item in found)
