"""C1, C5, C8: the keyboard reaches all, in the order of the page, shows where it is and has no traps."""

from __future__ import annotations

import string
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from browser.pages.conftest import Reader
from browser.pages.record import BROWSER, Record, Run, screens
from browser.portal.lessons import SITE, frame_in

ORDERS = sorted((Path(__file__).parent / "focus").glob("*.txt"))
"""The order of focus of a page, one stop a line; `_` in the file's name is a slash of its address."""

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
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
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


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", WALKED)
def test_every_stop_is_seen_in_the_order_of_the_page(reader: Reader, address: str, width: int) -> None:
    page = reader(viewport={"width": width, "height": 800})
    page.goto(SITE + address)
    page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    stops = _walk(page)
    assert len(stops) > 2
    faults = [
        f"{aspect} is missing: {stop['name']}"
        for stop in stops
        for aspect in ("follows", "seen", "ring")
        if not stop[aspect]
    ]
    assert not faults, "\n".join(faults)


def _named_stops(page: Page) -> list[str]:
    """Role and name of every stop of Tab; a video with the browser's own controls in it is one."""
    stops: list[str] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        element, label = page.evaluate(
            "() => { const one = document.activeElement; return [one.localName, one.ariaLabel]; }"
        )
        if element == "body":
            return stops
        if element == "video":
            stops += [] if stops[-1].startswith("video") else [f'video "{label}"']
            continue
        stop = page.locator(":focus").aria_snapshot().splitlines()[0].removeprefix("- ").removesuffix(":")
        if stops and stop == stops[0]:
            return stops
        stops.append(stop)
    raise AssertionError(f"no end after {MOST} stops: {stops[-1]}")


@pytest.mark.parametrize("order", ORDERS, ids=lambda file: file.stem)
def test_the_order_of_focus_is_the_one_written_down(reader: Reader, order: Path) -> None:
    """When the page has changed: walk it with the keyboard, then write the new order into the file."""
    page = reader(viewport={"width": 1280, "height": 800}, locale=f"{order.stem[:2]}-CA")
    page.goto(SITE + order.stem.replace("_", "/"))
    assert _named_stops(page) == order.read_text(encoding="utf-8").splitlines()


def test_the_orders_are_those_of_home_and_of_a_lesson_in_both_languages() -> None:
    assert [file.stem for file in ORDERS] == ["en_", "en_trn1-v13_", "fr_", "fr_trn1-v13_"]


FOCUSABLE = """() => {
  const faults = [];
  const can = 'a[href], button, input, select, textarea, summary, video, iframe, [tabindex="0"]';
  for (const one of document.querySelectorAll(can)) {
    one.focus({ focusVisible: true });
    if (document.activeElement !== one) continue; // not shown, so not reached
    const { left, right, top, bottom, width, height } = one.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const out = right <= 0 || left >= innerWidth || bottom <= 0 || top >= innerHeight;
    const off = out || width < 2 || height < 2;
    const bare = !one.matches('video, iframe') && (outlineStyle === 'none' || parseFloat(outlineWidth) < 2);
    if (off) faults.push(`off screen: ${one.outerHTML.slice(0, 120)}`);
    if (bare) faults.push(`no ring: ${one.outerHTML.slice(0, 120)}`);
  }
  return faults;
}"""


@pytest.mark.parametrize("run", screens(BROWSER, "keyboard"), ids=lambda run: f"{run.width} px")
def test_nothing_off_screen_takes_focus_and_all_that_does_has_a_ring(
    reader: Reader, share: list[str], record: Record, run: Run
) -> None:
    page = reader(viewport={"width": run.width, "height": 800})
    faults: list[str] = []
    for address in share:
        page.goto(SITE + address)
        faults += [f"/{address}: {fault}" for fault in page.evaluate(FOCUSABLE)]
    record.add(run, len(share), len(faults))
    assert not faults, "\n".join(faults)


def test_a_control_off_screen_or_without_a_ring_is_found(reader: Reader) -> None:
    page = reader()
    page.goto(f"{SITE}en/about/")
    page.evaluate(
        """() => { const [first, second] = document.querySelectorAll('main a');
        first.style.cssText = 'position: absolute; left: -9999px';
        second.style.setProperty('outline', 'none', 'important'); }"""
    )
    assert sorted(fault.split(":")[0] for fault in page.evaluate(FOCUSABLE)) == ["no ring", "off screen"]


def test_the_first_stop_of_every_page_skips_to_main(reader: Reader, share: list[str]) -> None:
    page = reader()
    faults: list[str] = []
    for address in share:
        page.goto(SITE + address)
        page.keyboard.press("Tab")
        if not page.evaluate("() => document.activeElement.matches('a.skip[href=\"#main\"]')"):
            faults.append(address)
        page.keyboard.press("Enter")
        if not page.evaluate("() => document.activeElement === document.querySelector('main')"):
            faults.append(f"{address}: not in main")
    assert faults == []


@pytest.mark.parametrize("width", [320, 1280])
def test_escape_closes_what_opens_and_focus_stays_on_its_button(
    reader: Reader, share: list[str], width: int
) -> None:
    page = reader(viewport={"width": width, "height": 800})
    faults: list[str] = []
    for address in share:
        page.goto(SITE + address)
        for button in page.locator("[aria-expanded]:visible").all():
            button.focus()
            page.keyboard.press("Enter")
            opened = button.get_attribute("aria-expanded")
            page.keyboard.press("Tab")
            page.keyboard.press("Escape")
            told = (
                opened,
                button.get_attribute("aria-expanded"),
                button.evaluate("x => x === document.activeElement"),
            )
            if told != ("true", "false", True):
                faults.append(f"/{address}: {button.evaluate('x => x.outerHTML')}: {told}")
    assert not faults, "\n".join(faults)


KEYS = (*string.ascii_letters, *string.digits, *string.punctuation, "Escape")
STATE = "() => [document.documentElement.outerHTML, location.href, document.activeElement.localName]"


@pytest.mark.parametrize("address", ["fr/", "en/trn1-v13/", "fr/recherche/", "en/trn1-v13/embed.html"])
def test_single_keys_do_nothing(reader: Reader, address: str) -> None:
    """A word said aloud to a speech program is typed as letters (WCAG 2.1.4)."""
    page = reader()
    page.goto(SITE + address)
    before = page.evaluate(STATE)
    for key in KEYS:
        page.keyboard.press(key)
    assert page.evaluate(STATE) == before


def test_no_page_listens_for_single_keys(reader: Reader, share: list[str]) -> None:
    """Every key at once, as events that the page's scripts hear; and no `accesskey`."""
    page = reader()
    faults: list[str] = []
    for address in share:
        page.goto(SITE + address)
        before = page.evaluate(STATE)
        page.evaluate(
            """(keys) => {
              for (const key of keys) {
                const told = { key, bubbles: true, cancelable: true };
                for (const type of ['keydown', 'keypress', 'keyup']) {
                  document.body.dispatchEvent(new KeyboardEvent(type, told));
                }
              }
            }""",
            KEYS,
        )
        faults += [] if page.evaluate(STATE) == before else [address]
        faults += [f"{address}: accesskey"] * page.locator("[accesskey]").count()
    assert faults == []


@pytest.mark.parametrize("address", ["fr/trn1-v13/", "en/trn1-v13/embed-video.html"])
def test_each_stop_among_the_browsers_own_controls_of_a_video_shows(reader: Reader, address: str) -> None:
    """Their style cannot be read: what can be is that the picture changes from one stop to the next."""
    page = reader(viewport={"width": 1280, "height": 900})
    page.goto(SITE + address)
    video = page.locator("video")
    video.evaluate("one => { one.tabIndex = -1; one.focus(); one.removeAttribute('tabindex'); }")
    pictures = []
    for _ in range(20):
        page.keyboard.press("Tab")
        if not video.evaluate("one => one === document.activeElement"):
            break
        page.evaluate(STOP)
        pictures.append(Image.open(BytesIO(video.screenshot(animations="disabled"))).convert("RGB"))
    assert len(pictures) > 1
    same = [
        number
        for number, (one, other) in enumerate(pairwise(pictures))
        if ImageChops.difference(one, other).getbbox() is None
    ]
    assert same == [], "stops that look like the one after them"


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
