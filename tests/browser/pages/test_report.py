"""The stored report tells of what this suite runs, with the tools that it has, and of no failure."""

from __future__ import annotations

import json
from typing import Any

from browser.pages.checkers import AXE, EQUAL_ACCESS, NU
from browser.pages.record import REPORT, RUNS, Run


def test_the_report_is_of_this_suite() -> None:
    """When it is not: `make accessibility-report`."""
    report: dict[str, Any] = json.loads(REPORT.read_text(encoding="utf-8"))
    told = {Run(one["tool"], one["state"], one["scheme"], one["width"]) for one in report["runs"]}
    assert told == set(RUNS)
    assert [one for one in report["runs"] if one["failures"]] == []
    assert all(one["pages"] > 0 for one in report["runs"])
    versions = {tool["name"]: tool["version"] for tool in report["tools"]}
    assert {one.name: versions.get(one.name) for one in (AXE, EQUAL_ACCESS, NU)} == {
        one.name: one.version for one in (AXE, EQUAL_ACCESS, NU)
    }
