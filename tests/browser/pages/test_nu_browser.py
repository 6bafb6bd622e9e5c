"""C1: the Nu Html Checker has nothing to say of any page, style sheet or drawing."""

from __future__ import annotations

from pathlib import Path

from browser.pages.checkers import NU
from browser.pages.record import Record, screens


def test_every_file(site: Path, addresses: list[str], record: Record) -> None:
    found = NU.failures(site)
    record.add(*screens(NU.name, "as published"), len(addresses), len(found))
    assert found == []


def test_a_fault_is_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=en><title>…</title><br/>", encoding="utf-8"
    )
    assert NU.failures(tmp_path) != []
