"""How the work of every regular expression of notegen grows with the text: nothing may grow like its square.

`python -m scripts.regex_growth [NAME…]` prints the patterns (those whose names hold one of the words) with exponent,
steps for each character, mode and worst attack, the worst pattern first; it exits with 1 if one takes too many. Work is
counted in steps of a matcher of our own (step_matcher), so a busy machine gives the same numbers as an idle one.
"""

import sys
from collections.abc import Iterable
from hashlib import sha256
from math import inf, log2
from pathlib import Path
from typing import NamedTuple

from scripts.package_patterns import Use, uses
from scripts.pattern_attacks import Attack, attacks
from scripts.step_matcher import Machine
from scripts.step_runs import TooManyStepsError

MOST = 1.3  # exponent: 1 is linear
MOST_STEPS = 600  # for each character
_SHORT = 24  # characters of the first texts
_LONG = 192  # of those that measure what looks suspicious
_RATIO = 2.3  # so many times the steps for twice the text is suspicious
_MANY = 30  # suspicious attacks that are measured
_BOUND = 200  # `{0,200}` is waited for: only then is it a bound; `{0,1000}` counts as no bound at all
_LIMIT = 1_500_000  # steps on one text


class Growth(NamedTuple):
    """The worst attack on a pattern: its exponent, and the steps for each character of the longest text."""

    use: Use
    exponent: float
    steps: float
    attack: Attack

    @property
    def fine(self) -> bool:
        """Return whether the pattern can be used on texts of any length."""
        return self.exponent <= MOST and self.steps <= MOST_STEPS


def growth(use: Use) -> Growth:
    """Return how the steps of a pattern grow on the attack that is worst for it.

    Two short texts of each attack show which are suspicious, and longer ones of the most suspicious how they grow.
    """
    machine = Machine(use.pattern)
    calm: list[Growth] = []
    suspicious: list[tuple[float, Attack]] = []
    for attack in attacks(machine):
        once, twice = (_steps(use, machine, attack, size) for size in (_SHORT, 2 * _SHORT))
        if twice > _LIMIT:
            return Growth(use, inf, inf, attack)
        if twice < _RATIO * once:
            calm.append(Growth(use, 1.0, twice / (2 * _SHORT), attack))
        else:
            suspicious.append((twice / once, attack))
    worst = max(calm, key=lambda one: one.steps, default=Growth(use, 1.0, 0.0, Attack("", "", "")))
    for _, attack in sorted(suspicious, reverse=True)[:_MANY]:
        worst = max(worst, _growth(use, machine, attack), key=lambda one: (one.exponent, one.steps))
        if not worst.fine:
            break
    return worst


def keys(chosen: Iterable[Use]) -> dict[Use, str]:
    """Return the key of each pattern: of all that its growth is made from, these scripts among them."""
    names = ("regex_growth.py", "pattern_attacks.py", "pattern_sets.py", "step_matcher.py", "step_runs.py")
    scripts = b"".join(Path(__file__).with_name(name).read_bytes() for name in names)
    parts = {use: repr((use.pattern.pattern, use.pattern.flags, use.mode, use.bound)) for use in chosen}
    return {
        use: sha256(scripts + part.encode("utf-8", "surrogatepass")).hexdigest()[:16] for use, part in parts.items()
    }


def _growth(use: Use, machine: Machine, attack: Attack) -> Growth:
    """Return the growth of one attack. Steps are exact: the exponent is that of the differences between three texts."""
    if use.bound:
        return Growth(use, 1.0, _steps(use, machine, attack, use.bound) / use.bound, attack)
    size = max(_LONG, 2 * machine.longest_bound(_BOUND))
    once, twice, four = (_steps(use, machine, attack, times * size) for times in (1, 2, 4))
    if max(once, twice, four) > _LIMIT:
        return Growth(use, inf, inf, attack)
    return Growth(use, log2(max(four - twice, 1) / max(twice - once, 1)), four / (4 * size), attack)


def _steps(use: Use, machine: Machine, attack: Attack, size: int) -> int:
    text = attack.text(size)
    subject = text.encode("ascii") if isinstance(use.pattern.pattern, bytes) else text
    try:
        if use.mode == "finditer":
            return machine.find_all(subject, limit=_LIMIT)[1]
        return machine.find(subject, use.mode, limit=_LIMIT)[1]
    except TooManyStepsError:
        return _LIMIT + 1


def main(names: list[str]) -> int:
    """Print the growth of the patterns whose names hold one of these words, or of all; return the exit code."""
    chosen = [use for use in uses() if not names or any(name in use.name for name in names)]
    table = sorted(map(growth, chosen), key=lambda one: (one.fine, -one.exponent, -one.steps))
    for use, exponent, steps, attack in table:
        print(f"{exponent:5.2f} {steps:7.1f} {use.mode:9} {use.name} {'…'.join(map(ascii, attack))}")
    return int(not all(one.fine for one in table))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
