"""C1: axe-core, every rule that it has, finds nothing on any page in any state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.pages.checkers import AXE
from browser.pages.conftest import Reader
from browser.pages.record import Record, screens
from browser.pages.states import (
    LOADED,
    MENU_OPEN,
    PRINTED,
    SCRIPTS_BLOCKED,
    SEARCH_RESULTS,
    SEARCHES,
    USED,
    State,
    check,
)

Having = Callable[[list[str], str], list[str]]


@pytest.mark.parametrize("state", [LOADED, MENU_OPEN, USED], ids=lambda state: state.name)
def test_every_page(reader: Reader, share: list[str], having: Having, record: Record, state: State) -> None:
    pages = having(share, state.on)
    assert check(reader(), screens(AXE.name, state.name), pages, record, state) == []


def test_search_results(reader: Reader, record: Record) -> None:
    found = check(reader(), screens(AXE.name, SEARCH_RESULTS.name), SEARCHES, record, SEARCH_RESULTS)
    assert found == []


def test_printed(reader: Reader, share: list[str], record: Record) -> None:
    page = reader()
    page.emulate_media(media="print")
    assert check(page, screens(AXE.name, PRINTED.name), share, record, PRINTED) == []


def test_scripts_blocked(reader: Reader, share: list[str], record: Record) -> None:
    page = reader()
    page.route("**/*.js", lambda route: route.abort())
    assert check(page, screens(AXE.name, SCRIPTS_BLOCKED.name), share, record, SCRIPTS_BLOCKED) == []


def test_a_fault_is_found(reader: Reader) -> None:
    """The proof that the checker checks: a page with a fault is not let through."""

    def break_(page: Page) -> None:
        page.evaluate("document.querySelector('h1').setAttribute('role', 'buton')")

    faults = check(reader(), screens(AXE.name, "loaded"), ["en/about/"], Record(), State("broken", break_))
    assert any("aria-roles" in fault for fault in faults)
