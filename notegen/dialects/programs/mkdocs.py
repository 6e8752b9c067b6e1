"""MkDocs and Material for MkDocs: mkdocs.yml, pages in docs/. See MkDocs' user guide: Configuration."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from notegen.dialects.configuration import Table, address, language, lookup, read_data, take, text, texts
from notegen.dialects.dialect import NOTEBOOKS, Dialect, Setting, Translation, rules
from notegen.dialects.javascript import read_objects
from notegen.dialects.languages import ForeignLanguage, language_settings
from notegen.dialects.mathjax import macros_of
from notegen.dialects.navigation import navigation
from notegen.text.patterns import lazy_regex

_FILES = ("mkdocs.yml", "mkdocs.yaml")
_SCRIPTS = ("docs/javascripts/*.js", "docs/js/*.js", "docs/_javascripts/*.js")
# `key: !ENV NAME` or `key: !ENV [NAME, …, default]`.
_ENV = lazy_regex(r"^([ \t]*+)([\w-]++):[ \t]*+!ENV[ \t]++(?:\[([^\]\n]*+)\]|[^\s\[#][^\s#]*+)", re.MULTILINE)
_TABLE: Table = {
    "site_name": ("title", text),
    "site_description": ("description", text),
    "site_author": ("author", text),
    "site_url": ("base_url", address),
    "docs_dir": ("content_dir", text),
    "theme.language": ("language", language),
}
_PLUGINS = frozenset({"bibtex", "blog", "i18n", "mkdocs-jupyter", "redirects", "search"})  # that are read
_EMOJI = ("pymdownx.emoji", "material.extensions.emoji")
_OMITTED = ("hooks", "theme.custom_dir", "extra_css", "extra_javascript", "INHERIT")


def translate(files: Mapping[str, str]) -> Translation:
    """Return mkdocs.yml as settings, with the macros that the scripts of the site give to MathJax or KaTeX."""
    settings: list[Setting] = []
    omitted: list[str] = []
    for path, content in files.items():
        if path in _FILES:
            settings.extend(_site(read_data(path, _ENV.sub(_without_environment, content)), path, omitted))
            omitted.extend(_environment(path, content))
        else:
            macros = macros_of(read_objects(content))
            settings.extend([Setting("math.macros", macros, f"{path}: macros")] if macros else [])
    return Translation(tuple(settings), tuple(omitted))


def _default(variable: re.Match[str]) -> str:
    """Return the default of a value that is taken from the environment, as YAML; "" for none."""
    *names, last = (variable[3] or "").split(",")
    return last.strip() if names else ""


def _without_environment(variable: re.Match[str]) -> str:
    return f"{variable[1]}{variable[2]}: {_default(variable) or 'null'}"


def _environment(path: str, content: str) -> Iterator[str]:
    """Yield in words what is taken for values from the environment, which a build does not read."""
    for variable in _ENV.finditer(content):
        ours = _TABLE.get(variable[2], ("", text))[0] if not variable[1] else ""
        default = _default(variable).strip("\"'")
        if ours and default:
            yield f"{path}: {variable[2]} is !ENV, which is not read: its default {default} is taken"
        elif ours:
            yield f"{path}: {variable[2]} is !ENV without a default: write {ours}"


def _site(data: dict[str, Any], path: str, omitted: list[str]) -> Iterator[Setting]:
    yield from take(data, path, _TABLE)
    yield Setting(
        "permalink", "/:path.html" if data.get("use_directory_urls") is False else "/:path/", _directory(path)
    )
    if "blog" in _plugins(data):
        posts = f"{text(_plugin(data, 'blog').get('blog_dir')) or 'blog'}/posts"
        pattern = f"/{posts.removesuffix('/posts')}/:year/:month/:day/:title_slug/"
        yield Setting("permalinks", {posts: pattern}, f"{path}: plugins.blog")
    excluded = text_lines(data.get("exclude_docs"))
    if excluded:
        yield Setting("ignore", excluded, f"{path}: exclude_docs")
    repository, edit = text(data.get("repo_url")), text(data.get("edit_uri"))
    if repository and edit != "":
        folder = (edit or f"edit/main/{text(data.get('docs_dir')) or 'docs'}").strip("/")
        # :path is the note's path below the site's root, which begins with the folder of notes.
        root = folder.removesuffix((text(data.get("docs_dir")) or "docs").strip("/")).rstrip("/")
        yield Setting("edit_url", f"{repository.rstrip('/')}/{root}/:path", f"{path}: repo_url, edit_uri")
    yield from _languages(data, path)
    works = texts(_plugin(data, "bibtex").get("bib_file"))
    if works:
        yield Setting("bibliography", works, f"{path}: plugins.bibtex")
    nav = navigation(data.get("nav"))
    if nav:
        yield Setting("nav", nav, f"{path}: nav")
    if not _by_name(data.get("markdown_extensions")).keys().isdisjoint(_EMOJI):
        yield Setting("markdown.emoji", True, f"{path}: markdown_extensions")
    if "mkdocs-jupyter" not in _plugins(data):
        yield Setting("passthrough", (NOTEBOOKS,), f"{path}: no plugin mkdocs-jupyter")
    redirects = _plugin(data, "redirects").get("redirect_maps")
    if isinstance(redirects, Mapping):
        ending = ".html" if data.get("use_directory_urls") is False else "/"
        texts_only = {old: new for old, new in redirects.items() if isinstance(new, str)}
        pairs = {site_path(old, ending): site_path(new, ending) for old, new in texts_only.items()}
        yield Setting("redirects", pairs, f"{path}: plugins.redirects")
    omitted.extend(f"{path}: {key}" for key in _OMITTED if lookup(data, key))
    omitted.extend(f"{path}: plugins.{name}" for name in _plugins(data) if name not in _PLUGINS)


def _languages(data: dict[str, Any], path: str) -> Iterator[Setting]:
    """Yield the languages of mkdocs-static-i18n, whose pages differ in suffixes or folders."""
    rows = _plugin(data, "i18n").get("languages")
    rows = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    languages = [
        ForeignLanguage(
            locale,
            locale,
            text(row.get("name")),
            {},
            {"title": text(row.get("site_name")), "description": text(row.get("site_description"))},
        )
        for row in rows
        if (locale := text(row.get("locale"))) and row.get("build") is not False
    ]
    main = next((locale for row in rows if row.get("default") is True and (locale := text(row.get("locale")))), "")
    yield from language_settings(languages, main, f"{path}: plugins.i18n")


def _directory(path: str) -> str:
    return f"{path}: use_directory_urls"


def _plugins(data: Mapping[str, Any]) -> dict[str, Any]:
    return _by_name(data.get("plugins"))


def _by_name(value: Any) -> dict[str, Any]:
    """Return plugins or extensions by name: a list of names and of mappings with one name, or a mapping."""
    if isinstance(value, Mapping):
        return dict(value)
    entries = value if isinstance(value, list) else []
    mappings = [entry if isinstance(entry, Mapping) else {str(entry): {}} for entry in entries]
    return {name: options for mapping in mappings for name, options in mapping.items()}


def _plugin(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    options = _plugins(data).get(name)
    return options if isinstance(options, Mapping) else {}


def site_path(path: str, ending: str = "/") -> str:
    """Return the address of a page by its path in docs/: `a/index.md` at /a/, `a/b.md` at /a/b and the `ending`."""
    if "://" in path or path.startswith("/"):
        return path
    file, _, fragment = path.partition("#")
    stem = re.sub(r"(^|/)(index|README)$", r"\1", file.removesuffix(".md"))
    is_folder = not stem or stem.endswith("/")
    address = f"/{stem.strip('/')}{'/' if is_folder else ending}".replace("//", "/")
    return f"{address}#{fragment}" if fragment else address


def text_lines(value: Any) -> tuple[str, ...] | None:
    """Return the lines of a text in the form of .gitignore, without comments and exceptions."""
    lines = value.splitlines() if isinstance(value, str) else []
    return tuple(line.strip().lstrip("/") for line in lines if line.strip() and line.strip()[0] not in "#!") or None


MKDOCS = Dialect(
    key="mkdocs",
    name="MkDocs",
    markers=tuple(frozenset({path}) for path in _FILES),
    config_files=(*_FILES, *_SCRIPTS),
    translate=translate,
    content=("docs",),
    static=(),
    sources=(*rules("section", "index.md README.md */index.md */README.md"), *rules("private", ".* */.*")),
    settings={
        "permalink": "/:path/",
        "addresses.spaces": "",
        "addresses.dates": "keep",
        "addresses.index_files": ("index", "readme"),
        "file_titles": "capitalized",
    },
)
