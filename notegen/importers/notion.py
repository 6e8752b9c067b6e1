"""An export of Notion, "Markdown & CSV": pages whose names end in 32 hexadecimal digits, databases as CSV.

Names lose their digits, links and pictures follow; properties of a database's pages become front matter, the database
a page with its table. Formulas stand as `$…$` already.
"""

import csv
import io
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from urllib.parse import unquote

import msgspec

from notegen.importers.archive import Files, text_of
from notegen.importers.imported import (
    FieldValue,
    Import,
    ImportedFile,
    ImportedNote,
    Names,
    UnreadableExportError,
    counted,
    relative,
    safe_name,
)
from notegen.importers.spans import replaced
from notegen.read.syntax.lines import outside_fences
from notegen.text.patterns import lazy_regex

_ID = lazy_regex(r"[ _-]?\b[0-9a-f]{32}\b|[ _-][0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_LINK = lazy_regex(r"(?P<mark>!?)\[(?P<words>[^\[\]\n]*+)\]\((?P<address>(?:[^()\s\n]|\([^()\s\n]*+\)| (?!\"))++)\)")
_ASIDE = lazy_regex(r"<aside>")
_PROPERTY = lazy_regex(r"(?P<name>[^:\n]{1,80}): ?(?P<value>[^\n]*)")
_DATE_FORMS = (
    "%B %d, %Y %I:%M %p",
    "%B %d, %Y",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%b %d, %Y",
    "%m/%d/%Y",
    "%d/%m/%Y",
)
_CHINESE_DATE = lazy_regex(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?: (\d{1,2}):(\d{2}))?")
_FIELDS = {
    "date": (
        "date",
        "publish date",
        "published",
        "publish",
        "published at",
        "日期",
        "发布日期",
        "发布时间",
        "created",
        "created time",
        "创建时间",
        "创建日期",
    ),
    "updated": ("updated", "last edited time", "last edited", "更新时间", "最后编辑时间", "上次编辑时间"),
    "tags": ("tags", "tag", "标签", "multi-select"),
    "categories": ("category", "categories", "分类", "类别", "type", "类型"),
    "summary": ("summary", "description", "excerpt", "摘要", "简介", "描述"),
    "slug": ("slug",),
    "authors": ("author", "authors", "作者"),
    "status": ("status", "状态"),
}
_BY_NAME = {name: field for field, names in _FIELDS.items() for name in names}
_LISTS = frozenset(("tags", "categories", "authors"))
_DATES = frozenset(("date", "updated"))
_UNFINISHED = frozenset(
    ("draft", "草稿", "in progress", "not started", "todo", "to do", "idea", "进行中", "未开始", "未发布")
)
_ROWS = 1_000  # of a table


class _Database(msgspec.Struct, frozen=True):
    """A CSV file: the names of its columns, its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_notion(files: Files) -> Import:
    """Return what an export holds. Raises UnreadableExportError."""
    names = [name for name in files if name.lower().endswith(".md")]
    if not names:
        raise UnreadableExportError("no .md file: export from Notion as “Markdown & CSV”")
    databases = {_folder(name): _database(text_of(files[name])) for name in _tables(files)}
    targets = _targets(files, databases)
    remarks: list[str] = []
    pages = tuple(_page(name, text_of(files[name]), targets, databases, remarks) for name in names)
    lists = tuple(_table(folder, table, targets) for folder, table in databases.items() if table.columns)
    others = [name for name in files if name in targets and not name.lower().endswith((".md", ".csv"))]
    copied = tuple(ImportedFile(targets[name], files[name]) for name in others)
    undated = [page.path for page in pages if "date" not in page.fields]
    return Import(
        (*pages, *lists),
        copied,
        {},
        (*counted(remarks, "properties that stay out"), *counted(undated, "pages without a date")),
    )


def _tables(files: Files) -> Iterator[str]:
    """Yield the CSV files, of two for one database (`x.csv`, `x_all.csv`) the whole one."""
    names = sorted(name for name in files if name.lower().endswith(".csv"))
    for name in names:
        if f"{name[:-4]}_all.csv" not in names:
            yield name


def _folder(name: str) -> str:
    """Return the folder of the pages of a database or page, by the name of its file."""
    return posixpath.splitext(name)[0].removesuffix("_all")


def _database(text: str) -> _Database:
    try:
        rows = list(csv.reader(io.StringIO(text)))
    except csv.Error:
        return _Database((), ())
    return _Database(tuple(rows[0]), tuple(map(tuple, rows[1 : _ROWS + 1]))) if rows else _Database((), ())


def _targets(files: Files, databases: Mapping[str, _Database]) -> dict[str, str]:
    """Return the path below the content folder of each file; of a database that of its page."""
    names, targets = Names(), {}
    for name in sorted(files, key=lambda name: (not name.lower().endswith(".md"), name)):
        if name.lower().endswith((".csv", ".html")):
            continue
        folder, base = posixpath.split(name)
        stem, suffix = posixpath.splitext(base)
        parts = [safe_name(_ID.sub("", part), "page") for part in folder.split("/") if part]
        targets[name] = names.free("/".join((*parts, safe_name(_ID.sub("", stem), "page") + suffix.lower())))
    for folder in databases:
        parts = [safe_name(_ID.sub("", part), "page") for part in folder.split("/")]
        targets[f"{folder}.csv"] = targets[f"{folder}_all.csv"] = names.free("/".join(parts) + ".md")
    return targets


def _page(
    name: str, text: str, targets: Mapping[str, str], databases: Mapping[str, _Database], remarks: list[str]
) -> ImportedNote:
    path = targets[name]
    title, body = _split_title(text, posixpath.splitext(posixpath.basename(path))[0])
    database = databases.get(posixpath.dirname(name))
    fields: dict[str, FieldValue] = {"title": title}
    if database is not None:
        known, body = _properties(body, frozenset(database.columns), remarks)
        fields |= known
    return ImportedNote(path, fields, _linked(_asides(body), name, path, targets))


def _split_title(text: str, name: str) -> tuple[str, str]:
    """Return the title that a page begins with, and what is below."""
    first, _, below = text.lstrip("\n").partition("\n")
    return (first[2:].strip() or name, below) if first.startswith("# ") else (name, text)


def _properties(body: str, columns: frozenset[str], remarks: list[str]) -> tuple[dict[str, FieldValue], str]:
    """Return the properties below a title as front matter, and the rest. Only columns of the database are some."""
    lines = body.lstrip("\n").split("\n")
    fields: dict[str, FieldValue] = {}
    matches = list(_leading(lines, columns))
    for match in matches:
        value, field = match["value"].strip(), _BY_NAME.get(match["name"].strip().casefold(), "")
        if field in _LISTS:
            fields[field] = tuple(filter(None, (item.strip() for item in value.split(","))))
        elif field in _DATES:
            if date := _date(value):
                fields.setdefault(field, date)
        elif field == "status":
            fields["draft"] = True if value.casefold() in _UNFINISHED else ""
        elif field:
            fields[field] = value
        elif value:
            remarks.append(match["name"])
    return fields, "\n".join(lines[len(matches) :])


def _leading(lines: Iterable[str], columns: frozenset[str]) -> Iterator["re.Match[str]"]:
    """Yield the lines that are properties, up to the first that is none."""
    for line in lines:
        match = _PROPERTY.fullmatch(line)
        if match is None or match["name"] not in columns:
            return
        yield match


def _date(value: str) -> str:
    """Return a date as Notion writes them, in ISO 8601; of a span its beginning; "" for none."""
    text = value.split("→", maxsplit=1)[0].strip()
    text = re.sub(r"\((?:GMT|UTC|[A-Z]{2,4})[^()]*+\)$", "", text).strip()
    if match := _CHINESE_DATE.match(text):
        clock = f" {int(match[4]):02}:{match[5]}:00" if match[4] else ""
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}{clock}"
    for form in _DATE_FORMS:
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - the export names no zone: the site's
        except ValueError:
            continue
        return f"{moment:%Y-%m-%d %H:%M:%S}" if "%M" in form else f"{moment:%Y-%m-%d}"
    return ""


def _asides(body: str) -> str:
    """Return a page with callouts for Notion's."""

    def callout(_opening: re.Match[str], inside: str) -> str:
        words = re.sub(r"^[^\w\s$`*\[(<]{1,3}\s*", "", inside.strip())
        return "> [!note]\n" + "\n".join(f"> {line}".rstrip() for line in words.split("\n"))

    return replaced(body, _ASIDE, lambda _match: "</aside>", callout)


def _linked(body: str, name: str, path: str, targets: Mapping[str, str]) -> str:
    """Return a page whose links lead to the files as they are called now."""
    pieces, end = [], 0
    for match in outside_fences(_LINK, body):
        address, _, fragment = match["address"].partition("#")
        there = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address)))
        target = targets.get(there) if address and "://" not in address else None
        if target is not None:
            words = match["words"] if match["mark"] else _ID.sub("", match["words"])
            tail = f"#{fragment}" if fragment else ""
            pieces += [body[end : match.start()], f"{match['mark']}[{words}]({relative(target, path)}{tail})"]
            end = match.end()
    return "".join((*pieces, body[end:]))


def _table(folder: str, database: _Database, targets: Mapping[str, str]) -> ImportedNote:
    """Return the page of a database: its table, with links to the pages of its rows."""
    path = targets[f"{folder}.csv"]
    pages = {
        _ID.sub("", posixpath.splitext(posixpath.basename(name))[0]): target
        for name, target in targets.items()
        if posixpath.dirname(name) == folder
    }

    def cell(number: int, value: str) -> str:
        shown = " ".join(value.split()).replace("|", "\\|")
        target = pages.get(value.strip()) if number == 0 else None
        return f"[{shown}]({relative(target, path)})" if target else shown

    columns = [" ".join(column.split()).replace("|", "\\|") for column in database.columns]
    rows = [[cell(number, value) for number, value in enumerate(row)] for row in database.rows]
    lines = [columns, ["---"] * len(columns), *rows]
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return ImportedNote(path, {"title": posixpath.splitext(posixpath.basename(path))[0], "layout": "page"}, body)
