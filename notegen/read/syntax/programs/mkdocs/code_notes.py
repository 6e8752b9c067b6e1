"""Notes about lines of code: `# (1)!` of Material for MkDocs and `# <1>` of Quarto, with a list below; ids of lines.

Where a fence is followed by a numbered list, the marks at the ends of its lines become circled numbers, and the fence
has the option NOTES. `# (1)` without a sign counts only where the marks and the list have the same numbers.

Source: Material for MkDocs, "Code blocks", the section "Adding annotations"; Quarto docs, "Code Annotation".
"""

from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.code.options import NOTES, read_options
from notegen.read.syntax.rule import BEFORE_INLINE, Rule
from notegen.read.token_data import LINE_IDS, LineIds
from notegen.text.patterns import lazy_regex

_SIGNS = (")!", "(1)", "<1>", "anchor", "Anchor")
_MARK = lazy_regex(r"\((?P<round>\d{1,3})\)(?P<sure>!?)\Z|<(?P<pointed>\d{1,3})>\Z")
_COMMENTS = ("<!--", "#", "//", "--", "%", ";", "/*")  # one that is the end of another stands behind it
_CLOSERS = ("*/", "-->")
_LONGEST = 6  # characters of a mark


def _code_notes(state: StateCore) -> None:
    blocks = 0
    for index, token in enumerate(state.tokens):
        if token.type != "fence":
            continue
        if "anchor" in token.info.lower() and (prefix := read_options(token.info).anchors):
            blocks += prefix == "L"
            LINE_IDS.set(token, _line_ids(token, f"L{blocks}-" if prefix == "L" and blocks > 1 else prefix))
        following = state.tokens[index + 1] if index + 1 < len(state.tokens) else token
        is_list = following.type == "ordered_list_open" and following.level == token.level
        if is_list and any(sign in state.src for sign in _SIGNS):
            _mark(token, following, _items(state.tokens, index + 1))


def _line_ids(fence: Token, prefix: str) -> LineIds:
    return LineIds(prefix, read_options(fence.info).start, max(1, fence.content.rstrip("\n").count("\n") + 1))


def _items(tokens: Sequence[Token], start: int) -> int:
    """Return the number of items of the list that begins at an index."""
    count, level = 0, tokens[start].level
    for index in range(start + 1, len(tokens)):
        if tokens[index].level == level and tokens[index].type == "ordered_list_close":
            break
        count += tokens[index].type == "list_item_open" and tokens[index].level == level + 1
    return count


def _mark(fence: Token, numbered: Token, items: int) -> None:
    """Take the marks out of a fence and say in its info string where they were."""
    lines: list[str] = []
    notes: list[tuple[int, int]] = []
    certain = False
    for number, line in enumerate(fence.content.split("\n"), start=1):
        text, marks, sure = _without_marks(line)
        lines.append(text)
        notes += [(number, mark) for mark in marks]
        certain = certain or sure
    numbers = {note for _, note in notes}
    if not numbers or max(numbers) > items or not (certain or numbers == set(range(1, items + 1))):
        return
    fence.content = "\n".join(lines)
    fence.info = f'{fence.info or "text"} {NOTES}="{" ".join(f"{line}:{note}" for line, note in notes)}"'
    numbered.attrJoin("class", "code-notes")


def _without_marks(line: str) -> tuple[str, list[int], bool]:
    """Return a line without the marks at its end, their numbers, and whether they can be nothing else."""
    text = line.rstrip()
    closer = next((closer for closer in _CLOSERS if text.endswith(closer)), "")
    text = text.removesuffix(closer).rstrip()
    marks: list[int] = []
    sure = False
    while mark := _MARK.search(text, max(0, len(text) - _LONGEST)):
        marks.insert(0, int(mark["round"] or mark["pointed"]))
        sure = sure or bool(mark["sure"] or mark["pointed"])
        text = text[: mark.start()].rstrip()
    if not marks or not any(sign in text for sign in _COMMENTS):
        return line, [], False
    bare = next((text.removesuffix(sign) for sign in _COMMENTS if text.endswith(sign)), None)
    return (bare.rstrip() if bare is not None else f"{text} {closer}".rstrip()), marks, sure


CODE_NOTES = Rule("core", "code_notes", _code_notes, before=BEFORE_INLINE)
