"""The states in which pages are checked: as they load, in use, answered, printed, without their scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playwright.sync_api import Page

from browser.pages.checkers import AXE, EQUAL_ACCESS, NOT_ON_PAPER
from browser.pages.record import Record, Run
from browser.portal.lessons import SITE, frame_in

SEARCHES = (
    "fr/recherche/?q=vidéo",
    "en/search/?q=video",
    "fr/recherche/?q=vidoé",
    "en/search/?q=zzzzzz",
    "fr/recherche/?topic=accessibility",
)

CHECKERS = {checker.name: checker for checker in (AXE, EQUAL_ACCESS)}


@dataclass(frozen=True)
class State:
    """A state of a page: its name in the report, how to bring it about, and which pages have it."""

    name: str
    prepare: Callable[[Page], None]
    on: str = "html"
    """A selector: pages without such an element have no such state."""


def _leave(_page: Page) -> None:
    """Leave the page as it comes."""


def _open_the_menu(page: Page) -> None:
    """The menu stands behind a button on a small screen."""
    button = page.locator("[data-menu-button]")
    button.click()
    assert button.get_attribute("aria-expanded") == "true"


def _use(page: Page) -> None:
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
        page.evaluate("() => document.querySelector('video').pause()")  # what is marked stays marked


def answered(page: Page) -> None:
    """Wait until search has said what it found."""
    page.wait_for_function(
        "() => document.querySelector('.search').ariaBusy !== 'true'"
        " && document.querySelector('.search__status').textContent.match(/\\\\d|leçon|lesson/i)"
    )


LOADED = State("loaded", _leave)
MENU_OPEN = State("menu open", _open_the_menu, "[data-menu-button]")
USED = State("used", _use, "details, .player, .transcript, .checklist li")
SEARCH_RESULTS = State("search results", answered)
PRINTED = State("printed", _leave)
SCRIPTS_BLOCKED = State("scripts blocked", _leave)


def check(page: Page, runs: list[Run], addresses: Iterable[str], record: Record, state: State) -> list[str]:
    """What the checker of `runs` finds on each page, loaded once and then shown on every screen."""
    checker = CHECKERS[runs[0].tool]
    left_out = NOT_ON_PAPER if state is PRINTED else ()
    found: dict[int, list[str]] = {index: [] for index in range(len(runs))}
    count = 0
    for address in addresses:
        page.set_viewport_size({"width": runs[0].width, "height": 800})
        page.goto(SITE + address)
        _wait_for_frames(page)
        state.prepare(page)
        checker.put_into(page)
        count += 1
        for index, run in enumerate(runs):
            page.emulate_media(color_scheme=run.scheme)
            page.set_viewport_size({"width": run.width, "height": 800})
            where = f"/{address}, {run.scheme}, {run.width} px"
            found[index] += [f"{where}: {failure}" for failure in checker.failures(page, left_out)]
    for index, run in enumerate(runs):
        record.add(run, count, len(found[index]))
    assert count, f"{state.name}: no page"
    return [line for lines in found.values() for line in lines]


def _wait_for_frames(page: Page) -> None:
    """A frame that has not loaded yet is an empty document, which no one reads."""
    for index in range(page.locator("micro-lesson iframe").count()):
        frame_in(page, index)


PRESS = """async () => {
  const soon = () => new Promise((done) => setTimeout(done));
  window.print = () => {};
  HTMLMediaElement.prototype.requestFullscreen = async () => {};
  for (const video of document.querySelectorAll('video')) {
    video.muted = true;
    await video.play();
  }
  for (const fold of document.querySelectorAll('summary')) fold.click();
  for (const list of document.querySelectorAll('select')) {
    if (!list.checkVisibility()) continue;
    const before = list.value;
    for (const value of [...[...list.options].map((option) => option.value), before]) {
      list.value = value;
      list.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
  for (const field of document.querySelectorAll('input:is([type=search], [type=text]):not([readonly])')) {
    field.value = 'a';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  const pressed = ':is(button:not([type=submit]), input[type=checkbox], input[type=radio])';
  let count = 0;
  for (const control of document.querySelectorAll(pressed)) {
    if (!control.checkVisibility()) continue;
    control.click();
    count += 1;
  }
  await soon();
  const link = document.querySelector('[data-tool=link]');
  if (link) { // once more, where the browser keeps the clipboard to itself
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    link.click();
  }
  await soon();
  for (const video of document.querySelectorAll('video')) video.pause();
  await new Promise((done) => setTimeout(done, 20));
  return count;
}"""
"""Uses every control that shows, in the header, the page and the footer, and tells how many it pressed."""
