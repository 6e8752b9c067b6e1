"""Addresses as authors write them: whether one leads out of the site."""


def is_external(target: str) -> bool:
    """Return whether an address names a scheme or a host: nothing of ours to resolve.

    A path of the author's own computer, `C:/x.png` or `file:///x.png`, is local, so that it is reported.
    """
    if target.startswith("//"):
        return True
    scheme, colon, _ = target.partition(":")
    if not colon or not scheme[:1].isalpha() or not all(char.isalnum() or char in "+-." for char in scheme):
        return False
    return len(scheme) > 1 and scheme.lower() != "file"
