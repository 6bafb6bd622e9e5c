"""The three checkers, at the versions that `package-lock.json` holds, with every rule that they have."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from browser.portal.servers import ROOT

MODULES = ROOT / "node_modules"

NOT_ON_PAPER = ("target-size",)
"""Nothing on paper is pressed. Every other rule holds there too."""

_ASK_AXE = """async (leftOut) => {
  const rules = Object.fromEntries(
    axe.getRules().map(({ ruleId }) => [ruleId, { enabled: !leftOut.includes(ruleId) }]));
  const found = await axe.run(document, { rules, resultTypes: ['violations'], preload: false });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(
    ({ target, any, all, none }) => `${id}: ${target.join(' ')} (${[...any, ...all, ...none][0]?.message})`));
}"""
_ASK_EQUAL_ACCESS = """async () => {
  const { results } = await new ace.Checker().check(document, ['IBM_Accessibility']);
  return results.filter(({ value }) => value[0] === 'VIOLATION' && value[1] === 'FAIL')
    .map(({ ruleId, message, path }) => `${ruleId}: ${path.dom} (${message})`);
}"""


@dataclass(frozen=True)
class Checker:
    """A checker that runs in the page."""

    name: str
    package: str
    file: str
    question: str

    @property
    def version(self) -> str:
        """The version that is installed."""
        return _version(self.package)

    @cached_property
    def source(self) -> str:
        """The script, read once."""
        return (MODULES / self.package / self.file).read_text(encoding="utf-8")

    def put_into(self, page: Page) -> None:
        """Give the loaded page the checker; the page's policy does not hold for the browser's own tools."""
        page.evaluate(self.source)

    def failures(self, page: Page, left_out: tuple[str, ...] = ()) -> list[str]:
        """What the checker finds in the page as it is now; axe-core may leave a rule out."""
        found: list[str] = page.evaluate(self.question, left_out)
        return found


@dataclass(frozen=True)
class NuChecker:
    """The Nu Html Checker, which reads files."""

    name: str = "Nu Html Checker"
    package: str = "vnu-jar"

    @property
    def version(self) -> str:
        """The version that is installed."""
        return _version(self.package)

    def failures(self, folder: Path) -> list[str]:
        """Every error, warning and remark on the HTML, CSS and SVG files of `folder`."""
        jar = MODULES / self.package / "build" / "dist" / "vnu.jar"
        command = ["java", "-jar", str(jar), "--format", "json", "--also-check-css", "--also-check-svg"]
        done = subprocess.run(
            [*command, "--skip-non-html", str(folder)], capture_output=True, text=True, check=False
        )
        messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
        return [
            f"{one.get('url', '').rpartition(folder.name)[2]}:{one.get('lastLine')}: {one['message']}"
            for one in messages
        ]


def _version(package: str) -> str:
    described = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
    version: str = described["version"]
    return version


AXE = Checker("axe-core", "axe-core", "axe.min.js", _ASK_AXE)
EQUAL_ACCESS = Checker("IBM Equal Access", "accessibility-checker-engine", "ace.js", _ASK_EQUAL_ACCESS)
NU = NuChecker()
