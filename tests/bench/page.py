"""`make bench-page`: what Lighthouse says of a lesson and of the home page, on simulated slow 4G.

The site in `site/` is served by nginx with the file that we ship. Prints; holds nothing: what needs no
clock is held by `tests/browser/test_weight_browser.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from bench.peers.peer import TOOLS, MissingPeerError, from_npm  # noqa: E402 - found by the path above
from browser.portal.servers import LESSONS, serving  # noqa: E402 - found by the path above

HOME = Path(__file__).parent / "lighthouse"
ROUNDS = int(os.environ.get("ROUNDS", "3"))
PAGES = ("fr/trn1-v13/", "en/trn1-v13/", "fr/", "en/")
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index")
UNSCORED = {"notApplicable", "informative", "manual", "error"}


def main() -> None:
    """Serve, ask and print."""
    try:
        print(f"Lighthouse {from_npm('lighthouse', HOME)}, mobile, simulated slow 4G")
    except MissingPeerError as reason:
        raise SystemExit(f"Lighthouse cannot be had: {reason}") from reason
    with tempfile.TemporaryDirectory(prefix="bench-page-") as name:
        folder = Path(name)
        with serving(folder, ROOT / "site", folder, protocols="ssl http2") as port:
            for page in PAGES:
                reports = sorted((asked(page, port, folder) for _ in range(ROUNDS)), key=score)
                told(page, reports[ROUNDS // 2], [score(one) for one in reports])


def asked(page: str, port: int, folder: Path) -> dict[str, Any]:
    """Lighthouse's report of `page`."""
    modules = TOOLS / HOME.name / "node_modules"
    report = folder / "report.json"
    flags = [
        "--headless=new",
        f'--host-resolver-rules="MAP * 127.0.0.1:{port}"',
        "--ignore-certificate-errors",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
    ]
    command = [
        *(str(modules / ".bin" / "node"), str(modules / "lighthouse" / "cli" / "index.js")),
        f"https://{LESSONS}/{page}",
        *("--only-categories=performance", "--output=json", f"--output-path={report}", "--quiet"),
        f"--chrome-flags={' '.join(flags)}",
    ]
    environment = os.environ | {"CHROME_PATH": "/usr/bin/chromium"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{page}: {done.stderr.strip() or done.stdout.strip()}")
    return dict(json.loads(report.read_text(encoding="utf-8")))


def score(report: dict[str, Any]) -> int:
    """The performance that `report` found, of 100."""
    return round(100 * report["categories"]["performance"]["score"])


def told(page: str, report: dict[str, Any], scores: list[int]) -> None:
    """Print the `scores` of all rounds, and of the middle `report` what matters and what could be better."""
    audits = report["audits"]
    shift = audits["cumulative-layout-shift"]["numericValue"]
    print(f"\n{page}: performance {score(report)} of {scores}, layout shift {shift:.3f}", end="")
    print("".join(f", {name} {audits[name]['numericValue'] / 1000:.2f} s" for name in TIMES))
    every = audits["network-requests"]["details"]["items"]
    items = [one for one in every if one["transferSize"]]  # the player's own icons come from the browser
    print(f"  {len(items)} requests, {sum(item['transferSize'] for item in items):,} bytes")
    for item in items:
        kind, size = item.get("resourceType", ""), item["transferSize"]
        print(f"    {kind:12} {size:8,} {urlsplit(item['url']).path}")
    for audit in audits.values():
        if audit["scoreDisplayMode"] not in UNSCORED and (audit["score"] or 0) < 1:
            print(f"  {audit['id']}: {audit.get('displayValue') or audit['title']}")


if __name__ == "__main__":
    main()
