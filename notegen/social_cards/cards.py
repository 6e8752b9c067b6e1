"""The social cards of a site: which notes have one, where it is, and its file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Request, Tiers, memoize_bytes, memoize_in_memory
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.digest import digest
from notegen.model.output import OutputFile
from notegen.model.pages import Picture
from notegen.model.site import NoteRef, Site, SiteInfo
from notegen.model.source import Tree
from notegen.model.strings import Url
from notegen.model.theme import CardStyle
from notegen.social_cards.draw import HEIGHT, WIDTH, Card, CardFonts, card_maker
from notegen.social_cards.text import Coverage, clean, coverage, runs
from notegen.system.pool import run

SITE = Url("")  # the key of the site's own card
_PARALLEL = 150  # cards to draw from which on processes are worth starting: they take as long as 40 cards


class _Planned(msgspec.Struct, frozen=True):
    """A card, the letters of it that no font has, its path in the site, and how pages name it."""

    card: Card
    missing: str
    path: str
    picture: Picture


class Cards(msgspec.Struct, frozen=True):
    """The cards of a site: the picture of each page by its URL (`SITE`: of all others), and files."""

    pictures: Mapping[Url, Picture] = {}
    files: tuple[OutputFile, ...] = ()


PLANNED = Memo("planned card", _Planned, Tiers.MEMORY)
CARDS = Memo("card", bytes)


def social_cards(site: Site, tree: Tree, style: CardStyle, context: BuildContext) -> Result[Cards]:
    """Return the cards of all notes without a cover, in the theme's `style`. A preview draws none.

    A site without an address has none: cards are shown elsewhere, by their whole address. Diagnostics: card-font,
    card-no-font, card-glyph.
    """
    config = tree.config.social_cards
    if not config.enabled or not site.info.base_url.startswith("http"):
        return Result(Cards())
    font = tree.card_font
    letters = coverage(font, context) if font else None
    if font is None or letters is None:
        return Result(Cards(), (_no_font(config.font, tree),))
    math = coverage(None, context) or Coverage()
    info = site.info
    infos = {note.ref.url: one.info for one in site.translated for note in (*one.notes, *one.unlisted)}
    notes = (note for one in site.languages for note in (*one.notes, *one.unlisted))
    refs = [note.ref for note in notes if not _photo(note.ref.cover)]

    def make(ref: NoteRef | None) -> _Planned:
        card = (
            _card(ref, infos.get(ref.url, info))
            if ref
            else Card(clean(info.title), "", "", clean(info.subtitle), info.language)
        )
        path = f"cards/{digest(font.digest, context.engine, style, card)[:16]}.png"
        picture = Picture(Url(info.base_url + path), WIDTH, HEIGHT, card.title, "image/png")
        return _Planned(card, _missing(card, (letters, math)), path, picture)

    titles = [(one.info.title, one.info.language) for one in site.languages]
    common = digest(font.digest, style, titles, info.base_url, tree.config.timezone)
    planned = memoize_in_memory(PLANNED, [ref.url for ref in refs], refs, make, context, common)
    by_url = {ref.url: item for ref, item in zip(refs, planned, strict=True)} | {SITE: make(None)}
    paths = {ref.url: ref.path for ref in refs}
    incomplete = ((paths.get(url, tree.config_path), item.missing) for url, item in by_url.items() if item.missing)
    cards = {url: item for url, item in by_url.items() if not item.missing}
    state = CardFonts(font.location, letters, math), style
    files = () if context.preview else tuple(_files(cards.values(), state, context))
    diagnostics = tuple(_no_glyph(path, missing) for path, missing in incomplete)
    return Result(Cards({url: item.picture for url, item in cards.items()}, files), diagnostics)


def card_urls(cards: Cards) -> dict[str, str]:
    """Return the address of the site's own card by its name among the theme's assets; nothing where it has none."""
    return {"card.png": cards.pictures[SITE].url} if SITE in cards.pictures else {}


def _photo(cover: str) -> bool:
    """Return whether a cover is a picture that social networks show: they know no SVG."""
    return bool(cover) and not cover.lower().endswith(".svg")


def _card(ref: NoteRef, info: SiteInfo) -> Card:
    date = ref.date.strftime("%Y-%m-%d") if ref.date else ""
    category = clean(ref.category.name) if ref.category else ""
    return Card(clean(ref.title), category, date, clean(info.title), ref.lang or info.language)


def _missing(card: Card, fonts: Sequence[Coverage]) -> str:
    """Return the letters of a card that no font has."""
    text = f"{card.title} {card.category} {card.date} {card.site}…"
    return "".join(part.text for part in runs(text, fonts) if part.font < 0)


def _no_font(path: str, tree: Tree) -> Diagnostic:
    if path:
        hint = "name a .ttf, .otf or .ttc file, or leave social_cards.font out"
        message = f"{path} is no font that can be read: there are no social cards"
        return diagnose("card-font", message, path=tree.config_path, hint=hint)
    hint = "install Noto Sans CJK (fonts-noto-cjk), or name a font file in social_cards: {font: …}"
    return diagnose("card-no-font", "no font with Chinese letters was found: there are no social cards", hint=hint)


def _no_glyph(path: str, letters: str) -> Diagnostic:
    shown = " ".join(dict.fromkeys(letters[:5]))
    hint = "name a font that has them in social_cards: {font: …}, or give the note a cover"
    return diagnose("card-glyph", f"no social card: no font has {shown}", path=path, hint=hint)


def _files(
    planned: Iterable[_Planned], state: tuple[CardFonts, CardStyle], context: BuildContext
) -> Iterator[OutputFile]:
    """Yield the files of cards, each cached under its name; two equal cards are one file."""
    cards = {item.path: item.card for item in planned}

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        all_cards = list(cards.values())
        items = [all_cards[number] for number in missing]
        return run(_maker, state, items, context.workers if len(items) > _PARALLEL else 1)

    requests = [Request(path, {"card": digest(card)}) for path, card in cards.items()]
    for path, data in zip(cards, memoize_bytes(CARDS, requests, make, context), strict=True):
        yield OutputFile.of_bytes(path, data)


def _maker(state: tuple[CardFonts, CardStyle]) -> Callable[[Card], bytes]:
    return card_maker(*state)
