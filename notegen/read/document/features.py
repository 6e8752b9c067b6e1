"""What a note is about, for finding related ones: words of its title and headings, commands and names in formulas."""

from collections.abc import Iterable

from notegen.model.note import Formula, Heading
from notegen.text.cjk import HAN
from notegen.text.patterns import lazy_regex

MOST = 80  # features of a note
_LATIN = lazy_regex(r"[A-Za-z][A-Za-z0-9]{2,}")
_HAN = lazy_regex(rf"[{HAN}]{{2,}}")
_NAME = lazy_regex(r"\\(?:operatorname\*?|mathrm|text)\{([A-Za-z]{2,20})\}|\\([A-Za-z]{4,20})")


def features_of(
    title: str, headings: Iterable[Heading], description: str, formulas: Iterable[Formula]
) -> tuple[str, ...]:
    """Return at most MOST features, each once, sorted: Latin words, pairs of Han characters, names in formulas."""
    headlines = " ".join((title, *(heading.text for heading in headings)))
    words = (word.lower() for word in _LATIN.findall(f"{headlines} {description}"))
    pairs = (run[at : at + 2] for run in _HAN.findall(headlines) for at in range(len(run) - 1))
    latex = " ".join(dict.fromkeys(formula.latex for formula in formulas))
    names = (f"\\{name or command}" for name, command in _NAME.findall(latex))
    return tuple(sorted(list(dict.fromkeys((*words, *pairs, *names)))[:MOST]))
