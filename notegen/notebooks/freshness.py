"""Whether the outputs of a notebook may be those of its code: cells that were never run, or in another order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, first_names
from notegen.notebooks.nbformat import RawCell, clean, joined
from notegen.notebooks.options import cell_options

_MOST = 5  # cells in a message


def freshness(cells: Sequence[RawCell], path: str) -> Iterator[Diagnostic]:
    """Yield notebook-unrun and notebook-order for the cells of a notebook."""
    code: list[tuple[int, RawCell]] = []
    for number, cell in enumerate(cells, start=1):
        if cell.cell_type == "code":
            options, source = cell_options(clean(joined(cell.source)), cell.metadata)
            if source.strip() and not (options.unrun or options.omitted):
                code.append((number, cell))
    unrun = [number for number, cell in code if cell.execution_count is None and not cell.outputs]
    hint = "`Restart & Run All` in Jupyter; `jupyter nbconvert --to notebook --execute --inplace NAME.ipynb`"
    if unrun:
        names = first_names([*map(str, unrun)], _MOST)
        if len(unrun) == len(code):
            message = "no cell has been run: the page shows no outputs"
            yield diagnose("notebook-unrun", message, path=path, hint=hint)
        else:
            words = "cell" if len(unrun) == 1 else "cells"
            verb = "has" if len(unrun) == 1 else "have"
            message = f"{words} {names} {verb} not been run"
            cause = "cells have not been run"
            yield diagnose("notebook-unrun", message, path=path, cell=unrun[0], hint=hint, cause=cause)
    counts = [(cell.execution_count, number) for number, cell in code if cell.execution_count is not None]
    for (before, first), (count, number) in pairwise(counts):
        if count < before:
            message = f"cell {number} was run before cell {first}: what it shows may not follow from the code above it"
            cause = "cells were run in another order"
            yield diagnose("notebook-order", message, path=path, cell=number, hint=hint, cause=cause)
            return
