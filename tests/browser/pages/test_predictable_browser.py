"""C8, C9: what pages do by themselves when they are pointed at, focused, filled in or turned: nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser.pages.conftest import Reader
from browser.portal.lessons import SITE

EVERY_SHAPE = (
    *("", "fr/", "fr/trn1-v13/", "en/trn1-v13/embed.html", "en/trn1-v13/checklist.html"),
    *("en/search/?q=video", "fr/integrer/"),
)
"""What pages do by themselves they do alike: a page of every shape will do."""

AT_REST = tuple(address for address in EVERY_SHAPE if "?" not in address)
"""Those where nothing comes after the page."""

TOLD = """() => {
  const text = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const shown = [];
  while (text.nextNode()) {
    const { data, parentElement: around } = text.currentNode;
    const { visibility, opacity, clipPath } = getComputedStyle(around);
    if (data.trim() && around.checkVisibility()) shown.push([data, visibility, opacity, clipPath].join());
  }
  return [location.href, document.title, shown.join('\\n'), document.querySelectorAll('body *').length];
}"""
"""Where the reader is, every word that shows, and how much there is in the page."""

FOCUS_EACH = """async () => {
  const moved = [];
  for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary, video')) {
    one.focus();
    if (document.activeElement !== one) continue;
    await null;
    if (document.activeElement !== one) moved.push(`focus leaves ${one.outerHTML.slice(0, 100)}`);
  }
  document.activeElement.blur();
  scrollTo(0, 0);
  await new Promise((done) => setTimeout(done, 20));
  return moved;
}"""


def test_3_2_1_focus_changes_nothing(reader: Reader) -> None:
    page = reader()
    opened: list[str] = []
    page.context.on("page", lambda new: opened.append(new.url))
    faults: list[str] = []
    for address in AT_REST:
        page.goto(SITE + address)
        before = page.evaluate(TOLD)
        faults += [f"/{address}: {fault}" for fault in page.evaluate(FOCUS_EACH)]
        if page.evaluate(TOLD) != before:
            faults.append(f"/{address}: something else shows")
    assert faults == []
    assert opened == []


FILL_EACH = """async () => {
  const faults = [];
  const fields = 'select, textarea, input:not([type=hidden])';
  for (const one of document.querySelectorAll(fields)) {
    if (!one.checkVisibility() || one.readOnly) continue;
    one.focus();
    if (one.matches('[type=checkbox], [type=radio]')) one.click();
    else if (one.matches('select')) one.selectedIndex = one.options.length - 1;
    else one.value = 'abc';
    one.dispatchEvent(new InputEvent('input', { bubbles: true }));
    one.dispatchEvent(new Event('change', { bubbles: true }));
    await new Promise((done) => setTimeout(done, 20));
    if (document.activeElement !== one) faults.push(`focus leaves ${one.outerHTML.slice(0, 100)}`);
  }
  return [...faults, location.origin + location.pathname];
}"""


def test_3_2_2_filling_in_leads_nowhere(reader: Reader) -> None:
    page = reader()
    opened: list[str] = []
    page.context.on("page", lambda new: opened.append(new.url))
    faults: list[str] = []
    for address in AT_REST:
        page.goto(SITE + address)
        page.evaluate("() => { window.here = true; }")
        *found, place = page.evaluate(FILL_EACH)
        faults += [f"/{address}: {fault}" for fault in found]
        if place != SITE + address or not page.evaluate("() => window.here"):
            faults.append(f"/{address}: led to {place}")
    assert faults == []
    assert opened == []


POINTED = "a[href], button, input, select, summary, textarea, label, video, abbr, [title], h1, h2, img, li"


def _count(page: Page) -> int:
    return int(page.evaluate("(selector) => document.querySelectorAll(selector).length", POINTED))


def _told(page: Page, index: int) -> str:
    script = "([selector, index]) => document.querySelectorAll(selector)[index].outerHTML.slice(0, 100)"
    return str(page.evaluate(script, [POINTED, index]))


def _centre(page: Page, index: int) -> tuple[float, float] | None:
    """The middle of the element of `POINTED` at `index`, brought into view; None when it does not show."""
    x, y = page.evaluate(
        """([selector, index]) => {
          const one = document.querySelectorAll(selector)[index];
          if (!one.checkVisibility()) return [-1, -1];
          one.scrollIntoView({ block: 'center' });
          const { left, top, width, height } = one.getBoundingClientRect();
          return width > 1 ? [left + width / 2, top + height / 2] : [-1, -1];
        }""",
        [POINTED, index],
    )
    return (x, y) if x > 0 and y > 0 else None


@pytest.mark.parametrize("address", EVERY_SHAPE)
def test_1_4_13_nothing_shows_only_when_it_is_pointed_at(reader: Reader, address: str) -> None:
    page = reader(viewport={"width": 1280, "height": 800})
    page.goto(SITE + address)
    page.wait_for_load_state("networkidle")
    before = page.evaluate(TOLD)
    changed = []
    for index in range(_count(page)):
        place = _centre(page, index)
        if place:
            page.mouse.move(*place)
            if page.evaluate(TOLD) != before:
                changed.append(_told(page, index))
    assert changed == []


@pytest.mark.parametrize("address", EVERY_SHAPE)
def test_2_5_2_a_press_that_is_let_go_elsewhere_does_nothing(reader: Reader, address: str) -> None:
    page = reader(viewport={"width": 320, "height": 800})
    page.goto(SITE + address)
    page.wait_for_load_state("networkidle")
    state = """() => [location.href, [...document.querySelectorAll('button, input, details')].map(
      (one) => [one.ariaExpanded, one.ariaPressed, one.checked, one.open])]"""
    before = page.evaluate(state)
    done = []
    for index in range(_count(page)):
        place = _centre(page, index)
        if place and _told(page, index).startswith(("<a ", "<button", "<input", "<summary", "<label")):
            page.mouse.move(*place)
            page.mouse.down()
            page.mouse.move(2, 2)
            page.mouse.up()
            if page.evaluate(state) != before:
                done.append(_told(page, index))
    assert done == []


@pytest.mark.parametrize("address", EVERY_SHAPE)
def test_1_3_4_a_turned_screen_shows_the_same_words(reader: Reader, address: str) -> None:
    page = reader(viewport={"width": 360, "height": 740}, has_touch=True)
    page.goto(SITE + address)
    page.wait_for_load_state("networkidle")
    words = "() => document.querySelector('main').innerText.split(/\\s+/).sort().join(' ')"
    upright = page.evaluate(words)
    page.set_viewport_size({"width": 740, "height": 360})
    assert page.evaluate(words) == upright
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


AGAINST_THE_ORDER = """() => {
  const text = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const isClipped = (one) =>
    one && (getComputedStyle(one).clipPath !== 'none' || isClipped(one.parentElement));
  const faults = [];
  let before;
  while (text.nextNode()) {
    const { data, parentElement: around } = text.currentNode;
    if (!data.trim() || !around.checkVisibility()) continue;
    if (around.closest('svg, select') || isClipped(around)) continue;
    const range = document.createRange();
    range.selectNodeContents(text.currentNode);
    const lines = [...range.getClientRects()].filter(({ width }) => width >= 1);
    if (!lines.length) continue;
    const [box] = lines;
    const isAbove = before && box.bottom <= before.bottom - before.height / 2 && box.bottom <= before.top + 1;
    const isLeft = before && box.right <= before.left + 1;
    const middle = (box.top + box.bottom) / 2;
    const sameLine = before && middle > before.top && middle < before.bottom;
    const isBefore = (isAbove && box.left < before.right - 1) || (sameLine && isLeft);
    if (isBefore) faults.push(data.trim().slice(0, 60));
    before = lines.at(-1);
  }
  return faults;
}"""
"""The words that stand before those that precede them in the code: above, and not in a column further on,
or on the same line and to the left. A reader of the picture and a listener would get two orders."""


@pytest.mark.parametrize("width", [320, 1280])
def test_1_3_2_what_is_seen_is_in_the_order_of_the_code(reader: Reader, width: int) -> None:
    page = reader(viewport={"width": width, "height": 800})
    faults: list[str] = []
    for address in AT_REST:
        page.goto(SITE + address)
        page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
        faults += [f"/{address}: {words}" for words in page.evaluate(AGAINST_THE_ORDER)]
    assert not faults, "\n".join(faults)


def test_faults_are_found(reader: Reader) -> None:
    page = reader(viewport={"width": 1280, "height": 800})
    page.goto(f"{SITE}en/about/")
    assert page.evaluate(AGAINST_THE_ORDER) == []
    before = page.evaluate(TOLD)
    page.evaluate(
        """() => {
          const first = document.querySelector('article > p');
          const [heading] = document.querySelectorAll('article > h2');
          first.parentElement.style.cssText = 'display: flex; flex-direction: column';
          heading.style.order = '-1';
          first.addEventListener('mouseover', () => { first.textContent += ' more'; });
          document.querySelector('a').addEventListener('focus', ({ target }) => { target.title = 'x';
            document.body.append('new'); });
          const field = document.querySelector('input[type=search]');
          field.addEventListener('input', () => field.blur());
        }"""
    )
    assert page.evaluate(AGAINST_THE_ORDER) != []
    page.locator("article > p").first.hover()
    hovered = page.evaluate(TOLD)
    assert hovered != before
    page.evaluate(FOCUS_EACH)
    assert page.evaluate(TOLD) != hovered
    assert any("focus leaves" in fault for fault in page.evaluate(FILL_EACH))
