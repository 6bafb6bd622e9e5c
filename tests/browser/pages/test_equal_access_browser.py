"""C1: IBM Equal Access finds no failure on any page in any state."""

from __future__ import annotations

from pathlib import Path

from browser.pages.checkers import EQUAL_ACCESS
from browser.pages.conftest import Reader
from browser.pages.record import Record, screens
from browser.pages.states import SEARCHES, answered, check, used
from browser.pages.usable import usable


def test_as_loaded(reader: Reader, addresses: list[str], record: Record) -> None:
    assert check(reader(), screens(EQUAL_ACCESS.name, "loaded"), addresses, record) == []


def test_used(reader: Reader, site: Path, addresses: list[str], record: Record) -> None:
    assert check(reader(), screens(EQUAL_ACCESS.name, "used"), usable(site, addresses), record, used) == []


def test_search_results(reader: Reader, record: Record) -> None:
    assert check(reader(), screens(EQUAL_ACCESS.name, "search results"), SEARCHES, record, answered) == []
