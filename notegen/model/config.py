"""site.yaml, checked, every default filled in: one field per setting, its comment the documentation."""

from typing import Annotated, Any, Literal

import msgspec

from notegen.model.addressing import AddressesConfig
from notegen.model.services import CommentsConfig, StatisticsConfig

Count = Annotated[int, msgspec.Meta(ge=1)]


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An author. `orcid` is the identifier alone, `0000-0002-1825-0097`; `id` is what notes may call the person by."""

    name: str
    id: str = ""
    url: str = ""
    orcid: str = ""
    affiliation: str = ""
    email: str = ""

    @property
    def orcid_url(self) -> str:
        """The address of the ORCID record; "" without one."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


class MenuItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the navigation: its words and a site path (`/about/`) or an address elsewhere."""

    name: str
    url: str


class LanguageConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language of the site. Texts that are empty are those of the rest of site.yaml; a menu is the theme's then."""

    tag: str  # BCP 47: zh-TW, en
    name: str = ""  # what it is called where one changes to it; empty: its own name for itself
    path: str = ""  # the folder of its addresses; empty: the tag in small letters. The site's own language has none
    folders: dict[str, str] = {}  # of its notes -> those of the originals, "" for all; empty: its tag or path
    title: str = ""
    subtitle: str = ""
    description: str = ""
    menu: tuple[MenuItem, ...] = ()


class FrontMatterDefaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Values for the front matter of notes that say nothing themselves."""

    path: str = ""  # a folder or file below the content folder, or a glob pattern; empty: all
    kind: Literal["all", "note", "page"] = "all"
    values: dict[str, Any] = {}


class ExcerptConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long excerpts on list pages are: about so long, for they end with a paragraph or a sentence."""

    length: Count = 120  # Han characters; Latin letters count by their share of a line


class FeedConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the feeds hold, and which there are."""

    limit: Count = 20  # newest notes
    full_content: bool = True  # whole notes, else excerpts
    filenames: tuple[str, ...] = ("atom.xml",)  # Atom; further names keep subscribers of an older blog
    rss: str = "rss.xml"  # RSS 2.0 for readers that know nothing else; "" for none
    json: str = "feed.json"  # JSON Feed 1.1; "" for none
    category_limit: Count = 10  # newest notes of the feed of a category, at most `limit`
    categories: bool = True  # an Atom feed beside the list of each category: /categories/x/atom.xml
    math: Literal["mathml", "svg"] = "mathml"  # "svg": formulas as pictures in the text, for mails and old readers


class MathConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How formulas are read and rendered."""

    macros: dict[str, str] = {}  # name without backslash -> LaTeX, #1 to #9 are arguments
    preamble: tuple[str, ...] = ()  # files with macros (LaTeX); else macros.tex, preamble.sty and the like are found
    packages: tuple[Literal["physics"], ...] = ()  # of LaTeX that redefine commands: \div, \Re, \Im of
    # physics; what packages add (\qty, \ce, \SI …) is known everywhere
    code_dollars: bool = False  # `$x$` in a code span is math (blogdown-era blogs)
    inline_double_dollars: Literal["inline", "display"] = "inline"  # what $$x$$ inside a sentence is
    decode_entities: bool = False  # read &lt; and &amp; inside formulas as < and &
    unescape: bool = False  # D\_{KL}, \\alpha of notes that are escaped for another renderer are D_{KL}, \alpha
    numbering: Literal["labelled", "all"] = "labelled"  # "all" numbers plain $$ displays too
    output: Literal["mathml", "source"] = "mathml"  # "source" leaves \( \) for a renderer in the browser
    font: str = ""  # path of another OpenType font with a MATH table (ttf, otf, woff2); empty: STIX Two Math


class NumberingConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is numbered besides formulas (see math.numbering)."""

    figures: Literal["labelled", "all"] = "labelled"  # pictures, tables and code: those with a label, or a caption
    sections: bool = False  # 2.1 in front of headings; a note's `number-sections` goes first
    theorems: Literal["by-kind", "shared", "by-section"] = "by-kind"  # each kind counts for itself; all but algorithms
    # count together; the number of the section goes in front


class MarkdownConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Markdown dialect."""

    html: bool = True  # raw HTML passes through
    linkify: bool = True  # bare https://… addresses become links
    breaks: bool = False  # a single newline breaks the line (Obsidian)
    comments: bool = True  # %%text%% is a comment (Obsidian)
    hashtags: bool = False  # #tag in text is a tag of the note (Obsidian)
    emoji: bool = False  # `:tada:` is an emoji (GitHub)
    scripts: bool = True  # H~2~O and x^2^ are a sub- and a superscript (Pandoc)
    fancy_lists: bool = False  # `a.`, `(1)`, `iv)` begin items of a list (Pandoc)
    in_html: bool = False  # Markdown inside raw HTML is read, not only where markdown="1" says so (Pandoc)
    diagrams: bool = True  # fences of Mermaid, Graphviz and TikZ are drawn; else they are code


class HighlightConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Code highlighting by Pygments."""

    style: str = "theme"  # colours for light pages: "theme", the theme's own, or a Pygments style
    dark_style: str = "theme"  # colours for dark pages


class ImagesConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Smaller copies of large photos, for small screens; what goes public of what photos tell."""

    enabled: bool = True  # off: no smaller copies are made
    variants: tuple[Count, ...] = (800, 1600)  # widths in pixels of the WebP copies of JPEG and PNG images
    quality: Annotated[int, msgspec.Meta(ge=1, le=100)] = 80  # of WebP, 1 to 100
    metadata: Literal["strip", "keep"] = "strip"  # place, time, camera, comments in JPEG, PNG, WebP, AVIF, HEIC


class NotebooksConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How notebooks of Jupyter are read and shown. Their code is never run."""

    max_size: Count = 50  # megabytes; larger ones are left out
    output_lines: Count = 30  # of an output; longer ones are folded, and much longer ones cut
    scripts: bool = False  # Python files with `# %%` are notes, too; those with a header of Jupytext always are
    download: bool = False  # a link to the notebook as a file, hidden cells and all
    colab: bool = False  # a link that opens it in Google Colab, of a site whose edit_url is one of GitHub
    binder: bool = False  # the same for mybinder.org


class CategoriesConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a flat list under `categories:` means."""

    list_means: Literal["many", "path"] = "many"  # path: Hexo's [Sports, Baseball] is Sports/Baseball


class BannerConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the home page's banner; those of the theme, in the language of the page, where none are given."""

    kicker: str = ""  # the small line above
    heading: str = ""  # above the list


OWN_STYLES = ("numeric", "author-year")  # of citations


class CitationsConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How citations are shown."""

    style: str = "numeric"  # [1], or author-year: (Vaswani et al., 2017); or with pip install "notegen-ssg[cite]" apa,
    # ieee, gb-7714-numeric, gb-7714-author-date, another name of zotero.org/styles, or a .csl file of the site


class SearchConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Search in the browser, by pagefind: pip install "notegen-ssg[search]"."""

    enabled: bool = True  # off: no index is made and no search box is shown


class SocialCardsConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The picture that chats and social networks show with a link to a note that has no cover."""

    enabled: bool = True  # where a font is found that has all letters of the title
    font: str = ""  # path of a font (ttf, otf, ttc) with the site's letters; empty: one of the system's


class InjectConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """HTML of your own on every page, as it is: text, or the path of a file of the site that ends with .html."""

    head_start: str = ""  # in front of the theme's style sheets
    head_end: str = ""  # at the end of the head
    body_start: str = ""  # above all of the page
    body_end: str = ""  # behind all of it
    note_start: str = ""  # above the text of notes and pages
    note_end: str = ""  # below it


class CheckConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `notegen check` looks for besides what builds report."""

    rules: dict[str, str] = {}  # image-alt, heading-jump, unused-label, … -> off, info, warning or error
    ignore: tuple[str, ...] = ()  # glob patterns of files, below the site's folder, that are not checked


class OutputsConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is made besides pages and feeds, for other programs and for people who paste notes elsewhere."""

    markdown: bool = False  # beside the page of each note the same as Markdown, index.md, and a button that copies it
    llms: bool = False  # /llms.txt, the list of notes in Markdown for language models (llmstxt.org)


class ServeConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `notegen serve` does in the browser."""

    follow: bool = True  # the view goes to the edited paragraph when it is off screen
    editor: str = "vscode"  # or cursor, zed, idea, subl …, or an address with {file}, {line} and {column}


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of site.yaml."""

    title: str = "Notes"  # of the site: in the head of every page, in browser tabs and feeds
    subtitle: str = ""  # a few words behind the title on the home page
    description: str = ""  # a sentence or two for search engines and feeds
    author: str = ""  # of the site; or a mapping, as one of `authors`
    authors: tuple[Person, ...] = ()  # name, id, url, orcid, affiliation, email of those whom notes name
    cite_note: bool = False  # "cite this note" under every note with author and date, not only where it asks for it
    language: str = "zh-CN"  # BCP 47 tag of the site's texts and labels
    languages: tuple[LanguageConfig, ...] = ()  # all of them, where notes are translated: [zh-CN, en], or mappings
    timezone: str = "Asia/Shanghai"  # IANA zone for dates that name none; never the machine's zone
    base_url: str = ""  # https://user.github.io/repo/
    dialect: str = ""  # the program that the folder comes from: hexo, hugo, jekyll, …; its habits are the defaults here
    content_dir: str = "content"  # folder of the notes; "." is the site's own folder
    output_dir: str = "public"  # folder that the site is written into
    static_dir: str = "static"  # folder of files that are published as they are, at the root of the site
    themes_dir: str = "themes"  # folder of your own themes
    theme: tuple[str, ...] = ("transmission",)  # layers, first wins
    theme_options: dict[str, Any] = {}  # options the theme declares in theme.yaml
    css: tuple[str, ...] = ()  # style sheets of the site, behind those of the theme: static/my.css
    inject: InjectConfig = InjectConfig()
    extensions: tuple[str, ...] = ()  # names of modules that are run: extensions/name.py, or of installed packages
    data_dir: str = "data"  # YAML, JSON, TOML and CSV files that templates and shortcodes read as data.name
    permalink: str = "/posts/:slug/"  # placeholders: notegen/routes/placeholders.py; or hexo, jekyll, hugo
    permalinks: dict[str, str] = {}  # folder or file below the content folder -> its own pattern
    addresses: AddressesConfig = AddressesConfig()
    redirects: dict[str, str] = {}  # old path -> new path, or an address elsewhere
    paginate: Count = 12  # entries a list page
    menu: tuple[MenuItem, ...] = ()  # links in the head of pages: a list of `name: /path/`; empty: the theme's
    ignore: tuple[str, ...] = ()  # glob patterns below the content folder
    include: tuple[str, ...] = ()  # glob patterns of files that are notes in spite of their names, such as README.md
    pages: tuple[str, ...] = ()  # glob patterns of files that are pages, in no list (collections of Jekyll)
    defaults: tuple[FrontMatterDefaults, ...] = ()  # front matter by folder: [{path: notes/ml, values: {tags: [ml]}}]
    passthrough: tuple[str, ...] = ()  # glob patterns of files, Markdown too, that are only copied (`**`: any folders)
    publish: Literal["all", "marked", "nav"] = "all"  # marked: only notes that say `publish: true`; nav: those it names
    attachments: Literal["used", "all"] = "used"  # used: of the other files only those that a published note needs
    file_titles: Literal["words", "written", "always", "capitalized"] = "words"  # titles of notes that have none, from
    # the names of their files: my_note is "my note"; "My note" (MkDocs); as written; always: headings or not (Obsidian)
    sections: Literal["auto", "on", "off"] = "auto"  # pages of folders, breadcrumbs, and a tree in the margin. auto:
    # folders have pages where addresses have their names (/:path/), the tree is shown where most notes are undated
    graph: bool = False  # a map of the notes around each note, and of all at /graph/
    nav: tuple[Any, ...] = ()  # the tree, in MkDocs' form: paths, folders, globs, `title: path`, `title: [...]`
    home: Literal["auto", "note", "list", "both"] = "auto"  # index.md, the list, or both; auto: both of an _index.md
    updated: Literal["front-matter", "git"] = "front-matter"  # git: its dates, where a note has none, and contributors
    drafts: bool = False  # publish notes with `draft: true`
    future: bool = False  # publish notes dated in the future
    expired: bool = False  # publish notes whose `expires:` has passed
    banner: BannerConfig = BannerConfig()
    excerpt: ExcerptConfig = ExcerptConfig()
    feed: FeedConfig = FeedConfig()
    math: MathConfig = MathConfig()
    notation: dict[str, Any] = {}  # a symbol's LaTeX -> what it means, or that by language: shown where it stands
    numbering: NumberingConfig = NumberingConfig()  # `all` for {figures: all}
    markdown: MarkdownConfig = MarkdownConfig()
    highlight: HighlightConfig = HighlightConfig()
    images: ImagesConfig = ImagesConfig()
    notebooks: NotebooksConfig = NotebooksConfig()
    categories: CategoriesConfig = CategoriesConfig()
    bibliography: tuple[str, ...] = ()  # BibTeX and CSL-JSON files of the works that notes cite; empty: every *.bib
    citations: CitationsConfig = CitationsConfig()
    papers: bool = True  # /papers/: a page for each work that notes cite, with these notes; none where they cite none
    search: SearchConfig = SearchConfig()
    social_cards: SocialCardsConfig = SocialCardsConfig()
    comments: CommentsConfig = CommentsConfig()
    statistics: StatisticsConfig = StatisticsConfig()
    outputs: OutputsConfig = OutputsConfig()
    serve: ServeConfig = ServeConfig()
    check: CheckConfig = CheckConfig()
    license: str = ""  # words under each note, e.g. CC BY 4.0
    edit_url: str = ""  # https://github.com/user/repo/edit/main/:path; :content_path: below the content folder
    params: dict[str, Any] = {}  # anything, for templates; on a site of Jekyll's notes read it as {{ site.name }}


class ReadSettings(msgspec.Struct, frozen=True):
    """The part of Config that reading one note depends on: the key of the note memo."""

    content_dir: str
    file_titles: str
    addresses: AddressesConfig
    timezone: str
    language: str
    languages: tuple[LanguageConfig, ...]  # where their notes are; not what they are called
    excerpt: ExcerptConfig
    math: MathConfig
    notation: dict[str, Any]
    numbering: NumberingConfig
    markdown: MarkdownConfig
    categories: CategoriesConfig
    notebooks: NotebooksConfig = NotebooksConfig()
    edit_url: str = ""  # of a site whose notebooks have links that are made of it
    papers: bool = True
    citing: bool = False  # whether the site has bibliography files: else `[@key]` is text
    segmenter: str = ""  # what finds the words of Chinese titles
    variables: dict[str, Any] = {}  # what `{{ site.name }}` in notes of Jekyll stands for
    uncoloured: tuple[str, ...] = ()  # classes of tokens of code that look like text: these get no spans

    @property
    def papers_cited(self) -> bool:
        """Whether cited works have pages, which show the sentences around citations."""
        return self.citing and self.papers


def read_settings(config: Config, *, citing: bool = False) -> ReadSettings:
    """Return what reading a note may look at."""
    special = {"citing", "languages", "edit_url", "segmenter", "uncoloured", "variables"}
    of_site = {"title": config.title, "description": config.description, **config.params}
    return ReadSettings(
        **{name: getattr(config, name) for name in ReadSettings.__struct_fields__ if name not in special},
        languages=tuple(LanguageConfig(item.tag, path=item.path, folders=item.folders) for item in config.languages),
        edit_url=config.edit_url if config.notebooks.colab or config.notebooks.binder else "",
        citing=citing,
        variables=of_site if config.dialect == "jekyll" else {},
    )
