"""Portal pages to open in the one browser that finds every name at our nginx."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page
from selectolax.lexbor import LexborHTMLParser

from browser.portal.servers import PORTAL

Open = Callable[..., Page]

_HEAD = '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Portal</title>{head}</head>'


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
