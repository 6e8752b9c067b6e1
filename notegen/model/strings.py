"""What a string is: types that the checker tells apart. At run time each is a plain `str`, and is encoded as one."""

from typing import NewType

Html = NewType("Html", str)  # finished HTML, in which text is escaped
Url = NewType("Url", str)  # as pages have it: with the base path or a host, percent-encoded; "" for none
SitePath = NewType("SitePath", str)  # an address below the base path, not encoded: `/posts/x/`, `/img/a.png`
ContentPath = NewType("ContentPath", str)  # a file below the content folder, with forward slashes: `ml/sgd.md`
