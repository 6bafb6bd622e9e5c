"""The states in which pages are checked: as they load, used, answered, printed, without their scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from playwright.sync_api import Page

from browser.pages.checkers import AXE, EQUAL_ACCESS, NOT_ON_PAPER
from browser.pages.record import Record, Run
from browser.portal.lessons import SITE

SEARCHES = (
    "fr/recherche/?q=vidéo",
    "en/search/?q=video",
    "fr/recherche/?q=vidoé",
    "en/search/?q=zzzzzz",
    "fr/recherche/?topic=accessibility",
)

CHECKERS = {checker.name: checker for checker in (AXE, EQUAL_ACCESS)}
Prepare = Callable[[Page], None]


def as_loaded(_page: Page) -> None:
    """Leave the page as it comes."""


def used(page: Page) -> None:
    """Unfold what folds, tick every second box, open the caption settings, follow the video's transcript."""
    page.evaluate(
        """() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
        [...document.querySelectorAll('.checklist input')].filter((_, index) => index % 2 === 0)
          .forEach((box) => box.click());
        document.querySelector('[data-tool="settings"]')?.click();
        }"""
    )
    times = page.locator(".transcript__time button")
    if times.count():
        times.first.click()
        page.locator(".transcript [aria-current]").wait_for()


def with_the_menu(page: Page) -> None:
    """Open the menu where it stands behind a button: on a small screen."""
    button = page.locator('[data-menu-button][aria-expanded="false"]')
    if button.is_visible():
        button.click()


def answered(page: Page) -> None:
    """Wait until search has said what it found."""
    page.wait_for_function(
        "() => document.querySelector('.search').ariaBusy !== 'true'"
        " && document.querySelector('.search__status').textContent.match(/\\\\d|leçon|lesson/i)"
    )


def check(
    page: Page,
    runs: list[Run],
    addresses: Iterable[str],
    record: Record,
    prepare: Prepare = as_loaded,
) -> list[str]:
    """What the checker of `runs` finds on each page, loaded once and then shown on every screen."""
    checker = CHECKERS[runs[0].tool]
    left_out = NOT_ON_PAPER if runs[0].state == "printed" else ()
    found: dict[int, list[str]] = {index: [] for index in range(len(runs))}
    count = 0
    for address in addresses:
        page.set_viewport_size({"width": runs[0].width, "height": 800})
        page.goto(SITE + address)
        prepare(page)
        checker.put_into(page)
        count += 1
        for index, run in enumerate(runs):
            page.emulate_media(color_scheme=run.scheme)
            page.set_viewport_size({"width": run.width, "height": 800})
            if prepare is used:
                with_the_menu(page)
            where = f"/{address}, {run.scheme}, {run.width} px"
            found[index] += [f"{where}: {failure}" for failure in checker.failures(page, left_out)]
    for index, run in enumerate(runs):
        record.add(run, count, len(found[index]))
    assert count, f"{runs[0].state}: no page"
    return [line for lines in found.values() for line in lines]
