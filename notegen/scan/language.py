"""The language of notes, guessed from their letters, of Latin ones from their most frequent words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

import msgspec

from notegen.model.config import Config, LanguageConfig
from notegen.model.source import SourceFile
from notegen.routes.languages import find_language
from notegen.text.cjk import HANGUL, IDEOGRAPHS, KANA
from notegen.text.languages import autonym
from notegen.text.patterns import lazy_regex

T = TypeVar("T")
SAMPLE = 1_500  # characters of a note that are looked at
NOTES = 20  # that are looked at
_WORD = lazy_regex(r"[A-Za-zÀ-ɏ]{2,}")
_HEAD = lazy_regex(r"\A(---|\+\+\+)[ \t\r]*\n(.*?)^\1[ \t\r]*$", re.DOTALL | re.MULTILINE)
_TITLE = lazy_regex(r"^(?:title|subtitle|description|summary)[ \t]*[:=](.*)$", re.MULTILINE)
_NO_PROSE = lazy_regex(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|"  # code
    r"\$\$.*?(?:\$\$|\Z)|\$[^$\n]*\$|\\\[(?:[^\\]|\\[^\[\]])*+\\\]|\\\((?:[^\\]|\\[^()])*+\\\)|"  # formulas
    r"\\(?:begin|end|cite[a-z]*|[a-zA-Z]*ref|label)\*?\{[^{}\n]*\}|\\[a-zA-Z]+|"  # LaTeX's commands
    r"<!--.*?(?:-->|\Z)|<[/a-zA-Z][^<>]*>|"  # HTML
    r"\{[{%][^{}]*\}+|\{[^{}\n=]*=[^{}\n]*\}|:[a-z][\w-]*:|"  # tags and shortcodes, attributes, emoji
    r"https?://\S+|\]\([^()\n]*\)|!\[\[[^\[\]\n]*\]\]",  # addresses, paths of files
    re.DOTALL,
)
# Words of a language that are frequent and rare in the others.
_FREQUENT = {
    "en": frozenset(("the", "of", "and", "is", "for", "that", "with", "this", "are", "from", "which")),
    "de": frozenset(("der", "die", "das", "und", "ist", "nicht", "mit", "für", "auf", "ein", "eine", "wird")),
    "es": frozenset(("el", "los", "las", "que", "una", "para", "con", "por", "del", "como", "más", "es")),
    "fr": frozenset(("le", "les", "des", "est", "une", "pour", "dans", "et", "que", "qui", "sur", "avec")),
    "it": frozenset(("il", "che", "di", "per", "una", "con", "non", "gli", "della", "sono", "nel", "come")),
    "pt": frozenset(("os", "uma", "que", "para", "com", "não", "do", "da", "em", "como", "são", "dos")),
}
_TIMES = 2  # as many of these words as of English ones tell another language
_LEAST = 3  # different ones among them: "del" alone is a key or a command
_PART = 0.05  # of all words; in texts of these languages it is more than a tenth
DEFAULT = Config()
_SHARE = 0.2  # of all words, a character counting as half of one


@lru_cache(maxsize=1)
def _cjk_letters() -> tuple[re.Pattern[str], ...]:
    """Return what finds Han characters, kana and hangul: large classes, compiled where a language is to be guessed."""
    return tuple(lazy_regex(f"[{letters}]") for letters in (IDEOGRAPHS, KANA, HANGUL))


def guess_language(texts: Iterable[str]) -> str | None:
    """Return the tag of the language of notes' texts, one of "zh-CN", "ja", "ko" and those of `_FREQUENT`, else "en".

    None where they have no words.

    Only their titles and prose count, because code, formulas and markup are Latin in every language.
    """
    prose = "\n".join(map(_prose, texts))
    latin = _WORD.findall(prose)
    words = len(latin)
    if prose.isascii():
        return _guess_latin(latin) if words else None
    han, kana, hangul = (len(letters.findall(prose)) for letters in _cjk_letters())
    cjk = (han + kana + hangul) / 2
    if not cjk + words:
        return None
    if cjk < _SHARE * (cjk + words):
        return _guess_latin(latin)
    return "ko" if hangul > han + kana else "ja" if kana > han / 3 else "zh-CN"


def _prose(text: str) -> str:
    """Return the words that the author of a note wrote, from the note's title and its beginning."""
    head = _HEAD.match(text)
    titles, start = (_TITLE.findall(head[2]), head.end()) if head else ([], 0)
    return "\n".join((*titles, _NO_PROSE.sub(" ", text[start : start + SAMPLE])))


def _guess_latin(words: Sequence[str]) -> str:
    """Return the language whose frequent words are most of all; English where that is not certain."""
    counts = Counter(word.lower() for word in words)
    known = {tag: sum(counts[word] for word in frequent) for tag, frequent in _FREQUENT.items()}
    tag = max(known, key=known.__getitem__)
    different = sum(word in counts for word in _FREQUENT[tag])
    is_certain = known[tag] > max(_TIMES * known["en"], _PART * len(words)) and different >= _LEAST
    return tag if is_certain else "en"


def with_language(config: Config, notes: Sequence[SourceFile]) -> Config:
    """Return the configuration with its language and time zone, guessed where site.yaml names none.

    The language is the first of `languages`, else that of some of the notes; the zone of Chinese notes is that of
    China, of others UTC. Of several languages the site's own comes first; each has a name and a folder of addresses.
    """
    named = config.language or (config.languages[0].tag if config.languages else "")
    language = named or guess_language(note.text for note in sample(notes)) or DEFAULT.language
    zone = config.timezone or (DEFAULT.timezone if language == DEFAULT.language else "UTC")
    languages = _all_languages(config.languages, language)
    if (language, zone, languages) == (config.language, config.timezone, config.languages):
        return config
    return msgspec.structs.replace(config, language=language, timezone=zone, languages=languages)


def _all_languages(languages: Sequence[LanguageConfig], language: str) -> tuple[LanguageConfig, ...]:
    """Return the site's languages, its own first; none where that is the only one."""
    if not languages:
        return ()
    main = find_language(language, languages) or LanguageConfig(language)
    others = [item for item in languages if item.tag.lower() != main.tag.lower()]
    complete = [
        msgspec.structs.replace(item, name=item.name or autonym(item.tag), path=item.path or item.tag.lower())
        for item in (msgspec.structs.replace(main, tag=language), *others)
    ]
    return (msgspec.structs.replace(complete[0], path=""), *complete[1:]) if others else ()


def sample(notes: Sequence[T]) -> Sequence[T]:
    """Return some of the notes, from all parts of the site: those whose language is looked at."""
    return notes[:: max(1, len(notes) // NOTES)][:NOTES]
