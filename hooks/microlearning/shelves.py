"""The catalogue's pages that no Markdown file stands for: by topic, by length, and past the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from microlearning.catalogue import (
    FIRST,
    Entry,
    Listing,
    address,
    counts,
    listing_title,
    listings,
    shelf,
)
from microlearning.metadata import Card, Twins
from microlearning.strings import LANGUAGES, interface
from microlearning.view import MenuItem, Site, content_page, neutral_page


@dataclass(frozen=True)
class Filled:
    """A page to write: its address from the site's root, its template and what that is told."""

    address: str
    template: str
    values: dict[str, object]


def shelf_pages(
    site: Site,
    known: Mapping[str, tuple[Entry, ...]],
    menu: Callable[[str, str], Iterable[MenuItem]],
    modified: date,
) -> Iterator[Filled]:
    """Every page of the catalogue but its first, which is the home page; in both languages, and the neutral.

    `known` gives the lessons by language, `menu` the main menu of a language for a page from which
    the site's root is at the second of its arguments.
    """
    held_by = {language: counts(entries) for language, entries in known.items()}
    for listing in _held(known):
        twins = listing_twins(site, listing)
        cards = {language: listing_card(site, listing, language, modified) for language in LANGUAGES}
        for language, card in cards.items():
            root = _root(site, card.address)
            values = content_page(site, card, twins, root, menu(language, root))
            values |= shelf_page(site, known[language], language, listing, held_by[language])
            yield Filled(card.address.removeprefix(site.url), "listing.html", values)
        titles = {language: card.title for language, card in cards.items()}
        values = neutral_page(site, titles, twins, _root(site, twins.neutral), modified)
        yield Filled(twins.neutral.removeprefix(site.url), "choose.html", values)


def shelf_twins(site: Site, known: Mapping[str, tuple[Entry, ...]]) -> list[Twins]:
    """Where each of those pairs stands."""
    return [listing_twins(site, listing) for listing in _held(known)]


def _held(known: Mapping[str, tuple[Entry, ...]]) -> list[Listing]:
    return sorted({one for entries in known.values() for one in listings(entries)} - {FIRST})


def shelf_page(
    site: Site,
    entries: tuple[Entry, ...],
    language: str,
    listing: Listing = FIRST,
    held_by: Mapping[Listing, int] | None = None,
) -> dict[str, object]:
    """What a page of the catalogue has beside: the part `listing` of `entries`, one language's lessons."""
    return {"shelf": shelf(entries, listing, language, site.topics, held_by)}


def listing_twins(site: Site, listing: Listing) -> Twins:
    """The absolute addresses of a page of the catalogue."""
    fr, en, neutral = (urljoin(site.url, address(listing, one, site.topics)) for one in ("fr", "en", ""))
    return Twins(fr, en, neutral)


def listing_card(site: Site, listing: Listing, language: str, modified: date) -> Card:
    """The catalogue card of a page of the catalogue."""
    text = interface(language)
    choice = listing_title(listing, language, site.topics)
    title = text["shelf.title"].format(choice=choice) if choice else text["shelf.all"]
    if listing.number > 1:
        title = f"{title}, {text['page'].format(number=listing.number).lower()}"
    return Card(
        title=title,
        description=text["shelf.description"].format(choice=title),
        language=language,
        address=listing_twins(site, listing).of(language),
        publisher=site.publishers[language],
        modified=modified,
    )


def _root(site: Site, address: str) -> str:
    """The way from the page at the absolute `address` to the site's root: `../../`."""
    return "../" * address.removeprefix(site.url).count("/")
