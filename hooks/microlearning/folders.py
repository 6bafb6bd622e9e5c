"""Where things stand: a lesson's folder and its files, pages and their twins. Only names, no contents."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from microlearning.errors import Fault, LessonError, fault
from microlearning.facts import CODE, Place
from microlearning.strings import LANGUAGES, other
from microlearning.traces import FACTS

if TYPE_CHECKING:
    from collections.abc import Collection


def find_file(folder: Path, name: str, place: Place, taken: Collection[str] = ()) -> str:
    """`name`, when it is exactly the name of a file that stands in `folder`; `place` is where it was written.

    Exactly: a name in the wrong case works on some machines and fails on the server. The names `taken`
    elsewhere in lesson.yml are not offered instead: French captions never stand in for English ones.

    Raises:
        LessonError: the name is an address or a path, or no such file stands there.
    """
    if "://" in name or name.startswith("//"):
        raise LessonError([place.fault("file.address", found=name, folder=folder.name)])
    if "/" in name or "\\" in name or name in (".", ".."):
        raise LessonError([place.fault("file.path", found=name, file=name.replace("\\", "/").split("/")[-1])])
    with os.scandir(folder) as entries:
        files = {entry.name: entry for entry in entries if entry.is_file() and entry.name != FACTS}
    if name in files:
        if files[name].is_symlink() and (folder / name).resolve().parent != folder.resolve():
            raise LessonError([place.fault("file.link", found=name)])
        return name
    names = sorted(files)
    by_case = {known.casefold(): known for known in names}
    if name.casefold() in by_case:
        raise LessonError([place.fault("file.case", found=name, right=by_case[name.casefold()])])
    nearest = get_close_matches(name, [known for known in names if known not in taken], n=1)
    if nearest:
        raise LessonError([place.fault("file.missing", found=name, nearest=nearest[0])])
    raise LessonError([place.fault("file.missing-no-near", found=name, known=", ".join(names) or "–")])


def find_lessons(docs: Path) -> tuple[Path, ...]:
    """The lessons' folders, those of `docs/media` that hold a lesson.yml, in the order of their codes.

    Raises:
        LessonError: a folder has no lesson.yml.
    """
    media = docs / "media"
    names = _folders(media)
    faults = [
        fault("folder.no-facts", f"{docs.name}/media/{name}/{FACTS}", 1, folder=name)
        for name in names
        if not os.path.isfile(f"{media}/{name}/{FACTS}")  # noqa: PTH113 - a thousand times, at each build
    ]
    if faults:
        raise LessonError(faults)
    return tuple(media / name for name in names)


def check_pairs(docs: Path) -> tuple[Fault, ...]:
    """Tells of each page without its twin in the other language, and of lessons that lack a page or a folder.

    A page is a lesson's when its file's name is a product code.
    """
    pages = {language: _pages(docs / language) for language in LANGUAGES}
    lessons = {*_folders(docs / "media")}
    faults = []
    for language, names in pages.items():
        for name in sorted(names):
            path, twin = f"{docs.name}/{language}/{name}", f"{docs.name}/{other(language)}/{name}"
            if name not in pages[other(language)]:
                faults.append(fault("pair.no-twin", path, 1, twin=twin))
            stem = name.removesuffix(".md")
            if CODE.fullmatch(stem.upper()) and stem not in lessons:
                facts = f"{docs.name}/media/{stem.lower()}/{FACTS}"
                faults.append(fault("pair.no-folder", path, 1, facts=facts))
    for slug in sorted(lessons):
        if not any(f"{slug}.md" in names for names in pages.values()):
            facts, first, second = (
                f"{docs.name}/media/{slug}/{FACTS}",
                *(f"{docs.name}/{language}/{slug}.md" for language in LANGUAGES),
            )
            faults.append(fault("pair.no-page", facts, 1, first=first, second=second))
    return tuple(sorted(faults))


def _folders(media: Path) -> list[str]:
    """The names of the folders in `media`, in order, hidden ones left out."""
    if not media.is_dir():
        return []
    with os.scandir(media) as entries:
        return sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("."))


def _pages(folder: Path) -> frozenset[str]:
    """The Markdown files below `folder`, by their path from it with forward slashes; hidden ones left out."""
    found = set()
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        way = Path(top).relative_to(folder).as_posix()
        before = "" if way == "." else f"{way}/"
        found |= {before + name for name in files if name.endswith(".md") and not name.startswith(".")}
    return frozenset(found)
