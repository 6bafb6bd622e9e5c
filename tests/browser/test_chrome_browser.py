"""The page around a lesson, in a browser: skip link, menu, language, colours, focus, narrow screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.checklist_site import served
from browser.conftest import OpenIn

NARROW = {"width": 390, "height": 800}
WIDE = {"width": 1280, "height": 800}
MENU = {"fr/a-propos/": "Menu", "en/about/": "Menu"}
DARK, LIGHT = "rgb(16, 21, 31)", "rgb(251, 250, 247)"
EVERY_SHAPE = ("", "fr/", "en/about/", "fr/trn1-v13/", "fr/trn1-v13/checklist.html", "en/search/", "404.html")
BLOCKED = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('no', 'SecurityError'); } });"""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as base:
        yield base


@pytest.fixture
def open_page(chromium: Browser, address: str, open_in: OpenIn) -> Iterator[Open]:
    """Opens a page; `before` prepares its browser, the rest are a browser context's own options."""
    contexts = []

    def open_one(path: str, *, before: str = "", **options: object) -> Page:
        context = chromium.new_context(base_url=address, **{"viewport": WIDE, **options})
        contexts.append(context)
        return open_in(context, path, before=before)

    yield open_one
    for context in contexts:
        context.close()


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def colours(page: Page) -> object:
    return page.get_by_role("combobox", name="Couleurs")


# --- skip link


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("path", [*EVERY_SHAPE, "fr/trn1-v13/embed.html"])
def test_c1_the_first_stop_is_the_skip_link_and_it_shows(
    open_page: Open, path: str, viewport: dict[str, int]
) -> None:
    page = open_page(path, viewport=viewport)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_attribute("href", "#main")
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


# --- menu


@pytest.mark.parametrize(("path", "name"), MENU.items())
def test_c8_the_menu_is_a_button_on_a_small_screen(open_page: Open, path: str, name: str) -> None:
    page = open_page(path, viewport=NARROW)
    button, links = page.get_by_role("button", name=name), page.locator(".site-menu a")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator(f"#{button.get_attribute('aria-controls')}")).to_have_count(1)
    assert not any(link.is_visible() for link in links.all())
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert all(link.is_visible() for link in links.all())
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Tab")
    expect(page.locator("[data-language-toggle]")).to_be_focused()


def test_c8_a_click_elsewhere_closes_the_menu_and_escape_elsewhere_leaves_focus(open_page: Open) -> None:
    page = open_page("fr/a-propos/", viewport=NARROW)
    button = page.get_by_role("button", name="Menu")
    button.click()
    page.locator("h1").click()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    page.locator("#site-search").focus()
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#site-search")).to_be_focused()


def test_a_screen_that_widens_shows_the_whole_menu(open_page: Open) -> None:
    page = open_page("fr/a-propos/", viewport=NARROW)
    expect(page.locator(".site-menu a").first).to_be_hidden()
    page.set_viewport_size(WIDE)
    expect(page.locator(".site-menu a").first).to_be_visible()
    expect(page.locator(".menu-button")).to_be_hidden()


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
def test_c10_without_script_the_menu_is_there_and_no_control_is_dead(
    open_page: Open, viewport: dict[str, int]
) -> None:
    page = open_page("fr/a-propos/", viewport=viewport, java_script_enabled=False, color_scheme="dark")
    assert all(link.is_visible() for link in page.locator(".site-menu a").all())
    expect(page.locator(".menu-button")).to_be_hidden()
    expect(page.locator("#scheme")).to_be_hidden()
    expect(page.locator("[data-language-toggle]")).to_be_visible()


# --- colours


@pytest.mark.parametrize(("device", "shown"), [("light", LIGHT), ("dark", DARK)])
def test_c10_the_devices_scheme_needs_no_choice(open_page: Open, device: str, shown: str) -> None:
    page = open_page("fr/", color_scheme=device)
    assert ground(page) == shown
    expect(colours(page)).to_have_value("")


@pytest.mark.parametrize(("device", "choice", "shown"), [("light", "dark", DARK), ("dark", "light", LIGHT)])
def test_c9_a_choice_of_colours_holds_on_every_page(
    open_page: Open, device: str, choice: str, shown: str
) -> None:
    page = open_page("fr/", color_scheme=device)
    colours(page).select_option(choice)
    assert ground(page) == shown
    for path in (*EVERY_SHAPE, "fr/trn1-v13/embed.html"):
        page.goto(path)
        assert ground(page) == shown, path
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == choice
        assert page.locator('meta[name="color-scheme"]').get_attribute("content") == choice
    page.goto("fr/")
    expect(colours(page)).to_have_value(choice)
    colours(page).select_option("")
    page.reload()
    assert ground(page) != shown
    assert page.evaluate("localStorage.length") == 0


def test_c9_no_page_flashes_in_colours_nobody_chose(open_page: Open) -> None:
    page = open_page("fr/", color_scheme="light")
    colours(page).select_option("dark")
    page.route("**/site.*.js", lambda route: route.abort())
    page.goto("fr/trn1-v13/", wait_until="commit")
    page.wait_for_selector("main")
    assert ground(page) == DARK, "the colours are there before the page's own script"


def test_c9_blocked_storage_breaks_nothing(open_page: Open) -> None:
    page = open_page("fr/", before=BLOCKED, color_scheme="light")
    colours(page).select_option("dark")
    assert ground(page) == DARK
    page.reload()
    assert ground(page) == LIGHT
    expect(colours(page)).to_be_visible()


def test_c9_what_else_stands_under_our_key_is_not_believed(open_page: Open) -> None:
    page = open_page("fr/", color_scheme="light")
    page.evaluate("localStorage.setItem('scheme', 'sepia')")
    page.reload()
    assert ground(page) == LIGHT
    expect(colours(page)).to_have_value("")


def test_c9_another_tab_follows(open_page: Open) -> None:
    page = open_page("fr/", color_scheme="light")
    other = page.context.new_page()
    other.goto("fr/a-propos/")
    colours(page).select_option("dark")
    expect(colours(other)).to_have_value("dark")
    assert ground(other) == DARK


def test_paper_is_white_whatever_the_reader_chose(open_page: Open) -> None:
    page = open_page("fr/a-propos/", color_scheme="dark")
    colours(page).select_option("dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    link = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--link')")
    assert link == "#0d4583"


# --- language


@pytest.mark.parametrize(("viewport", "shown"), [(NARROW, "EN"), (WIDE, "English")], ids=["narrow", "wide"])
def test_c3_the_toggle_goes_to_the_same_place_and_comes_back(
    open_page: Open, viewport: dict[str, int], shown: str
) -> None:
    page = open_page("fr/trn1-v13/?t=20#transcript", viewport=viewport)
    toggle = page.locator("[data-language-toggle]")
    assert (toggle.get_attribute("lang"), toggle.get_attribute("hreflang")) == ("en", "en")
    assert toggle.inner_text() == shown
    start = page.url
    toggle.click()
    assert page.url == start.replace("/fr/", "/en/")
    page.locator("[data-language-toggle]").click()
    assert page.url == start


@pytest.mark.parametrize("path", ["fr/", "en/", "en/search/", "en/trn1-v13/checklist.html"])
@pytest.mark.parametrize("width", [320, 390, 760, 1280])
def test_c3_the_toggle_stands_top_right(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, viewport={"width": width, "height": 640})
    toggle = page.locator("[data-language-toggle]").bounding_box()
    name = page.locator(".site-name").bounding_box()
    assert toggle is not None
    assert name is not None
    assert toggle["y"] == pytest.approx(name["y"], abs=1)
    right = page.locator(".site-header__inner").evaluate("one => one.getBoundingClientRect().right")
    assert right - 24 < toggle["x"] + toggle["width"] <= right


# --- focus, keys, narrow screens

RING = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  if (!one.matches(':focus')) return { style: 'auto', width: 3 }; // a control inside the browser's own player
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return { what: one.outerHTML.slice(0, 90), style: outlineStyle, width: parseFloat(outlineWidth) };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["fr/", "en/trn1-v13/", "fr/a-propos/"])
def test_c1_every_stop_shows_a_ring(open_page: Open, path: str, scheme: str) -> None:
    page = open_page(path, color_scheme=scheme, reduced_motion="reduce")
    seen = []
    for _ in range(150):
        page.keyboard.press("Tab")
        ring = page.evaluate(RING)
        if ring is None:
            break
        seen.append(ring)
    assert len(seen) > 10
    bare = [one for one in seen if one["style"] not in {"solid", "auto"} or one["width"] < 2]
    assert bare == []


@pytest.mark.parametrize("path", ["fr/", "en/trn1-v13/"])
def test_c7_no_single_key_does_anything(open_page: Open, path: str) -> None:
    page = open_page(path)
    state = "() => [location.href, scrollY, document.activeElement.tagName, document.body.innerHTML].join()"
    before = page.evaluate(state)
    for key in "npsfbtm/,.?":
        page.keyboard.press(key)
    assert page.evaluate(state) == before


SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
)


@pytest.mark.parametrize("spacing", ["", SPACED], ids=["plain", "spaced"])
@pytest.mark.parametrize("path", [*EVERY_SHAPE, "fr/rediger-une-lecon/"])
def test_c9_no_page_scrolls_sideways_at_320_pixels(open_page: Open, path: str, spacing: str) -> None:
    page = open_page(path, viewport={"width": 320, "height": 640})
    if spacing:
        page.evaluate(
            "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
            " document.adoptedStyleSheets = [sheet]; }",
            spacing,
        )
    if page.locator(".menu-button").is_visible():
        page.locator(".menu-button").click()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320


def test_c9_forced_colours_keep_the_edges(open_page: Open) -> None:
    page = open_page("fr/a-propos/", forced_colors="active")
    current = page.locator(".site-menu [aria-current]")
    assert current.evaluate("one => getComputedStyle(one).borderBottomStyle") == "solid"
    assert page.locator(".site-header").evaluate("one => getComputedStyle(one).borderBottomWidth") == "1px"
