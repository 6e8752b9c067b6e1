"""Menus, sidebars and feeds of other programs as settings, and what is told of values that are code."""

import textwrap

from notegen.dialects.programs.all import DIALECTS
from notegen.dialects.recognise import configuration
from tests.dialects.test_translate import of
from tests.support.cases import all_cases

NAV = "nav: [note.md, folder/*] (without it folders list themselves)"


def told(key: str, path: str, text: str) -> list[str]:
    """Return what of a file's settings is not taken over, in words."""
    (dialect,) = (item for item in DIALECTS if item.key == key)
    return list(configuration(dialect, [path], {path: textwrap.dedent(text)}.get).omitted)


def test_values_from_the_environment_are_told_and_their_defaults_taken() -> None:
    text = """
        site_name: !ENV [SITE_NAME, 'Course notes']
        site_author: !ENV AUTHOR
        site_url: !ENV [SITE, URL, "https://example.org/course/"]
        plugins: [search]
        extra:
          site_name: !ENV [X, y]
        """
    found = of("mkdocs", "mkdocs.yml", text)
    assert (found["title"], found["base_url"]) == ("Course notes", "https://example.org/course/")
    assert "author" not in found
    assert told("mkdocs", "mkdocs.yml", text) == [
        "mkdocs.yml: site_name is !ENV, which is not read: its default Course notes is taken",
        "mkdocs.yml: site_author is !ENV without a default: write author",
        "mkdocs.yml: site_url is !ENV, which is not read: its default https://example.org/course/ is taken",
    ]


@all_cases(
    ("key", "path", "text", "lines"),
    [
        (
            "vitepress",
            ".vitepress/config.mts",
            "export default { base: dev ? '/' : '/notes/', themeConfig: { sidebar: { '/a/': all('a') }, nav: [] } }",
            [
                "base is code, which is not run: write base_url: https://user.github.io/repo/",
                f"themeConfig.sidebar is code, which is not run: write {NAV}",
            ],
        ),
        (
            "docusaurus",
            "docusaurus.config.js",
            "module.exports = { url: host(), presets: [['classic', { docs: { path: where() } }]] }",
            [
                "url is code, which is not run: write base_url: https://user.github.io/repo/",
                "presets.docs.path is code, which is not run: write content_dir",
            ],
        ),
        (
            "quartz",
            "quartz.config.ts",
            "const config = { configuration: { pageTitle: 'T', baseUrl: host() } }",
            ["configuration.baseUrl is code, which is not run: write base_url: https://user.github.io/repo/"],
        ),
    ],
)
def test_settings_that_are_code_are_told(key: str, path: str, text: str, lines: list[str]) -> None:
    assert told(key, path, text) == [f"{path}: {line}" for line in lines]


@all_cases(
    ("theme", "language", "names"),
    [
        ("next", "zh-CN", ["首页", "公益 404", "友链"]),
        ("next", "zh-TW", ["首頁", "公益 404", "友链"]),
        ("next", "en", ["Home", "Commonweal 404", "友链"]),
        ("next", "fr", ["home", "commonweal", "友链"]),
        ("butterfly", "zh-CN", ["home", "commonweal", "友链"]),
    ],
)
def test_the_menu_of_next_is_in_the_words_of_the_theme(theme: str, language: str, names: list[str]) -> None:
    menu = "menu:\n  home: / || fa fa-home\n  commonweal: /404/ || fa fa-heartbeat\n  友链: /links/ || link\n"
    files = {"_config.yml": f"theme: {theme}\nlanguage: {language}\n", f"_config.{theme}.yml": menu}
    (dialect,) = (item for item in DIALECTS if item.key == "hexo")
    found = {item.name: item.value for item in configuration(dialect, files, files.get).settings}
    assert [entry["name"] for entry in found["menu"]] == names


def test_the_navigation_bar_of_quarto() -> None:
    found = of(
        "quarto",
        "_quarto.yml",
        """
        website:
          navbar:
            left:
              - index.qmd
              - text: Notes
                menu:
                  - text: "---"
                  - text: Deep learning
                    href: notes/dl.qmd
                  - notes/rl-basics.qmd
            right:
              - icon: github
                href: https://github.com/u
              - icon: twitter-x
                aria-label: My posts
                href: https://x.com/u
            tools:
              - icon: rss
                href: index.xml
        """,
    )
    assert found["menu"] == (
        {"name": "Home", "url": "/"},
        {"name": "Deep learning", "url": "/notes/dl.html"},
        {"name": "Rl basics", "url": "/notes/rl-basics.html"},
        {"name": "GitHub", "url": "https://github.com/u"},
        {"name": "My posts", "url": "https://x.com/u"},
        {"name": "RSS", "url": "/index.xml"},
    )


def test_feeds_keep_the_names_that_the_program_gives_them() -> None:
    assert of("hugo", "hugo.toml", "title = 'T'")["feed.rss"] == "index.xml"
    assert "feed.rss" not in of("hugo", "hugo.yaml", "outputs: {home: [html, json]}")
    assert of("jekyll", "_config.yml", "plugins: [jekyll-feed]")["feed.filenames"] == ("feed.xml",)
    named = of("jekyll", "_config.yml", "plugins: [jekyll-feed]\nfeed: {path: /blog.xml}")
    assert named["feed.filenames"] == ("blog.xml",)
    assert "feed.filenames" not in of("jekyll", "_config.yml", "plugins: [jekyll-seo-tag]")


def test_of_the_themes_of_hexo_the_one_in_use_gives_the_menu() -> None:
    (dialect,) = (item for item in DIALECTS if item.key == "hexo")
    files = {
        "_config.yml": "theme: next",
        "_config.stellar.yml": "menu: {Star: /star/}",
        "themes/next/_config.yml": "menu: {Home: / || home}",
        "themes/other/_config.yml": "menu: {No: /no/}",
    }
    menus = [item.value for item in configuration(dialect, files, files.get).settings if item.name == "menu"]
    assert menus == [({"name": "Home", "url": "/"},)]
    files["_config.next.yml"] = "menu: {About: /about/}"
    menus = [item.value for item in configuration(dialect, files, files.get).settings if item.name == "menu"]
    assert menus[-1] == ({"name": "About", "url": "/about/"},)


@all_cases(
    ("link", "clean", "url"),
    [
        ("/a", False, "/a.html"),
        ("/a.md", False, "/a.html"),
        ("/a/index", False, "/a/"),
        ("/a/", False, "/a/"),
        ("/a#part", False, "/a.html#part"),
        ("/a.pdf", False, "/a.pdf"),
        ("/a", True, "/a"),
        ("/a.html", True, "/a"),
        ("https://example.org/a", False, "https://example.org/a"),
    ],
)
def test_links_of_vitepress_menus_are_addresses_of_pages(link: str, clean: bool, url: str) -> None:
    nav = f"[{{ text: 'A', link: '{link}' }}]"
    text = f"export default {{ cleanUrls: {str(clean).lower()}, themeConfig: {{ nav: {nav} }} }}"
    assert of("vitepress", ".vitepress/config.ts", text)["menu"] == ({"name": "A", "url": url},)


def test_a_sidebar_that_is_code_in_part_is_not_taken_over() -> None:
    text = "export default { themeConfig: { sidebar: { '/a/': [{ text: 'A', link: '/a/b' }], ...made() } } }"
    assert "nav" not in of("vitepress", ".vitepress/config.ts", text)
