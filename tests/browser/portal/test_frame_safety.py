"""E2, E3, S1: who may frame, whose messages count, and what the loader may do to a portal."""

from __future__ import annotations

import gzip
import http.client
import ssl
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from browser.portal.conftest import Open
from browser.portal.lessons import LOADER, PARTS, SITE, element, file_of, frame_in, height_of
from browser.portal.servers import LESSONS, OTHER_PORTAL, PORTAL, STRANGER

Fetch = Callable[[str], http.client.HTTPResponse]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; "
)
LISTED = f"frame-ancestors 'self' https://{PORTAL} https://{OTHER_PORTAL}"
REFUSED = "frame-ancestors 'none'"


@pytest.fixture
def fetch(port: int) -> Fetch:
    """Asks nginx for an address of the lessons' site."""

    def ask(address: str) -> http.client.HTTPResponse:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with closing(http.client.HTTPSConnection("127.0.0.1", port, context=context)) as connection:
            connection.request("GET", f"/{address}", headers={"Host": LESSONS, "Connection": "close"})
            with connection.getresponse() as answer:
                return answer

    return ask


# --- the header


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_e3_pages_for_frames_are_for_the_listed_portals(fetch: Fetch, part: str, lang: str) -> None:
    answer = fetch(f"{lang}/trn1-v13/{file_of(part)}")
    assert answer.status == 200
    assert answer.getheader("Content-Security-Policy") == POLICY + LISTED
    assert answer.getheader("X-Frame-Options") is None


OTHERS = (
    *("", "fr/", "fr/trn1-v13/", "en/embed/", "fr/integrer/", "404.html", "nowhere", "fr/nowhere/embed.html"),
    *("embed.js", "fr/lessons.json", "fr/trn1-v13/oembed.json", "fr/trn1-v13/embed-nothing.html"),
)


@pytest.mark.parametrize("address", OTHERS)
def test_e3_every_other_address_refuses_to_be_framed(fetch: Fetch, address: str) -> None:
    answer = fetch(address)
    assert (answer.getheader("Content-Security-Policy") or "").endswith(REFUSED)
    assert answer.getheader("X-Frame-Options") == "DENY"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("fr/lessons.json", "application/json"),
        ("en/lessons-1.schema.json", "application/json"),
        ("fr/feed.xml", "application/atom+xml"),
        ("en/trn1-v13/oembed.json", "application/json"),
    ],
)
def test_e5_portals_may_read_the_lists(fetch: Fetch, address: str, kind: str) -> None:
    answer = fetch(address)
    assert answer.status == 200
    assert answer.getheader("Access-Control-Allow-Origin") == "*"
    assert (answer.getheader("Content-Type") or "").split(";")[0] == kind
    assert (answer.getheader("Content-Type") or "").endswith("utf-8")
    assert answer.getheader("X-Content-Type-Options") == "nosniff"


def test_nothing_else_is_for_scripts_of_other_sites(fetch: Fetch) -> None:
    assert fetch("fr/trn1-v13/").getheader("Access-Control-Allow-Origin") is None


def test_the_list_for_nginx_is_not_shown(fetch: Fetch) -> None:
    assert fetch(".nginx/portals.conf").status == 404


# --- the browser's refusal


def _refused(page: Page) -> bool:
    (frame,) = [one for one in page.frames if one.parent_frame]
    for _ in range(100):
        if frame.url.startswith("chrome-error:"):
            return True
        page.wait_for_timeout(50)
    return False


def test_e3_a_portal_outside_the_list_is_refused(page: Page, open_portal: Open) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    open_portal(LOADER + element("cards"), host=STRANGER)
    page.locator("micro-lesson iframe").wait_for()
    assert _refused(page)
    assert any("frame-ancestors" in text for text in heard)


def test_e3_a_listed_portal_cannot_frame_another_page(page: Page, open_portal: Open) -> None:
    open_portal(f'<iframe src="{SITE}fr/trn1-v13/" title="…"></iframe>')
    assert _refused(page)


# --- forged messages

FORGED = """() => {
  const size = { microLesson: 1, type: 'size', height: 77, title: 'forged', lang: 'en' };
  parent.postMessage(size, '*');
  top.postMessage(size, '*');
}"""
SHAPES: tuple[Any, ...] = (
    None,
    7,
    "size",
    [],
    {"type": "size", "height": 77, "title": "forged", "lang": "en"},
    {"microLesson": 2, "type": "size", "height": 77, "title": "forged", "lang": "en"},
    {"microLesson": 1, "type": "other", "height": 77, "title": "forged", "lang": "en"},
    {"microLesson": 1, "type": "size", "height": "77", "title": "forged", "lang": "en"},
    {"microLesson": 1, "type": "size", "height": 77.5, "title": "forged", "lang": "en"},
    {"microLesson": 1, "type": "size", "height": -77, "title": "forged", "lang": "en"},
    {"microLesson": 1, "type": "size", "height": 0, "title": "forged", "lang": "en"},
    {"microLesson": 1, "type": "size", "height": 10**9, "title": "forged", "lang": "en"},
    {"microLesson": 1, "type": "size", "height": 77, "title": 5, "lang": "en"},
    {"microLesson": 1, "type": "size", "height": 77, "title": "forged " * 99, "lang": "en"},
    {"microLesson": 1, "type": "size", "height": 77, "title": "forged", "lang": "toString"},
    {"microLesson": 1, "type": "size", "height": 77, "title": "forged"},
)


def _unmoved(page: Page, index: int, height: float) -> None:
    page.wait_for_timeout(200)
    holder = page.locator("micro-lesson iframe").nth(index)
    assert height_of(holder) == height
    assert "forged" not in (holder.get_attribute("title") or "")


@pytest.mark.parametrize("host", [STRANGER, PORTAL])
def test_e2_another_frames_message_moves_nothing(
    page: Page, open_portal: Open, portal_folder: Path, host: str
) -> None:
    (portal_folder / "foreign.html").write_text("<!doctype html><title>…</title>", encoding="utf-8")
    open_portal(f'{LOADER}{element("cards")}<iframe src="https://{host}/foreign.html" title="…"></iframe>')
    holder, _ = frame_in(page)
    height = height_of(holder)
    foreign = next(frame for frame in page.frames if frame.url.endswith("foreign.html"))
    foreign.evaluate(FORGED)
    page.evaluate(FORGED)
    _unmoved(page, 0, height)


def test_e2_a_message_from_the_right_origin_but_another_frame_moves_only_that(
    page: Page, open_portal: Open
) -> None:
    open_portal(LOADER + element("cards") + element("checklist"))
    first, _ = frame_in(page, 0)
    height = height_of(first)
    second, second_page = frame_in(page, 1)
    second_page.evaluate(FORGED)
    page.wait_for_function(
        "() => document.querySelectorAll('micro-lesson')[1].shadowRoot.firstChild.title === 'forged'"
    )
    assert height_of(second) == 77, "its own frame it may size"
    _unmoved(page, 0, height)


def test_e2_a_frame_that_went_elsewhere_is_no_longer_heard(
    page: Page, open_portal: Open, portal_folder: Path
) -> None:
    (portal_folder / "foreign.html").write_text("<!doctype html><title>…</title>", encoding="utf-8")
    open_portal(LOADER + element("cards"))
    holder, frame = frame_in(page)
    height = height_of(holder)
    frame.evaluate("address => { location.href = address; }", f"https://{STRANGER}/foreign.html")
    frame.wait_for_url("**/foreign.html")
    frame.evaluate(FORGED)
    _unmoved(page, 0, height)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: str(shape)[:60])
def test_e2_a_message_of_another_shape_moves_nothing(page: Page, open_portal: Open, shape: Any) -> None:
    open_portal(LOADER + element("cards"))
    holder, frame = frame_in(page)
    height = height_of(holder)
    frame.evaluate("shape => parent.postMessage(shape, '*')", shape)
    _unmoved(page, 0, height)


COUNT = """() => {
  window.heard = [];
  addEventListener('message', ({ data }) => window.heard.push(data?.type));
}"""
HELLO = "lesson => lesson.postMessage({ microLesson: 1, type: 'hello' }, '*')"


@pytest.mark.parametrize("host", [STRANGER, OTHER_PORTAL, PORTAL])
def test_e2_the_frame_answers_no_one_but_its_parent(
    page: Page, open_portal: Open, portal_folder: Path, site_snippet: str, host: str
) -> None:
    (portal_folder / "foreign.html").write_text("<!doctype html><title>…</title>", encoding="utf-8")
    foreign_frame = f'<iframe src="https://{host}/foreign.html" title="…"></iframe>'
    open_portal(f"<script>({COUNT})()</script>{site_snippet}{foreign_frame}")
    page.wait_for_function("() => window.heard.includes('ready')")
    foreign = next(frame for frame in page.frames if frame.url.endswith("foreign.html"))
    foreign.evaluate(COUNT)
    foreign.evaluate(f"() => ({HELLO})(parent.frames[0])")
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.heard") == ["ready"]
    assert foreign.evaluate("() => window.heard") == []
    page.evaluate(f"() => ({HELLO})(frames[0])")
    page.wait_for_function("() => window.heard.includes('size')")


def test_e2_the_frame_answers_no_parent_outside_the_list(page: Page, open_portal: Open, site: Path) -> None:
    """Where the header is lost on the way, by a proxy that strips it, the frame itself still keeps silent."""
    bare = site / "fr" / "trn1-v13" / "embed-cards.html"
    page.route("**/embed-cards.html", lambda route: route.fulfill(path=bare, content_type="text/html"))
    open_portal(f"<script>({COUNT})()</script>{LOADER}{element('cards')}", host=STRANGER)
    page.frame_locator("micro-lesson iframe").locator("h1").wait_for()
    page.wait_for_function("() => window.heard.includes('ready')")
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.heard") == ["ready"]
    assert height_of(page.locator("micro-lesson iframe")) == 600


# --- the loader


def test_e2_the_loader_is_under_3_kilobytes_and_needs_nothing(site: Path) -> None:
    loader = (site / "embed.js").read_bytes()
    assert len(gzip.compress(loader, mtime=0)) < 3000
    assert b"import" not in loader
    assert b"fetch" not in loader


def test_e2_the_loader_adds_no_global(page: Page, open_portal: Open) -> None:
    open_portal("<p>…</p>")
    before = page.evaluate("() => Object.getOwnPropertyNames(window)")
    page.add_script_tag(url=f"{SITE}embed.js")
    page.wait_for_function("() => customElements.get('micro-lesson')")
    assert page.evaluate("() => Object.getOwnPropertyNames(window)") == before


def test_e2_the_frame_is_lazy_titled_and_sandboxed(page: Page, open_portal: Open) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_portal(f'{LOADER}<div id="space"></div>{element("cards")}')
    page.evaluate("document.getElementById('space').style.height = '30000px'")
    page.reload()
    page.evaluate("document.getElementById('space').style.height = '30000px'")
    asked.clear()
    page.evaluate("document.querySelector('micro-lesson').setAttribute('part', 'checklist')")
    holder = page.locator("micro-lesson iframe")
    holder.wait_for(state="attached")
    page.wait_for_timeout(300)
    assert not [url for url in asked if "embed-checklist" in url], "out of sight, it is not asked for"
    assert holder.get_attribute("loading") == "lazy"
    assert holder.get_attribute("title") == "Microleçon TRN1-V13"
    assert holder.get_attribute("lang") == "fr"
    sandbox = set((holder.get_attribute("sandbox") or "").split())
    assert not sandbox & {
        "allow-top-navigation",
        "allow-top-navigation-by-user-activation",
        "allow-pointer-lock",
    }
    frame_in(page)
    assert (holder.get_attribute("title") or "").startswith("Liste de vérification – ")
    assert (holder.get_attribute("title") or "").endswith("(TRN1-V13)")


@pytest.mark.parametrize(
    "attributes", ['code="TRN1-V13/../.." lang="fr"', 'code="" lang="fr"', 'code="TRN1-V13" part="card"']
)
def test_a_mistaken_snippet_shows_its_link_and_says_so(
    page: Page, open_portal: Open, attributes: str
) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    open_portal(f'{LOADER}<micro-lesson {attributes}><a href="{SITE}">…</a></micro-lesson>')
    page.wait_for_function("() => document.querySelector('micro-lesson').shadowRoot")
    assert page.locator("micro-lesson a").is_visible()
    assert page.locator("micro-lesson iframe").count() == 0
    assert any("no such lesson or part" in text for text in heard)


@pytest.mark.parametrize(("page_lang", "lang"), [("fr-CA", "fr"), ("en-CA", "en"), ("fr", "fr")])
def test_without_lang_the_lesson_takes_the_portals(
    page: Page, open_portal: Open, page_lang: str, lang: str
) -> None:
    open_portal(f'{LOADER}<micro-lesson code="TRN1-V13" part="cards"></micro-lesson>', lang=page_lang)
    assert frame_in(page)[1].evaluate("document.documentElement.lang") == lang
