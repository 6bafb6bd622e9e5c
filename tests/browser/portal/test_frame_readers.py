"""C3, E1, E4, E6: what a reader of a framed lesson can do: language, keyboard, paper, no storage."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, Playwright
from pypdfium2 import PdfDocument

from browser.conftest import WINDOWED, browser_arguments
from browser.portal.conftest import Open
from browser.portal.lessons import LOADER, PARTS, SITE, element, file_of, frame_in, wait_until_fits
from browser.portal.servers import OTHER_PORTAL, PORTAL, ROOT
from microlearning.strings import interface

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async () => {
  const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
  const found = await axe.run(document, { iframes: false, rules, resultTypes: ['violations'] });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""
EXAMPLES = [(PORTAL, "index.html", "en"), (OTHER_PORTAL, "accueil.html", "fr")]


def _axe(place: Page | Frame) -> list[str]:
    place.evaluate(AXE)
    found: list[str] = place.evaluate(RUN_AXE)
    return found


# --- the example that we ship


@pytest.mark.parametrize(("host", "name", "lang"), EXAMPLES)
def test_the_example_portal_works_under_its_own_policy(page: Page, host: str, name: str, lang: str) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(f"https://{host}/{name}")
    frames = [frame_in(page, index)[1] for index in (0, 1)]
    assert [frame.evaluate("document.documentElement.lang") for frame in frames] == [lang, lang]
    assert [frame.url.rpartition("/")[2] for frame in frames] == ["embed-video.html", "embed-checklist.html"]
    assert [line for line in heard if not line.startswith(("log:", "info:", "debug:"))] == []


@pytest.mark.parametrize(("host", "name", "lang"), EXAMPLES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_example_or_its_frames(
    page: Page, host: str, name: str, lang: str, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"https://{host}/{name}")
    assert page.locator("html").get_attribute("lang") == lang
    frames = [frame_in(page, index)[1] for index in (0, 1)]
    assert [line for place in (page, *frames) for line in _axe(place)] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("width", [320, 900])
def test_axe_finds_nothing_in_any_part(page: Page, part: str, lang: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{SITE}{lang}/trn1-v13/{file_of(part)}")
    for fold in page.locator("summary").all():
        fold.click()
    assert _axe(page) == []


# --- language


@pytest.mark.parametrize("part", PARTS)
def test_c3_the_language_toggle_stays_in_the_frame(page: Page, open_portal: Open, part: str) -> None:
    open_portal(LOADER + element(part, "fr"))
    address = page.url
    holder, frame = frame_in(page)
    french = holder.get_attribute("title")
    frame.locator("[data-language-toggle]").click()
    frame.wait_for_url(f"{SITE}en/trn1-v13/{file_of(part)}")
    frame.locator("html[lang=en]").wait_for()
    wait_until_fits(holder, frame)
    page.wait_for_function("() => document.querySelector('micro-lesson').shadowRoot.firstChild.lang === 'en'")
    assert holder.get_attribute("title") not in {french, None}
    assert page.url == address, "the portal stays where it was"
    assert len(page.context.pages) == 1
    frame.locator("[data-language-toggle]").click()
    frame.wait_for_url(f"{SITE}fr/trn1-v13/{file_of(part)}")


# --- keyboard

FOCUS = """() => {
  const one = document.activeElement;
  return one.localName + (one.getAttribute('href') ?? one.id ?? '');
}"""


@pytest.mark.parametrize("part", PARTS)
def test_e1_the_keyboard_goes_in_and_comes_out(page: Page, open_portal: Open, part: str) -> None:
    open_portal(f'{LOADER}<a href="#before">before</a>{element(part)}<a href="#after">after</a>')
    _, frame = frame_in(page)
    for key, start, end in (("Tab", "#before", "a#after"), ("Shift+Tab", "#after", "a#before")):
        page.locator(f'a[href="{start}"]').focus()
        inside = 0
        for _ in range(80):
            page.keyboard.press(key)
            if page.evaluate(FOCUS) == end:
                break
            if page.evaluate(FOCUS) == "micro-lesson" and frame.evaluate("document.hasFocus()"):
                inside += 1
        assert page.evaluate(FOCUS) == end, f"{key} never comes out of the frame"
        assert inside >= 3, f"{key} passes by the frame"


# --- paper


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_e6_every_part_prints_the_full_sheet(page: Page, part: str, lang: str) -> None:
    page.goto(f"{SITE}{lang}/trn1-v13/{file_of(part)}")
    page.emulate_media(media="print")
    seen = page.locator("body").inner_text()
    assert "TRN1-V13" in seen
    assert interface(lang)["sheet.language"] in seen
    assert page.locator(".sheet-foot svg").is_visible(), "the address as a QR code"
    assert "2026-11-22" in seen
    assert f"{SITE}{lang}/trn1-v13/" in seen
    for selector in (".embed-head", ".player", "video", "summary", ".skip"):
        for node in page.locator(selector).all():
            assert not node.is_visible(), selector
    assert [len([one for one in page.locator(f"{card} li").all() if one.is_visible()]) for card in (
        ".card--do", ".card--dont", ".checklist"
    )] == ([0, 0, 0] if part == "transcript" else [5, 5, 8])  # fmt: skip
    assert page.locator(".transcript__line").first.is_visible() == (part == "transcript")
    if part != "transcript":
        for size in ("Letter", "A4"):
            assert len(PdfDocument(page.pdf(format=size))) == 1
    page.emulate_media(media="screen")
    on_screen = {"cards": ".card", "checklist": ".checklist"}
    for name, selector in on_screen.items():
        for node in page.locator(selector).all():
            assert node.is_visible() == (part in {name, "lesson"}), "what is only for paper is not on screen"


def test_e6_the_print_button_works_in_the_sandbox(page: Page, open_portal: Open) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("dialog", lambda dialog: dialog.dismiss())
    open_portal(LOADER + element("cards"))
    _, frame = frame_in(page)
    frame.evaluate("() => addEventListener('beforeprint', () => { document.body.dataset.printed = 'yes'; })")
    frame.locator("[data-embed-print]").click()
    frame.wait_for_function("() => document.body.dataset.printed === 'yes'")
    assert not [line for line in heard if "sandbox" in line.lower()]


# --- no storage


@pytest.fixture(scope="module")
def no_storage(playwright: Playwright, port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of a browser whose reader blocks the storage of third parties."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "Default").mkdir()
    choices = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}
    (profile / "Default" / "Preferences").write_text(json.dumps(choices), encoding="utf-8")
    context: BrowserContext = playwright.chromium.launch_persistent_context(
        profile, executable_path=WINDOWED, args=browser_arguments(port), ignore_https_errors=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("host", "name", "lang"), EXAMPLES[1:])
def test_e6_with_third_party_storage_blocked_the_checklist_works(
    no_storage: Page, portal_folder: Path, host: str, name: str, lang: str
) -> None:
    assert (portal_folder / name).exists()
    errors: list[str] = []
    no_storage.on("pageerror", lambda error: errors.append(str(error)))
    no_storage.goto(f"https://{host}/{name}")
    holder, frame = frame_in(no_storage, 1)
    blocked = "() => { try { localStorage.length; return false; } catch { return true; } }"
    assert frame.evaluate(blocked), "the browser really blocks the storage of the frame"
    boxes = frame.locator(".checklist input[type=checkbox]")
    for box in boxes.all():
        box.check()
    assert frame.locator(".checklist input:checked").count() == boxes.count() == 8
    wait_until_fits(holder, frame)
    assert frame.locator(".checklist__keeping").inner_text() == interface(lang)["checklist.lost"]
    assert frame.locator(".checklist__said").inner_text() == interface(lang)["checklist.complete"]
    assert errors == []


# --- "Embed this", and the page for portals' owners


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_e4_embed_this_copies_the_snippet_of_the_chosen_part(page: Page, lang: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=SITE.rstrip("/"))
    page.goto(f"{SITE}{lang}/trn1-v13/")
    page.locator(".embed-this summary").click()
    for part in PARTS:
        page.locator("#embed-part").select_option(part)
        for kind in ("element", "frame"):
            page.locator(f"[data-embed-copy=embed-{kind}]").click()
            page.locator(".embed-this__status:not(:empty)").wait_for()
            copied = page.evaluate("navigator.clipboard.readText()")
            assert copied == page.locator(f"#embed-{kind}").input_value()
            assert f'lang="{lang}"' in copied
            assert (
                f'part="{part}"' if kind == "element" and part != "lesson" else file_of(part)
            ) in copied or (kind == "element" and part == "lesson")


def test_e4_a_copied_snippet_works_as_it_is(page: Page, open_portal: Open) -> None:
    page.goto(f"{SITE}en/trn1-v13/")
    page.locator(".embed-this summary").click()
    page.locator("#embed-part").select_option("checklist")
    open_portal(page.locator("#embed-element").input_value())
    holder, _ = frame_in(page)
    assert (holder.get_attribute("title") or "").startswith("Checklist – ")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_preview_shows_the_chosen_part_and_goes(page: Page, lang: str) -> None:
    page.goto(f"{SITE}{lang}/trn1-v13/")
    page.locator(".embed-this summary").click()
    button = page.locator("[data-embed-preview]")
    words = button.inner_text()
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    frame_in(page)
    page.locator("#embed-part").select_option("cards")
    page.frame_locator("micro-lesson iframe").locator("body.embed--cards").wait_for()
    frame_in(page)
    assert _axe(page) == []
    button.click()
    assert page.locator("micro-lesson").count() == 0
    assert button.get_attribute("aria-expanded") == "false"
    assert button.inner_text() == words


@pytest.mark.parametrize("address", ["fr/integrer/", "en/embed/"])
def test_the_page_for_portals_has_a_live_example(page: Page, address: str) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    page.goto(f"{SITE}{address}")
    _, frame = frame_in(page)
    assert frame.locator("html").get_attribute("lang") == address[:2]
    assert _axe(page) == []
    assert [line for line in heard if line.startswith(("error", "warning"))] == []
