"""The plan of a build: what the settings say, whoever read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from microlearning import view
from microlearning.conformance import Report
from microlearning.project import Settings


@dataclass(frozen=True)
class Assets:
    """What belongs to the product itself: style sheet, scripts, icon."""

    files: Mapping[str, bytes]
    """By address from the site's root."""

    addresses: Mapping[str, str]
    """Of those named by their content, by plain name: `site.css`."""


@dataclass(frozen=True)
class Plan:
    """What the settings say of a build."""

    settings: Settings
    today: date
    published: Path
    """Where the finished site goes."""

    pdfs: Path | None
    """Where PDFs are kept; None when none are made."""

    site: view.Site
    """Without the addresses of assets and of the search page."""

    assets: Callable[[], Assets]
    """Takes longer than all the rest of a build that has nothing to do."""

    menu: Sequence[str]
    """The shared names of the pages in the main menu."""

    report: Report | None
    is_published: Callable[[str], bool]
    """Whether a file of `docs/`, by its name there, is to be copied to the site."""

    world: Callable[[], bytes]
    """A fingerprint of all that pages depend on beside `docs/` and the day (`ledger.world`), as it is now."""

    previewing: bool = False
