"""What the tests of embedding say in one word: a lesson's element, its frame, whether the frame fits."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator, Page

from browser.portal.servers import LESSONS

SITE = f"https://{LESSONS}/"
LOADER = f'<script src="{SITE}embed.js" async></script>'
PARTS = ("lesson", "video", "cards", "checklist", "transcript")
TOLERANCE = 1
"""CSS pixels: a height is told rounded up."""

_HEIGHT = "() => document.body.getBoundingClientRect().height"


def element(part: str, lang: str = "fr", code: str = "TRN1-V13") -> str:
    """The custom element, as a portal writes it."""
    return f'<micro-lesson code="{code}" lang="{lang}" part="{part}"></micro-lesson>'


def file_of(part: str) -> str:
    """The file of `part` beside the lesson's page."""
    return "embed.html" if part == "lesson" else f"embed-{part}.html"


def frame_in(page: Page, index: int = 0) -> tuple[Locator, Frame]:
    """The frame element of the page's lesson at `index`, and the document in it, once the two fit."""
    holder = page.locator("micro-lesson iframe").nth(index)
    holder.scroll_into_view_if_needed()
    handle = holder.element_handle()
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    wait_until_fits(holder, frame)
    return holder, frame


def wait_until_fits(holder: Locator, frame: Frame) -> None:
    """Until the frame is as tall as its content.

    Raises:
        AssertionError: it is not, within 10 s.
    """
    for _ in range(200):
        frame.wait_for_load_state()
        if abs(height_of(holder) - frame.evaluate(_HEIGHT)) <= TOLERANCE:
            return
        frame.page.wait_for_timeout(50)
    raise AssertionError(f"frame {height_of(holder)} px, content {frame.evaluate(_HEIGHT)} px")


def height_of(holder: Locator) -> float:
    """The height of a frame element in CSS pixels."""
    box = holder.bounding_box()
    assert box is not None
    return box["height"]
