"""One browser that finds every name at our nginx, and portal pages to open in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright
from selectolax.lexbor import LexborHTMLParser

from browser.portal.servers import PORTAL, ROOT, serving

CHROMIUM = "/usr/bin/chromium"
Open = Callable[..., Page]

_HEAD = '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Portal</title>{head}</head>'


@pytest.fixture(scope="session")
def portal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the portals' names show: the example that we ship, and the pages that tests write."""
    folder = tmp_path_factory.mktemp("portal") / "pages"
    shutil.copytree(ROOT / "examples" / "portal", folder)
    return folder


@pytest.fixture(scope="session")
def port(site: Path, portal_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port at which nginx serves all names."""
    with serving(tmp_path_factory.mktemp("nginx"), site, portal_folder) as port:
        yield port


def browser_arguments(port: int) -> list[str]:
    """Every name is at `port` of this machine; root needs a browser without its sandbox."""
    mapped = [f"--host-resolver-rules=MAP * 127.0.0.1:{port}", "--ignore-certificate-errors"]
    return [*mapped, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@pytest.fixture(scope="session")
def portal_browser(playwright: Playwright, port: int) -> Iterator[BrowserContext]:
    """Debian's Chromium; a test gets a page of it and leaves none behind."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=browser_arguments(port))
    context = browser.new_context(ignore_https_errors=True, locale="en-CA")
    context.set_default_timeout(10_000)
    yield context
    browser.close()


@pytest.fixture
def page(portal_browser: BrowserContext) -> Iterator[Page]:
    """A new page of the browser."""
    page = portal_browser.new_page()
    yield page
    page.close()


@pytest.fixture
def open_portal(page: Page, portal_folder: Path, request: pytest.FixtureRequest) -> Open:
    """Opens a portal's page with the given body, under the given name."""

    def open_(body: str, *, host: str = PORTAL, lang: str = "en", head: str = "") -> Page:
        name = f"{abs(hash(request.node.nodeid))}.html"
        text = _HEAD.format(lang=lang, head=head) + f"<body>{body}</body></html>"
        (portal_folder / name).write_text(text, encoding="utf-8")
        page.goto(f"https://{host}/{name}", wait_until="domcontentloaded")
        return page

    return open_


@pytest.fixture
def site_snippet(site: Path) -> str:
    """The plain `<iframe>` that the French lesson's page gives to portals' owners."""
    page = LexborHTMLParser((site / "fr" / "trn1-v13" / "index.html").read_text(encoding="utf-8"))
    return page.css("textarea")[1].text().strip()
