"""The social cards of a site: which notes have one, where it is, and its file."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from notegen.memo import Wanted, remember
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest, digest_bytes
from notegen.model.output import OutputFile
from notegen.model.site import NoteRef, Picture, Site
from notegen.model.source import Tree
from notegen.theme.card_image import HEIGHT, WIDTH, Card, CardFonts, card_maker
from notegen.theme.card_text import Coverage, clean, coverage, runs
from notegen.tools.pool import run
from notegen.tools.tools import Tools

SITE = ""  # the key of the site's own card
_PARALLEL = 12  # cards to draw from which on processes are worth starting


class Cards(msgspec.Struct, frozen=True):
    """The cards of a site: the picture of each page by its URL (`SITE`: of all others), files, what to tell."""

    pictures: Mapping[str, Picture] = {}
    files: tuple[OutputFile, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def social_cards(site: Site, tree: Tree, tools: Tools) -> Cards:
    """Return the cards of all notes without a cover. A preview draws none.

    A site without an address has none: cards are shown elsewhere, by their whole address. Diagnostics: card-font,
    card-no-font, card-glyph.
    """
    config = tree.config.social_cards
    if not config.enabled or not site.info.base_url.startswith("http"):
        return Cards()
    own = coverage(tree.card_font, tools) if tree.card_font else None
    math = coverage(None, tools) or Coverage()
    if tree.card_font is None or own is None:
        return Cards(diagnostics=(_no_font(config.font, tree),))
    fonts = CardFonts(tree.card_font.location, own, math)
    wanted = {ref.url: _card(ref, site) for ref in (note.ref for note in site.notes) if not _photo(ref.cover)}
    wanted[SITE] = Card(clean(site.info.title), "", "", clean(site.info.subtitle), site.info.language)
    problems = {url: _missing(card, (own, math)) for url, card in wanted.items()}
    paths = {note.ref.url: note.ref.path for note in site.notes}
    told = [_no_glyph(paths.get(url, tree.config_path), letters) for url, letters in problems.items() if letters]
    cards = {url: card for url, card in wanted.items() if not problems[url]}
    names = {url: f"cards/{digest(tree.card_font.digest, tools.engine, card)[:16]}.png" for url, card in cards.items()}
    base = site.info.base_url
    pictures = {url: Picture(base + name, WIDTH, HEIGHT, cards[url].title, "image/png") for url, name in names.items()}
    files = () if tools.preview else tuple(_files(cards, names, fonts, tools))
    return Cards(pictures, files, tuple(told))


def card_urls(cards: Cards) -> dict[str, str]:
    """Return the address of the site's own card by its name among the theme's assets; nothing where it has none."""
    return {"card.png": cards.pictures[SITE].url} if SITE in cards.pictures else {}


def _photo(cover: str) -> bool:
    """Return whether a cover is a picture that social networks show: they know no SVG."""
    return bool(cover) and not cover.lower().endswith(".svg")


def _card(ref: NoteRef, site: Site) -> Card:
    date = ref.date.strftime("%Y-%m-%d") if ref.date else ""
    kicker = clean(ref.category.name) if ref.category else ""
    return Card(clean(ref.title), kicker, date, clean(site.info.title), ref.lang or site.info.language)


def _missing(card: Card, fonts: Sequence[Coverage]) -> str:
    """Return the letters of a card that no font has."""
    text = f"{card.title} {card.kicker} {card.date} {card.site}…"
    return "".join(part.text for part in runs(text, fonts) if part.font < 0)


def _no_font(given: str, tree: Tree) -> Diagnostic:
    if given:
        hint = "name a .ttf, .otf or .ttc file, or leave social_cards.font out"
        message = f"{given} is no font that can be read: there are no social cards"
        return diagnose("card-font", message, path=tree.config_path, hint=hint)
    hint = "install Noto Sans CJK (fonts-noto-cjk), or name a font file in social_cards: {font: …}"
    return diagnose("card-no-font", "no font with Chinese letters was found: there are no social cards", hint=hint)


def _no_glyph(path: str, letters: str) -> Diagnostic:
    shown = " ".join(dict.fromkeys(letters[:5]))
    hint = "name a font that has them in social_cards: {font: …}, or give the note a cover"
    return diagnose("card-glyph", f"no social card: no font has {shown}", path=path, hint=hint)


def _files(cards: Mapping[str, Card], names: Mapping[str, str], fonts: CardFonts, tools: Tools) -> Iterator[OutputFile]:
    """Yield the files of cards, each remembered under its name; two equal cards are one file."""
    by_name = {names[url]: card for url, card in cards.items()}

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        items = [list(by_name.values())[number] for number in missing]
        return run(_maker, fonts, items, tools.workers if len(items) > _PARALLEL else 1)

    wanted = [Wanted(name, {"card": digest(card)}) for name, card in by_name.items()]
    for name, data in zip(by_name, remember("card", wanted, make, tools), strict=True):
        yield OutputFile(name, digest_bytes(data), data)


def _maker(fonts: CardFonts) -> Callable[[Card], bytes]:
    return card_maker(fonts)
