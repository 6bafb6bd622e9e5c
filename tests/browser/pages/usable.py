"""Which pages a reader can change: those that fold, or have boxes to tick."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser


def usable(site: Path, addresses: list[str]) -> list[str]:
    """The addresses of pages with a fold or a box."""
    return [address for address in addresses if _parsed(site, address).css_first("details, .checklist li")]


def _parsed(site: Path, address: str) -> LexborHTMLParser:
    file = site / address
    return LexborHTMLParser((file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8"))
