"""`did you mean …?`: the known name closest to a wrong one, without comparing it with every name there is."""

import bisect
from collections import Counter
from collections.abc import Iterable, Mapping

_CANDIDATES = 20  # names that are compared in full
_COMMON = 300  # a piece that more names share tells nothing
_NEIGHBOURS = 10  # names before and after the wrong one in the order of the alphabet are compared, too
_LONGEST = 100  # characters of a name that count


class Suggestions:
    """Finds names by the pairs of letters they share with a wrong one; the index is made when first asked for."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names`: what is compared -> what is suggested."""
        self._names = names
        self._by_pair: dict[str, list[str]] = {}
        self._sorted: list[str] = []

    def hint(self, wrong: str, cutoff: float = 0.6) -> str:
        """Return `did you mean …?`, or "" when nothing is as close as `cutoff` (1 is equal)."""
        if not self._sorted:
            self._sorted = sorted(self._names)
            for name in self._names:
                for pair in _pairs(name):
                    self._by_pair.setdefault(pair, []).append(name)
        shared: Counter[str] = Counter()
        for pair in _pairs(wrong):
            known = self._by_pair.get(pair, ())
            if len(known) <= _COMMON:
                shared.update(known)
        at = bisect.bisect(self._sorted, wrong)
        likely = dict.fromkeys(name for name, _ in shared.most_common(_CANDIDATES))
        likely |= dict.fromkeys(self._sorted[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS])
        matches = close_matches(wrong[:_LONGEST], likely, n=1, cutoff=cutoff)
        return f"did you mean {self._names[matches[0]]}?" if matches else ""


def _pairs(name: str) -> Iterable[str]:
    folded = f"^{name[:_LONGEST].casefold()}$"
    return {folded[index : index + 2] for index in range(len(folded) - 1)}


def close_matches(word: str, known: Iterable[str], n: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return the `n` known words that are most like `word`, as difflib has it, which is loaded for a mistake only."""
    from difflib import get_close_matches

    return get_close_matches(word, list(known), n, cutoff)
