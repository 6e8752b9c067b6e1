"""Pages that list notes as settings: the home page with its list, the feed; and what of them is not taken over."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from notegen.dialects.dialect import Dialect, Setting
from notegen.dialects.front_matter.listings import Listing, listing_of, patterns_of_notes
from notegen.dialects.sources import is_listed
from notegen.init.site_folder import Read
from notegen.text.paths import is_index, strip_suffix
from notegen.text.patterns import lazy_regex

_LOOP = lazy_regex(r"\{%-?[ \t]*+for[ \t]++\w++[ \t]++in[ \t]++(?:site|paginator)\.posts\b")
Listings = Mapping[str, Listing]  # by path below the content folder


def listings_among(files: Iterable[str], dialect: Dialect | None, read: Callable[[str], str]) -> Listings:
    """Return the listings of the pages below the content folder; `read`: the text of a file there."""
    if dialect is None or not dialect.listings:
        return {}
    listings = ((path, listing_of(path, read(path), read)) for path in files)
    return {path: listing for path, listing in listings if listing is not None}


def below_folder(start: str, read: Read) -> Callable[[str], str]:
    """Return what reads a file by its path below the folder `start`; "" for none."""
    return lambda path: read(start + path) or ""


def listed(listings: Listings, nav: Setting | None) -> tuple[str, ...]:
    """Return the glob patterns of all that is listed, with what `nav` names where there is one."""
    patterns = dict.fromkeys(pattern for listing in listings.values() for pattern in listing.patterns)
    return patterns_of_notes(tuple(patterns), nav.value if nav else ())


def listing_settings(listings: Listings) -> Iterator[Setting]:
    """Yield the settings that say what listings do: a text with a list on the home page, the feed beside a list."""
    for path, listing in listings.items():
        if "/" not in path and is_index(path) and not listing.is_bare:
            yield Setting("home", "both", f"{path}: a text, and the list of notes")
    with_feed = sorted(
        (path for path, listing in listings.items() if listing.has_feed), key=lambda path: path.count("/")
    )
    if with_feed:
        yield Setting("feed.rss", f"{strip_suffix(with_feed[0])}.xml", f"{with_feed[0]}: listing.feed")


def home_with_loop(files: Iterable[str], read: Callable[[str], str]) -> Iterator[Setting]:
    """Yield that the home page has the list of notes, where a loop of Liquid in its text shows them (Jekyll)."""
    for path in files:
        if "/" not in path and is_index(path) and _LOOP.search(read(path)):
            yield Setting("home", "both", f"{path}: a text, and a loop over posts")


def unread_listings(listings: Listings, files: Iterable[str]) -> Iterator[str]:
    """Yield in words what of listings is not taken over."""
    paths = tuple(files)
    for path, listing in listings.items():
        if listing.data:
            yield f"{path}: the listing of {', '.join(listing.data)} (entries that are no notes here)"
        if listing.patterns and not any(is_listed(file, listing.patterns) for file in paths):
            yield f"{path}: the listing of {', '.join(listing.patterns)} (there are no such notes)"
        elif not listing.is_bare and not is_index(path.rpartition("/")[2]):
            yield f"{path}: its list, which stands on the page of the folder {listing.folder or 'of notes'}"
