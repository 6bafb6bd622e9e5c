"""Every page's address, a page of the browser to open them in, and the record of what was run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from selectolax.lexbor import LexborHTMLParser

from browser.pages.record import Made, Record, write

Reader = Callable[..., Page]

SHARES = 6
"""Into how many tests the walk over all pages is divided, so that several processes may share it."""

_TOLD = "accessibility"


@pytest.fixture(scope="session")
def addresses(site: Path) -> list[str]:
    """The address of every HTML page, as a link writes it: `fr/trn1-v13/`."""
    files = sorted(str(file.relative_to(site)) for file in site.rglob("*.html"))
    return [file.removesuffix("index.html") for file in files]


@pytest.fixture(params=range(SHARES), ids=lambda number: f"share-{number + 1}")
def share(request: pytest.FixtureRequest, addresses: list[str]) -> list[str]:
    """Some of the pages: each one is in one share."""
    return addresses[request.param :: SHARES]


@pytest.fixture(scope="session")
def having(site: Path) -> Callable[[list[str], str], list[str]]:
    """Leaves of some addresses those whose page has an element that a selector finds."""

    def choose(addresses: list[str], selector: str) -> list[str]:
        return [address for address in addresses if _parsed(site, address).css_first(selector)]

    return choose


def _parsed(site: Path, address: str) -> LexborHTMLParser:
    file = site / address
    return LexborHTMLParser((file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8"))


@pytest.fixture
def reader(portal_browser: BrowserContext) -> Iterator[Reader]:
    """Opens an empty page for one reader: with a colour scheme, without scripts, in forced colours."""
    browser = portal_browser.browser
    assert browser is not None
    contexts = []

    def open_(**options: Any) -> Page:
        settings = {"ignore_https_errors": True, "locale": "en-CA", "reduced_motion": "reduce"} | options
        context = browser.new_context(**settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


# --- the report: each test tells what it has run, and the process that hears of all of them writes it


@pytest.fixture
def record(
    request: pytest.FixtureRequest, addresses: list[str], portal_browser: BrowserContext
) -> Iterator[Record]:
    """What this test runs. `make accessibility-report` has it written down."""
    record = Record()
    yield record
    browser = portal_browser.browser
    assert browser is not None
    told = {
        "pages": len(addresses),
        "chromium": browser.version,
        "made": [asdict(one) for one in record.made],
    }
    request.node.user_properties.append((_TOLD, told))


_heard: list[dict[str, Any]] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Hear what a test has run, in whichever process."""
    if report.when == "teardown":
        _heard.extend(told for name, told in report.user_properties if name == _TOLD)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the report, once, if it was asked for."""
    target = os.environ.get("ACCESSIBILITY_REPORT")
    if target and _heard and not hasattr(session.config, "workerinput"):
        made = [Made(**one) for told in _heard for one in told["made"]]
        write(Path(target), made, pages=_heard[0]["pages"], chromium=_heard[0]["chromium"])
