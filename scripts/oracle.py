"""Edit a site that uses everything, at random and for long, and compare each build with a clean one.

`python scripts/oracle.py EDITS [SEED] [BETWEEN]`: a site for each thousand edits, up to BETWEEN edits (3) before each
comparison. At the first difference the site is left in its folder, and what was done to it is told.
tests/whole_site/attacks/test_everything.py does a few edits of these.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from unittest import mock

from notegen.jinja import dependencies, environment
from tests.support.compiled import CompiledTemplates
from tests.support.two_builds import compare, pure_functions_kept

_A_SITE = 1000  # edits; then a new one begins


def main(edits: int, seed: int, between: int) -> int:
    """Return the exit code: 1 where a build differed."""
    compiled, done, compared = CompiledTemplates(), 0, 0
    with (
        pure_functions_kept(),
        mock.patch.object(environment, "make_environment", compiled.make_environment),
        mock.patch.object(dependencies, "template_facts", compiled.template_facts),
    ):
        while done < edits:
            folder = Path(tempfile.mkdtemp())
            journal: list[str] = []
            try:
                for _ in compare(folder / "site", seed, min(_A_SITE, edits - done), between, journal.append):
                    compared += 1
                    print(f"\r{done + len(journal)} edits, {compared} comparisons", end="", flush=True)
            except AssertionError as error:
                print(f"\nseed {seed}, edit {len(journal)}, in {folder}\n" + "\n".join(journal[-12:]), error, sep="\n")
                return 1
            shutil.rmtree(folder)
            done, seed = done + len(journal), seed + 1
    print()
    return 0


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*numbers, *(500, 1, 3)[len(numbers) :]))
