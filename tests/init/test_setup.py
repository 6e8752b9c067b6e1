"""Plans for folders: the site.yaml that comes of a program's configuration, and what else is written."""

import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

from notegen.init.setup import SITE_YAML, WORKFLOW, Setup, existing_configuration, plan_setup
from notegen.init.site_folder import Listing
from notegen.model.config import Config
from notegen.scan.config.load import load_config
from tests.support.cases import all_cases
from tests.support.site import SiteTest

Files = Mapping[str, str]
EN = "Some words of English prose that a reader can read.\n"
HEXO = {
    "_config.yml": """
        title: 深度学习
        language: zh-CN
        url: https://user.github.io/blog
        root: /blog/
        permalink: :year/:month/:day/:title/
        theme: next
        """,
    "_config.next.yml": "menu:\n  home: / || fa fa-home\n",
    "scaffolds/post.md": "---\ntitle: {{ title }}\n---\n",
    "source/_posts/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n文字\n",
    "source/_drafts/b.md": "草稿\n",
    "source/tags/index.md": "---\ntype: tags\n---\n",
    "source/README.md": "读我\n",
}
HUGO = {
    "hugo.toml": """
        baseURL = "https://example.org/"
        languageCode = "en-GB"
        title = "Notes"
        disablePathToLower = true
        buildFuture = true
        [permalinks]
        posts = "/:year/:slug/"
        """,
    "archetypes/default.md": "+++\n+++\n",
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/posts/a.md": f"---\ndate: 2024-01-02\n---\n{EN}",
    "content/archives.md": "---\nlayout: archives\n---\n",
}
JEKYLL = {
    "_config.yml": "title: T\nurl: https://user.github.io\nbaseurl: /repo\nexclude: [vendor]\n",
    "Gemfile": "",
    "_layouts/default.html": "<html>",
    "_drafts/d.md": "draft\n",
    "_posts/2024-01-02-a.md": f"---\nlayout: post\ncategories: [x, y]\n---\n{EN}",
    "index.md": "---\nlayout: home\n---\n",
    "feed.xml": "---\n---\n<feed/>\n",
    "Readme.md": "About the repository.\n",
}
OBSIDIAN = {
    ".obsidian/app.json": '{"userIgnoreFilters": ["Private/"]}',
    ".obsidian/templates.json": '{"folder": "Templates"}',
    "注意力.md": "注意力机制的笔记。\n",
    "Templates/note.md": "{{title}}\n",
    "Private/diary.md": "日记\n",
    "board.canvas": "{}",
    "d.excalidraw.md": "---\n---\n",
}
MKDOCS = {
    "mkdocs.yml": """
        site_name: Course
        site_url: !ENV [SITE, "https://example.org/course/"]
        theme: {name: material, language: zh}
        plugins:
          - search
          - redirects: {redirect_maps: {old.md: new.md}}
        markdown_extensions:
          - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji ""}
        """,
    "docs/index.md": "# 首页\n",
    "docs/a/b.md": "正文\n",
    "docs/javascripts/mathjax.js": r"window.MathJax = {tex: {macros: {R: '\\mathbb{R}'}}}; run()",
}


def plan(files: Files, name: str = "folder", language: str | None = None) -> Setup:
    """Return the plan for a folder that holds these files."""
    texts = {path: textwrap.dedent(text) for path, text in files.items()}
    folders = {"/".join(path.split("/")[:end]) + "/" for path in texts for end in range(1, path.count("/") + 1)}
    return plan_setup(Listing(name, tuple(sorted({*texts, *folders}))), texts.get, "2026-01-31", language)


def site_yaml(setup: Setup) -> list[str]:
    """Return the lines of the planned site.yaml without its head; they load without a diagnostic."""
    assert setup.files[0].path == SITE_YAML
    config, diagnostics = load_config(setup.files[0].text, SITE_YAML)
    assert diagnostics == ()
    assert isinstance(config, Config)
    return [line for line in setup.files[0].text.splitlines() if not line.startswith("#")]


def test_hexo() -> None:
    setup = plan(HEXO)
    assert setup.dialect is not None
    assert (setup.dialect.name, setup.notes) == ("Hexo", 1)
    assert site_yaml(setup) == [
        "title: 深度学习  # _config.yml: title",
        "language: zh-CN  # _config.yml: language",
        "base_url: https://user.github.io/blog/  # _config.yml: url, root",
        "dialect: hexo  # what Hexo does without being asked is the default here",
        "content_dir: source  # where the notes are",
        "permalink: /:year/:month/:day/:filepath/  # _config.yml: permalink",
        "menu: [{name: 首页, url: /}]  # _config.next.yml: menu",
    ]
    assert setup.omitted == (
        "_config.yml: theme",
        "3 Markdown files not published: README.md, _drafts/b.md, tags/index.md",
    )


def test_hugo() -> None:
    setup = plan(HUGO)
    assert site_yaml(setup) == [
        "title: Notes  # hugo.toml: title",
        "language: en-GB  # hugo.toml: languageCode",
        "base_url: https://example.org/  # hugo.toml: baseURL",
        "dialect: hugo  # what Hugo does without being asked is the default here",
        "content_dir: content  # where the notes are",
        "permalink: /:path/  # Hugo's addresses",
        "permalinks: {posts: '/:year/:slug_or_title/'}  # hugo.toml: permalinks",
        "addresses:",
        "  lower: false  # hugo.toml: disablePathToLower",
        "  lower_terms: false  # hugo.toml: disablePathToLower",
        "future: true  # hugo.toml: buildFuture",
        "feed:",
        "  rss: index.xml  # Hugo's feed",
    ]
    assert setup.omitted == ("1 Markdown file not published: archives.md",)


def test_jekyll() -> None:
    setup = plan(JEKYLL)
    assert site_yaml(setup) == [
        "title: T  # _config.yml: title",
        "language: en  # the language of the notes",
        "timezone: UTC  # of dates that name no zone; set yours",
        "base_url: https://user.github.io/repo/  # _config.yml: url, baseurl",
        "dialect: jekyll  # what Jekyll does without being asked is the default here",
        "content_dir: .  # the notes lie in this folder itself",
        "permalink: /:categories/:year/:month/:day/:slug.html  # Jekyll's addresses",
        "ignore: [vendor]  # not to be published",
    ]
    assert setup.notes == 1


def test_obsidian() -> None:
    setup = plan(OBSIDIAN, name="知识库")
    assert site_yaml(setup) == [
        "title: 知识库  # the folder's name",
        "language: zh-CN  # the language of the notes",
        "dialect: obsidian  # what Obsidian does without being asked is the default here",
        "content_dir: .  # the notes lie in this folder itself",
        "permalink: /:path/  # Obsidian's addresses",
        "ignore: [Templates/**, Private/**]  # not to be published",
        "markdown:",
        "  breaks: true  # .obsidian/app.json: strictLineBreaks",
    ]
    assert setup.notes == 1


def test_mkdocs_with_tags_that_make_objects() -> None:
    setup = plan(MKDOCS)
    lines = site_yaml(setup)
    assert lines[:2] == ["title: Course  # mkdocs.yml: site_name", "language: zh  # mkdocs.yml: theme.language"]
    assert "permalink: /:path/  # mkdocs.yml: use_directory_urls" in lines
    assert "base_url: https://example.org/course/  # mkdocs.yml: site_url" in lines
    assert r"  macros: {R: '\mathbb{R}'}  # docs/javascripts/mathjax.js: macros" in lines
    assert "redirects: {/old/: /new/}  # mkdocs.yml: plugins.redirects" in lines


@all_cases(
    ("files", "name", "folder", "permalink"),
    [
        (
            {"docs/.vitepress/config.ts": "export default f({title: 'T', srcExclude: ['**/x.md']})", "docs/a.md": EN},
            *("VitePress", "docs", "/:path.html"),
        ),
        ({"docs/.vuepress/config.js": "module.exports = {}", "docs/a.md": EN}, "VuePress", "docs", "/:path.html"),
        ({"docusaurus.config.js": "module.exports = {}", "docs/a.md": EN}, "Docusaurus", "docs", "/docs/:path"),
        ({"quartz.config.ts": "const c = {}", "content/a.md": EN}, "Quartz", "content", "/:path"),
        ({"_quarto.yml": "website: {title: T}", "posts/a.md": EN}, "Quarto", ".", "/:path.html"),
        ({"_config.yml": "title: T", "_toc.yml": "", "a.md": EN}, "Jupyter Book", ".", "/:path.html"),
        ({"myst.yml": "project: {title: T}", "a.md": EN}, "MyST", ".", "/:filename"),
    ],
)
def test_other_programs(files: Files, name: str, folder: str, permalink: str) -> None:
    setup = plan(files)
    config, diagnostics = load_config(setup.files[0].text, SITE_YAML)
    assert setup.dialect is not None
    assert (setup.dialect.name, setup.notes, diagnostics) == (name, 1, ())
    assert (config.content_dir, config.permalink, config.language) == (folder, permalink, "en")


def test_static_files_and_other_folders() -> None:
    setup = plan({"docs/.vitepress/config.js": "", "docs/a.md": EN, "docs/public/x.png": "", "blog/b.md": EN})
    assert "static_dir: docs/public  # files that are copied as they are" in site_yaml(setup)
    assert "blog/: 1 Markdown file outside the folder of notes" in setup.omitted


def test_a_quarto_project_names_what_is_not_read() -> None:
    setup = plan({"_quarto.yml": "website: {title: T}", "a.qmd": "x", "posts/a/index.qmd": "y", "b.rst": "x"})
    assert setup.notes == 2
    assert "1 files *.rst: notegen reads Markdown (*.md) only" in setup.omitted


def test_notes_of_no_program() -> None:
    setup = plan({"notes/a.md": EN, "notes/_index.md": "x", "README.md": EN}, name="my-notes")
    assert setup.dialect is None
    assert site_yaml(setup) == [
        "title: my-notes  # the folder's name",
        "language: en  # the language of the notes",
        "timezone: UTC  # of dates that name no zone; set yours",
        "content_dir: notes  # where the notes are",
        "permalink: /:path/  # an address is a note's folder and name",
    ]


def test_two_programs_are_named_and_the_first_is_read() -> None:
    setup = plan(MKDOCS | {".obsidian/": ""})
    assert setup.dialect is not None
    assert (setup.dialect.name, setup.others) == ("MkDocs", ("Obsidian",))


def test_what_is_configured_and_cannot_be_is_left_out_and_named() -> None:
    files = {"_config.yml": "timezone: Mars\nsource_dir: gone\npermalink: :id/\n", "source/_posts/a.md": EN}
    setup = plan(files)
    config, diagnostics = load_config(setup.files[0].text, SITE_YAML)
    assert (config.content_dir, config.permalink, diagnostics) == ("source", "/:params.id/", ())
    assert "_config.yml: timezone: timezone Mars" in setup.omitted
    assert "_config.yml: source_dir: there is no folder gone" in setup.omitted
    assert "id, of which addresses are made: not in 1 notes, whose files' names count: _posts/a.md" in setup.omitted


@all_cases(
    ("text", "language"),
    [
        ("---\ntitle: an English title\n---\n注意力机制。\n```python\nfor i in range(10): print(i)\n```\n", "zh-CN"),
        ("$$\\mathrm{softmax}(Attention)$$ 一句话", "zh-CN"),
        (EN + "the word 注意力 is Chinese", "en"),
        ("注意の仕組みについてのメモです。", "ja"),
        ("주의 메커니즘에 대한 노트입니다.", "ko"),
    ],
)
def test_the_language_is_guessed_from_prose(text: str, language: str) -> None:
    assert f"language: {language}  # the language of the notes" in site_yaml(plan({"a.md": text}))


def test_pages_that_ask_for_lists_lead_to_these_and_others_leave_the_menu() -> None:
    menu = '[[menu.main]]\nname = "All"\nurl = "/all/"\n[[menu.main]]\nname = "Search"\nurl = "search"\n'
    files = {
        "hugo.toml": menu,
        "content/posts/a.md": EN,
        "content/archives.md": "---\nlayout: archives\nurl: /all/\n---\n",
        "content/search.md": "---\nlayout: search\n---\n",
        "content/tags.md": "---\nlayout: tags\n---\n",
    }
    setup = plan(files)
    config, _ = load_config(setup.files[0].text, SITE_YAML)
    assert config.redirects == {"/all/": "/archives/"}
    assert [item.name for item in config.menu] == ["All"]
    assert "hugo.toml: menu.main: Search /search/ (no such page here)" in setup.omitted


def test_pages_in_another_language_that_ask_for_lists_lead_to_those_of_this_language() -> None:
    front = "---\nlayout: archives\n"
    files = {
        "hugo.yaml": "languages: {en: {weight: 1}, zh: {weight: 2}}\n",
        "content/posts/a.md": EN,
        "content/archives.md": f"{front}---\n",
        "content/archives.zh.md": f"{front}url: /zh/archives/\n---\n",
        "content/posts/timeline.zh.md": f"{front}---\n",
        "content/search.zh-cn.md": "---\nlayout: search\n---\n",
    }
    setup = plan(files)
    config, _ = load_config(setup.files[0].text, SITE_YAML)
    assert config.redirects == {"/zh/posts/timeline/": "/zh/archives/"}
    names = "archives.md, archives.zh.md, posts/timeline.zh.md, search.zh-cn.md"
    assert any(names in line for line in setup.omitted)


def test_the_language_that_is_asked_for_goes_first() -> None:
    assert "language: fr  # --language" in site_yaml(plan(HEXO, language="fr"))


def test_an_empty_folder_gets_a_note() -> None:
    setup = plan({"README.md": "# repo\n"})
    assert [file.path for file in setup.files] == [SITE_YAML, "content/first-note.md", ".gitignore", WORKFLOW]
    assert "title: 我的笔记" in site_yaml(setup)
    assert "date: 2026-01-31" in setup.files[1].text
    assert "A first note" in plan({}, language="en").files[1].text


def test_gitignore_gets_what_is_missing() -> None:
    text = {file.path: file for file in plan({"a.md": EN, ".gitignore": "public\nx\n"}).files}[".gitignore"]
    assert (text.state, text.text) == ("extended", "public\nx\n\n# written by notegen\n/.notegen/\n")
    kept = {file.path: file for file in plan({"a.md": EN, ".gitignore": "/public/\n.notegen/\n"}).files}[".gitignore"]
    assert kept.state == "kept"


@pytest.mark.parametrize(
    ("files", "output"),
    [
        ({"docs/.vitepress/config.js": "export default {}", "docs/a.md": EN}, "public"),
        ({".vitepress/config.js": "export default {}", "a.md": EN, "public/x.txt": "x"}, "_public"),
    ],
)
def test_what_was_built_is_no_folder_of_static_files(cold: SiteTest, files: dict[str, str], output: str) -> None:
    (cold.root / SITE_YAML).unlink(missing_ok=True)
    for path, text in files.items():
        cold.write(path, text)
    cold.run("build").run("build").init().run("build")
    assert (cold.root / output / "a.html").exists()


def test_the_output_of_another_program_is_left_alone() -> None:
    setup = plan(HEXO | {"public/index.html": "<html>"})
    assert "output_dir: _public  # public/ has files of another program" in site_yaml(setup)
    texts = {file.path: file.text for file in setup.files}
    assert "/_public/" in texts[".gitignore"]
    assert 'path: "_public"' in texts[WORKFLOW]


def test_workflows_that_are_there_stay() -> None:
    setup = plan(
        {
            "a.md": EN,
            WORKFLOW: "x",
            ".github/workflows/test.yml": "run: pytest",
            ".github/workflows/hugo.yml": "uses: deploy-pages",
        }
    )
    assert [file.state for file in setup.files if file.path == WORKFLOW] == ["kept"]
    assert setup.remarks == (".github/workflows/hugo.yml is there too: if it publishes to GitHub Pages, remove it",)


def test_a_folder_inside_a_repository_gets_no_workflow() -> None:
    setup = plan_setup(Listing("x", ("a.md",), is_part=True), {"a.md": EN}.get, "2026-01-31")
    assert [file.path for file in setup.files] == [SITE_YAML, ".gitignore"]


def test_other_names_of_site_yaml_are_seen() -> None:
    assert existing_configuration(Listing("x", ("a.md", "notegen.yml"))) == "notegen.yml"
    assert existing_configuration(Listing("x", ("a.md", "sub/site.yaml"))) is None


def test_few_files_are_read_however_many_there_are() -> None:
    files = {f"data/{number}.html": "" for number in range(10_000)} | {"_config.yml": "", "_posts/2024-01-01-a.md": EN}
    files |= {f"_posts/2024-01-02-{number}.md": EN for number in range(1_000)}
    reads: list[str] = []

    def read(path: str) -> str | None:
        reads.append(path)
        return files.get(path)

    listing = Listing("x", ("_posts/", "data/", *sorted(files)))
    assert plan_setup(listing, read, "2026-01-31").notes == 1_001
    assert len(reads) < 500


def test_modules_of_a_vitepress_configuration_are_read(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("docs/guide/a.md", EN).write("docs/index.md", EN)
    config = "import { nav } from './nav'\nexport default { title: 'T', themeConfig: { nav } }"
    site.write("docs/.vitepress/config/index.mts", config)
    site.write("docs/.vitepress/config/nav.mts", "export const nav = [{ text: 'Guide', link: '/guide/a' }]").init()
    written = (tmp_path / "site.yaml").read_text("utf-8")
    assert "dialect: vitepress" in written
    assert "menu: [{name: Guide, url: /guide/a.html}]  # docs/.vitepress/config/index.mts: themeConfig.nav" in written


def html(site: SiteTest) -> set[str]:
    """Return the pages of a site that are no lists of all notes."""
    lists = ("archives/", "categories/", "tags/", "404")
    return {path for path in site.files() if path.endswith(".html") and not path.startswith(lists)}


def test_vitepress_at_the_root_with_a_folder_docs(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write(".vitepress/config.mts", "export default { title: 'T', srcExclude: ['docs/p.md'] }")
    site.write("index.md", EN).write("markdown-examples.md", EN).write("docs/guide/a.md", EN).write("docs/p.md", EN)
    site.build()
    lists = {"docs/index.html", "docs/guide/index.html"}
    assert html(site) == {"index.html", "markdown-examples.html", "docs/guide/a.html", *lists}
    assert EN.strip() in site.html("index.html")


def test_the_readme_is_the_home_page_of_vuepress_at_the_root(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write(".vuepress/config.js", "module.exports = {}").write("README.md", EN)
    site.write("docs/a.md", "Words.").build()
    assert EN.strip() in site.html("index.html")
    assert "docs/a.html" in html(site)


DOCUSAURUS = """
    /** @type {import('@docusaurus/types').Config} */
    const config = {
      title: 'Dinosaurs',
      presets: [['classic', /** @type {import('@docusaurus/preset-classic').Options} */ ({
        docs: { sidebarPath: './sidebars.js', routeBasePath: "/" }, blog: { showReadingTime: true },
      })]],
      themeConfig: /** @type {import('@docusaurus/preset-classic').ThemeConfig} */ ({
        navbar: { items: [{ to: '/blog', label: 'Blog' }] },
      }),
    };
    export default config;
    """


def docusaurus(root: Path, configuration: str = DOCUSAURUS) -> SiteTest:
    site = SiteTest(root).write("docusaurus.config.js", configuration).write("README.md", EN)
    site.write("docs/intro.md", EN).write("docs/basics/a.md", EN).write("blog/2019-05-28-first.md", EN)
    return site.write("src/pages/markdown-page.md", EN).write("src/components/notes.md", EN)


def test_the_starter_of_docusaurus(tmp_path: Path) -> None:
    site = (
        docusaurus(tmp_path)
        .build("--strict")
        .expect_lines("info[dialect-recognised]", "info[note-none]: README.md, src/components/notes.md: ")
    )
    notes = {"intro/index.html", "basics/a/index.html", "blog/2019/05/28/first/index.html"}
    lists = {"index.html", "basics/index.html", "blog/index.html"}
    assert html(site) == {*notes, *lists, "markdown-page/index.html"}
    assert '<a href="/blog">Blog</a>' in site.html("index.html")


def test_pages_of_docusaurus_that_are_programs_are_told(tmp_path: Path) -> None:
    site = docusaurus(tmp_path).write("src/pages/index.js", "x").write("src/pages/about/team.tsx", "x").init()
    told = "2 pages of Docusaurus in JavaScript: src/pages/about/team.tsx, src/pages/index.js; write Markdown instead"
    assert told in site.stdout + site.stderr
    line = "src/pages/about/team.tsx: warning[file-unread]: 2 pages of Docusaurus are in JavaScript, which is not run"
    site.build().expect_lines(line)
    (tmp_path / "site.yaml").unlink()
    (tmp_path / "src/pages/markdown-page.md").unlink()
    (tmp_path / "blog/2019-05-28-first.md").unlink()
    site.build().expect_lines("info[dialect-recognised]", line)


def test_docusaurus_without_its_blog(tmp_path: Path) -> None:
    text = DOCUSAURUS.replace("{ showReadingTime: true }", "false")
    site = docusaurus(tmp_path, text).build()
    assert not [path for path in html(site) if path.startswith("blog/")]
    assert "markdown-page/index.html" in html(site)


def test_docusaurus_with_a_blog_alone(tmp_path: Path) -> None:
    text = "export default { presets: [['classic', { docs: false, pages: false, blog: { routeBasePath: '/' } }]] }"
    site = docusaurus(tmp_path, text).build()
    assert html(site) == {"index.html", "2019/05/28/first/index.html", "blog/index.html"}


def test_a_section_of_hugo_has_its_list_where_its_notes_are_elsewhere(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("hugo.toml", "[permalinks]\nposts = '/:year/:month/:slug/'\n")
    post = f"---\ndate: 2024-01-02\n---\n{EN}"
    site.write("content/posts/a.md", post).write("content/posts/x/b.md", post).build()
    assert html(site) == {"index.html", "2024/01/a/index.html", "2024/01/b/index.html", "posts/index.html"}
    assert 'href="/2024/01/a/"' in site.html("posts/index.html")
    assert 'href="/2024/01/b/"' in site.html("posts/index.html")


def test_jekyll_s_values_and_loops_that_notes_name() -> None:
    config = "title: T\nlang: en\nphoto: /me.jpg\nauthor: {name: N}\nunused: x\ntwitter: [a]\n"
    loop = "{% for post in site.posts %}{{ post.title }}{% endfor %}"
    files = {"_config.yml": config, "_posts/2024-01-02-a.md": "![]({{ site.photo }}) {{ site.author.name }}"}
    lines = site_yaml(
        plan({**files, "Gemfile": "", "index.md": f"---\nlayout: x\n---\nMy many words on this page {loop}"})
    )
    assert "home: both  # index.md: a text, and a loop over posts" in lines
    assert "params: {photo: /me.jpg, author: {name: N}}  # _config.yml: what notes name as site.…" in lines
    lines = site_yaml(plan({**files, "Gemfile": "", "index.md": "A text of mine without any of them.\n"}))
    assert not any(line.startswith("home:") for line in lines)
