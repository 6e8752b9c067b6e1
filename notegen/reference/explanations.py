"""What each diagnostic means, an example that provokes it, what to do: diagnostics/*.md, pages of the manual too.

Each `## code` of these files has what it means, fences with a `title` (the files of a site) or with commands of a
shell, and what to do.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from notegen.model.codes import CODES
from notegen.text.patterns import lazy_regex

FOLDER = Path(__file__).parent / "diagnostics"
GROUPS = (
    "settings",
    "files",
    "front_matter",
    "math",
    "links",
    "citations",
    "syntax",
    "extending",
    "notebooks",
    "checks",
    "output",
)  # in order
_HEADING = lazy_regex(r"## ([a-z]+-[a-z0-9-]+)")
_FENCE = lazy_regex(r'(`{3,})\w+(?: title="([^"]+)")?')
_LINK = lazy_regex(r"\[([^][\n]{1,100})\]\([^)\n]{1,200}\)")


class Explanation(msgspec.Struct, frozen=True):
    """The explanation of one code: `meaning` and `remedy` are Markdown.

    `files` are those of a site whose build (`notegen check` where the code begins with check-) reports the code;
    `commands` are what a shell does in its folder in place of that, "" for nothing.
    """

    code: str
    meaning: str
    files: tuple[tuple[str, str], ...]  # path, text
    commands: str
    remedy: str
    group: str


def explanations() -> dict[str, Explanation]:
    """Return the explanation of every code, in the order of the manual."""
    return {item.code: item for group in GROUPS for item in _explanations(group)}


def group_text(group: str) -> str:
    """Return the Markdown of a group of codes, one of GROUPS."""
    return (FOLDER / f"{group}.md").read_text(encoding="utf-8")


def addresses(manual: str) -> dict[str, str]:
    """Return the address of each code's explanation in the manual that is published at `manual`; {} for ""."""
    if not manual:
        return {}
    base = f"{manual.rstrip('/')}/reference/messages"
    return {item.code: f"{base}/{item.group.replace('_', '-')}/#{item.code}" for item in explanations().values()}


def _explanations(group: str) -> Iterator[Explanation]:
    sections: dict[str, list[str]] = {}
    code, fence = "", ""
    for line in group_text(group).splitlines(keepends=True):
        heading = None if fence else _HEADING.fullmatch(line.rstrip())
        if heading:
            code = heading[1]
        else:
            sections.setdefault(code, []).append(line)
        if (opened := _FENCE.match(line)) and not fence:
            fence = opened[1]
        elif line.rstrip() == fence:
            fence = ""
    for code, lines in sections.items():
        if code:
            yield _explanation(code, lines, group)


def _explanation(code: str, lines: Iterable[str], group: str) -> Explanation:
    """Return an explanation from the lines below its heading."""
    meaning, remedy, fence, path = "", "", "", ""
    blocks: list[tuple[str, list[str]]] = []
    for line in lines:
        if fence and line.rstrip() == fence:
            fence = ""
        elif fence:
            blocks[-1][1].append(line)
        elif opened := _FENCE.fullmatch(line.rstrip()):
            fence, path = opened[1], opened[2] or ""
            blocks.append((path, []))
        elif blocks:
            remedy += line
        else:
            meaning += line
    files = tuple((path, "".join(text)) for path, text in blocks if path)
    commands = "".join("".join(text) for path, text in blocks if not path)
    return Explanation(code, meaning.strip(), files, commands, remedy.strip(), group)


def as_text(item: Explanation) -> str:
    """Return an explanation for the terminal: links are their words."""
    code = CODES[item.code]
    head = f"{item.code} ({code.severity.name.lower()}): {code.description}"
    examples = [f"{path}:\n\n{_indented(text)}" for path, text in item.files]
    examples += [f"In a new folder:\n\n{_indented(item.commands)}"] if item.commands else []
    parts = [head, _LINK.sub(r"\1", item.meaning), "Example", *examples, "What to do"]
    return "\n\n".join([*parts, _LINK.sub(r"\1", item.remedy)]) + "\n"


def as_list() -> str:
    """Return a line for each code: its severity and what it says."""
    width = max(map(len, CODES))
    return "".join(
        f"{name:{width}}  {code.severity.name.lower():7}  {code.description}\n" for name, code in sorted(CODES.items())
    )


def _indented(text: str) -> str:
    return "".join(f"    {line}" if line.strip() else line for line in text.splitlines(keepends=True)).rstrip("\n")
