"""The search index: Pagefind run over the lessons' pages, and what the site publishes of what it makes."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen
from tempfile import TemporaryDirectory

from pagefind_bin import get_executable

from microlearning.pagefind_files import steady
from microlearning.search import UNLISTED, SearchPage, vocabulary

FOLDER = "search-index"
"""The index's folder below its language's."""

_PUBLISHED = (
    "pagefind.js",
    "pagefind-entry.json",
    "*.pf_meta",
    "wasm.??.pagefind",
    "index/*",
    "filter/*",
    "fragment/*",
)
"""What the page's script asks for; Pagefind's own interfaces stay behind."""


_NAMED_BY_CONTENT = {".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment"}

_MEMORY = Path("/dev/shm")  # noqa: S108 - used through `tempfile`, as the other one is
"""A folder that Linux keeps in memory: Pagefind reads and writes thousands of small files."""


def write_index(lessons: Sequence[SearchPage], folder: Path, there: Container[str] = ()) -> list[str]:
    """Write to `folder` the index of `lessons`, all of one language, and the words to offer.

    Gives the files' names. The same lessons give the same bytes. No lessons give no index: the page
    then leads to the catalogue. Of the files that are named by their content, those that are `there`
    are not written.

    Raises:
        RuntimeError: Pagefind refuses; its own words are in the message.
    """
    if not lessons:
        return []
    names = ["words.json"]
    with TemporaryDirectory(prefix="search-", dir=_scratch(lessons)) as scratch:
        pages, made = Path(scratch, "pages"), Path(scratch, "made")
        pages.mkdir()
        for lesson in lessons:
            (pages / f"{lesson.code.lower()}.html").write_bytes(lesson.html)
        command = [get_executable(), "--site", pages, "--output-path", made, "--quiet"]
        with Popen(command, stdout=PIPE, stderr=STDOUT) as pagefind:  # noqa: S603 - our own words
            words = json.dumps(vocabulary(lessons), ensure_ascii=False, separators=(",", ":"))  # meanwhile
            said, _ = pagefind.communicate()
        if pagefind.returncode:
            raise RuntimeError(f"pagefind: {said.decode(errors='replace')}")
        steady(made, UNLISTED)
        for file in sorted(path for pattern in _PUBLISHED for path in made.glob(pattern)):
            names.append(file.relative_to(made).as_posix())
            if names[-1] not in there or file.suffix not in _NAMED_BY_CONTENT:
                target = folder / names[-1]
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    (folder / "words.json").write_text(words, encoding="utf-8", newline="\n")
    return names


def _scratch(lessons: Sequence[SearchPage]) -> Path | None:
    """Where to make the index: in memory when that has room many times over, else wherever Python would."""
    with suppress(OSError):
        room = shutil.disk_usage(_MEMORY).free
        if os.access(_MEMORY, os.W_OK) and room > 10 * sum(len(lesson.html) for lesson in lessons):
            return _MEMORY
    return None


# --- the preview


_shown: dict[Path, bytes] = {}
"""By folder, a fingerprint of what its index was made of."""

_turn = threading.Lock()


def index_later(lessons: Callable[[], Sequence[SearchPage]], mark: bytes, folder: Path) -> threading.Thread:
    """As `write_index`, in the background, and only when `mark`, a fingerprint of `lessons`, is another.

    A preview builds anew at each save: the author does not wait for the index, and finds the new
    words a moment later.
    """
    work = threading.Thread(target=_index, args=(lessons, mark, folder), daemon=True)
    work.start()
    return work


def _index(lessons: Callable[[], Sequence[SearchPage]], mark: bytes, folder: Path) -> None:
    with _turn, suppress(OSError):  # a build may put a new site in the place of this one
        there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
        if there and _shown.get(folder) == mark:
            return
        for name in there - {*write_index(lessons(), folder, there)}:
            (folder / name).unlink()
        _shown[folder] = mark
