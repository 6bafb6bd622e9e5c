"""C1: axe-core, every rule that it has, finds nothing on any page in any state."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from browser.pages.checkers import AXE
from browser.pages.conftest import Reader
from browser.pages.record import Record, screens
from browser.pages.states import SEARCHES, answered, check, used
from browser.pages.usable import usable


def test_as_loaded(reader: Reader, addresses: list[str], record: Record) -> None:
    assert check(reader(), screens(AXE.name, "loaded"), addresses, record) == []


def test_used(reader: Reader, site: Path, addresses: list[str], record: Record) -> None:
    assert check(reader(), screens(AXE.name, "used"), usable(site, addresses), record, used) == []


def test_search_results(reader: Reader, record: Record) -> None:
    assert check(reader(), screens(AXE.name, "search results"), SEARCHES, record, answered) == []


def test_printed(reader: Reader, addresses: list[str], record: Record) -> None:
    page = reader()
    page.emulate_media(media="print")
    assert check(page, screens(AXE.name, "printed"), addresses, record) == []


def test_scripts_blocked(reader: Reader, addresses: list[str], record: Record) -> None:
    page = reader()
    page.route("**/*.js", lambda route: route.abort())
    assert check(page, screens(AXE.name, "scripts blocked"), addresses, record) == []


def test_a_fault_is_found(reader: Reader) -> None:
    """The proof that the checker checks: a page with a fault is not let through."""

    def break_(page: Page) -> None:
        page.evaluate("document.querySelector('h1').setAttribute('role', 'buton')")

    faults = check(reader(), screens(AXE.name, "loaded"), ["en/about/"], Record(), break_)
    assert any("aria-roles" in fault for fault in faults)
