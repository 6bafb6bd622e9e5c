"""What is run on every page, in which states, and the report of it: one list, so that the two agree."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

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


RUNS: tuple[Run, ...] = (
    *_on_every_screen(AXE.name, "loaded", "used", "search results"),
    Run(AXE.name, "printed", "light", 1280),
    Run(AXE.name, "scripts blocked", "light", 1280),
    *_on_every_screen(EQUAL_ACCESS.name, "loaded", "used", "search results"),
    Run(NU.name, "as published", "light", 1280),
    Run(BROWSER, "policy and console", "light", 1280),
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


@dataclass
class Record:
    """The runs that were made, each with the number of its pages and of its failures."""

    made: dict[Run, tuple[int, int]] = field(default_factory=dict)

    def add(self, run: Run, pages: int, failures: int) -> None:
        """Note one run."""
        self.made[run] = (pages, failures)


def write(target: Path, record: Record, *, pages: int, chromium: str) -> None:
    """Write the report: the same runs give the same text, but for the date.

    What other processes wrote at the same versions stays, so that two may share the work.
    """
    tools = [
        {"name": BROWSER, "version": chromium},
        *({"name": one.name, "version": one.version} for one in (AXE, EQUAL_ACCESS, NU)),
    ]
    tools.sort(key=lambda tool: tool["name"])
    made = {**_made_before(target, tools), **record.made}
    report = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "tools": tools,
        "pages": pages,
        "languages": ["en", "fr"],
        "runs": [
            asdict(run) | {"pages": seen, "failures": failures}
            for run, (seen, failures) in sorted(made.items())
            if run in RUNS
        ],
    }
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _made_before(target: Path, tools: list[dict[str, str]]) -> dict[Run, tuple[int, int]]:
    """The runs that the report already tells of, if they are of the same tools."""
    if not target.exists():
        return {}
    before: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    if before["tools"] != tools:
        return {}
    return {
        Run(one["tool"], one["state"], one["scheme"], one["width"]): (one["pages"], one["failures"])
        for one in before["runs"]
    }
