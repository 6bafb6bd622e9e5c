"""T4: an address with `?t=` opens the lesson at that moment, and nothing plays by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from werkzeug.exceptions import NotFound
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import make_server

from microlearning.preview import answering_ranges


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site, on a server that answers `Range` as the preview's does."""
    files = SharedDataMiddleware(NotFound(), {"/": str(site)})
    server = make_server("127.0.0.1", 0, answering_ranges(files), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("asked", "at"), [("75", 75), ("75s", 75), ("1m15s", 75), ("1:15", 75), ("0:01:15", 75), ("9999", None)]
)
def test_the_lesson_opens_at_the_moment(
    chromium: Browser, address: str, language: str, asked: str, at: int | None
) -> None:
    page = chromium.new_page()
    page.goto(f"{address}{language}/trn1-v13/index.html?t={asked}")
    page.wait_for_function("document.querySelector('video').currentTime > 0")
    moment, length, paused = page.evaluate(
        "(({ currentTime, duration, paused }) => [currentTime, duration, paused])"
        "(document.querySelector('video'))"
    )
    assert moment == pytest.approx(length if at is None else at, abs=0.1)
    assert paused
    page.close()


@pytest.mark.parametrize("asked", ["", "abc", "-5", "1e3", "<b>"])
def test_anything_else_is_passed_over(chromium: Browser, address: str, asked: str) -> None:
    page = chromium.new_page()
    page.goto(f"{address}en/trn1-v13/index.html?t={asked}")
    assert page.evaluate("document.querySelector('video').currentTime") == 0
    assert page.evaluate("document.querySelector('video').preload") == "none"
    page.close()


def test_a_page_without_a_player_takes_no_notice(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}en/about/index.html?t=75")
    assert errors == []
    page.close()
