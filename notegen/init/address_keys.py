"""Notes without the key of front matter that their address is made of, such as `abbrlink` or `id` of Hexo."""

import re
from collections.abc import Iterable, Iterator

from notegen.model.diagnostic import first_names
from notegen.routes.placeholders import tokens

MAX_HEAD = 4000  # characters of a note in which its front matter is looked for


def without_keys(pattern: str, notes: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield in words which notes (path, text) have no key that a permalink pattern asks for. Most patterns ask none."""
    names = [name.removeprefix("params.") for name in tokens(pattern) if name.startswith("params.")]
    keys = [*names, *(["abbrlink"] if "abbrlink" in tokens(pattern) else [])]
    texts = [(path, text[:MAX_HEAD]) for path, text in notes] if keys else []
    for key in keys:
        is_set = re.compile(rf"^{re.escape(key)}\s*[:=]\s*\S", re.MULTILINE)
        missing = [path for path, text in texts if not is_set.search(text)]
        if missing:
            first = first_names(missing, 5, " …")
            yield f"{key}, of which addresses are made: not in {len(missing)} notes, whose files' names count: {first}"
