"""Hugo's configuration: keys in any spelling, and the language of a site."""

import pytest

from tests.dialects.test_translate import of


def test_small_and_capital_letters_in_keys_are_alike() -> None:
    text = "BaseUrl: https://example.org/\nbuilddrafts: true\nPermalinks: {posts: /:slug/}\nPARAMS: {Author: N}\n"
    found = of("hugo", "hugo.yaml", text + "menu: {Main: [{Name: A, URL: /a/, Weight: 1}]}\n")
    assert found.pop("menu") == ({"name": "A", "url": "/a/"},)
    assert found.pop("permalinks") == {"posts": "/:slug_or_title/"}
    assert found == {"base_url": "https://example.org/", "drafts": True, "author": "N", "feed.rss": "index.xml"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("languageCode: en-us\n", None),  # of `hugo new site`: notes tell
        ("languageCode: en-GB\n", "en-GB"),
        ("languageCode: en-us\nDefaultContentLanguage: zh-cn\n", "zh-cn"),
        ("languageCode: en-us\ndefaultContentLanguage: zh\nlanguages: {zh: {languageName: 中文}}\n", "zh"),
        ("languageCode: zh-CN\ndefaultContentLanguage: zh\n", "zh-CN"),
        ("languageCode: en-us\nlanguages: {zh: {languageName: 中文}}\n", "zh"),
        ("languages: {zh: {languageCode: zh-TW}}\n", "zh-TW"),
        ("locale: zh-TW\n", "zh-TW"),
    ],
)
def test_the_language_that_the_site_chose(text: str, language: str | None) -> None:
    assert of("hugo", "hugo.yaml", text).get("language") == language
