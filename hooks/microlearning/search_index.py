"""The search index: Pagefind run over the lessons' pages, and what the site publishes of what it makes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT
from tempfile import TemporaryDirectory

from pagefind_bin import get_executable

from microlearning.pagefind_files import BEFORE, Output, amend, arrange
from microlearning.search import UNLISTED, SearchPage, vocabulary

FOLDER = "search-index"
"""The index's folder below its language's."""

_MEMORY = Path("/dev/shm")  # noqa: S108 - used through `tempfile`, as the other one is
"""A folder that Linux keeps in memory: Pagefind reads and writes thousands of small files."""

_PREFIX = "microlearning-search-"
"""How the names of its folders begin."""

_HOUR = 3600


@dataclass(frozen=True)
class Standing:
    """An index that stands somewhere."""

    folder: Path
    names: frozenset[str] = frozenset()
    """Its files that are there as they were left."""

    lessons: Sequence[SearchPage] = ()
    """What it was made of; nothing when not all of its files are there."""


def write_search(lessons: Sequence[SearchPage], folder: Path, standing: Standing | None = None) -> list[str]:
    """Write to `folder` all that search asks for: `write_index` and `write_words`."""
    return [*write_index(lessons, folder, standing), *write_words(lessons, folder)]


def write_index(lessons: Sequence[SearchPage], folder: Path, standing: Standing | None = None) -> list[str]:
    """Write to `folder` the index of `lessons`, all of one language; its files' names.

    The same lessons give the same bytes, in whatever order. No lessons give no index: the page then
    leads to the catalogue. Of the files that are named by their content, those of `standing` are not
    written.

    Raises:
        RuntimeError: Pagefind refuses; its own words are in the message.
    """
    if not lessons:
        return []
    standing = standing or Standing(folder)
    output = Output(folder, standing.names)
    changed = _changed(standing.lessons, lessons)
    # In memory the file that was written last is found first: Pagefind then numbers the pages in order.
    every = {_address(one): one for one in sorted(lessons, key=_address, reverse=True)}
    with TemporaryDirectory(prefix=_PREFIX, dir=_scratch(lessons)) as scratch:
        made = Path(scratch, "made")
        _run_pagefind(changed or every, Path(scratch, "pages"), made)
        if not changed:
            arrange(made, UNLISTED, output)
        elif not amend(standing.folder, made, every, output):
            return write_index(lessons, folder, Standing(folder, standing.names))
    return output.names


def write_words(lessons: Sequence[SearchPage], folder: Path) -> list[str]:
    """Write to `folder` the words to offer, of `lessons`, all of one language; the file's name."""
    if not lessons:
        return []
    output = Output(folder)
    words = vocabulary(lessons, lessons[0].language)
    output.write("words.json", json.dumps(words, ensure_ascii=False, separators=(",", ":")))
    return output.names


def _changed(before: Sequence[SearchPage], now: Sequence[SearchPage]) -> dict[str, SearchPage]:
    """The pages to index anew, by address, as they are and as they were; none where all must be.

    Each counts twice: where half have changed, it is quicker to index all.
    """
    if [(one.code, one.filed) for one in before] != [(one.code, one.filed) for one in now]:
        return {}
    changed: dict[str, SearchPage] = {}
    for was, one in zip(before, now, strict=True):
        if was != one:
            changed |= {_address(one): one, BEFORE + _address(one): was}
    return changed if len(changed) < len(now) else {}


def _address(lesson: SearchPage) -> str:
    return f"/{lesson.code.lower()}.html"


def _run_pagefind(lessons: Mapping[str, SearchPage], pages: Path, made: Path) -> None:
    """Have Pagefind index the `lessons`, by address: their `pages`, and what is `made` of them."""
    for address, lesson in lessons.items():
        file = pages / address[1:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(lesson.html)
    command = [get_executable(), "--site", pages, "--output-path", made, "--quiet"]
    done = subprocess.run(command, stdout=PIPE, stderr=STDOUT, check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise RuntimeError(f"pagefind: {done.stdout.decode(errors='replace')}")


def _remove_leftovers() -> None:
    """Remove what builds that were killed left in memory: no index takes an hour."""
    for folder in _MEMORY.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _HOUR:
                shutil.rmtree(folder)


def _scratch(lessons: Sequence[SearchPage]) -> Path | None:
    """Where to make the index: in memory when that has room many times over, else wherever Python would."""
    with suppress(OSError):
        room = shutil.disk_usage(_MEMORY).free
        if os.access(_MEMORY, os.W_OK) and room > 30 * sum(len(lesson.packed) for lesson in lessons):
            _remove_leftovers()
            return _MEMORY
    return None


# --- the preview


_shown: dict[Path, Standing] = {}
"""The indexes that were written, by their folders."""

_turn = threading.Lock()


def index_later(lessons: Callable[[], Sequence[SearchPage]], folder: Path) -> threading.Thread:
    """As `write_search`, in the background, and only when the `lessons` are others than the last ones.

    A preview builds anew at each save: the author does not wait for the index, and finds the new
    words a moment later.
    """
    work = threading.Thread(target=_index, args=(lessons, folder), daemon=True)
    work.start()
    return work


def _index(lessons: Callable[[], Sequence[SearchPage]], folder: Path) -> None:
    with _turn, suppress(OSError):  # a build may put a new site in the place of this one
        there = frozenset(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
        shown, now = _shown.get(folder), lessons()
        if shown is None or shown.names != there:
            shown = Standing(folder, there)
        elif shown.lessons == now:
            return
        names = frozenset(write_search(now, folder, shown))
        for name in there - names:
            (folder / name).unlink()
        _shown[folder] = Standing(folder, names, now)
