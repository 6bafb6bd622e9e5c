"""C1: IBM Equal Access finds no failure on any page in any state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.pages.checkers import EQUAL_ACCESS
from browser.pages.conftest import Reader
from browser.pages.record import Record, screens
from browser.pages.states import LOADED, SEARCH_RESULTS, SEARCHES, USED, State, check

Having = Callable[[list[str], str], list[str]]


@pytest.mark.parametrize("state", [LOADED, USED], ids=lambda state: state.name)
def test_every_page(reader: Reader, share: list[str], having: Having, record: Record, state: State) -> None:
    pages = having(share, state.on)
    assert check(reader(), screens(EQUAL_ACCESS.name, state.name), pages, record, state) == []


def test_search_results(reader: Reader, record: Record) -> None:
    runs = screens(EQUAL_ACCESS.name, SEARCH_RESULTS.name)
    assert check(reader(), runs, SEARCHES, record, SEARCH_RESULTS) == []


def test_a_fault_is_found(reader: Reader) -> None:
    def break_(page: Page) -> None:
        page.evaluate("document.documentElement.removeAttribute('lang')")

    runs = screens(EQUAL_ACCESS.name, "loaded")[:1]
    faults = check(reader(), runs, ["en/about/"], Record(), State("broken", break_))
    assert any("lang" in fault for fault in faults)
