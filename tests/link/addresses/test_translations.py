"""Languages in names: `x.en.md` and `x.zh.md` are one note in two languages, as Hugo names them."""

import pytest

from notegen.link.addresses.translations import Translation, translations
from tests.support.site import SiteTest


@pytest.mark.parametrize(
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
    found = translations(names, language)
    assert {name: item.folder for name, item in found.items()} == folders
    assert all(name.endswith(f".{item.suffix}.md") for name, item in found.items())
    assert all(isinstance(item, Translation) for item in found.values())


def test_both_are_published(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguage: zh-CN\nbase_url: https://example.org/\n")
    site.note("梯度.zh", "下山。").note("梯度.en", "Downhill.").note("b/index", "甲").note("b/index.en", "A")
    site.build().expect_clean()
    assert "下山。" in site.body("梯度")
    assert "Downhill." in site.html("en/posts/梯度/index.html")
    assert site.html("en/posts/b/index.html")
    assert 'lang="en"' in site.html("en/posts/梯度/index.html")
