"""What the page templates are told: one function for each kind of page, values in, values out.

What pages that are no lesson are told beside is in `plain_view.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from microlearning import embed, metadata
from microlearning.feeds import Feed, Item, newest_first
from microlearning.metadata import Card, Twins
from microlearning.page import LessonPage, addressed_sections, shown_player
from microlearning.portals import frame_ancestors
from microlearning.sheet import PAGE, Sheet, bilingual_name
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

    stylesheet: str = ""
    script: str = ""
    scheme: str = ""
    search_script: str = ""
    """Addresses from the site's root; empty before the files are made."""

    portals: tuple[str, ...] = ()
    """Who may frame the pages made for frames: origins (`portals.py`)."""

    search: Mapping[str, str] = field(default_factory=dict)
    """The address of the search page from the site's root, by language; empty when there is none."""
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
        "scheme": f"{root}{site.scheme}",
        "site_name": site.names[language],
        "publisher": site.publishers,
    }


def content_page(
    site: Site, card: Card, twins: Twins, root: str, menu: Iterable[MenuItem]
) -> dict[str, object]:
    """A page in one language: its metadata, its menu, its twin."""
    twin = urlsplit(twins.of(other(card.language))).path.removeprefix(site.base)
    search = site.search.get(card.language, "")
    return any_page(site, card.language, root) | {
        "search_address": root + search if search else "",
        "is_search": bool(search) and card.address == urljoin(site.url, search),
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
        "waiver": None,
        "is_home": card.address == site.home(card.language),
    }


def lesson_page(site: Site, page: LessonPage, card: Card, twins: Twins, root: str) -> dict[str, object]:
    """What a lesson's page has beside: the model, the player, the structured data, the snippets."""
    about_site = {"name": site.names[page.language], "url": site.home(page.language), "root": site.url}
    return {
        "lesson": page,
        "content": addressed_sections(page, card.address, after=page.document.lead),
        "sheet": sheet(site, page, twins, root),
        "topics": card.subjects,
        "player": shown_player(page, root),
        "embed": embed.embed(page, card.address, site.url),
        "json_ld": metadata.lesson_json_ld(page, card, twins, about_site),
    }


def guide_link(site: Site, guide: Twins | None, language: str, root: str) -> dict[str, object]:
    """Where the page for portals' owners is, from a page whose way to the site's root is `root`."""
    path = urlsplit(guide.of(language)).path.removeprefix(site.base) if guide else None
    return {"guide": "" if path is None else root + path}


def embed_pages(
    site: Site, page: LessonPage, card: Card, twins: Twins
) -> Iterator[tuple[str, dict[str, object]]]:
    """The pages made for a portal's frame: each part of the lesson on screen, on paper the whole sheet."""
    root, language = "../../", page.language
    twin = urlsplit(twins.of(other(language))).path.removeprefix(site.base)
    common = any_page(site, language, root) | {
        "canonical": card.address,
        "modified": card.modified,
        "sheet": sheet(site, page, twins, root),
        "portals": frame_ancestors(site.portals),
    }
    for part, content in embed.contents(page, shown_player(page, root), card.address):
        file = embed.file_name(part)
        own = {"title": embed.frame_title(page, part), "twin": f"{root}{twin}{file}", "content": content}
        yield file, common | own | {"part": part}


def feed(site: Site, home: Card) -> Feed:
    """What the feeds of one language say of themselves; `home` is the catalogue's card."""
    return Feed(
        language=home.language,
        title=site.names[home.language],
        publisher=site.publishers[home.language],
        description=home.description,
        home=site.home(home.language),
        twin=site.home(other(home.language)),
        site=site.url,
        modified=home.modified,
    )


def feed_items(site: Site, pages: Iterable[LessonPage], twins: Mapping[str, Twins]) -> list[Item]:
    """The lessons of one language for its feeds, the newest first. `twins` are by file name."""
    return [
        Item(page, lesson_card(page, both, site), both.of(other(page.language)))
        for page in newest_first(pages)
        for both in (twins[page.lesson.slug],)
    ]


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
        "content": addressed_sections(page, twins.of(page.language), ("do", "dont", "checklist")),
    }


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
