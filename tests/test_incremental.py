"""Speed never lies: after any edit, a build publishes what a build from nothing would, byte by byte."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from bench.corpus import write_corpus
from build_server import Builds, serving
from edits import Edits

EDITS = 100
"""One after the other."""

ENVIRONMENT = {
    "MICROLEARNING_PDF": "0",
    "NO_MKDOCS_2_WARNING": "1",
    "LANG": "C.UTF-8",
    "SOURCE_DATE_EPOCH": "1764072000",
}


@pytest.fixture
def builds() -> Iterator[Builds]:
    with serving() as server:
        yield server


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _told(output: str) -> list[str]:
    """What a build tells an author, in the order of the alphabet."""
    lines = (line for line in output.splitlines() if re.search(r"WARNING|ERROR|^docs/|docs/.*:\d+: ", line))
    return sorted({re.sub(r"^\w+ +- +(\[[\d:]+\] )?", "", line) for line in lines})


def _build(project: Path, site: Path, cache: Path) -> tuple[list[str], dict[str, str]]:
    command = ["mkdocs", "build", "-q", "-f", str(project / "mkdocs.yml"), "-d", str(site)]
    return command, ENVIRONMENT | {"MICROLEARNING_CACHE": str(cache)}


def test_a_hundred_random_edits_give_what_clean_builds_give(
    project: Path, tmp_path: Path, builds: Builds
) -> None:
    site, clean, cache = tmp_path / "site", tmp_path / "clean", tmp_path / "clean-cache"
    edits = Edits(project, site, write_corpus(tmp_path / "spare", 6), seed=2026)
    edits.next(edits.add_lesson)
    published = stopped = 0
    for turn, kind in enumerate(islice(edits.kinds(), EDITS)):
        what = edits.next(kind) if turn else "the first build"
        before = _tree(site)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
        ours, theirs = builds.run(_build(project, site, tmp_path / "cache"), _build(project, clean, cache))
        where = f"edit {turn}, {what}:\n{ours.output}"
        assert (ours.code, _told(ours.output)) == (theirs.code, _told(theirs.output)), where
        assert "Traceback" not in ours.output, where
        if ours.code:
            stopped += 1
            assert _tree(site) == before, where
            edits.undo()
        else:
            published += 1
            assert _differences(_tree(site), _tree(clean)) == [], where
    assert published > EDITS * 0.8, "hardly an edit was published"
    assert stopped, "no mistake was told"


def _differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
