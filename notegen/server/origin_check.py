"""Who may ask: this machine's own browser on this site, and no page of another site.

DNS rebinding makes a hostile name lead to this machine; its requests are known by their `Host`. Pages of other origins
are known by `Origin` and by Fetch Metadata (https://www.w3.org/TR/fetch-metadata/).
"""

import ipaddress
import socket
from collections.abc import Mapping

import msgspec

HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": "frame-ancestors 'self'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class OriginCheck(msgspec.Struct, frozen=True):
    """The names that `Host` may have; with `addresses` also any IP address, which no rebinding can send."""

    names: frozenset[str]
    addresses: bool = False

    def refusal(self, headers: Mapping[str, str]) -> str:
        """Return why a request with these headers (names in lower case) is refused; empty when it is not."""
        host = headers.get("host", "")
        if not self._knows(_name(host)):
            return "the Host header names another site"
        origin = headers.get("origin")
        if origin is not None and origin not in {f"http://{host}", f"https://{host}"}:
            return "the request comes from a page of another site"
        site = headers.get("sec-fetch-site", "none")
        navigates = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if site not in {"same-origin", "none"} and not navigates:
            return "the request comes from a page of another site"
        return ""

    def _knows(self, name: str) -> bool:
        return name in self.names or name.endswith(".localhost") or (self.addresses and _is_address(name))


def make_origin_check(host: str) -> OriginCheck:
    """Return the check of a server that listens on `host`."""
    if is_loopback(host):
        return OriginCheck(_LOCAL | {host.lower().strip("[]")})
    machine = socket.gethostname().lower()
    return OriginCheck(_LOCAL | {host.lower(), machine, f"{machine}.local"}, addresses=True)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a server on `host`."""
    name = host.strip("[]")
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _name(host: str) -> str:
    """Return the name in a Host header, without its port: `[::1]:8000` is ::1."""
    name = host.lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.rpartition(":")[0] if ":" in name else name
