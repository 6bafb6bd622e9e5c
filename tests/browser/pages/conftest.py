"""Every page's address, a page of the browser to open them in, and the record of what was run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.pages.record import Record, write

Reader = Callable[..., Page]


@pytest.fixture(scope="session")
def addresses(site: Path) -> list[str]:
    """The address of every HTML page, as a link writes it: `fr/trn1-v13/`."""
    files = sorted(str(file.relative_to(site)) for file in site.rglob("*.html"))
    return [file.removesuffix("index.html") for file in files]


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


@pytest.fixture(scope="session")
def record(addresses: list[str], portal_browser: BrowserContext) -> Iterator[Record]:
    """What the tests of this folder have run. `make accessibility-report` has it written down."""
    record = Record()
    yield record
    target = os.environ.get("ACCESSIBILITY_REPORT")
    if target:
        browser = portal_browser.browser
        assert browser is not None
        write(Path(target), record, pages=len(addresses), chromium=browser.version)
