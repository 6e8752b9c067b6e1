"""One small answer of a server, when an author asks for it: builds never do."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit

import notegen

MOST = 2_000_000  # bytes of an answer
_TIMEOUT = 20  # seconds


class DownloadError(Exception):
    """Why there is no answer, in words; `missing`: the server knows of nothing at the address."""

    def __init__(self, message: str, *, missing: bool = False) -> None:
        super().__init__(message)
        self.missing = missing


def download(url: str, accept: str) -> str:
    """Return the text at an address (http or https), as the media type `accept`. Raises DownloadError."""
    host = urlsplit(url).netloc
    headers = {"Accept": accept, "User-Agent": f"notegen/{notegen.__version__}"}
    try:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the addresses are ours
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
            data: bytes = answer.read(MOST + 1)
    except urllib.error.HTTPError as error:
        with error:
            missing = error.code in {400, 404, 410}
            raise DownloadError(f"{host} answers {error.code} {error.reason}", missing=missing) from error
    except (OSError, ValueError) as error:  # URLError and timeouts are OSErrors
        reason = getattr(error, "reason", error)
        raise DownloadError(f"{host} cannot be reached: {reason}") from error
    if len(data) > MOST:
        raise DownloadError(f"{host} answers with more than {MOST // 1_000_000} MB")
    return data.decode("utf-8", "replace")
