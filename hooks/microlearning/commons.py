"""What belongs to no lesson: the other pages, the catalogue's, the feeds, the sitemap, the status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from microlearning import feeds, metadata, places, plain_view, render, shelves, view
from microlearning.catalogue import Entry, catalogue, entry
from microlearning.conformance import Report
from microlearning.frontmatter import PlainPage
from microlearning.metadata import Card, Twins
from microlearning.page import LessonPage
from microlearning.portals import INCLUDE, fill, nginx_include
from microlearning.press import Around
from microlearning.record import PairFacts
from microlearning.related_lessons import Related
from microlearning.status import PairStatus, status_json
from microlearning.strings import LANGUAGES, interface


@dataclass(frozen=True)
class Commons:
    """The site as a whole, once every pair is read."""

    site: view.Site
    pairs: Mapping[str, PairFacts]
    """By shared name, in order."""

    statuses: Sequence[PairStatus]
    menu: Sequence[str]
    """The shared names of the pages in the main menu."""

    report: Report | None
    """What the accessibility tests last found."""

    @cached_property
    def twins(self) -> dict[str, Twins]:
        """Where each pair stands."""
        return {
            name: places.twins(name, pair.fronts, self.site.url, waived=pair.waiver is not None)
            for name, pair in self.pairs.items()
        }

    @cached_property
    def lessons(self) -> dict[str, dict[str, LessonPage]]:
        """The lessons' pages by language, then by product code."""
        found: dict[str, dict[str, LessonPage]] = {language: {} for language in LANGUAGES}
        for pair in self.pairs.values():
            for language, page in pair.lessons.items():
                found[language][page.lesson.code] = page
        return found

    @cached_property
    def catalogues(self) -> dict[str, tuple[Entry, ...]]:
        """The lessons as the catalogue shows them, by language."""
        return {
            language: catalogue(pages.values(), self.site.topics) for language, pages in self.lessons.items()
        }

    # --- what lessons show of others

    def arounds(self, linked: Mapping[str, Sequence[str]]) -> dict[str, Around]:
        """What is around each lesson; `linked` are the files that each links to."""
        twins = self.twins
        menus = {language: tuple(self._menu(language)) for language in LANGUAGES}
        homes = {language: self._home_title(language) for language in LANGUAGES}
        related = {language: Related(self.lessons[language]) for language in LANGUAGES}
        return {
            name: Around(
                twins=twins[name],
                menus=menus,
                homes=homes,
                related={
                    language: tuple(entry(one, self.site.topics) for one in related[language].to(page))
                    for language, page in pair.lessons.items()
                },
                guide=twins.get("embed"),
                waiver=pair.waiver,
                addresses={
                    target: address for target in linked.get(name, ()) if (address := self._address(target))
                },
            )
            for name, pair in self.pairs.items()
            if pair.lessons
        }

    def _menu(self, language: str) -> Iterator[tuple[str, str]]:
        for name in self.menu:
            pair = self.pairs.get(name)
            if pair and language in pair.fronts:
                url = places.page_url(language, name, pair.fronts[language])
                yield (interface(language)["lessons"] if name == "index" else pair.titles[language]), url

    def _menu_from(self, language: str, root: str, here: str = "") -> list[view.MenuItem]:
        """The menu on the page at `here`, from which `root` leads to the site's root."""
        return [view.MenuItem(title, root + to, current=to == here) for title, to in self._menu(language)]

    def _home_title(self, language: str) -> str:
        home = self.pairs.get("index")
        return home.titles.get(language, "") if home else ""

    def _address(self, target: str) -> str:
        """The address of a file of `docs/` from the site's root; empty for a page that is not there."""
        if not target.endswith(".md"):
            return target
        language, shared = places.language_of(target), places.shared_name(target)
        pair = self.pairs.get(shared)
        return (
            places.page_url(language, shared, pair.fronts[language])
            if pair and language in pair.fronts
            else ""
        )

    # --- pages that an author wrote and that are no lesson

    def plain_page(self, name: str, content: str) -> str:
        """The page of the file `name`, whose Markdown MkDocs has made into `content`."""
        site, language, shared = self.site, places.language_of(name), places.shared_name(name)
        pair, twins = self.pairs[shared], self.twins
        front = pair.fronts[language]
        if not isinstance(front, PlainPage):
            raise TypeError(name)
        url = places.page_url(language, shared, front)
        root = "../" * url.count("/")
        card = plain_view.plain_card(front, pair.titles[language], language, twins[shared], site)
        menu = self._menu_from(language, root, url)
        context: dict[str, Any] = view.content_page(site, card, twins[shared], root, menu)
        context |= {"waiver": pair.waiver, "content": fill(content, site.portals, site.url)}
        pages = self.lessons[language]
        template = front.template or ("home.html" if shared == "index" else "main.html")
        if template == "embed-guide.html":
            context |= plain_view.guide_page(site, pages.values(), twins)
        if template == "status.html":
            context["pairs"] = plain_view.status_pairs(self.statuses, twins, site, root)
        if template == "accessibility.html":
            context["conformance"] = plain_view.statement(self.report, language)
        if context["is_home"] or context["is_search"]:
            context |= shelves.shelf_page(site, self.catalogues[language], language)
        if context["is_search"]:
            context |= plain_view.search_page(site, pages.values(), language)
        return render.page(template, **context)

    def address(self, name: str) -> str:
        """Where the page of the file `name` stands, from the site's root: `fr/a-propos/index.html`."""
        language, shared = places.language_of(name), places.shared_name(name)
        return f"{places.page_url(language, shared, self.pairs[shared].fronts[language])}index.html"

    def shows_status(self, name: str) -> bool:
        """Whether the page of the file `name` tells how each pair stands."""
        front = self.pairs[places.shared_name(name)].fronts[places.language_of(name)]
        return isinstance(front, PlainPage) and front.template == "status.html"

    # --- pages and files that no author wrote

    def status_files(self) -> Iterator[tuple[str, str]]:
        """How each pair stands, for tools."""
        yield "translation-status.json", status_json(self.statuses)

    def files(self) -> Iterator[tuple[str, str]]:
        """Each file that no Markdown stands for: its address from the site's root, and its text."""
        site, twins = self.site, self.twins
        for name, pair in self.pairs.items():
            if not pair.lessons:
                yield self._neutral_page(name, pair, twins[name])
        modified = self.pairs["index"].modified
        for page in shelves.shelf_pages(site, self.catalogues, self._menu_from, modified):
            yield f"{page.address}index.html", render.page(page.template, **page.values)
        yield "404.html", render.page("404.html", **view.any_page(site, "en", site.base))
        dated = [(twins[name], pair.modified) for name, pair in self.pairs.items()]
        shelved = shelves.shelf_twins(site, self.catalogues)
        yield "sitemap.xml", metadata.sitemap([*dated, *((one, modified) for one in shelved)])
        yield INCLUDE, nginx_include(site.portals)
        yield from self.status_files()
        for language in LANGUAGES:
            yield from self._feeds(language, twins)

    def _neutral_page(self, name: str, pair: PairFacts, twins: Twins) -> tuple[str, str]:
        address = "" if name == "index" else f"{name}/"
        titles = {one: pair.titles.get(one) or self._home_title(one) for one in LANGUAGES}
        values = view.neutral_page(self.site, titles, twins, "../" * address.count("/"), pair.modified)
        return f"{address}index.html", render.page("choose.html", **values)

    def _feeds(self, language: str, twins: Mapping[str, Twins]) -> Iterator[tuple[str, str]]:
        """The lessons of one language for portals and readers of feeds."""
        feed = view.feed(self.site, self._home_card(language, twins["index"]))
        items = view.feed_items(self.site, self.lessons[language].values(), twins)
        yield f"{language}/lessons.json", feeds.lessons_json(feed, items, self.site.topics)
        yield f"{language}/{feeds.SCHEMA}", feeds.lessons_schema(feed.home)
        yield f"{language}/feed.xml", feeds.atom(feed, items)

    def _home_card(self, language: str, twins: Twins) -> Card:
        home = self.pairs["index"]
        front = home.fronts[language]
        if not isinstance(front, PlainPage):
            raise TypeError(language)
        return plain_view.plain_card(front, home.titles[language], language, twins, self.site)
