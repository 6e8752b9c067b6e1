"""What site.yaml may say beyond the types of Config: names of other generators, checks of one value."""

import posixpath
import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from notegen.dialects.find import find_dialect
from notegen.model.codes import CODES
from notegen.model.config import LanguageConfig, MenuItem, Person
from notegen.routes.urls import with_slash
from notegen.scan.config.address_rules import pages, permalink, permalinks, redirects, separator
from notegen.scan.config.editors import EDITORS, editor_pattern
from notegen.scan.config.values import InvalidValue
from notegen.system.time_zones import find_zone, nearest_zone
from notegen.text.characters import CONTROL
from notegen.text.languages import is_language, language_hint
from notegen.text.notation import bare_symbol, read_meanings
from notegen.text.patterns import lazy_regex
from notegen.text.scholarly import read_orcid
from notegen.text.suggestions import close_matches

# Keys of other generators -> ours, by dotted path; `url` with `root` or `baseurl` is put together in load_config.
ALIASES = {
    "baseURL": "base_url",
    "url": "base_url",
    "lang": "language",
    "languageCode": "language",
    "per_page": "paginate",
    "summary": "excerpt",
    "extra": "params",
    "feed.filename": "feed.filenames",
    "highlight.theme": "highlight.style",
    "highlight.dark_theme": "highlight.dark_style",
}
_LANGUAGE = lazy_regex(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_ADDRESS = lazy_regex(r"(?i:https?)://[\w.-]+(:[0-9]+)?(/.*)?|/([^/].*)?")
_SEVERITIES = ("off", "info", "warning", "error")
_CONTROLS = lazy_regex(f"[{CONTROL}]")
_UNSAFE = lazy_regex(rf"[{CONTROL} \\]")


def base_url(value: str) -> str | InvalidValue:
    """An address with scheme and host, or the path of the site alone; it ends with a slash."""
    if not value:
        return value
    if _UNSAFE.search(value) or "?" in value or "#" in value:
        return InvalidValue("an address without spaces, ? and #")
    if not _ADDRESS.fullmatch(value):
        guess = re.sub(r"^([a-z]+:)?/*", "", value, flags=re.IGNORECASE)
        hint = f"did you mean https://{guess}?" if "." in guess else ""
        return InvalidValue("http://… or https://…, or a path that begins with /", hint)
    return with_slash(value)


def timezone(value: str) -> str | InvalidValue:
    """An IANA zone."""
    if find_zone(value):
        return value
    near = nearest_zone(value)
    return InvalidValue(
        "a time zone of the IANA database", f"did you mean {near}?" if near else "for example Asia/Shanghai"
    )


def language(value: str) -> str | InvalidValue:
    """A BCP 47 tag, by its shape."""
    if _LANGUAGE.fullmatch(value):
        return value
    dashed = value.strip().replace("_", "-")
    return InvalidValue("a language tag", f"did you mean {dashed if _LANGUAGE.fullmatch(dashed) else 'zh-CN'}?")


def languages(value: tuple[LanguageConfig, ...]) -> tuple[LanguageConfig, ...] | InvalidValue:
    """Languages that differ in their tags and in the folders of their addresses, which are parts of a path."""
    tags = [item.tag.lower() for item in value]
    paths = [item.path for item in value if item.path]
    wrong = next((item.tag for item in value if not is_language(item.tag)), None)
    if wrong is not None:
        return InvalidValue("a list of language tags, or of mappings with `tag`", language_hint(wrong))
    if len(set(tags)) < len(tags) or len(set(paths)) < len(paths):
        return InvalidValue("languages that are given once, each with a `path` of its own")
    if any(not re.fullmatch(r"[\w-]+", path) for path in paths):
        return InvalidValue("languages whose `path` is one part of an address, such as en")
    return value


def folder(value: str) -> str | InvalidValue:
    """A folder inside the site."""
    path = posixpath.normpath(value.replace("\\", "/"))
    outside = path.startswith(("/", "~")) or ".." in path.split("/") or re.match(r"[A-Za-z]:", path)
    if not value or outside or _CONTROLS.search(value):
        return InvalidValue("a folder inside the site, without ..")
    return path


def output_folder(value: str) -> str | InvalidValue:
    """A folder anywhere."""
    return value if value.strip() and not _CONTROLS.search(value) else InvalidValue("a folder")


def dialect(value: str) -> str | InvalidValue:
    """The name of a program whose habits are known."""
    if not value or find_dialect(value.lower()):
        return value.lower()
    from notegen.dialects.programs.all import DIALECTS

    keys = [item.key for item in DIALECTS]
    return InvalidValue("one of " + ", ".join(sorted(keys)), _near(value.lower(), keys))


def theme(value: tuple[str, ...]) -> tuple[str, ...] | InvalidValue:
    """Names of theme folders."""
    bad = not value or any(name in {"", ".", ".."} or re.search(rf"[/\\{CONTROL}]", name) for name in value)
    return InvalidValue("names of theme folders") if bad else value


def menu(value: tuple[MenuItem, ...]) -> tuple[MenuItem, ...] | InvalidValue:
    """Site paths and web addresses."""
    bad = [x.url for x in value if not re.match(r"/|#|https?://|mailto:", x.url) or _UNSAFE.search(x.url)]
    return InvalidValue(f"addresses that begin with / or https://, not {bad[0]!r}") if bad else value


def filenames(value: tuple[str, ...]) -> tuple[str, ...] | InvalidValue:
    """Paths of files below the output folder."""
    names = tuple(name.lstrip("/") for name in value)
    bad = not names or any(_UNSAFE.search(x) or {"", ".", ".."} & set(x.split("/")) for x in names)
    return InvalidValue("names of files, such as atom.xml") if bad else names


def filename(value: str) -> str | InvalidValue:
    """The path of a file below the output folder, or nothing."""
    names = filenames((value,)) if value else ("",)
    return names if isinstance(names, InvalidValue) else names[0]


def host(value: str) -> str | InvalidValue:
    """The address of another server, without a slash at its end; nothing for none."""
    if value and (not re.match(r"(?i:https?)://[\w.-]", value) or _UNSAFE.search(value) or set(value) & set("\"'<>?#")):
        return InvalidValue("an address that begins with https://")
    return value.rstrip("/")


def plain_word(value: str) -> str | InvalidValue:
    """A name or token as another program gives it."""
    return value if re.fullmatch(r"[\w.,:/-]*", value) else InvalidValue("a name without spaces and quotes")


def repository(value: str) -> str | InvalidValue:
    """A repository of GitHub."""
    if value and not re.fullmatch(r"[\w.-]+/[\w.-]+", value):
        return InvalidValue("owner/name of a repository on GitHub")
    return value


def editor(value: str) -> str | InvalidValue:
    """The name of an editor, or an address with the scheme of one."""
    if editor_pattern(value):
        return value
    expected = f"one of {', '.join(EDITORS)}, or an address of one with {{file}}"
    return InvalidValue(expected, _near(value.lower(), EDITORS))


def _near(word: str, names: Iterable[str]) -> str:
    near = close_matches(word, names, 1)
    return f"did you mean {near[0]}?" if near else ""


def check_rules(value: dict[str, str]) -> dict[str, str] | InvalidValue:
    """Severities of the rules of `notegen check`."""
    names = sorted(code.removeprefix("check-") for code in CODES if code.startswith("check-"))
    unknown = next((name for name in value if name not in names), None)
    if unknown is not None:
        hint = _near(unknown.removeprefix("check-"), names)
        if unknown in CODES and not hint:
            hint = f"builds tell {unknown}, too; `<!-- notegen-ignore {unknown} -->` silences it at a line"
        return InvalidValue("a mapping of " + ", ".join(names), hint, unknown)
    for rule, severity in value.items():
        if severity not in _SEVERITIES:
            return InvalidValue("a mapping of rules to " + ", ".join(_SEVERITIES), _near(severity, _SEVERITIES), rule)
    return value


def people(value: tuple[Person, ...]) -> tuple[Person, ...] | InvalidValue:
    """Authors with a name; an ORCID may be its address. Their own addresses are links on pages: no script is one."""
    bad = [person.url for person in value if not re.match(r"(?i:https?)://|/|$", person.url)]
    if bad:
        return InvalidValue(f"a list of people, the url of each an address that begins with https://, not {bad[0]!r}")
    if any(person.orcid and not read_orcid(person.orcid) for person in value):
        return InvalidValue("a list of people, an ORCID written as 0000-0002-1825-0097")
    return tuple(msgspec.structs.replace(person, orcid=read_orcid(person.orcid)) for person in value)


def notation(value: dict[str, Any]) -> dict[str, Any] | InvalidValue:
    """What symbols mean, by language."""
    table = {bare_symbol(symbol): (symbol, read_meanings(meaning)) for symbol, meaning in value.items()}
    wrong = next((symbol for symbol, meanings in table.values() if meanings is None), None)
    if wrong is not None:
        return InvalidValue("a mapping of symbols to what they mean: text, or `language: text`", key=wrong)
    return {symbol: meanings for symbol, (_, meanings) in table.items()}


def citation_style(value: str) -> str | InvalidValue:
    """The name of a style, or the path of a .csl file in the site."""
    if value.endswith(".csl"):
        is_inside = not value.startswith(("/", "~")) and ".." not in value.split("/") and "\\" not in value
        return value if is_inside else InvalidValue("the path of a .csl file in the site, without ..")
    if re.fullmatch(r"[a-z0-9-]+", value):
        return value
    return InvalidValue("numeric, author-year, apa, ieee, gb-7714-numeric or the like, or a .csl file of the site")


def extensions(value: tuple[str, ...]) -> tuple[str, ...] | InvalidValue:
    """Names of modules, each once."""
    wrong = next((name for name in value if not re.fullmatch(r"[A-Za-z_][\w-]*", name)), None)
    if wrong is not None:
        return InvalidValue(f"names of modules in extensions/, without .py and /, not {wrong!r}")
    return tuple(dict.fromkeys(value))


CHECKS: dict[str, Callable[[Any], Any]] = {
    "base_url": base_url,
    "timezone": timezone,
    "language": language,
    "languages": languages,
    "authors": people,
    "notation": notation,
    "dialect": dialect,
    "content_dir": folder,
    "static_dir": folder,
    "themes_dir": folder,
    "data_dir": folder,
    "extensions": extensions,
    "output_dir": output_folder,
    "citations.style": citation_style,
    "permalink": permalink,
    "permalinks": permalinks,
    "redirects": redirects,
    "addresses.pages": pages,
    "addresses.spaces": separator,
    "addresses.category_spaces": separator,
    "theme": theme,
    "check.rules": check_rules,
    "menu": menu,
    "feed.filenames": filenames,
    "feed.rss": filename,
    "feed.json": filename,
    "comments.giscus.repo": repository,
    "comments.giscus.host": host,
    "comments.utterances": repository,
    "comments.utterances_host": host,
    "comments.waline": host,
    "comments.waline_client": host,
    "comments.twikoo": plain_word,
    "comments.twikoo_client": host,
    "comments.artalk": host,
    "comments.isso": host,
    "statistics.goatcounter": host,
    "statistics.umami": plain_word,
    "statistics.umami_host": host,
    "statistics.plausible": plain_word,
    "statistics.plausible_host": host,
    "statistics.cloudflare": plain_word,
    "statistics.cloudflare_host": host,
    "serve.editor": editor,
}
