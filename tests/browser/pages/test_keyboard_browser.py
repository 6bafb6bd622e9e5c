"""C1, C5: the keyboard reaches everything in the order of the page, shows where it is, and has no traps."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from browser.pages.conftest import Reader
from browser.pages.record import BROWSER, Record, screens
from browser.portal.lessons import SITE, frame_in

WALKED = (
    *("fr/", "en/", "fr/trn1-v13/", "en/trn1-v13/", "fr/trn1-v13/checklist.html", "en/trn1-v13/embed.html"),
    *("fr/recherche/?q=vidéo", "en/embed/", "404.html", "about/"),
)
MOST = 200
"""Stops on one page; more than that is a trap."""

STOP = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  let one = document.activeElement;
  if (!one || one === document.body) return null;
  const before = window.lastStop;
  window.lastStop = one;
  const follows = !before || Boolean(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
    || before === one;
  const host = one;
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  // A frame's document and the browser's own controls of a video show the focus themselves.
  if (one.matches('iframe, video')) return { name: one.localName, follows, seen: true, ring: true };
  const { left, top, width, height } = one.getClientRects()[0];
  const seen = top < innerHeight && top + height > 0 && left >= 0 && left < innerWidth && width > 1;
  const [x, y] = [left + width / 2, Math.min(Math.max(top + height / 2, 1), innerHeight - 1)];
  const onTop = document.elementFromPoint(x, y);
  const free = !onTop || host.contains(onTop) || onTop.contains(host);
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
  const ring = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  return { name: one.cloneNode().outerHTML.slice(0, 160), follows, seen: seen && free, ring };
}"""


def _walk(page: Page) -> list[dict[str, Any]]:
    """Every stop of Tab from the top of the page to its end."""
    stops: list[dict[str, Any]] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["name"] == stops[0]["name"]):
            return stops  # the end, or the top again
        stops.append(stop)
    raise AssertionError(f"no end after {MOST} stops: {stops[-1]}")


def test_every_stop_is_seen_in_the_order_of_the_page(reader: Reader, record: Record) -> None:
    page = reader(viewport={"width": 1280, "height": 800})
    faults: list[str] = []
    for address in WALKED:
        page.goto(SITE + address)
        page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        stops = _walk(page)
        assert len(stops) > 2, address
        faults += [
            f"/{address}: {aspect} is missing: {stop['name']}"
            for stop in stops
            for aspect in ("follows", "seen", "ring")
            if not stop[aspect]
        ]
    record.add(*screens(BROWSER, "keyboard"), len(WALKED), len(faults))
    assert not faults, "\n".join(faults)


def test_the_first_stop_of_every_page_skips_to_main(reader: Reader, addresses: list[str]) -> None:
    page = reader()
    faults: list[str] = []
    for address in addresses:
        page.goto(SITE + address)
        page.keyboard.press("Tab")
        if not page.evaluate("() => document.activeElement.matches('a.skip[href=\"#main\"]')"):
            faults.append(address)
        page.keyboard.press("Enter")
        if not page.evaluate("() => document.activeElement === document.querySelector('main')"):
            faults.append(f"{address}: not in main")
    assert faults == []


@pytest.mark.parametrize("address", ["fr/", "en/trn1-v13/", "fr/recherche/", "en/trn1-v13/embed.html"])
def test_single_keys_do_nothing(reader: Reader, address: str) -> None:
    """A word said aloud to a speech program is typed as letters (WCAG 2.1.4)."""
    page = reader()
    page.goto(SITE + address)
    before = page.content(), page.url
    for key in ("n", "p", "s", "f", "k", "m", "/", ",", ".", "?", "0", "Escape"):
        page.keyboard.press(key)
    assert page.evaluate("() => document.activeElement === document.body")
    assert (page.content(), page.url) == before


def test_the_focus_enters_the_frame_in_the_elements_shadow(reader: Reader) -> None:
    page = reader()
    page.goto(f"{SITE}en/embed/")
    frame_in(page)
    page.evaluate(
        """() => { const before = document.createElement('button');
        document.querySelector('micro-lesson').before(before); before.focus(); }"""
    )
    page.keyboard.press("Tab")
    inside = page.evaluate("() => document.activeElement.shadowRoot?.activeElement?.localName")
    assert inside == "iframe"
