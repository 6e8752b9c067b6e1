"""Two claims to one file of the output: which one gets it, and the diagnostic for the other.

A note goes before a list, a list before a file that is only copied, and all of them before a redirect from an old
address. Two of one rank are an error, unless both are redirects, or files whose names differ only in case.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import IntEnum
from functools import lru_cache

import msgspec

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.routes.urls import SEEN


class Rank(IntEnum):
    """What wants a file, in the order in which it gets it."""

    NOTE = 0
    PAGE = 1
    FILE = 2
    REDIRECT = 3


class Claim(msgspec.Struct, frozen=True):
    """An output path that is wanted, by whom (a source path, or what the page is), and as what."""

    path: str
    owner: str
    rank: Rank


class Conflicts(msgspec.Struct, frozen=True):
    """The claims that give way, by their number, and the diagnostics for them."""

    lost: frozenset[int]
    diagnostics: tuple[Diagnostic, ...]


def conflicts(claims: Sequence[Claim]) -> Conflicts:
    """Return which claims give way: to another of the same path, or to one that needs a folder of that name.

    Paths that differ only in case, or in how accents are composed, are the same. Diagnostics: url-conflict, url-taken.
    """
    keys = [_key(claim.path) for claim in claims]
    holders: dict[str, int] = {}
    lost: set[int] = set()
    diagnostics: list[Diagnostic] = []
    for number, (key, claim) in enumerate(zip(keys, claims, strict=True)):
        first = holders.setdefault(key, number)
        if first == number:
            continue
        winner, loser = (number, first) if claim.rank < claims[first].rank else (first, number)
        holders[key] = winner
        if claims[loser].rank == Rank.PAGE and claims[winner].rank == Rank.NOTE:
            lost.add(loser)  # linking has settled that, and reported it
        elif _is_case_of_file(claims[winner], claims[loser]):
            diagnostics.append(_same_on_some_disks(claims[loser], claims[winner]))
        else:
            lost.add(loser)
            diagnostics.append(_given_way(claims[loser], claims[winner]))
    for loser, winner in _in_the_way(keys, holders, claims, lost):
        lost.add(loser)
        diagnostics.append(_given_way(claims[loser], claims[winner]))
    return Conflicts(frozenset(lost), tuple(diagnostics))


def _in_the_way(
    keys: Sequence[str], holders: Mapping[str, int], claims: Sequence[Claim], lost: AbstractSet[int]
) -> Iterator[tuple[int, int]]:
    """Yield who gives way, and to whom, where one claim wants a file and another a folder of the same name."""
    both = holders.keys() & _all_folders(key for number, key in enumerate(keys) if number not in lost)
    gone: set[str] = set()  # files that give way: once for all that lies in their folder
    for number, key in enumerate(keys) if both else ():
        for folder in _folders(key) if number not in lost else ():
            if folder in both and folder not in gone:
                file = holders[folder]
                loser, winner = sorted((number, file), key=lambda one: (-claims[one].rank, -one))
                gone |= {folder} if loser == file else set()
                yield loser, winner


def _is_case_of_file(winner: Claim, loser: Claim) -> bool:
    return winner.rank == loser.rank == Rank.FILE and winner.path != loser.path


def _same_on_some_disks(claim: Claim, other: Claim) -> Diagnostic:
    message = f"on some disks this is the same file as {other.owner}: the names differ in upper and lower case only"
    return diagnose("url-taken", message, path=claim.owner, hint="rename one of them")


def _given_way(claim: Claim, other: Claim) -> Diagnostic:
    """Return the diagnostic for a claim that gives way to another."""
    address = "/" + claim.path.removesuffix("index.html")
    if claim.rank == Rank.REDIRECT:
        message = f"no redirect from {address}: {other.owner} is there"
        hint = "" if other.rank == Rank.REDIRECT else "remove it from `aliases:` or `redirects:`"
        return diagnose("url-taken", message, path=claim.owner, hint=hint)
    if claim.rank != other.rank and claim.rank == Rank.FILE:
        return diagnose("url-taken", f"not copied to /{claim.path}: {other.owner} is there", path=claim.owner)
    hint = "give one of them another slug or name"
    return diagnose("url-conflict", f"{address} is wanted by {other.owner} too", path=claim.owner, hint=hint)


def _all_folders(paths: Iterable[str]) -> set[str]:
    """Return the folders that the paths lie in; "" is among them."""
    folders = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in folders:  # those around a known one are known too
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, the innermost first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


@lru_cache(maxsize=SEEN)
def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
