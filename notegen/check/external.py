"""Links to other sites, asked for by `notegen check --external` only: who answers that there is nothing is reported.

Politely: each address once, one request at a time to a host with a pause between two, HEAD before GET, and what is
known is not asked again for a week. A server that refuses programs (401, 403, 429), fails, or does not answer in time
tells nothing about the page: such addresses are unknown, and are counted.
"""

import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from html import unescape
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote, urlsplit

import msgspec

import notegen
from notegen.check.checked_site import CheckedSite, at_text
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Severity, first_names
from notegen.system.disk import Disk
from notegen.text.patterns import lazy_regex

FILE = "external_links.json"  # in the state folder
WEEK = timedelta(days=7)
HOSTS = 8  # that are asked at the same time
_NO_HOST = "there is no such host"
PAUSE = 0.5  # seconds between two requests to one host
TIMEOUT = 15  # seconds
GONE = frozenset({404, 410, 451})
_RETRIED = frozenset({400, 403, 404, 405, 406, 500, 501, 503})  # by GET: not every server knows HEAD
_LINK = lazy_regex(r'<(?:a|img|video|audio|source|iframe)\b[^<>]{0,2000}?\s(?:href|src)="(https?://[^"\s]{1,2000})"')


class Answer(msgspec.Struct, frozen=True):
    """What a server says of an address: "good", "gone" or "unknown", and why, in words."""

    kind: str
    words: str = ""


class _Known(msgspec.Struct, frozen=True):
    """An answer and when it was given, in seconds since 1970."""

    answer: Answer
    at: float


Ask = Callable[[str], Answer]


def external_links(checked: CheckedSite, ask: Ask, state: Path, now: datetime, disk: Disk) -> Iterator[Diagnostic]:
    """Yield check-external-link for each address of another site that is gone, at its first place in each note.

    `state`: the folder that keeps answers for a week of the clock `now`.
    """
    links: dict[str, list[str]] = {}
    notes = (note for one in checked.site.languages for note in (*one.notes, *one.pages, *one.unlisted))
    for note in notes:
        for match in _LINK.finditer(note.content.html):
            paths = links.setdefault(unescape(match[1]), [])
            paths += [note.ref.path] if note.ref.path not in paths else []
    answers = _answers([*dict.fromkeys(link.partition("#")[0] for link in links)], ask, state, now, disk)
    texts = {note.path: note.text for note in checked.tree.notes}
    for link, paths in links.items():
        answer = answers[link.partition("#")[0]]
        for path in paths if answer.kind == "gone" else ():
            message = f"{link}: {answer.words}"
            position = texts.get(path, "").find(link)
            yield at_text("check-external-link", message, path, texts.get(path, ""), position, len(link))
    unknown = [address for address, answer in answers.items() if answer.kind == "unknown"]
    if unknown:
        message = f"of {len(unknown)} of {len(answers)} addresses nothing is known: {first_names(unknown)}"
        item = diagnose("check-external-link", message, path=checked.tree.config_path)
        yield msgspec.structs.replace(item, severity=Severity.INFO)


def _answers(addresses: list[str], ask: Ask, state: Path, now: datetime, disk: Disk) -> Mapping[str, Answer]:
    """Return what is known of addresses: from the last week, else asked now."""
    since, until = (now - WEEK).timestamp(), now.timestamp()
    known = {url: item for url, item in _read(state / FILE, disk).items() if since < item.at <= until}
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        if address not in known:
            hosts.setdefault(urlsplit(address).netloc, []).append(address)
    asked: dict[str, Answer] = {}
    stopped = threading.Event()

    def ask_host(urls: list[str]) -> None:
        for number, address in enumerate(urls):
            if number and stopped.wait(PAUSE):
                return
            asked[address] = ask(address)

    pool = ThreadPoolExecutor(HOSTS)
    try:
        list(pool.map(ask_host, hosts.values()))
    finally:  # Ctrl-C: what is waiting is not begun
        stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)
    lasting = {url: _Known(answer, now.timestamp()) for url, answer in asked.items() if answer.kind != "unknown"}
    if lasting:
        disk.write(state / FILE, msgspec.json.encode(known | lasting))
    return {url: asked[url] if url in asked else known[url].answer for url in addresses}


def _read(file: Path, disk: Disk) -> dict[str, _Known]:
    """Return the answers that are kept; none where the file is missing or none of ours."""
    try:
        return msgspec.json.decode(disk.read(str(file)), type=dict[str, _Known])
    except (OSError, msgspec.DecodeError, ValueError):
        return {}


def ask_server(address: str) -> Answer:
    """Ask for a page: HEAD, and GET where a server may not know that."""
    status, words = _request(address, "HEAD")
    if status in _RETRIED:
        status, words = _request(address, "GET")
    if status in GONE:
        return Answer("gone", f"the server answers {status}")
    if status:
        return Answer("good" if status < 400 else "unknown", f"the server answers {status}")  # noqa: PLR2004 - of HTTP
    return Answer("gone" if words == _NO_HOST else "unknown", words)


def _request(address: str, method: str) -> tuple[int, str]:
    """Return the status of an answer, 0 for none, and why there is none."""
    url = quote(address, safe="%/:=&?~#+!$,;'@()*[]")
    headers = {"User-Agent": f"notegen/{notegen.__version__} (link check)", "Accept": "*/*"}
    try:
        request = urllib.request.Request(url, headers=headers, method=method)  # noqa: S310 - http and https only
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return int(answer.status), ""
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, ""
    except (OSError, ValueError, HTTPException) as error:  # URLError and timeouts are OSErrors
        reason = getattr(error, "reason", error)
        unknown = isinstance(reason, socket.gaierror) and reason.errno == socket.EAI_NONAME
        return 0, _NO_HOST if unknown else str(reason)
