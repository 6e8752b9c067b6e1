"""A blog of WordPress, from its export file and, where it lies beside it, its folder of uploads.

Posts, pages and drafts; classic text with its paragraphs, blocks of Gutenberg, shortcodes of captions, code, formulas,
galleries and films. Comments, menus and styles are no notes.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from html import escape, unescape
from urllib.parse import unquote, urlsplit

import msgspec

from notegen.importers.archive import Files
from notegen.importers.formulas import code_end
from notegen.importers.html import as_markdown
from notegen.importers.imported import (
    FieldValue,
    Import,
    ImportedFile,
    ImportedNote,
    Names,
    UnreadableExportError,
    aliases,
    counted,
    relative,
    safe_name,
)
from notegen.importers.spans import replaced, split
from notegen.importers.wxr import Blog, Item, read_wxr
from notegen.text.patterns import lazy_regex

UPLOADS = "uploads"  # where its pictures go, below the content folder
_STATUS = {"draft": "draft", "pending": "draft", "auto-draft": "", "trash": "", "inherit": ""}
_BLOCKS = (
    "address article aside blockquote details div dl fieldset figure form h1 h2 h3 h4 h5 h6 hr iframe ol p pre section "
    "table ul"
)
_BLOCK = lazy_regex(rf"^\s*</?(?:{'|'.join(_BLOCKS.split())})\b|^\s*<!--", re.IGNORECASE)
_COMMENT = lazy_regex(r"<!--\s*+/?wp:")
_PRE = lazy_regex(r"<(?P<tag>pre|script|style)\b[^<>]*+>", re.IGNORECASE)
_CAPTION = lazy_regex(r"\[caption\b[^\[\]]*+\]")
_PICTURE = lazy_regex(r"(?:<a\b[^<>]*+>\s*+)?<img\b[^<>]*+>(?:\s*+</a>)?")
_SOURCE = lazy_regex(
    r"\[(?P<tag>code|sourcecode|python|cpp|c|java|js|javascript|bash|shell|sql|html|xml|css|r|matlab|plain)"
    r"(?P<options>(?:\s[^\[\]]*+)?)\]"
)
_FILM = lazy_regex(
    r"\[(?P<tag>embed|youtube|video|audio)\b(?P<options>[^\[\]]*+)\](?:(?P<inside>[^\[\]]*+)\[/(?P=tag)\])?"
)
_GALLERY = lazy_regex(r"\[gallery\b(?P<options>[^\[\]]*+)\]")
_SHORTCODE = lazy_regex(r"\[(?P<name>[a-z][a-z0-9_-]{2,30})(?:\s[^\]\n]{1,300})?\](?!\()")
_MORE = lazy_regex(r"<!--\s*+more\b")
_CUT = "\ue010"  # where the excerpt ends
_FORMULAS = frozenset(("latex", "katex", "math", "equation", "tex", "mathjax", "nomathjax"))
_SIZED = lazy_regex(r"-\d{1,5}x\d{1,5}(?=\.\w+$)")
_ADDRESS = lazy_regex(r"""https?://[^\s"'<>\]]+""")


class _Context(msgspec.Struct):
    """What all notes of an export share; `remarks` and `used` grow while these are made."""

    host: str
    by_address: dict[str, str]  # path and query of an old address -> path of the note
    by_id: dict[str, Item]
    uploads: dict[str, str]  # end of an address (`2020/01/a.png`) -> path in the export
    used: dict[str, str] = {}  # path in the export -> path below the content folder
    remote: list[str] = []
    unknown: list[str] = []


def read_wordpress(files: Files) -> Import:
    """Return what an export holds. Raises UnreadableExportError."""
    names = [name for name in files if name.lower().endswith(".xml")]
    blogs = [read_wxr(files[name]()) for name in names]
    if not blogs:
        raise UnreadableExportError("no .xml file: WordPress writes one (Tools → Export → All content)")
    items = [item for blog in blogs for item in blog.items]
    paths = dict(_paths(items))
    context = _context(blogs, paths, files)
    authors = {login: name for blog in blogs for login, name in blog.authors.items()}
    notes = tuple(_note(item, path, authors, context) for item, path in _kept(items, paths))
    copied = tuple(ImportedFile(path, files[name]) for name, path in context.used.items())
    return Import(notes, copied, dict(_terms(items)), tuple(_remarks(items, paths, context)))


def _paths(items: list[Item]) -> Iterator[tuple[str, str]]:
    """Yield the id of each item that becomes a note, and the note's path."""
    names = Names()
    for item in items:
        kind, status = item.values.get("wp:post_type", ""), item.values.get("wp:status", "")
        if kind in {"post", "page"} and _STATUS.get(status, status):
            slug = unquote(item.values.get("wp:post_name", ""))
            yield item.values.get("wp:post_id", ""), names.free(f"{safe_name(slug or item.values.get('title', ''))}.md")


def _kept(items: list[Item], paths: Mapping[str, str]) -> Iterator[tuple[Item, str]]:
    for item in items:
        if path := paths.get(item.values.get("wp:post_id", "")):
            yield item, path


def _context(blogs: list[Blog], paths: Mapping[str, str], files: Files) -> _Context:
    items = {item.values.get("wp:post_id", ""): item for blog in blogs for item in blog.items}
    addresses: dict[str, str] = {}
    for number, path in paths.items():
        addresses |= {
            _local(items[number].values.get("link", "")): path,
            f"/?p={number}": path,
            f"/?page_id={number}": path,
        }
    uploads = {
        name.partition("uploads/")[2] or posixpath.basename(name): name for name in files if not name.endswith(".xml")
    }
    host = urlsplit(blogs[0].url).netloc.removeprefix("www.")
    return _Context(host, addresses, items, uploads)


def _local(address: str) -> str:
    """Return path and query of an address."""
    parts = urlsplit(address)
    return unquote(parts.path.rstrip("/") or "/") + (f"?{parts.query}" if parts.query else "")


def _note(item: Item, path: str, authors: Mapping[str, str], context: _Context) -> ImportedNote:
    values = item.values
    is_page, status = values["wp:post_type"] == "page", values.get("wp:status", "")
    link = values.get("link", "")
    old = urlsplit(link).path
    creator = values.get("dc:creator", "")
    fields: dict[str, FieldValue] = {
        "title": unescape(values.get("title", "")).strip() or path.removesuffix(".md"),
        "date": _date(values.get("wp:post_date", ""), values.get("wp:post_date_gmt", "")),
        "layout": "page" if is_page else "",
        "draft": True if _STATUS.get(status) == "draft" else "",
        "publish": False if status == "private" or values.get("wp:post_password") else "",
        "sticky": 1 if values.get("wp:is_sticky") == "1" else "",
        "authors": (authors.get(creator, creator),) if len(authors) > 1 and creator else (),
        "categories": _names(item, "category"),
        "tags": _names(item, "post_tag"),
        "summary": " ".join(re.sub(r"<[^<>]*>", " ", unescape(values.get("excerpt:encoded", ""))).split()),
        "cover": _cover(item, path, context),
        "aliases": aliases(unquote(old)) if not urlsplit(link).query else (),
    }
    html = _html(values.get("content:encoded", ""), context)
    body = as_markdown(html, lambda url, kind: _address(url, kind, path, context)).replace(_CUT, "<!-- more -->")
    return ImportedNote(path, fields, body)


def _date(local: str, gmt: str) -> str:
    """Return when a post was published, in the time zone of the blog."""
    try:
        here = datetime.strptime(local, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - its zone is what comes next
    except ValueError:
        return ""
    try:
        there = datetime.strptime(gmt, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return f"{here:%Y-%m-%d %H:%M:%S}"
    offset = here - there
    if abs(offset) > timedelta(hours=15):
        return f"{here:%Y-%m-%d %H:%M:%S}"
    zone = UTC if not offset else timezone(offset)
    return here.replace(tzinfo=zone).isoformat(sep=" ")


def _names(item: Item, domain: str) -> tuple[str, ...]:
    names = (unescape(term.name) for term in item.terms if term.domain == domain and term.slug != "uncategorized")
    return tuple(dict.fromkeys(filter(None, names)))


def _terms(items: list[Item]) -> Iterator[tuple[str, str]]:
    """Yield the old address of each list of a category or tag, and the one it has here."""
    for term in {term: None for item in items for term in item.terms if term.slug}:
        slug = unquote(term.slug)
        if term.domain in {"category", "post_tag"} and slug != "uncategorized":
            old, new = ("category", "categories") if term.domain == "category" else ("tag", "tags")
            yield f"/{old}/{slug}/", f"/{new}/{unescape(term.name).replace(' ', '-')}/"


def _cover(item: Item, path: str, context: _Context) -> str:
    picture = context.by_id.get(item.meta.get("_thumbnail_id", ""))
    address = picture.values.get("wp:attachment_url", "") if picture else ""
    return _address(address, "image", path, context) if address else ""


def _address(address: str, kind: str, home: str, context: _Context) -> str:
    """Return what an address of the old blog is in a note: a file of the export, another note, or itself."""
    parts = urlsplit(address.strip())
    is_own = (
        not parts.netloc or parts.netloc.removeprefix("www.") == context.host or ".files.wordpress.com" in parts.netloc
    )
    if is_own and kind == "link" and (note := context.by_address.get(_local(address))):
        return relative(note, home) + (f"#{parts.fragment}" if parts.fragment else "")
    end = unquote(parts.path).partition("uploads/")[2] or posixpath.basename(unquote(parts.path))
    for name in dict.fromkeys((_SIZED.sub("", end), end)):  # the picture itself, before a smaller copy of it
        if is_own and (source := context.uploads.get(name)):
            folder, base = posixpath.split(name)
            target = context.used.setdefault(source, posixpath.join(UPLOADS, folder, base))
            return relative(target, home)
    if kind == "image" and parts.netloc:
        context.remote.append(address)
    return address.strip().replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _html(content: str, context: _Context) -> str:
    """Return the HTML of a post: shortcodes are put into HTML, paragraphs of classic text are marked."""
    is_classic = "<!-- wp:" not in content
    content = replaced(content, _MORE, _comment_end, lambda _match, _words: f"\n\n<p>{_CUT}</p>\n\n")
    content = replaced(content.replace("<!--nextpage-->", ""), _SOURCE, _shortcode_end, _source)
    content = replaced(content, _CAPTION, lambda _match: r"\[/caption\]", _captioned)
    content = _FILM.sub(_film, content)
    content = _GALLERY.sub(lambda match: _gallery(match, context), content)
    content = replaced(content, _COMMENT, _comment_end, lambda _match, _words: "")
    parts = split(content, _PRE, code_end)
    for part in parts[::2]:
        context.unknown += [match["name"] for match in _SHORTCODE.finditer(part) if match["name"] not in _FORMULAS]
    if is_classic:
        parts = _paragraphs(parts)
    return "".join(parts)


def _paragraphs(parts: list[str]) -> list[str]:
    """Return classic text with its paragraphs, as WordPress shows it (wpautop); odd parts are left as they are."""
    joined = "".join(part if number % 2 == 0 else f"\n\n\ue011{number}\ue012\n\n" for number, part in enumerate(parts))
    blocks = []
    for block in re.split(r"\n\s*\n", joined.replace("\r", "")):
        if not block.strip() or _BLOCK.match(block) or block.startswith("\ue011"):
            blocks.append(block)
        else:
            lines = re.sub(r"(?<!>)\n|(?<=br>)\n|(?<=/>)\n", "<br/>\n", block.strip()).replace("<br><br/>", "<br/>")
            blocks.append(f"<p>{lines}</p>")
    text = "\n\n".join(blocks)
    return [re.sub("\ue011(\\d+)\ue012", lambda match: parts[int(match[1])], text)]


def _comment_end(_match: re.Match[str]) -> str:
    return "-->"


def _shortcode_end(match: re.Match[str]) -> str:
    return rf"\[/{match['tag']}\]"


def _source(match: re.Match[str], inside: str) -> str:
    named = re.search(r"(?:language|lang)\s*=\s*[\"']?([\w+#-]+)", match["options"])
    tag = match["tag"]
    language = named[1] if named else "" if tag in {"code", "sourcecode", "plain"} else tag
    code = unescape(re.sub(r"</?p>|<br ?/?>", "", inside)).strip("\n")
    return f'\n\n<pre><code class="language-{escape(language)}">{escape(code)}</code></pre>\n\n'


def _captioned(_match: re.Match[str], inside: str) -> str:
    picture = _PICTURE.search(inside)
    if picture is None:
        return inside
    words = inside[picture.end() :].strip()
    return f"\n\n<figure>{picture[0]}<figcaption>{words}</figcaption></figure>\n\n"


def _film(match: re.Match[str]) -> str:
    address = _ADDRESS.search(f"{match['inside'] or ''} {match['options']}")
    return f'\n\n<iframe src="{escape(unescape(address[0]))}"></iframe>\n\n' if address else match[0]


def _gallery(match: re.Match[str], context: _Context) -> str:
    numbers = re.search(r"ids\s*=\s*[\"']?([\d,\s]+)", match["options"])
    items = [context.by_id.get(number.strip()) for number in (numbers[1].split(",") if numbers else ())]
    pictures = [item.values.get("wp:attachment_url", "") for item in items if item]
    return "\n\n" + "\n\n".join(f'<p><img src="{escape(url)}"/></p>' for url in pictures if url) + "\n\n"


def _remarks(items: list[Item], paths: Mapping[str, str], context: _Context) -> Iterator[str]:
    comments = sum(item.comments for item in items)
    if comments:
        yield f"comments: {comments} stay behind; notegen shows those of giscus, waline and others (`comments:`)"
    yield from counted(context.remote, "pictures that stay at their addresses")
    yield from counted(context.unknown, "shortcodes of plugins that stay as text")
    others = {item.values.get("wp:post_type", "") for item in items} - {"post", "page", "attachment"}
    yield from counted(sorted(filter(None, others)), "kinds of items that are no notes")
    locked = [path for item, path in _kept(items, paths) if item.values.get("wp:post_password")]
    yield from counted(locked, "notes with a password, which are private here")
    queries = [item.values["link"] for item, _ in _kept(items, paths) if "?" in item.values.get("link", "")]
    yield from counted(queries, "old addresses with a query, which no file can answer")
