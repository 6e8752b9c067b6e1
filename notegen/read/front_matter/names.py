"""Every spelling of a front matter key that other generators use, and the field of Meta it means."""

# Field of Meta -> its keys, first wins when a note has several. Keys are compared without case, `-` read as `_`.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("date", "publishdate", "pubdate", "published", "created"),
    "updated": ("updated", "lastmod", "modified", "last_modified_at", "mtime"),
    "expires": ("expirydate", "unpublishdate", "expires"),
    "draft": ("draft", "published", "status"),
    "publish": ("publish", "dg_publish", "published", "build", "_build", "headless"),  # Obsidian, Jekyll, Hugo
    "unpublished_by": ("publish", "dg_publish", "build", "_build", "headless", "published"),
    # Hugo (`build`), Docusaurus, Hexo's Fluid (`hide`), Eleventy; MkDocs' list of parts to hide is none of these.
    "hidden": ("hidden", "unlisted", "hide", "eleventyexcludefromcollections", "build", "_build", "status"),
    "sitemap": ("sitemap", "sitemap_exclude"),  # Jekyll, Hugo
    "categories": ("categories", "category"),
    "tags": ("tags", "tag", "keywords"),
    "summary": ("summary", "excerpt", "description", "abstract", "subtitle"),
    "slug": ("slug", "abbrlink"),
    "permalink": ("permalink", "url", "path"),
    "aliases": ("aliases", "alias", "redirect_from"),
    "cover": ("cover", "image", "thumbnail", "banner", "top_img", "featured_image", "images"),
    "toc": ("toc",),
    "lang": ("lang", "language"),
    # Hugo; Jekyll's sites by habit; `translation_of` names a note.
    "translation_key": ("translationkey", "translation_key", "translation_of", "lang_ref"),
    "series": ("series",),
    "series_order": ("series_order",),
    "weight": ("sticky", "top", "pin"),
    "order": ("sidebar_position", "nav_order", "weight", "order"),  # Docusaurus, Just the Docs, Hugo, Quarto
    "authors": ("authors", "author"),
    "people": ("authors", "author"),
    "citation": ("citation",),
    "layout": ("layout", "type"),
    "number_sections": ("number_sections", "numbersections"),  # Quarto, Pandoc
    "macros": ("macros", "math"),
    "bibliography": ("bibliography",),
    "notation": ("notation",),
}
TABLES = ("taxonomies", "extra", "params")  # tables of Zola and Hugo, lifted
TOGGLES = ("math", "mathjax", "katex", "comments", "copyright", "mermaid")  # kept in extra, as booleans
KEPT = frozenset((*NAMES["order"], *NAMES["translation_key"]))  # for templates too
_KNOWN = {name for names in NAMES.values() for name in names}.union(TABLES, TOGGLES)


def fold(key: str) -> str:
    """Return `key` as keys are compared: `last-modified-at` and `publishDate` are `last_modified_at`, `publishdate`."""
    return key.strip().lower().replace("-", "_")


def known(key: str) -> bool:
    """True when `key` is one that notegen or another generator gives a meaning."""
    return fold(key) in _KNOWN
