"""What a lesson costs its reader: bytes and requests as nginx sends them, and a page that stands still."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route

from browser.conftest import CHROMIUM, browser_arguments
from browser.portal.lessons import SITE
from browser.portal.servers import serving
from browser.visit import Fetched, listen
from microlearning.search_index import FOLDER, write_search
from search_corpus import pages
from search_page import ADDRESS, answered

LESSONS = {"fr": "fr/trn1-v13/", "en": "en/trn1-v13/"}
MEDIA = {"Image", "Media", "TextTrack"}
"""The poster, the video and its captions, which the browser fetches as they are on by default."""

PAGE_BYTES, PAGE_REQUESTS, QUESTION_BYTES = 45_000, 8, 150_000
QUESTIONS = {"fr": "accepter un cadeau d’un fournisseur", "en": "accept a gift from a supplier"}

SHIFTS = """
window.shifted = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    window.shifted.push(`${value}: ${sources.map(({ node }) => node?.className || node?.nodeName)}`);
  }
}).observe({ type: 'layout-shift', buffered: true });
"""
ICONS = "Promise.all([...document.querySelectorAll('link[rel~=icon]')].map(({ href }) => fetch(href)))"
"""A browser with a window fetches them by itself."""


@pytest.fixture
def reader(portal_browser: BrowserContext) -> Iterator[Page]:
    """A page of a reader who never came before."""
    browser = portal_browser.browser
    assert browser is not None
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 360, "height": 740})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def opened(page: Page, language: str) -> list[Fetched]:
    """What comes by the time that the lesson is at rest."""
    fetched = listen(page)
    page.goto(SITE + LESSONS[language], wait_until="networkidle")
    page.evaluate(ICONS)
    page.wait_for_load_state("networkidle")
    return fetched


def test_a_lesson_is_light(reader: Page, language: str) -> None:
    fetched = opened(reader, language)
    own = [
        one for one in fetched if one.kind not in MEDIA or one.path.endswith(".svg")
    ]  # icons are the page's
    assert {"Document", "Stylesheet", "Script"} <= {one.kind for one in own}
    assert sum(one.size for one in own) <= PAGE_BYTES, own
    assert len(fetched) <= PAGE_REQUESTS, fetched


def test_neither_search_nor_the_video_comes_unasked(reader: Page, language: str) -> None:
    fetched = opened(reader, language)
    search = ADDRESS[language]
    assert [
        one for one in fetched if FOLDER in one.path or search in one.path or "pagefind" in one.path
    ] == []
    assert reader.evaluate("document.querySelector('video').readyState") == 0
    assert [one for one in fetched if one.path.endswith(".mp4")] == []
    with reader.expect_response("**/*.mp4"):
        reader.evaluate("document.querySelector('video').play()")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_lesson_stands_still_while_it_loads(reader: Page, language: str, width: int) -> None:
    """Also where images come after all else."""
    held: list[Route] = []
    reader.set_viewport_size({"width": width, "height": 740})
    reader.add_init_script(SHIFTS)
    reader.route(re.compile(r"\.(webp|png|jpg|svg)$"), lambda route: held.append(route))  # noqa: PLW0108 - Playwright wants a function
    reader.goto(SITE + LESSONS[language], wait_until="domcontentloaded")
    reader.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert held, "no image was asked for"
    for route in held:
        route.continue_()
    reader.wait_for_load_state("load")
    reader.wait_for_function(
        "performance.getEntriesByType('resource').some(({ name }) => /webp$/.test(name))"
    )
    reader.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert reader.evaluate("shifted") == []


def test_a_shift_is_seen(reader: Page) -> None:
    reader.add_init_script(SHIFTS)
    reader.goto(SITE + LESSONS["en"], wait_until="networkidle")
    reader.evaluate(
        "document.querySelector('h1').before(Object.assign(document.createElement('p'), {innerText: 'x'}))"
    )
    reader.wait_for_function("() => shifted.length > 0")


# --- search


@pytest.fixture(scope="module")
def searched(
    site: Path, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A browser to which nginx serves the real pages over an index of 1,000 lessons a language."""
    folder = tmp_path_factory.mktemp("weight")
    shutil.copytree(site, folder / "site", ignore=shutil.ignore_patterns("*.mp4", FOLDER))
    for language, address in ADDRESS.items():
        write_search(pages(language, 10), folder / "site" / language / FOLDER)
        page = folder / "site" / address / "index.html"
        text = re.sub(r'"lessons": \d+', '"lessons": 1000', page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8")
    (folder / "nginx").mkdir()
    with serving(folder / "nginx", folder / "site", folder) as port:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=browser_arguments(port))
        context = browser.new_context(ignore_https_errors=True)
        context.set_default_timeout(10_000)
        yield context
        browser.close()


def test_a_first_question_is_light(searched: BrowserContext, language: str) -> None:
    page = searched.new_page()
    fetched = listen(page)
    page.goto(SITE + ADDRESS[language])
    page.fill("#search-words", QUESTIONS[language])
    page.press("#search-words", "Enter")
    assert answered(page), "no lesson was found"
    page.wait_for_load_state("networkidle")
    index = [one for one in fetched if FOLDER in one.path]
    assert index
    assert sum(one.size for one in index) <= QUESTION_BYTES, index
    page.close()
