"""T3: the transcript beside its video: times to play from, the paragraph that is being said, following."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.video_site import seekable, until

TIME = "document.querySelector('video').currentTime"
PLAYING = "!document.querySelector('video').paused"
CURRENT = ".transcript [aria-current]"
BLOCKED = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('no', 'SecurityError'); } });"""
NAMES = {"fr": "Lire à partir de 0:22", "en": "Play from 0:22"}


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with seekable(site) as base:
        yield base


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    made = chromium.new_page(viewport={"width": 1000, "height": 700}, reduced_motion="reduce")
    made.set_default_timeout(10_000)
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield made
    made.close()
    assert errors == []


def seek(page: Page, time: float) -> None:
    page.evaluate(f"void ({TIME} = {time})")
    until(page, "!document.querySelector('video').seeking")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_time_plays_from_there_and_keeps_focus(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}{language}/trn1-v13/index.html")
    time = page.get_by_role("button", name=NAMES[language], exact=True)
    time.focus()
    page.keyboard.press("Enter")
    until(page, f"{PLAYING} && {TIME} > 22 && {TIME} < 30")
    expect(time).to_be_focused()
    expect(page.locator(CURRENT)).to_have_count(1)
    assert page.locator(".transcript [aria-live]").count() == 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_time_brings_its_own_cue(page: Page, address: str, language: str) -> None:
    """From ten paragraphs: what the caption says then is the beginning of what the paragraph says."""
    page.goto(f"{address}{language}/trn1-v13/index.html")
    page.evaluate("void (document.querySelector('video').preload = 'auto')")
    until(page, "document.querySelector('video').readyState === 4")
    page.evaluate("void (document.querySelector('video').muted = true)")
    times = page.locator(".transcript__time button")
    for index in range(10):
        times.nth(index).click()
        until(page, f"{PLAYING} && !document.querySelector('video').seeking")
        until(page, "document.querySelector('video').textTracks[0].activeCues.length === 1")
        page.evaluate("document.querySelector('video').pause()")
        cue = page.evaluate("document.querySelector('video').textTracks[0].activeCues[0].text")
        line = times.nth(index).evaluate("x => x.closest('.transcript__line').querySelector('p').innerText")
        assert " ".join(line.split()).startswith(" ".join(cue.split())[:20])


def test_exactly_one_paragraph_is_current_and_it_moves(page: Page, address: str) -> None:
    page.goto(f"{address}en/trn1-v13/index.html?t=23")
    expect(page.locator(CURRENT)).to_have_count(1)
    expect(page.locator(CURRENT)).to_contain_text("Whether your account")
    seek(page, 75)
    expect(page.locator(CURRENT)).to_contain_text("Now for the mistakes")
    expect(page.locator(CURRENT)).to_have_count(1)
    seek(page, 0.5)
    expect(page.locator(CURRENT)).to_have_count(0)


def test_the_mark_is_not_colour_alone(page: Page, address: str) -> None:
    page.goto(f"{address}en/trn1-v13/index.html?t=23")
    line = page.locator(".transcript__line", has=page.locator("[aria-current]"))
    expect(line.locator(".transcript__time")).to_have_css("font-weight", "700")
    page.emulate_media(forced_colors="active")
    width = "one => getComputedStyle(one, '::before').borderInlineStartWidth"
    assert line.evaluate(width) == "5px"


def _play_below(page: Page) -> float:
    """Play a late paragraph while the reader looks at the first ones; where the page stands after it."""
    page.evaluate("document.querySelector('.transcript__follow').scrollIntoView()")
    page.evaluate("document.querySelector('video').play()")
    seek(page, 100)
    until(page, "document.querySelector('[aria-current]')?.textContent.startsWith('Don’t lose')")
    return float(page.evaluate("scrollY"))


def test_following_brings_the_paragraph_into_view(page: Page, address: str) -> None:
    page.goto(f"{address}en/trn1-v13/index.html")
    _play_below(page)
    expect(page.locator(CURRENT)).to_be_in_viewport()
    assert page.evaluate("document.activeElement === document.body")


def test_following_can_be_switched_off_and_stays_off(page: Page, address: str) -> None:
    page.goto(f"{address}en/trn1-v13/index.html")
    page.get_by_label("Follow the video").uncheck()
    page.reload()
    expect(page.get_by_label("Follow the video")).not_to_be_checked()
    _play_below(page)
    expect(page.locator(CURRENT)).not_to_be_in_viewport()


def test_following_leaves_who_watches_alone(page: Page, address: str) -> None:
    page.goto(f"{address}en/trn1-v13/index.html")
    page.evaluate("document.querySelector('video').play()")
    seek(page, 100)
    expect(page.locator(CURRENT)).to_have_count(1)
    assert page.evaluate("scrollY") == 0


def test_blocked_storage_breaks_nothing(page: Page, address: str) -> None:
    page.add_init_script(BLOCKED)
    page.goto(f"{address}en/trn1-v13/embed.html")
    page.locator(".embed-fold summary").click()
    page.get_by_label("Follow the video").uncheck()
    page.get_by_role("button", name="Play from 0:22").click()
    until(page, f"{TIME} > 22")


def test_without_a_video_times_are_text(page: Page, address: str) -> None:
    page.goto(f"{address}en/trn1-v13/embed-transcript.html")
    assert page.locator(".transcript__time").first.inner_text().endswith("0:02")
    assert page.locator(".transcript :is(button, input):visible").count() == 0


def test_without_a_script_times_are_text(chromium: Browser, address: str) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{address}fr/trn1-v13/index.html")
    assert page.locator(".transcript__time").first.inner_text().endswith("0:02")
    assert page.locator(".transcript :is(button, input):visible").count() == 0
    page.close()


def test_times_are_large_enough_and_never_overlap(page: Page, address: str) -> None:
    for width in (320, 1000):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(f"{address}en/trn1-v13/index.html")
        boxes = [each.bounding_box() or {} for each in page.locator(".transcript__time button").all()]
        assert len(boxes) > 10
        assert all(box["height"] >= 43.9 and box["width"] >= 43.9 for box in boxes)
        ends = [box["y"] + box["height"] for box in boxes]
        assert all(end <= box["y"] + 0.6 for end, box in zip(ends, boxes[1:], strict=False))


def test_on_paper_a_time_is_plain(page: Page, address: str) -> None:
    page.goto(f"{address}en/trn1-v13/index.html?t=23")
    expect(page.locator(CURRENT)).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator(".transcript__follow")).to_be_hidden()
    time = page.locator(".transcript__time button").first
    expect(time).to_have_css("text-decoration-line", "none")
    bar = "one => getComputedStyle(one.parentElement, '::before').display"
    assert page.locator(CURRENT).evaluate(bar) == "none"
