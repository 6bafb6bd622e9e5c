"""The search index: Pagefind run over the lessons' pages, and what the site publishes of what it makes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Container, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
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
            file = pages / f"{lesson.code.lower()}.html"
            file.write_text(lesson.html, encoding="utf-8", newline="\n")
        command = [get_executable(), "--site", pages, "--output-path", made, "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
        if done.returncode:
            raise RuntimeError(f"pagefind: {done.stdout}{done.stderr}")
        steady(made, UNLISTED)
        for file in sorted(path for pattern in _PUBLISHED for path in made.glob(pattern)):
            names.append(file.relative_to(made).as_posix())
            if names[-1] not in there or file.suffix not in _NAMED_BY_CONTENT:
                target = folder / names[-1]
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    words = json.dumps(vocabulary(lessons), ensure_ascii=False, separators=(",", ":"))
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


_kept: dict[str, tuple[str, TemporaryDirectory[str]]] = {}
"""The last index that the preview built of each language, with the fingerprint of what it indexes."""

_turn = threading.Lock()


def index_later(lessons: Sequence[SearchPage], folder: Path) -> threading.Thread:
    """As `write_index`, in the background, and only when the words of `lessons` have changed.

    A preview builds anew at each save: the author does not wait for the index, and finds the new
    words a moment later.
    """
    work = threading.Thread(target=_index, args=(tuple(lessons), folder), daemon=True)
    work.start()
    return work


def _index(lessons: Sequence[SearchPage], folder: Path) -> None:
    mark = sha256("".join(lesson.html for lesson in lessons).encode()).hexdigest()
    language = lessons[0].language if lessons else ""
    with _turn, suppress(OSError):  # the next save may empty the site's folder under our hands
        known, kept = _kept.get(language, ("", None))
        if kept is None or known != mark:
            made = TemporaryDirectory(prefix="search-preview-")
            write_index(lessons, Path(made.name))
            _kept[language] = (mark, made)
            if kept is not None:
                kept.cleanup()
        shutil.copytree(_kept[language][1].name, folder, dirs_exist_ok=True)
