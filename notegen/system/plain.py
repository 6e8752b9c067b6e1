"""The one switch that turns every fast path off: what overrides a library's private parts, see the modules `fast_*.py`.

`NOTEGEN_PLAIN=1 notegen build` makes the same pages by the libraries' public interfaces alone, more slowly. When an
update of a library breaks something, it says in a minute whether a fast path is the cause.
"""

import os


def use_fast_paths() -> bool:
    """Return whether fast paths are used: unless the environment variable NOTEGEN_PLAIN is set to more than `0`."""
    return os.environ.get("NOTEGEN_PLAIN", "") in {"", "0"}
