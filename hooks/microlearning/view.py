"""What the page templates are told: one function for each kind of page, values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from microlearning import metadata
from microlearning.catalogue import catalogue
from microlearning.frontmatter import PlainPage
from microlearning.metadata import Card, Twins
from microlearning.page import LessonPage, render_sections
from microlearning.player import player
from microlearning.sheet import PAGE, Sheet, bilingual_name
from microlearning.status import PairStatus
from microlearning.strings import LANGUAGES, interface, other
from microlearning.typography import set_text


@dataclass(frozen=True)
class Site:
    """What every page says of the site. Names, publishers and topics are given by language."""

    url: str
    """Where the site is served, absolute, with a slash at its end."""

    names: Mapping[str, str]
    publishers: Mapping[str, str]
    topics: Mapping[str, Mapping[str, str]]
    """The topics' names by key, then by language."""

    stylesheet: str
    script: str
    """Addresses from the site's root."""

    has_pdf: bool = False
    """Whether this machine makes the sheets' PDFs."""

    @property
    def base(self) -> str:
        """The path under which the site is served: `/`, or `/lessons/`."""
        return urlsplit(self.url).path

    def home(self, language: str) -> str:
        """The absolute address of the catalogue in `language`."""
        return urljoin(self.url, f"{language}/")


@dataclass(frozen=True)
class MenuItem:
    """A page of the main menu."""

    title: str
    href: str
    current: bool


@dataclass(frozen=True)
class StatusRow:
    """A pair of pages on the translation-status page."""

    pair: PairStatus
    addresses: Mapping[str, str]
    """Of its pages, by language, relative to the page."""


def plain_card(front: PlainPage, title: str, language: str, twins: Twins, site: Site) -> Card:
    """The catalogue card of a page that is not a lesson."""
    return Card(
        title=title,
        description=set_text(front.description, language),
        language=language,
        address=twins.of(language),
        publisher=site.publishers[language],
        modified=front.modified,
    )


def lesson_card(page: LessonPage, twins: Twins, site: Site) -> Card:
    """The catalogue card of a lesson."""
    return Card(
        title=page.title,
        description=set_text(page.front.description, page.language),
        language=page.language,
        address=twins.of(page.language),
        publisher=page.lesson.organization[page.language],
        modified=page.lesson.modified,
        image=urljoin(site.url, page.recording.poster.path),
        issued=page.lesson.published,
        identifier=page.lesson.code,
        subjects=tuple(site.topics[key][page.language] for key in page.front.topics),
    )


def any_page(site: Site, language: str, root: str) -> dict[str, object]:
    """What every template needs. `root` leads from the page to the site's root: `../../`."""
    return {
        "language": language,
        "root": root,
        "stylesheet": f"{root}{site.stylesheet}",
        "script": f"{root}{site.script}",
        "site_name": site.names[language],
        "publisher": site.publishers,
    }


def content_page(
    site: Site, card: Card, twins: Twins, root: str, menu: Iterable[MenuItem]
) -> dict[str, object]:
    """A page in one language: its metadata, its menu, its twin."""
    twin = urlsplit(twins.of(other(card.language))).path.removeprefix(site.base)
    return any_page(site, card.language, root) | {
        "menu": tuple(menu),
        "title": card.title,
        "description": card.description,
        "modified": card.modified,
        "canonical": card.address,
        "alternates": twins.alternates(),
        "twin": f"{root}{twin}",
        "terms": metadata.dublin_core(card),
        "graph": metadata.open_graph(
            card, site.names[card.language], is_video=bool(card.identifier), paired=twins.paired
        ),
        "twin_missing": bool(twins.alone),
        "is_home": card.address == site.home(card.language),
    }


def lesson_page(site: Site, page: LessonPage, card: Card, twins: Twins, root: str) -> dict[str, object]:
    """What a lesson's page has beside: the model, the player, the structured data."""
    about_site = {"name": site.names[page.language], "url": site.home(page.language), "root": site.url}
    return {
        "lesson": page,
        "sheet": sheet(site, page, twins, root),
        "topics": card.subjects,
        "player": player(
            page.recording,
            page.title,
            root,
            has_chapters=any(chapter.title for chapter in page.transcript.chapters),
        ),
        "json_ld": metadata.lesson_json_ld(page, card, twins, about_site),
    }


def sheet(site: Site, page: LessonPage, twins: Twins, root: str) -> Sheet:
    """The lesson as it is printed, seen from a page from which `root` leads to the site's root."""
    bilingual = f"{root}{bilingual_name(page.lesson.slug)}" if site.has_pdf else ""
    return Sheet(page, twins.of(page.language), bilingual)


def checklist_twins(twins: Twins) -> Twins:
    """The addresses of `checklist.html` beside the lesson's own."""
    fr, en = (one + PAGE if twins.alone in ("", language) else one for language, one in twins.each())
    return replace(twins, fr=fr, en=en, neutral=f"{twins.neutral}{PAGE}")


def checklist_title(page: LessonPage) -> str:
    """What `checklist.html` is called where its lesson is not in sight."""
    return f"{interface(page.language)['sheet.title']} – {page.title_with_code}"


def checklist_page(
    site: Site, page: LessonPage, card: Card, twins: Twins, around: Mapping[str, Any]
) -> dict[str, object]:
    """The page `checklist.html` beside the lesson's; empty when the lesson has nothing to put on it.

    `around` is what the lesson's own page is told: its `root`, `menu` and `waiver` are this page's too.
    """
    root, menu = around["root"], around["menu"]
    here = sheet(site, page, twins, root)
    if not here.exists:
        return {}
    own = checklist_twins(twins)
    own_card = replace(card, title=checklist_title(page), address=own.of(page.language))
    return content_page(site, own_card, own, root, menu) | {
        "sheet": here,
        "waiver": around["waiver"],
        "lesson_address": twins.of(page.language),
        "content": render_sections(page, ("do", "dont", "checklist")),
    }


def home_page(site: Site, pages: Iterable[LessonPage]) -> dict[str, object]:
    """What the catalogue has beside: the lessons of one language."""
    return {"entries": catalogue(pages, site.topics)}


def status_pairs(
    pairs: Iterable[PairStatus], twins: Mapping[str, Twins], site: Site, root: str
) -> tuple[StatusRow, ...]:
    """What the translation-status page shows: every pair, its pages' addresses from a page at `root`."""
    rows = []
    for pair in pairs:
        known = twins.get(pair.name)
        addresses = {
            one: root + urlsplit(known.of(one)).path.removeprefix(site.base)
            for one in pair.titles
            if known is not None
        }
        rows.append(StatusRow(pair, addresses))
    return tuple(rows)


def neutral_page(
    site: Site, titles: Mapping[str, str], twins: Twins, root: str, modified: date
) -> dict[str, object]:
    """The page that offers both languages of one content as equals."""
    addresses = {one: root + urlsplit(twins.of(one)).path.removeprefix(site.base) for one in LANGUAGES}
    return any_page(site, "en", root) | {
        "titles": titles,
        "twins": addresses,
        "canonical": twins.neutral,
        "alternates": twins.alternates(),
        "modified": modified,
    }
