"""Writes docs/content/reference/templates.md: what each template receives, generated from the types and their comments.

Run `python scripts/template_docs.py` after a change to pages.py, site.py, theme.py or strings.py of notegen/model/, or
to what shortcodes get;
tests/house/test_template_docs.py fails until then.
"""

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from notegen.jinja.filters import FILTERS
from notegen.model.pages import PageValue
from notegen.model.site import SiteInfo, Term
from notegen.model.theme import CardStyle, CodeColors, ThemeSettings
from notegen.read.shortcodes.templates import NoteFacts
from notegen.reference.comments import field_comments, summary

FILE = Path(__file__).parent.parent / "docs" / "content" / "reference" / "templates.md"
HEAD = """\
---
title: What templates receive
description: Every template of a theme, and the values it may read.
---

<!-- Generated from notegen/model/pages.py, site.py and theme.py by `python scripts/template_docs.py`; do not edit. -->

Templates are Jinja 2. They get values, never functions that fetch, and an undefined name is an error at its line.
A string of the type `Html` is finished HTML, shown with `| safe`; a `Url` is percent-encoded and has the base path
or a host; any other `str` is plain text.

Besides `page`, every template may read:

| name | is |
| --- | --- |
| `site` | [SiteInfo](#siteinfo) |
| `categories`, `tags` | tuples of [Term](#term), most used first; reading one makes the page depend on every note |
| `assets` | addresses of the theme's files by name: `main.css`, `main.js`, `favicon.svg`, … |
| `t` | words in the site's language, from `i18n/` |
| `options` | the theme's options: the defaults of `theme.yaml` with `theme_options` of `site.yaml` |
| `data` | what files in `data/` hold (YAML, JSON, TOML, CSV): `data.papers`; a page depends on those that it names |
| `inject`, `stylesheets` | HTML that `inject:` of `site.yaml` adds, by place; URLs of the style sheets under `css:` |

A site's own layer (`theme: [mine, transmission]`) wins file by file: `themes/mine/templates/note.html` is used in place
of the shipped one, and `{% extends "!transmission/note.html" %}` in it reaches the one it shadows. The same holds for
`static/` and single labels in `i18n/`.

## Shortcodes

`shortcodes/paper.html` of the site, or of a layer of its theme, answers `{{< paper … >}}`, `{{% paper … %}}`,
`{% paper … %}` and `::: paper …` in notes, alone or around text up to `{{< /paper >}}`, `{% endpaper %}` or `:::`. It
goes before what notegen knows by that name; `raw`, `comment`, `highlight`, `codeblock` and `math` cannot be replaced.

| name | is |
| --- | --- |
| `args` | what stands in the tag: `args[0]` by position, `args.id` by name in small letters; `args.get("id", "")` |
| `body` | what the tag encloses, as finished HTML; empty where it encloses nothing |
| `note` | [NoteFacts](#notefacts): what front matter says |
| `data` | as above |
| `inline` | whether it stands in a sentence, and not as a block |
| `number` | how many shortcodes of this name the note has up to here, from 1 |

What it writes is HTML: local links and pictures in it are resolved and checked like those of the note, and it is never
read as Markdown. `body` is shown as it is or not at all. `{% include "other.html" %}` reaches the other files of the
folder. Excerpts leave blocks out, and show of a shortcode in a sentence its body, or else the words of what it writes.
These templates run in Jinja's sandbox. A note is read again when a template or a data file that it uses changes.
"""
SETTINGS = """
## theme.yaml

The data of a theme that are no template. Each layer may have one: lower layers' files come first in `css` and `js`, and
in all else the upper layer wins, key by key. So a site's own layer changes one colour with
`social_card: {background: "#123456"}`.
"""
FIELD_HEAD = "| field | type | default | meaning |\n| --- | --- | --- | --- |\n"


def contract() -> str:
    """Return the whole document."""
    pages = get_args(PageValue)
    structs: dict[str, type[Any]] = {}
    for struct in (*pages, SiteInfo, Term):
        _collect(struct, structs)
    others = [item for name, item in sorted(structs.items()) if item not in pages]
    parts = [HEAD, "\n## Templates and their page\n\n| template | `page` is |\n| --- | --- |\n"]
    parts += [
        f"| `{name}` | [{page.__name__}](#{page.__name__.lower()}) |\n" for name, page in sorted(_templates(pages))
    ]
    parts += ["\n## Values of `page`\n", *(_struct(item, structs) for item in pages)]
    parts += ["\n## Values inside them\n", *(_struct(item, structs) for item in others)]
    settings = {struct.__name__: struct for struct in (ThemeSettings, CodeColors, CardStyle)}
    parts += [
        _struct(NoteFacts, {"NoteFacts": NoteFacts}),
        SETTINGS,
        *(_struct(item, settings) for item in settings.values()),
    ]
    parts += ["\n## Filters\n\nBesides Jinja's own, without `random`:\n\n", *_filters()]
    return "".join(parts)


def _templates(pages: tuple[type[Any], ...]) -> Iterator[tuple[str, type[Any]]]:
    """Yield each template that a page's docstring names, with the type of the page."""
    for page in pages:
        for name in re.findall(r"\b[\w-]+\.(?:html|xml|txt|json|bib|md)\b", inspect.getdoc(page) or ""):
            yield name, page


def _collect(struct: type[Any], found: dict[str, type[Any]]) -> None:
    """Put a struct and all that its fields hold into `found`."""
    if struct.__name__ in found:
        return
    found[struct.__name__] = struct
    waiting = list(get_type_hints(struct).values())
    while waiting:
        hint = waiting.pop()
        waiting += get_args(hint)
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            _collect(hint, found)


def _struct(struct: type[Any], known: dict[str, type[Any]]) -> str:
    rows = "".join(_row(*field, known) for field in _fields(struct))
    return f"\n### {struct.__name__}\n\n{summary(struct)}\n\n{FIELD_HEAD}{rows}"


def _row(name: str, kind: str, default: str, comment: str, known: dict[str, type[Any]]) -> str:
    links = "".join(f" [{item}](#{item.lower()})" for item in dict.fromkeys(re.findall(r"\w+", kind)) if item in known)
    shown = f"`{default}`" if default else "required"
    cells = (f"`{name}`", links.strip() if kind in known else f"`{kind}`{links}", shown, comment)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _fields(struct: type[Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield name, type, default and comment of each field and property, as the source has them."""
    for field in field_comments(struct):
        default = re.sub(r"^(?:Html|Url)\((.*)\)$", r"\1", field.default)  # a string
        if field.kind != "ResolvedBody":  # what a property is made of
            yield field.name, field.kind, default, field.comment


def _filters() -> Iterator[str]:
    for name, function in sorted(FILTERS.items()):
        doc = re.sub(r"\s*\n\s*", " ", (inspect.getdoc(function) or "").split("\n\n")[0])
        yield f"- `{name}{inspect.signature(function)}`: {doc}\n"


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(contract(), encoding="utf-8")
    sys.stdout.write(f"{FILE}\n")
