"""E2: a frame is as tall as what it shows, whatever changes and whichever side is late."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from browser.portal.conftest import Open
from browser.portal.lessons import LOADER, PARTS, SITE, element, frame_in, height_of, wait_until_fits
from browser.portal.servers import OTHER_PORTAL, PORTAL


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_fits(open_portal: Open, part: str, lang: str) -> None:
    holder, frame = frame_in(open_portal(LOADER + element(part, lang)))
    assert height_of(holder) > 200
    assert frame.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0, (
        "nothing is left to scroll"
    )


def test_the_frame_grows_and_shrinks_with_the_transcript(open_portal: Open) -> None:
    holder, frame = frame_in(open_portal(LOADER + element("video")))
    closed = height_of(holder)
    frame.locator("summary").click()
    frame.wait_for_function(
        "height => document.body.getBoundingClientRect().height > height + 300", arg=closed
    )
    wait_until_fits(holder, frame)
    assert height_of(holder) > closed + 300
    frame.locator("summary").click()
    frame.wait_for_function("height => document.body.getBoundingClientRect().height <= height", arg=closed)
    wait_until_fits(holder, frame)
    assert abs(height_of(holder) - closed) <= 1


def test_the_frame_follows_the_readers_font(open_portal: Open) -> None:
    holder, frame = frame_in(open_portal(LOADER + element("cards")))
    before = height_of(holder)
    frame.evaluate("document.documentElement.style.fontSize = '200%'")
    frame.wait_for_function(
        "height => document.body.getBoundingClientRect().height > height * 1.2", arg=before
    )
    wait_until_fits(holder, frame)
    frame.evaluate("document.documentElement.style.fontSize = ''")
    frame.wait_for_function("height => document.body.getBoundingClientRect().height <= height", arg=before)
    wait_until_fits(holder, frame)
    assert abs(height_of(holder) - before) <= 1


def _held(page: Page, pattern: str) -> Callable[[], None]:
    """Holds what matches `pattern` back, until the function that this gives is called."""
    waiting: list[Route] = []
    page.route(pattern, lambda route: waiting.append(route))  # noqa: PLW0108 - a bound built-in takes no mark

    def release() -> None:
        for _ in range(200):
            if waiting:
                break
            page.wait_for_timeout(50)
        for route in waiting:
            route.continue_()

    return release


def test_the_frame_may_come_late(page: Page, open_portal: Open) -> None:
    release = _held(page, "**/embed-cards.html")
    open_portal(LOADER + element("cards"))
    page.locator("micro-lesson iframe").wait_for()
    assert height_of(page.locator("micro-lesson iframe")) == 600
    release()
    page.frame_locator("micro-lesson iframe").locator("h1").wait_for()
    frame_in(page)


def test_the_frames_script_may_come_late(page: Page, open_portal: Open) -> None:
    release = _held(page, "**/assets/site.*.js")
    open_portal(LOADER + element("cards"))
    page.frame_locator("micro-lesson iframe").locator("h1").wait_for()
    release()
    frame_in(page)


def test_the_loader_may_come_late(page: Page, open_portal: Open) -> None:
    open_portal(element("cards").replace("><", f'><a href="{SITE}fr/trn1-v13/">…</a><'))
    assert page.locator("micro-lesson a").is_visible(), "before the loader, the link is there"
    assert page.locator("micro-lesson iframe").count() == 0
    page.add_script_tag(url=f"{SITE}embed.js")
    frame_in(page)
    assert not page.locator("micro-lesson a").is_visible()
    page.add_script_tag(url=f"{SITE}embed.js")
    assert page.locator("micro-lesson iframe").count() == 1, "a second loader changes nothing"


@pytest.mark.parametrize("host", [PORTAL, OTHER_PORTAL])
def test_two_frames_keep_their_own_heights(open_portal: Open, host: str) -> None:
    page = open_portal(LOADER + element("video") + element("checklist"), host=host)
    video, video_page = frame_in(page, 0)
    checklist, _ = frame_in(page, 1)
    before, other = height_of(video), height_of(checklist)
    video_page.locator("summary").click()
    video_page.wait_for_function(
        "height => document.body.getBoundingClientRect().height > height + 300", arg=before
    )
    wait_until_fits(video, video_page)
    assert height_of(checklist) == other


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_c9_a_frame_320_pixels_wide_needs_no_scrolling_sideways(
    page: Page, open_portal: Open, part: str, lang: str
) -> None:
    open_portal(f'{LOADER}<div id="narrow">{element(part, lang)}</div>')
    page.evaluate("document.getElementById('narrow').style.width = '320px'")
    holder, frame = frame_in(page)
    assert (holder.bounding_box() or {})["width"] == 320
    for fold in frame.locator("summary").all():
        fold.click()
    wait_until_fits(holder, frame)
    assert frame.evaluate("document.documentElement.scrollWidth") <= 320


def test_attributes_may_change(page: Page, open_portal: Open) -> None:
    open_portal(LOADER + element("cards", "fr"))
    frame_in(page)
    page.evaluate("document.querySelector('micro-lesson').setAttribute('part', 'checklist')")
    page.frame_locator("micro-lesson iframe").locator("fieldset").wait_for()
    frame_in(page)
    page.evaluate("document.querySelector('micro-lesson').setAttribute('lang', 'en')")
    page.frame_locator("micro-lesson iframe").locator("html[lang=en]").wait_for()
    holder, _ = frame_in(page)
    assert (holder.get_attribute("title") or "").startswith("Checklist – ")


def test_without_a_script_the_plain_frame_scrolls(page: Page, open_portal: Open, site_snippet: str) -> None:
    policy = f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; frame-src {SITE}">'
    open_portal(site_snippet, head=policy)
    holder = page.locator("iframe")
    assert height_of(holder) >= 600
    frame = holder.element_handle().content_frame()  # type: ignore[union-attr]
    assert frame is not None
    frame.locator("h1").wait_for()
    assert frame.evaluate("document.documentElement.scrollHeight > innerHeight")
    frame.evaluate("scrollTo(0, 300)")
    assert frame.evaluate("scrollY") == 300
