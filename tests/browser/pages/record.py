"""What is run on every page, in which states, and the report of it: one list, so that the two agree."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from browser.pages.checkers import AXE, EQUAL_ACCESS, NU
from browser.portal.servers import ROOT

REPORT = ROOT / "docs" / ".accessibility" / "report.json"
"""Where the site finds it (`microlearning/conformance.py`)."""

BROWSER = "Chromium"

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, order=True)
class Run:
    """One tool over the pages in one state."""

    tool: str
    state: str
    scheme: Scheme
    width: int


SCREENS: tuple[tuple[Scheme, int], ...] = (("light", 1280), ("light", 320), ("dark", 320), ("dark", 1280))
"""In the order that changes one thing at a time."""


def _on_every_screen(tool: str, *states: str) -> list[Run]:
    return [Run(tool, state, scheme, width) for state in states for scheme, width in SCREENS]


def _where_the_menu_folds(tool: str) -> list[Run]:
    return [Run(tool, "menu open", scheme, width) for scheme, width in SCREENS if width == 320]


RUNS: tuple[Run, ...] = (
    *_on_every_screen(AXE.name, "loaded", "used", "search results"),
    *_where_the_menu_folds(AXE.name),
    Run(AXE.name, "printed", "light", 1280),
    Run(AXE.name, "scripts blocked", "light", 1280),
    *_on_every_screen(EQUAL_ACCESS.name, "loaded", "search results"),
    Run(EQUAL_ACCESS.name, "used", "light", 1280),
    Run(EQUAL_ACCESS.name, "used", "light", 320),
    Run(NU.name, "as published", "light", 1280),
    Run(BROWSER, "policy and console", "light", 320),
    Run(BROWSER, "policy and console", "light", 1280),
    Run(BROWSER, "keyboard", "light", 320),
    Run(BROWSER, "keyboard", "light", 1280),
    Run(BROWSER, "names in one language", "light", 1280),
    Run(BROWSER, "reflow at 400 %", "light", 320),
    Run(BROWSER, "text spacing", "light", 320),
    Run(BROWSER, "text spacing", "light", 1280),
    Run(BROWSER, "reduced motion", "light", 1280),
    Run(BROWSER, "forced colours", "dark", 1280),
    Run(BROWSER, "no scripts", "light", 1280),
)


def screens(tool: str, state: str) -> list[Run]:
    """The runs of `tool` in `state`.

    Raises:
        AssertionError: there is none, so the report would not tell of it.
    """
    found = [run for run in RUNS if (run.tool, run.state) == (tool, state)]
    assert found, f"{tool}, {state}: add it to RUNS"
    return found


@dataclass(frozen=True)
class Made:
    """A run over some pages: how many they are, and the failures that it found."""

    tool: str
    state: str
    scheme: Scheme
    width: int
    pages: int
    failures: int

    @property
    def run(self) -> Run:
        """The run that this is a part of."""
        return Run(self.tool, self.state, self.scheme, self.width)


@dataclass
class Record:
    """What one test has run."""

    made: list[Made] = field(default_factory=list)

    def add(self, run: Run, pages: int, failures: int) -> None:
        """Note one run, over all pages or a share of them."""
        self.made.append(Made(**asdict(run), pages=pages, failures=failures))


def write(target: Path, made: list[Made], *, pages: int, chromium: str) -> None:
    """Write the report, the shares of a run added up: the same give the same text, but for the date."""
    tools = [
        {"name": BROWSER, "version": chromium},
        *({"name": one.name, "version": one.version} for one in (AXE, EQUAL_ACCESS, NU)),
    ]
    parts = {run: [one for one in made if one.run == run] for run in sorted({one.run for one in made})}
    report = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "tools": sorted(tools, key=lambda tool: tool["name"]),
        "pages": pages,
        "languages": ["en", "fr"],
        "runs": [
            asdict(run)
            | {"pages": sum(one.pages for one in shares), "failures": sum(one.failures for one in shares)}
            for run, shares in parts.items()
            if run in RUNS
        ],
    }
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
