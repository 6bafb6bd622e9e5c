"""`make bench`: how long a build takes at 100 and 1,000 lessons, beside stock mkdocs-material's.

Builds each side in turn (A B A B), without PDFs. Prints medians: cold, after one word, with nothing changed;
processor seconds, peak memory, and the exponent of growth from the smallest to the largest count.
On a machine that others use too, only the processor's seconds compare. Holds nothing.
`make bench COUNTS="50 200" ROUNDS=1` for a shorter one.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from corpus import edit_a_word, write_corpus  # noqa: E402

COUNTS = tuple(int(count) for count in os.environ.get("COUNTS", "100 1000").split())
ROUNDS = int(os.environ.get("ROUNDS", "3"))
KINDS = ("cold", "after one word", "nothing changed")
_STOCK = """
docs_dir: docs
theme: { name: material, features: [navigation.prune] }
nav: [index.md, about.md]
plugins: [search, { i18n: { docs_structure: folder, languages: [LANGUAGES] } }]
"""
_LANGUAGES = "{ locale: fr, name: Français, default: true }, { locale: en, name: English }"


@dataclass(frozen=True)
class Cost:
    """What one build cost."""

    seconds: float
    processor: float
    megabytes: float
    """Peak memory of its largest process."""


def main() -> None:
    """Measure every side at every count and print."""
    medians: dict[tuple[str, str, int], tuple[float, float]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        for count in COUNTS:
            ours = write_corpus(Path(scratch, f"ours-{count}"), count)
            sides = {"ours": ours, "stock": _stock(ours, Path(scratch, f"stock-{count}"))}
            costs: dict[tuple[str, str], list[Cost]] = {}
            for turn in range(ROUNDS):
                for side, project in sides.items():
                    for kind in KINDS:
                        costs.setdefault((side, kind), []).append(_build(project, kind, turn))
            print(f"\n{count:,} lessons in two languages, medians of {ROUNDS}")
            for (side, kind), each in costs.items():
                medians[side, kind, count] = (
                    statistics.median(one.seconds for one in each),
                    statistics.median(one.processor for one in each),
                )
                print(f"  {side:6} {kind:16} {_line(each, count)}")
            for kind in KINDS:
                ours_, stock = medians["ours", kind, count], medians["stock", kind, count]
                ratio, processor = ours_[0] / stock[0], ours_[1] / stock[1]
                print(f"  ours / stock, {kind}: {ratio:.2f}, by processor {processor:.2f}")
            for project in sides.values():
                shutil.rmtree(project)
    small, large = min(COUNTS), max(COUNTS)
    if small < large:
        for side in ("ours", "stock"):
            pairs = zip(medians[side, "cold", large], medians[side, "cold", small], strict=True)
            wall, processor = (math.log(after / before) / math.log(large / small) for after, before in pairs)
            print(f"\n{side}: growth exponent {wall:.2f}, by processor {processor:.2f}")


def _line(each: list[Cost], count: int) -> str:
    seconds, processor, megabytes = (
        statistics.median(getattr(one, name) for one in each)
        for name in ("seconds", "processor", "megabytes")
    )
    times = f"{seconds:7.1f} s {1000 * seconds / count:6.0f} ms a lesson"
    return f"{times} {processor:7.1f} s of processor {megabytes:5.0f} MB"


def _build(project: Path, kind: str, turn: int) -> Cost:
    """Build `project` as `kind` says, in a process of its own."""
    if kind == "cold":
        for name in ("site", ".cache"):
            shutil.rmtree(project / name, ignore_errors=True)
    elif kind == "after one word":
        edit_a_word(project, f"word{turn}")
    environment = os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "MICROLEARNING_PDF": "0",
        "MICROLEARNING_CACHE": str(project / ".cache"),
        "PYTHONHASHSEED": "0",
    }
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(project / "mkdocs.yml")], env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)  # with its children's use, Pagefind's among them
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{project.name}: the build failed")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _stock(ours: Path, folder: Path) -> Path:
    """The Markdown and media of `ours` for stock mkdocs-material: lunr, i18n, lessons not in the menu."""
    folder.mkdir()
    settings = yaml.safe_load((ours / "mkdocs.yml").read_text(encoding="utf-8"))
    own = yaml.safe_load(_STOCK.replace("LANGUAGES", _LANGUAGES))
    own |= {key: settings[key] for key in ("site_name", "site_url", "markdown_extensions", "exclude_docs")}
    own["validation"] = {"nav": {"omitted_files": "ignore"}}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    shutil.copytree(ours / "docs", folder / "docs", copy_function=os.link)
    for file in (folder / "docs").glob("*/*.md"):  # a template of ours is none of its own
        text = file.read_text(encoding="utf-8")
        file.unlink()  # else the link's other end changed too
        file.write_text(re.sub(r"(?m)^template: .*\n", "", text), encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
