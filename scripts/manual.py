"""Writes what the manual has from the code: its reference pages, and the result below each example of other pages.

Run `python scripts/manual.py` after a change to commands, settings, keys, diagnostics or to an example in docs/content;
tests/reference/test_manual.py fails until then.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from notegen.cli.commands import cli
from notegen.dialects.programs.all import DIALECTS
from notegen.model.codes import CODES
from notegen.reference.explanations import GROUPS, group_text
from notegen.reference.settings import keys, settings

CONTENT = Path(__file__).parent.parent / "docs" / "content"
MADE = "<!-- Written by `python scripts/manual.py`; do not edit. -->"
COMMANDS = """\
`notegen --help` and `notegen COMMAND --help` print the same. Exit codes: 0 clean, 1 errors (or warnings with
`--strict`), 2 wrong usage or configuration, 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP. With errors nothing is written: the
last good site stays, unless `--keep-going`.

To complete commands, options, categories and tags in your shell, put `eval "$(notegen completion bash)"` into
`~/.bashrc`, or `eval "$(notegen completion zsh)"` into `~/.zshrc` behind `compinit`; for fish run
`notegen completion fish > ~/.config/fish/completions/notegen.fish` once."""
SETTINGS = """\
`site.yaml` holds what differs from the defaults; a title is enough. `notegen explain NAME` prints one of these
settings, `notegen explain --settings` all of them. `notegen schema` is what editors complete and check keys with: the
file `.notegen.schema.json` that `notegen init` writes, and the first line of `site.yaml`, do that in editors with a
YAML language server, without a network. `notegen schema > .notegen.schema.json` makes it new after an update."""
KEYS = """\
Keys are the same in small and capital letters, and with `-` or `_`. All other keys are kept for templates."""
PROGRAMS = """\
A folder is one of a program if it has all files of one of its markers. `dialect:` in `site.yaml` names the program, and
the settings below are the defaults then; `site.yaml` may say otherwise."""
RESULT, END = '<div class="result">', "</div><!-- result -->"


def reference() -> dict[str, str]:
    """Return the pages of the reference by their paths below the content folder, without templates.md."""
    pages = {
        "commands": _page("Commands", "Every command and option.", _commands()),
        "settings": _page("Settings", "Every setting of site.yaml.", _settings()),
        "front-matter": _page("Front matter", "Every key at the head of a note.", _keys()),
        "programs": _page("Programs", "How folders of other programs are recognised and read.", _programs()),
        **{f"messages/{group.replace('_', '-')}": _messages(group) for group in GROUPS},
    }
    return {f"reference/{name}.md": text for name, text in pages.items()}


def with_results(text: str) -> str:
    """Return a page with the result of each example, a fence with the word `result`, written below it.

    The result is the source of the example once more: the page shows what notegen makes of it.
    """
    lines = text.split("\n")
    written: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        written.append(line)
        opened = re.fullmatch(r"(`{3,})\w+ result", line)
        if not opened:
            continue
        end = lines.index(opened[1], at)
        source = lines[at:end]
        written += [*source, lines[end], "", RESULT, "", *source, "", END]
        at = end + 1
        if lines[at : at + 2] == ["", RESULT]:
            at = lines.index(END, at) + 1
    return "\n".join(written)


def _page(title: str, description: str, parts: Iterator[str]) -> str:
    body = "\n\n".join(parts)
    return f"---\ntitle: {title}\ndescription: {description}\n---\n\n{MADE}\n\n{body}\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    """Return a text as it can stand in a table: signs that Markdown or mathematics would read are escaped."""
    parts = re.split(r"(`[^`]*`)", " ".join(text.split()))
    plain = [re.sub(r"([$\\<*_\[\]{}@%=^~#])", r"\\\1", part) for part in parts[::2]]
    code = [part.replace("|", "\\|") for part in parts[1::2]]
    return "".join(x for pair in zip(plain, [*code, ""], strict=True) for x in pair).replace("&", "&amp;")


def _commands() -> Iterator[str]:
    yield COMMANDS
    yield from _command_sections(cli, "notegen")


def _command_sections(group: click.Group, name: str) -> Iterator[str]:
    for word, command in group.commands.items():
        whole = f"{name} {word}"
        if isinstance(command, click.Group):
            yield from _command_sections(command, whole)
            continue
        context = click.Context(command, info_name=whole)
        arguments = [item.make_metavar(context) for item in command.params if isinstance(item, click.Argument)]
        yield f"## {whole}"
        yield f"```text\n{' '.join([whole, '[OPTIONS]', *arguments])}\n```"
        yield "\n\n".join(_plain(part) for part in (command.help or "").split("\n\n"))
        rows = [_option(item, context) for item in command.params if isinstance(item, click.Option)]
        if rows:
            yield _table(("option", "does"), rows)


def _option(option: click.Option, context: click.Context) -> tuple[str, str]:
    value = "" if option.is_flag else f" {option.make_metavar(context)}"
    names = ", ".join(f"`{name}`" for name in option.opts)
    return (f"{names[:-1]}{value}`" if value else names, option.help or "")


def _plain(text: str) -> str:
    return re.sub(r"([$<*_\[\]{}~#])", r"\\\1", " ".join(text.split())) if "`" not in text else " ".join(text.split())


def _settings() -> Iterator[str]:
    yield SETTINGS
    yield "## The site"
    rows = list(settings())
    sections = {row.name: row for row in rows if not row.kind}
    top = [row for row in rows if row.kind and row.name.rpartition(".")[0] not in sections]
    yield _table(("setting", "default", "meaning"), [(f"`{row.name}`", f"`{row.default}`", row.meaning) for row in top])
    for name, section in sections.items():
        inside = [row for row in rows if row.kind and row.name.rpartition(".")[0] == name]
        yield f"## {name}"
        yield _cell(section.meaning)
        if inside:
            cells = [(f"`{row.name.rpartition('.')[2]}`", f"`{row.default}`", row.meaning) for row in inside]
            yield _table(("setting", "default", "meaning"), cells)


def _keys() -> Iterator[str]:
    yield KEYS
    rows = [(f"`{row.name}`", ", ".join(f"`{name}`" for name in row.others), row.meaning) for row in keys()]
    yield _table(("key", "also written", "meaning"), rows)


def _programs() -> Iterator[str]:
    yield PROGRAMS
    for item in DIALECTS:
        yield f"## {item.name}"
        markers = " or ".join(" and ".join(f"`{path}`" for path in sorted(marker)) for marker in item.markers)
        yield (
            f"`dialect: {item.key}`. Recognised by {markers}. Configuration that is read: "
            + (", ".join(f"`{path}`" for path in item.config_files) or "none")
            + "."
        )
        rows = [(f"`{name}`", f"`{_value(value)}`") for name, value in item.settings.items()]
        if rows:
            yield _table(("setting", "value"), rows)


def _value(value: Any) -> str:
    import msgspec

    return msgspec.json.encode(dict(value) if isinstance(value, Mapping) else value).decode()


def _messages(group: str) -> str:
    """Return the explanations of a group of codes as a page, each with its severity."""
    title, _, text = group_text(group).removeprefix("# ").partition("\n")
    words = {code: f"*{item.severity.name.lower()}*: {item.description}." for code, item in CODES.items()}
    parts = re.split(r"^## ([a-z]+-[a-z0-9-]+)$\n", text.replace("](../reference/", "](../"), flags=re.MULTILINE)
    lines = [parts[0].strip()]
    for code, body in zip(parts[1::2], parts[2::2], strict=True):
        lines += [f"## {code} {{#{code}}}", words[code], body.strip()]
    description = "Messages, what they mean, an example, what to do."
    title = title if "`" in title else f"Messages: {title[0].lower()}{title[1:]}"
    return (
        f'---\ntitle: "{title}"\ndescription: {description}\n---\n\n{MADE}\n\n'
        + "\n\n".join(filter(None, lines))
        + "\n"
    )


def main() -> None:
    """Write the pages."""
    for path, text in reference().items():
        (CONTENT / path).parent.mkdir(parents=True, exist_ok=True)
        (CONTENT / path).write_text(text, encoding="utf-8")
    for file in sorted(CONTENT.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        file.write_text(with_results(text), encoding="utf-8")
    sys.stdout.write(f"{CONTENT}\n")


if __name__ == "__main__":
    main()
