"""The press: every file of a lesson, from what its author wrote and what the site says around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from microlearning import render, view
from microlearning.beside import lesson_files, sheet_files
from microlearning.catalogue import Entry
from microlearning.frontmatter import LessonPage as LessonFront
from microlearning.frontmatter import Waiver
from microlearning.links import resolved
from microlearning.metadata import Twins
from microlearning.page import LessonPage, read_lesson_page
from microlearning.pdf import PdfStore
from microlearning.project import Project, WrittenPage
from microlearning.section import read_document
from microlearning.sheet import PAGE
from microlearning.strings import LANGUAGES
from microlearning.typography import set_html

ROOT = "../../"
"""The way from a lesson's page to the site's root."""


@dataclass(frozen=True)
class Around:
    """What a lesson's pages show of other pages. Where it is a mapping, it is by language."""

    twins: Twins
    menus: Mapping[str, tuple[tuple[str, str], ...]]
    """The main menu: titles, and addresses from the site's root."""

    homes: Mapping[str, str]
    """The home pages' titles: they stand in for a page that is not there yet."""

    related: Mapping[str, tuple[Entry, ...]]
    guide: Twins | None
    """Where the page for portals' owners is."""

    waiver: tuple[str, Waiver] | None
    addresses: Mapping[str, str]
    """Of the files that the lesson links to, from the site's root, by their names below `docs/`."""


def press(
    project: Project, name: str, around: Around, site: view.Site, store: PdfStore | None
) -> Iterator[tuple[str, str | bytes]]:
    """Each file of the lesson `name` of `project`: its address from the site's root, and what it holds."""
    written = project.pairs[name]
    pages = {one: _with_links(page, project, around) for one, page in written.items() if page.lesson}
    sheets = {}
    for language, page in pages.items():
        files, sheets[language] = _page_files(page, around, site)
        for file, text in files.items():
            yield f"{language}/{name}/{file}", text
    yield from _neutral_pages(pages, name, around, site, has_sheets=all(map(sheets.get, LANGUAGES)))
    if store is not None:
        sides = [view.sheet(site, pages[one], around.twins, "") for one in ("en", "fr") if one in pages]
        if sides and all(side.exists for side in sides):
            yield from sheet_files(name, sides, store).items()


def _with_links(written: WrittenPage, project: Project, around: Around) -> LessonPage:
    """The lesson's page, its links to files of the site turned into addresses."""
    page = written.lesson
    front = written.front
    if page is None or not isinstance(front, LessonFront):
        raise TypeError(written.name)
    if not around.addresses:
        return page

    def address(target: str) -> str | None:
        there = around.addresses.get(target)
        return None if there is None else ROOT + there

    html = set_html(resolved(written.html, written.name, address), written.language)
    lesson = project.lessons[front.lesson]
    return read_lesson_page(read_document(html, written.source), lesson, front, written.language)


def _page_files(page: LessonPage, around: Around, site: view.Site) -> tuple[dict[str, str], bool]:
    """What stands in one language's folder, by name; and whether a sheet is among it."""
    language, twins = page.language, around.twins
    card = view.lesson_card(page, twins, site)
    menu = [view.MenuItem(title, ROOT + url, current=False) for title, url in around.menus[language]]
    context = view.content_page(site, card, twins, ROOT, menu) | {"waiver": around.waiver}
    context |= view.lesson_page(site, page, card, twins, ROOT)
    context |= view.guide_link(site, around.guide, language, ROOT)
    context |= {"related": around.related[language]}
    checklist = view.checklist_page(site, page, card, twins, context)
    files = {"index.html": render.page("lesson.html", **context)}
    return files | lesson_files(page, twins, site, checklist), bool(checklist)


def _neutral_pages(
    pages: Mapping[str, LessonPage], name: str, around: Around, site: view.Site, *, has_sheets: bool
) -> Iterator[tuple[str, str]]:
    """The pages that offer both languages as equals: of the lesson, and of its sheet."""
    modified = max(page.lesson.modified for page in pages.values())
    titles = {one: pages[one].title if one in pages else around.homes[one] for one in LANGUAGES}
    values = view.neutral_page(site, titles, around.twins, "../", modified)
    yield f"{name}/index.html", render.page("choose.html", **values)
    if has_sheets:
        titles = {one: view.checklist_title(page) for one, page in pages.items()}
        values = view.neutral_page(site, titles, view.checklist_twins(around.twins), "../", modified)
        yield f"{name}/{PAGE}", render.page("choose.html", **values)
