"""Where titles, headings and cells in Chinese may break: between words, as a segmenter finds them.

Style sheets let these break behind punctuation only (`word-break: keep-all`), else they break in the middle of words.
A `<wbr>` stands between words where a segmenter is installed (rjieba, of the extra `chinese`). What is only a part of
a word to a reader stays with it: 的 and 化 with what is before them, 与, 小 and 不 with what is behind, as does any
single character that begins a text or follows a mark or such a word. Terms of the field stay whole (terms.py). A
heading with marks ends its lines at these where they leave parts that fit a line of a phone: 偏差修正与解耦的权重衰减
of “Adam 与 AdamW：…” stays whole.
"""

from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from notegen.cache.fragments import FragmentCache
from notegen.model.digest import digest
from notegen.read.plain_text import inline_text
from notegen.read.syntax.cjk.terms import joined_terms
from notegen.text.cjk import IDEOGRAPHS, LONGEST_TEXT, width
from notegen.text.patterns import lazy_regex

SHORT = 6  # width in Han characters of a text that needs no breaks
LINE = 12  # of the title of a note on a phone
_WHOLE = 3  # characters between marks: most such words are whole, and rjieba need not begin for them
# Words of one character that begin a phrase; any other one ends it.
_FIRST = frozenset(
    "与和及或在从由到对按为把被让用将以向给跟同比是就也都又还不没无未非可要能会最更很每各这那其双单多一二三两某第"
    "大小深浅高低长短新旧负超半"
)
_PARTICLES = frozenset("的地得了着过")
Phrases = Callable[[str], list[str]]  # a text -> the pieces between which it may break
_MARK = lazy_regex(r"(?<=[：，；。？！])(?=.)")  # a line ends there anyway
_HAN = lazy_regex(f"[{IDEOGRAPHS}]")
_BETWEEN = lazy_regex(r"([^\w+#&.%-])")  # what is a word of rjieba by itself


def set_word_breaks(tokens: Sequence[Token], phrases_of: Phrases) -> Sequence[Token]:
    """Put breaks into all headings and cells of tables; return the same tokens."""
    for index, token in enumerate(tokens):
        if token.type in {"heading_open", "th_open", "td_open"} and index + 1 < len(tokens):
            inline = tokens[index + 1]
            if inline.children:
                is_heading = token.type == "heading_open"
                inline.children = with_word_breaks(inline.children, phrases_of, LINE if is_heading else 0)
    return tokens


def with_word_breaks(children: list[Token], phrases_of: Phrases, line: float = LINE) -> list[Token]:
    """Return inline tokens with a token `word_break` between words of their text, unless all of it is short.

    `line`: the width in Han characters up to which what stands between marks is left whole.
    """
    whole = inline_text(children)[:LONGEST_TEXT]
    if width(whole) <= SHORT:
        return children
    line = line if _MARK.search(whole) else 0
    return [
        piece
        for child in children
        for piece in (_broken(child, phrases_of, line) if child.type == "text" else (child,))
    ]


def _broken(text: Token, phrases_of: Phrases, line: float) -> Iterator[Token]:
    pieces = [""]
    for part in _MARK.split(text.content):
        is_whole = width(part[:LONGEST_TEXT]) <= line or not _HAN.search(part)
        first, *others = (part,) if is_whole else phrases_of(part)
        pieces = [*pieces[:-1], pieces[-1] + first, *others]
    for number, phrase in enumerate(pieces):
        if number:
            yield Token("word_break", "wbr", 0, level=text.level)
        yield Token("text", "", 0, level=text.level, content=phrase, meta=text.meta)


def cached_phrases(fragments: FragmentCache) -> Phrases:
    """Return `phrases` with the words between spaces and marks kept among a note's fragments.

    rjieba takes a tenth of a second to begin: it does so where one of these is new.
    """

    def recall(text: str) -> list[str]:
        key = digest("words", text)
        if stored := fragments.get(key):
            return stored.split("\n")
        words = segmented(text)
        fragments.put(key, "\n".join(words))
        return words

    return lambda text: phrases(text, recall)


def segmented(text: str) -> list[str]:
    """Return the words of a text, as rjieba finds them."""
    import rjieba

    return list(rjieba.cut(text))


def phrases(text: str, words_of: Phrases = segmented) -> list[str]:
    """Return a text in the pieces between which it may break: where both sides are letters, one of them Han.

    `words_of`: of what stands between spaces and marks. It is asked where there may be a break.
    """
    words: list[str] = []
    before, is_whole = "", True
    for part in filter(None, _BETWEEN.split(text)):
        if _can_break(part, before) and _HAN.search(part):
            words += words_of(part)
            is_whole = False
        else:
            words.append(part)
        before = part
    return [text] if is_whole else list(joined_terms([*_joined(words)]))


def _can_break(part: str, before: str) -> bool:
    """Return whether what stands between marks could break if its words were any: 策略 and 归一化 are whole anyway.

    `before`: the mark before it. What follows from `_may_break` for two and three characters.
    """
    if len(part) > _WHOLE:
        return True
    behind_one = len(part) == _WHOLE and (before.isspace() or part[0] in _PARTICLES)
    return len(part) > 1 and (behind_one or part[-1] in _FIRST)


def _joined(words: Sequence[str]) -> Iterator[str]:
    phrase = ""
    for index, word in enumerate(words):
        if phrase and _may_break(words, index):
            yield phrase
            phrase = ""
        phrase += word
    yield phrase


def _may_break(words: Sequence[str], index: int) -> bool:
    """Return whether a line may end before a word, which is not the first one."""
    before, word = words[index - 1], words[index]
    if not _is_pair(before[-1:] + word[:1]) or before in _FIRST:
        return False
    earlier = words[index - 2] if index > 1 else ""
    begins = earlier in _FIRST or not (earlier[-1:].isalnum() or earlier[-1:].isspace())
    if begins and len(before) == 1 and before not in _PARTICLES:
        return False
    return len(word) > 1 or (word in _FIRST and index + 1 < len(words))


def _is_pair(letters: str) -> bool:
    """Return whether two characters are letters of Chinese, or one of them a Latin letter or a digit."""
    return bool(_HAN.search(letters)) and all(_HAN.match(one) or (one.isascii() and one.isalnum()) for one in letters)
