"""The dialect that a site's settings name. Most builds name none, and need not load what is known of all programs."""

from notegen.dialects.dialect import Dialect


def find_dialect(key: str) -> Dialect | None:
    """Return the dialect with this key, such as "hexo"; None for "" and for a key that is unknown."""
    if not key:
        return None
    from notegen.dialects.programs.all import DIALECTS

    return next((dialect for dialect in DIALECTS if dialect.key == key), None)
