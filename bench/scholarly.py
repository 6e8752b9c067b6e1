"""What scholarly notes have beside the text of notes.py: citations, figures, an algorithm; the same text else."""

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

CITATIONS, FIGURES = 10, 2  # of a note; and one algorithm
WORKS = 500
DRAWINGS = 20
_FAMILIES = ("Vaswani", "Kingma", "Müller", "Zhang", "Erdős", "李", "Gómez", "Bengio", "O'Neill", "王")
_GIVEN = ("Ada", "Diederik P.", "Jürgen", "Wei", "Noam", "Łukasz", "Yoshua", "Mary-Ann")
_WORDS = ("attention", "residual networks", "normalization", "sampling", "variational inference", "policies", "priors")
_VENUES = (
    ("inproceedings", "booktitle = {Advances in Neural Information Processing Systems}"),
    ("article", "journal = {Journal of Machine Learning Research}, volume = {12}, number = {3}, pages = {1--38}"),
    ("misc", "eprint = {1706.03762}, archiveprefix = {arXiv}"),
)
_ALGORITHM = r"""\begin{algorithm}
\caption{Clipped descent %(n)d}\label{alg:clip-%(n)d}
\begin{algorithmic}[1]
\Require step size $\eta$, start $\theta_{%(n)d}$
\For{$t = 1, \dots, T$}
  \State $g_t \gets \nabla_\theta L_{%(n)d}(\theta_{t-1})$ \Comment{gradient}
  \If{$\|g_t\|_2 > c$}
    \State $g_t \gets c\, g_t / \|g_t\|_2$
  \EndIf
  \State $\theta_t \gets \theta_{t-1} - \eta g_t$
\EndFor
\State \Return $\theta_T$
\end{algorithmic}
\end{algorithm}"""
# The same, line by line, as Markdown without a syntax for it has it.
_LIST = r"""**Algorithm 1** Clipped descent %(n)d

Require: step size $\eta$, start $\theta_{%(n)d}$

1. **for** $t = 1, \dots, T$ **do**
2. $g_t \gets \nabla_\theta L_{%(n)d}(\theta_{t-1})$ — gradient
3. **if** $\|g_t\|_2 > c$ **then**
4. $g_t \gets c\, g_t / \|g_t\|_2$
5. **end if**
6. $\theta_t \gets \theta_{t-1} - \eta g_t$
7. **end for**
8. **return** $\theta_T$"""
_WRITTEN = re.compile(r"\\begin\{algorithm\}\n\\caption\{Clipped descent (\d+)\}.*?\\end\{algorithm\}", re.DOTALL)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><path d="M0 {y}L320 90" stroke="#333"/></svg>\n'


def with_scholarly_parts(blocks: Sequence[str], number: int, seed: int) -> list[str]:
    """Return the blocks of a note with citations at the end of paragraphs, and figures and an algorithm behind some."""
    chance = random.Random(f"scholarly/{seed}/{number}")  # noqa: S311 (nothing secret)
    found = list(blocks)
    prose = [index for index, block in enumerate(found) if index and block[:1] not in "-#`$|[<!"]
    works = chance.sample(range(WORKS), CITATIONS)
    for count, work in enumerate(works):
        found[prose[count % len(prose)]] += (
            f" [@{key_of(work)}]" if count % 3 else f" [@{key_of(work)}, p. {count + 1}]"
        )
    behind = sorted(chance.sample(prose[1:], FIGURES + 1), reverse=True)
    found.insert(behind[0] + 1, _ALGORITHM % {"n": number})
    for count, index in enumerate(behind[1:]):
        label = f"fig-{number}-{count}"
        found[index] += f" See @{label}."
        drawing = f"drawings/{chance.randrange(DRAWINGS)}.svg"
        found.insert(index + 1, f"![The loss of run {number} over its steps]({drawing}){{#{label}}}")
    return found


def plain_algorithms(text: str) -> str:
    """Return the text of a note with its algorithm as a list."""
    return _WRITTEN.sub(lambda match: _LIST % {"n": int(match[1])}, text)


def write_sources(folder: Path) -> None:
    """Write the bibliography and the drawings beside the notes."""
    (folder / "drawings").mkdir(parents=True, exist_ok=True)
    for number in range(DRAWINGS):
        (folder / "drawings" / f"{number}.svg").write_text(_SVG.format(y=10 * number), encoding="utf-8")
    (folder / "works.bib").write_text("\n".join(map(_entry, range(WORKS))), encoding="utf-8")


def key_of(number: int) -> str:
    """Return the key of a work."""
    return f"{_FAMILIES[number % len(_FAMILIES)].lower().strip(chr(39))}{1990 + number % 35}n{number}".replace("'", "")


def _entry(number: int) -> str:
    chance = random.Random(f"work/{number}")  # noqa: S311
    pick: Callable[[Sequence[str]], str] = chance.choice
    authors = [f"{_FAMILIES[number % len(_FAMILIES)]}, {pick(_GIVEN)}"]
    authors += [f"{pick(_FAMILIES)}, {pick(_GIVEN)}" for _ in range(chance.randint(0, 5))]
    kind, venue = chance.choice(_VENUES)
    return (
        f"@{kind}{{{key_of(number)},\n  title = {{On {pick(_WORDS)} and {pick(_WORDS)} {number}}},\n"
        f"  author = {{{' and '.join(authors)}}},\n  year = {{{1990 + number % 35}}},\n  {venue},\n"
        f"  doi = {{10.1000/{number}}}\n}}\n"
    )
