"""Configurations of other programs as settings of site.yaml."""

import textwrap

from notegen.dialects.programs.all import DIALECTS
from notegen.dialects.recognise import configuration
from tests.support.cases import all_cases


def settings(key: str, **files: str) -> dict[str, object]:
    """Return the settings that files give; in their names `__` is a dot, `___` a slash."""
    (dialect,) = (item for item in DIALECTS if item.key == key)
    texts = {name: textwrap.dedent(text) for name, text in files.items()}
    return {item.name: item.value for item in configuration(dialect, texts, texts.get).settings}


def of(key: str, path: str, text: str) -> dict[str, object]:
    """Return the settings that one file gives."""
    return settings(key, **{path: text})


def test_hexo() -> None:
    found = settings(
        "hexo",
        **{
            "_config.yml": """
                title: 深度学习
                author: 张三
                language: [zh-CN, en]
                timezone: Asia/Shanghai
                url: https://user.github.io/blog
                root: /blog/
                permalink: :year/:month/:day/:title/
                index_generator: {per_page: 10}
                future: true
                feed: {path: [atom.xml, rss2.xml]}
                deploy: {type: git}
                """,
            "_config.next.yml": """
                menu:
                  home: / || fa fa-home
                  archives: /archives/ || fa fa-archive
                giscus: {repo: user/blog, repo_id: R_1}
                """,
        },
    )
    assert found == {
        "title": "深度学习",
        "author": "张三",
        "language": "zh-CN",
        "timezone": "Asia/Shanghai",
        "base_url": "https://user.github.io/blog/",
        "permalink": "/:year/:month/:day/:filepath/",
        "paginate": 10,
        "future": True,
        "feed.filenames": ("atom.xml", "rss2.xml"),
        "menu": ({"name": "首页", "url": "/"}, {"name": "归档", "url": "/archives/"}),
        "comments.giscus.repo": "user/blog",
        "comments.giscus.repo_id": "R_1",
    }


@all_cases(
    ("theirs", "ours"),
    [
        (":title/", "/:filepath/"),
        (":category/:name.html", "/:category/:filename.html"),
        (":year/:post_title/", "/:year/:post_title/"),
        ("posts/:hash/", "/posts/:hash/"),
        (":urlname.html", "/:params.urlname.html"),
        ("posts/:id/", "/posts/:params.id/"),
        ("posts/:abbrlink.html", "/posts/:abbrlink.html"),
    ],
)
def test_hexo_permalinks(theirs: str, ours: str) -> None:
    assert of("hexo", "_config.yml", f"permalink: {theirs}").get("permalink") == ours


def test_hugo() -> None:
    found = of(
        "hugo",
        "hugo.toml",
        """
        baseURL = "https://example.org/"
        languageCode = "en-GB"
        title = "Notes"
        disablePathToLower = true
        enableEmoji = true
        [pagination]
        pagerSize = 7
        [params]
        author = "A. B."
        description = "On learning"
        [permalinks]
        posts = "/:year/:slug/"
        [[menu.main]]
        name = "Tags"
        url = "tags"
        weight = 2
        [[menu.main]]
        name = "About"
        pageRef = "/about"
        weight = 1
        """,
    )
    assert found == {
        "title": "Notes",
        "base_url": "https://example.org/",
        "language": "en-GB",
        "addresses.lower": False,
        "addresses.lower_terms": False,
        "markdown.emoji": True,
        "paginate": 7,
        "author": "A. B.",
        "description": "On learning",
        "permalinks": {"posts": "/:year/:slug_or_title/"},
        "menu": ({"name": "About", "url": "/about/"}, {"name": "Tags", "url": "/tags/"}),
        "feed.rss": "index.xml",
    }


def test_hugo_in_a_folder_of_files() -> None:
    found = settings(
        "hugo",
        **{"config/_default/hugo.toml": 'title = "T"', "config/_default/params.toml": 'author = {name = "N"}'},
    )
    assert found == {"title": "T", "author": "N", "feed.rss": "index.xml"}


@all_cases(
    ("theirs", "ours"),
    [
        ("date", "/:categories/:year/:month/:day/:slug.html"),
        ("pretty", "/:categories/:year/:month/:day/:slug/"),
        ("/blog/:year/:title:output_ext", "/blog/:year/:slug.html"),
        ("ordinal", "/:categories/:year/:y_day/:slug.html"),
        ("/:w_year/:title/", None),
    ],
)
def test_jekyll_permalinks(theirs: str, ours: str | None) -> None:
    assert of("jekyll", "_config.yml", f"permalink: {theirs}").get("permalink") == ours


def test_jekyll_permalinks_of_defaults() -> None:
    scopes = [("{path: '', type: pages}", "/p/:title/"), ("{path: '', type: posts}", "/blog/:title/")]
    rows = "".join(f"  - {{scope: {scope}, values: {{permalink: '{pattern}'}}}}\n" for scope, pattern in scopes)
    assert of("jekyll", "_config.yml", f"defaults:\n{rows}")["permalink"] == "/blog/:slug/"
    odd = of("jekyll", "_config.yml", "defaults: [{scope: {path: [a]}}, 3, {scope: 1}]")
    assert odd["permalink"] == "/:categories/:year/:month/:day/:slug.html"


def test_jekyll() -> None:
    found = of(
        "jekyll",
        "_config.yml",
        """
        title: T
        url: https://user.github.io
        baseurl: /repo
        author: {name: N, email: x}
        lang: en
        exclude: [vendor, Gemfile]
        permalink: /:year/:title/
        """,
    )
    assert found == {
        "title": "T",
        "author": "N",
        "language": "en",
        "ignore": ("vendor", "Gemfile"),
        "base_url": "https://user.github.io/repo/",
        "permalink": "/:year/:slug/",
        "addresses.pages": "/:path/",
        "params": {"author": {"name": "N", "email": "x"}, "lang": "en", "permalink": "/:year/:title/"},
    }


def test_quarto() -> None:
    found = of(
        "quarto",
        "_quarto.yml",
        """
        project: {type: website, output-dir: docs}
        website:
          title: Blog
          site-url: https://example.org
          repo-url: https://github.com/u/r
          navbar:
            right: [about.qmd, {text: Posts, href: posts/index.qmd}, {text: GH, href: "https://github.com/u"}]
        """,
    )
    assert found == {
        "title": "Blog",
        "base_url": "https://example.org/",
        "menu": (
            {"name": "About", "url": "/about.html"},
            {"name": "Posts", "url": "/posts/"},
            {"name": "GH", "url": "https://github.com/u"},
        ),
        "edit_url": "https://github.com/u/r/edit/main/:path",
        "ignore": ("docs/**",),
    }


def test_what_a_vault_publishes() -> None:
    found = settings(
        "obsidian",
        **{
            ".obsidian/publish.json": '{"siteId": "x", "included": [], "excluded": ["Journal", "a/b"]}',
            ".obsidian/plugins/digitalgarden/data.json": '{"githubToken": "x"}',
        },
    )
    assert found == {"markdown.breaks": True, "ignore": ("Journal/**", "a/b/**"), "publish": "marked"}


def test_the_templates_folder_of_the_plugin_templater_is_not_published() -> None:
    path = ".obsidian/plugins/templater-obsidian/data.json"
    assert settings("obsidian", **{path: '{"templates_folder": "Tpl2"}'})["ignore"] == ("Tpl2/**",)
    assert "ignore" not in settings("obsidian", **{path: '{"templates_folder": "/"}'})


def test_obsidian() -> None:
    found = settings(
        "obsidian",
        **{
            ".obsidian/app.json": '{"strictLineBreaks": true, "userIgnoreFilters": ["Private/", "/^x/", "a.md"]}',
            ".obsidian/templates.json": '{"folder": "Templates"}',
        },
    )
    assert found == {"markdown.breaks": False, "ignore": ("Templates/**", "Private/**", "a.md")}


def test_quartz() -> None:
    found = of(
        "quartz",
        "quartz.config.ts",
        """
        const config: QuartzConfig = {
          configuration: {
            pageTitle: "🪴 Garden", locale: "en-US", baseUrl: "user.github.io/garden",
            ignorePatterns: ["private", "templates"],
          },
          plugins: {
            transformers: [
              Plugin.HardLineBreaks(),
              Plugin.Latex({ renderEngine: "katex", customMacros: { "\\\\\\\\R": "\\\\\\\\mathbb{R}" } }),
            ],
            filters: [
              // Plugin.ExplicitPublish(),
              Plugin.RemoveDrafts(),
            ],
          },
        }
        """,
    )
    assert found["title"] == "🪴 Garden"
    assert found["base_url"] == "https://user.github.io/garden/"
    assert found["ignore"] == ("private", "templates")
    assert found["markdown.breaks"] is True
    assert "publish" not in found


def test_mkdocs() -> None:
    found = settings(
        "mkdocs",
        **{
            "mkdocs.yml": """
                site_name: Course
                site_url: https://example.org/course/
                repo_url: https://github.com/u/r
                theme: {name: material, language: zh}
                exclude_docs: |
                  /drafts/
                  !keep.md
                plugins:
                  - search
                  - redirects:
                      redirect_maps: {old.md: new/index.md, a/README.md: "https://example.org"}
                markdown_extensions:
                  - pymdownx.emoji:
                      emoji_index: !!python/name:material.extensions.emoji.twemoji
                extra: {key: !ENV [TOKEN, x]}
                """,
            "docs/javascripts/mathjax.js": r"""
                window.MathJax = {tex: {macros: {R: '\\mathbb{R}', n: ['\\lVert #1\\rVert', 1]}}};
                """,
        },
    )
    assert found == {
        "title": "Course",
        "base_url": "https://example.org/course/",
        "language": "zh",
        "permalink": "/:path/",
        "ignore": ("drafts/",),
        "edit_url": "https://github.com/u/r/edit/main/:path",
        "redirects": {"/old/": "/new/", "/a/": "https://example.org"},
        "markdown.emoji": True,
        "passthrough": ("**/*.ipynb",),
        "math.macros": {"R": r"\mathbb{R}", "n": r"\lVert #1\rVert"},
    }


def test_vitepress() -> None:
    found = of(
        "vitepress",
        "docs/.vitepress/config.mts",
        """
        export default defineConfig({
          title: "Notes", base: '/notes/', lang: 'zh-CN', cleanUrls: true,
          themeConfig: { nav: [{ text: 'Home', link: '/' }, { text: 'More', items: [{ text: 'A', link: '/a' }] }] },
        })
        """,
    )
    assert found == {
        "title": "Notes",
        "base_url": "/notes/",
        "language": "zh-CN",
        "content_dir": "docs",
        "permalink": "/:path",
        "menu": ({"name": "Home", "url": "/"}, {"name": "A", "url": "/a"}),
    }


def test_docusaurus() -> None:
    found = of(
        "docusaurus",
        "docusaurus.config.js",
        """
        module.exports = {
          title: 'Docs', tagline: 'On', url: 'https://example.org', baseUrl: '/d/',
          i18n: { defaultLocale: 'zh-Hans', locales: ['zh-Hans'] },
          presets: [['classic', { docs: { routeBasePath: '/', editUrl: 'https://github.com/u/r/edit/main/' } }]],
          themeConfig: { navbar: { items: [{ to: 'blog', label: 'Blog' }, { type: 'search' }] } },
        };
        """,
    )
    assert found == {
        "title": "Docs",
        "subtitle": "On",
        "language": "zh-Hans",
        "base_url": "https://example.org/d/",
        "content_dir": "docs",
        "permalink": "/:path",
        "content folders": {"docs": "/:subpath", "blog": "/blog/:dated_slug", "src/pages": "/:subpath"},
        "pages": ("src/pages/*",),
        "edit_url": "https://github.com/u/r/edit/main/:path",
        "menu": ({"name": "Blog", "url": "/blog"},),
    }


def test_docusaurus_without_blog() -> None:
    module = "export default ({presets: [['classic', ({docs: {routeBasePath: '/'}, blog: false, pages: false})]]});"
    found = of("docusaurus", "docusaurus.config.js", module)
    assert found["content folders"] == {"docs": "/:subpath"}
    assert "pages" not in found


def test_the_folder_of_vitepress_holds_the_notes() -> None:
    assert of("vitepress", ".vitepress/config.mts", "export default {}") == {"content_dir": "."}
    assert of("vitepress", "docs/.vitepress/config.mts", "export default {}") == {"content_dir": "docs"}
    assert of("vitepress", "docs/.vitepress/config.mts", "export default {srcDir: './src'}") == {
        "content_dir": "docs/src"
    }
    assert of("vuepress", ".vuepress/config.js", "module.exports = {}") == {
        "content_dir": ".",
        "include": ("README.md",),
    }


def test_mkdocs_with_files_as_addresses() -> None:
    maps = "{a/old.md: b/new.md#part, c/index.md: index.md, d.md: 'https://example.org/'}"
    text = f"use_directory_urls: false\nplugins: [{{redirects: {{redirect_maps: {maps}}}}}]\n"
    redirects = of("mkdocs", "mkdocs.yml", text)["redirects"]
    assert redirects == {"/a/old.html": "/b/new.html#part", "/c/": "/", "/d.html": "https://example.org/"}


def test_jupyter_book_and_myst() -> None:
    book = of(
        "jupyter-book",
        "_config.yml",
        """
        title: Book
        author: N
        repository: {url: https://github.com/u/r, branch: master}
        sphinx: {config: {mathjax3_config: {tex: {macros: {N: '\\mathbb{N}', floor: ['\\lfloor#1\\rfloor', 1]}}}}}
        """,
    )
    assert book["math.macros"] == {"N": r"\mathbb{N}", "floor": r"\lfloor#1\rfloor"}
    assert book["edit_url"] == "https://github.com/u/r/edit/master/:path"
    myst = of("myst", "myst.yml", "project:\n  title: P\n  math: {'\\R': '\\mathbb{R}'}\n")
    assert myst == {"title": "P", "math.macros": {"R": r"\mathbb{R}"}}


@all_cases(
    ("key", "path", "text", "is_read"),
    [
        ("hexo", "package.json", '{"dependencies": {"hexo-renderer-pandoc": "1"}}', True),
        ("hexo", "package.json", '{"dependencies": {"hexo-renderer-marked": "1"}}', False),
        ("hexo", "package.json", '{"dependencies": ["x"]}', False),
        ("hexo", "_config.yml", "markdown: {plugins: [markdown-it-sub, {name: x}]}", True),
        ("hexo", "_config.yml", "markdown: {plugins: [{name: markdown-it-sup}]}", True),
        ("hexo", "_config.yml", "markdown: {plugins: markdown-it-sup}", False),
        ("hugo", "hugo.yaml", "markup: {goldmark: {extensions: {extras: {subscript: {enable: true}}}}}", True),
        ("hugo", "hugo.yaml", "markup: {defaultMarkdownHandler: pandoc}", True),
        ("hugo", "hugo.yaml", "markup: {defaultMarkdownHandler: goldmark}", False),
        ("jekyll", "_config.yml", "markdown: Pandoc", True),
        ("jekyll", "_config.yml", "markdown: kramdown", False),
        ("obsidian", ".obsidian/app.json", "{}", False),
    ],
)
def test_subscripts_are_read_where_the_program_reads_them(key: str, path: str, text: str, is_read: bool) -> None:
    (dialect,) = (item for item in DIALECTS if item.key == key)
    assert dialect.settings["markdown.scripts"] is False
    assert of(key, path, text).get("markdown.scripts", False) is is_read


@all_cases("key", ["hexo", "hugo", "jekyll", "quarto", "mkdocs", "docusaurus", "quartz", "myst"])
@all_cases(
    "text",
    [
        *("", "[", "- a", "title: [", "a: &a [*a]", "{" * 5000, "\x00", "title: {x: 1}\nauthor: 3"),
        "permalinks: [1]\nplugins: [[1, {redirects: [{from: 1}]}], blog]\nrewrites: {a: 1}\npermalink: [x]",
        "permalinks: {posts: 1, 2: /:title/}\nnew_post_name: [a]\ndefaults: {a: b}\nsite: {options: [folders]}",
    ],
)
def test_a_broken_configuration_says_nothing(key: str, text: str) -> None:
    (dialect,) = (item for item in DIALECTS if item.key == key)
    paths = [path for path in dialect.config_files if "*" not in path]
    configuration(dialect, paths, lambda _path: text)


def test_languages_of_hugo() -> None:
    found = of(
        "hugo",
        "hugo.yaml",
        """
        defaultContentLanguage: en
        languages:
          zh-tw:
            {weight: 2, languageName: 繁體, title: 筆記, contentDir: content/zh, menu: {main: [{name: A, url: /a/}]}}
          en: {weight: 1, locale: en-US, contentDir: content/en}
          fr: {disabled: true}
        """,
    )
    chinese = {"tag": "zh-tw", "name": "繁體", "title": "筆記", "folders": {"zh": ""}}
    assert (found["language"], found["content_dir"]) == ("en-US", "content")
    assert found["languages"] == (
        {"tag": "en-US", "folders": {"en": ""}},
        {**chinese, "menu": [{"name": "A", "url": "/zh-tw/a/"}]},
    )


def test_the_main_language_of_hugo_has_a_menu_too() -> None:
    rows = "{en: {menu: {main: [{name: Tags, url: tags/}]}}, zh: {weight: 2}}"
    found = of("hugo", "hugo.yaml", f"title: T\nlanguages: {rows}\n")
    assert found["languages"] == ({"tag": "en", "menu": [{"name": "Tags", "url": "/tags/"}]}, {"tag": "zh"})


def test_the_block_of_the_only_language_of_hugo_holds_keys_of_the_site() -> None:
    row = "{title: Mine, params: {author: A. B., subtitle: S}, menu: {main: [{name: Posts, url: /posts/}]}}"
    found = of("hugo", "hugo.yaml", f"title: T\nlanguages: {{zh: {row}}}\n")
    assert found == {
        "title": "Mine",
        "language": "zh",
        "author": "A. B.",
        "subtitle": "S",
        "menu": ({"name": "Posts", "url": "/posts/"},),
        "feed.rss": "index.xml",
    }
    found = of("hugo", "hugo.yaml", f"languageCode: zh-TW\nlanguages: {{zh: {row}}}\n")
    assert found["language"] == "zh-TW"


@all_cases(
    ("row", "ours"),
    [
        ("{URL: 'https://e.org/content/', appendFilePath: true}", "https://e.org/content/:content_path"),
        ("{URL: 'https://e.org/issues'}", "https://e.org/issues"),
        ("{URL: 'https://e.org', disabled: true}", None),
    ],
)
def test_links_to_edit_of_papermod(row: str, ours: str | None) -> None:
    assert of("hugo", "hugo.yaml", f"params: {{editPost: {row}}}\n").get("edit_url") == ours


def test_languages_of_vitepress_vuepress_and_mkdocs() -> None:
    row = (
        "root: {label: 'English'}, zh: {label: '中文', lang: 'zh-CN', themeConfig: {nav: [{text: 'G', link: '/zh/g'}]}}"
    )
    vitepress = of("vitepress", ".vitepress/config.js", f"export default {{ locales: {{ {row} }} }}")
    chinese = {"tag": "zh-CN", "name": "中文", "path": "zh"}
    assert vitepress["languages"] == (
        {"tag": "en-US", "name": "English"},
        {**chinese, "menu": [{"name": "G", "url": "/zh/g.html"}]},
    )
    row = "'/': {lang: 'en-US', title: 'T'}, '/zh/': {lang: 'zh-CN', title: '题'}"
    vuepress = of("vuepress", "docs/.vuepress/config.js", f"module.exports = {{ locales: {{ {row} }} }}")
    assert vuepress["languages"] == (
        {"tag": "en-US", "title": "T"},
        {"tag": "zh-CN", "title": "题", "path": "zh"},
    )
    rows = "{locale: zh, name: 中文, default: true}, {locale: en, build: true, site_name: N}"
    mkdocs = of("mkdocs", "mkdocs.yml", f"plugins: [{{i18n: {{languages: [{rows}]}}}}]")
    assert mkdocs["language"] == "zh"
    assert mkdocs["languages"] == ({"tag": "zh", "name": "中文"}, {"tag": "en", "title": "N"})


def test_macros_of_templates() -> None:
    jekyll = {
        "_config.yml": "title: T",
        "_layouts/post.html": """
            <script src="x.js"></script>
            <script type="text/x-mathjax-config">
            MathJax.Hub.Config({ TeX: { Macros: { E: "{\\\\mathbb{E}}", tag: ["[#1]", 1] } } });
            </script>
            """,
        "_includes/head.html": "<p>macros: {a: 'b'}</p>",
    }
    assert settings("jekyll", **jekyll)["math.macros"] == {"E": "{\\mathbb{E}}", "tag": "[#1]"}
    script = "<script>window.MathJax = {tex: {macros: {R: '\\\\mathbf{R}'}}}</script>"
    hugo = {"hugo.toml": 'title = "T"', "layouts/partials/math.html": "{{ if .P }}" + script + "{{ end }}"}
    assert settings("hugo", **hugo)["math.macros"] == {"R": "\\mathbf{R}"}


def test_entries_of_a_navigation_bar_without_words() -> None:
    bar = """
        website:
          navbar:
            right:
              - {icon: github, href: "https://github.com/x"}
              - {icon: twitter-x, href: "https://x.example", aria-label: My posts}
              - {href: "https://www.linkedin.com/in/x"}
              - {href: "https://blog.example.org/a/b"}
              - {href: "mailto:a@b.example"}
              - {href: notes/index.qmd, aria-label: All notes}
              - {icon: rss, href: index.xml}
        """
    entries = of("quarto", "_quarto.yml", bar)["menu"]
    assert isinstance(entries, tuple)
    assert [entry["name"] for entry in entries] == [
        *("GitHub", "My posts", "LinkedIn", "blog.example.org", "E-mail", "All notes", "RSS")
    ]
