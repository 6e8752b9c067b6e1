"""Languages in names: `x.en.md` and `x.zh.md` are one note in two languages, as Hugo names them."""

from notegen.link.addresses.translations import translations
from notegen.model.body import Body
from notegen.model.config import Config, LanguageConfig
from notegen.model.note import Meta, Note
from notegen.model.strings import ContentPath, Html
from tests.support.cases import all_cases
from tests.support.html import elements, texts
from tests.support.site import SiteTest


def note(lang: str = "", key: str = "") -> Note:
    return Note("", "", Meta(lang=lang, translation_key=key), "", Html(""), Body(), Body())


@all_cases(
    ("names", "language", "folders"),
    [
        (["b.zh.md", "b.en.md"], "zh-CN", {"b.zh.md": "", "b.en.md": "en"}),
        (["p/index.md", "p/index.en.md"], "zh-CN", {"p/index.en.md": "en"}),
        (["a.zh-cn.md", "a.zh-tw.md"], "zh-CN", {"a.zh-cn.md": "", "a.zh-tw.md": "zh-tw"}),
        (["torch.no.md", "a.md", "v1.2.md", "x.min.md"], "en", {}),  # no pairs
        (["x.min.md", "x.md"], "en", {}),  # no language of two letters
        (["a/b.en.md", "b.zh.md"], "en", {}),  # in two folders
    ],
)
def test_a_suffix_is_a_language_where_there_is_a_pair(names: list[str], language: str, folders: dict[str, str]) -> None:
    found = translations({ContentPath(name): note() for name in names}, Config(language=language))
    assert {name: item.folder for name, item in found.items()} == folders
    assert all(name == item.bare.replace(".md", f".{item.tag}.md") for name, item in found.items())
    assert {item.language for item in found.values()} <= {""}  # all of them in the lists of the site


LANGUAGES = (
    LanguageConfig("zh-CN"),
    LanguageConfig("en", path="en"),
    LanguageConfig("de", folders={"deutsch": "", "blog-de": "blog"}, path="de"),
)


@all_cases(
    ("path", "lang", "expected"),
    [
        ("a.en.md", "", ("en", "en", "en", "a.md")),
        ("a.zh.md", "", ("zh-CN", "", "", "a.md")),
        ("EN/posts/a.md", "", ("en", "en", "en", "posts/a.md")),
        ("en/index.md", "", ("en", "en", "en", "index.md")),
        ("zh/a.md", "", ("zh-CN", "", "", "a.md")),
        ("en/a.en.md", "", ("en", "en", "en", "a.md")),
        ("deutsch/a.md", "", ("de", "de", "de", "a.md")),
        ("blog-de/a.md", "", ("de", "de", "de", "blog/a.md")),
        ("de/a.md", "", None),  # its folders are named
        ("a.md", "en-GB", ("en", "", "en", "a.md")),  # keeps its address
        ("a.md", "zh", None),
        ("a.fr.md", "", None),  # no pair: a name
        ("english/a.md", "", None),
    ],
)
def test_languages_of_site_yaml(path: str, lang: str, expected: tuple[str, ...] | None) -> None:
    item = translations({ContentPath(path): note(lang)}, Config(languages=LANGUAGES)).get(ContentPath(path))
    assert (item and (item.tag, item.folder, item.language, item.bare)) == expected
    assert item is None or item.known


def test_other_languages_are_told_from_those_of_the_site() -> None:
    notes = {ContentPath("a.md"): note(), ContentPath("a.fr.md"): note(), ContentPath("b.md"): note("ja")}
    found = translations(notes, Config(languages=LANGUAGES))
    assert {path: (item.tag, item.folder, item.language, item.known) for path, item in found.items()} == {
        "a.fr.md": ("fr", "fr", "", False),
    }


def test_both_are_published(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguage: zh-CN\nbase_url: https://example.org/\n")
    site.note("d/a", "甲").note("d/index", "目录。").note("d/index.en", "Folder.")
    site.note("梯度.zh", "下山。").note("梯度.en", "Downhill.").note("b/index", "甲").note("b/index.en", "A")
    site.build().expect_clean()
    assert "下山。" in site.body("梯度")
    assert "Downhill." in site.html("en/posts/梯度/index.html")
    assert site.html("en/posts/b/index.html")
    assert 'lang="en"' in site.html("en/posts/梯度/index.html")
    assert "目录。" in site.html("d/index.html")
    assert "Folder." in site.html("en/d/index.html")


def switcher(html: str) -> list[tuple[str | None, ...]]:
    """Return where the links to other languages lead, their languages and words."""
    nav = [item for item in elements(html, "a") if "hreflang" in item.attrs]
    words = texts(html, "nav", "languages")
    return [(item.attrs["href"], item.attrs["hreflang"]) for item in nav] + [tuple(words)]


def hreflangs(html: str) -> dict[str | None, str | None]:
    return {item.attrs["hreflang"]: item.attrs["href"] for item in elements(html, "link") if "hreflang" in item.attrs}


def test_translations_lead_to_one_another(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguage: zh-CN\nbase_url: https://example.org/\n")
    site.note("x", "甲").note("x.en", "A").note("alone", "乙").note("y", "丙", translationKey="k")
    site.note("z", "Third.", translationKey="k", lang="ja").note("hidden.en", "H", hidden=True).note("hidden", "丁")
    site.build().expect_clean()
    chinese, english = site.html("posts/x/index.html"), site.html("en/posts/x/index.html")
    assert switcher(chinese) == [("/en/posts/x/", "en"), ("English",)]
    assert switcher(english) == [("/posts/x/", "zh-CN"), ("简体中文",)]
    everywhere = {
        "x-default": "https://example.org/posts/x/",
        "zh-CN": "https://example.org/posts/x/",
        "en": "https://example.org/en/posts/x/",
    }
    assert hreflangs(chinese) == hreflangs(english) == everywhere
    assert switcher(site.html("posts/z/index.html")) == [("/posts/y/", "zh-CN"), ("简体中文",)]
    for path in ("posts/alone/index.html", "posts/hidden/index.html", "en/posts/hidden/index.html", "index.html"):
        assert "hreflang" not in site.html(path)
    urls = site.html("sitemap.xml").split("<url>")
    assert sum(url.count('hreflang="en"') for url in urls if "/posts/x/" in url) == 2
    assert "xhtml" not in next(url for url in urls if "/alone/" in url)


def test_a_note_has_one_translation_into_a_language(site: SiteTest) -> None:
    site.note("a", "甲").note("b", "A", translationKey="a", lang="en").note("c", "A", translation_of="a.md", lang="en")
    site.build()
    site.expect_lines("content/c.md: warning[language-duplicate]: this note and content/b.md are the same note in en")
    assert switcher(site.html("posts/a/index.html")) == [("/posts/b/", "en"), ("English",)]
    assert switcher(site.html("posts/c/index.html")) == [()]


def test_a_language_that_the_site_has_not(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguages: [zh-CN, en]\nbase_url: https://example.org/\n")
    site.note("a", "甲").note("a.fr", "Un.").build()
    site.expect_lines("content/a.fr.md: warning[language-unknown]: fr is none of the site's languages")
    assert "languages: [zh-CN, en, fr]" in site.stderr
