"""Traces: which files there are, what the disk tells of each, and which pair of pages it belongs to."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from microlearning.strings import LANGUAGES

T = TypeVar("T")

Trace = tuple[int, int, int, int]
"""What the disk tells of a file: bytes, inode, and when content and state last changed, in nanoseconds."""

Left = tuple[int, int, int]
"""The first three of those, of a published file: its rights may change."""

_SECOND = 1_000_000_000
_COARSE, _FINE = 2 * _SECOND, _SECOND // 20
"""Nanoseconds: file systems that count in seconds (FAT in pairs of them), and the ticks of the others. A
file younger than that may change again unseen."""

COMMON = ""
"""Whose files belong to no pair."""

FACTS = "lesson.yml"
"""The file of facts in each lesson's folder."""


Sight = tuple[str, dict[str, Trace], dict[str, Trace]]
"""All that a site depends on: what is told of settings, versions and the day; the files of the product, and
those of `docs/`."""


@dataclass(frozen=True)
class Seen:
    """Every file that a build reads, and every one that is published, at one moment."""

    began: int
    """The moment, in nanoseconds."""

    docs: dict[str, Trace]
    published: dict[str, Left]


def find_files(folder: Path) -> dict[str, Trace]:
    """Every file below `folder`, by its name from there with forward slashes."""
    return _find(folder, _trace)


def find_published(folder: Path) -> dict[str, Left]:
    """Every file that is published in `folder`, by its address from there."""
    return _find(folder, _left)


def _find(folder: Path, told: Callable[[os.stat_result], T]) -> dict[str, T]:
    found: dict[str, T] = {}

    def find(folder: str, before: str) -> None:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    if not (entry.is_symlink() and _leads_back(entry.path)):
                        find(entry.path, f"{before}{entry.name}/")
                else:
                    with suppress(OSError):  # a link that leads nowhere
                        found[before + entry.name] = told(entry.stat())

    if folder.is_dir():
        find(str(folder), "")
    return found


def _leads_back(link: str) -> bool:
    """Whether the folder at the end of `link` holds it."""
    return Path(link).parent.resolve().is_relative_to(Path(link).resolve())


def trace(file: Path) -> Trace:
    """What the disk tells of `file`."""
    return _trace(file.stat())


def left(file: Path) -> Left:
    """What the disk tells of the published `file`."""
    return _left(file.stat())


def _trace(state: os.stat_result) -> Trace:
    return (state.st_size, state.st_ino, state.st_mtime_ns, state.st_ctime_ns)


def _left(state: os.stat_result) -> Left:
    return (state.st_size, state.st_ino, state.st_mtime_ns)


def settled(traces: Mapping[str, Trace], now: int) -> dict[str, Trace]:
    """`traces` as they may be trusted later: those younger than the disk's clock tells apart are spoilt."""
    return {name: each if _is_settled(each, now) else (-1, *each[1:]) for name, each in traces.items()}


def _is_settled(each: Trace, now: int) -> bool:
    tick = _FINE if each[2] % _SECOND else _COARSE
    return max(each[2:]) < now - tick


def clock() -> int:
    """Now, in nanoseconds, as files' times count."""
    return time.time_ns()


def pair_names(files: Iterable[str]) -> tuple[str, ...]:
    """What the files of each pair have in common, in order: of every page, and of every lesson's folder.

    `files` are all those of `docs/`.
    """
    telling = (file for file in files if _PAGE.fullmatch(file) or _FACTS.fullmatch(file))
    return tuple(sorted({name for file in telling if (name := _pair_of(file))}))


_PAGE = re.compile(rf"(?:{'|'.join(LANGUAGES)})/.+\.md")
_FACTS = re.compile(rf"media/[^/]+/{re.escape(FACTS)}")


def grouped(files: Mapping[str, Trace], names: Iterable[str]) -> dict[str, dict[str, Trace]]:
    """`files` of `docs/` by the pair that they belong to; under `COMMON` those of none."""
    known = set(names)
    groups: dict[str, dict[str, Trace]] = {name: {} for name in (COMMON, *known)}
    for file, each in files.items():
        owner = _pair_of(file)
        groups[owner if owner in known else COMMON][file] = each
    return groups


def _pair_of(file: str) -> str:
    """The pair that a file of `docs/` is one of, or would be one of; empty for what is none's."""
    first, _, rest = file.partition("/")
    if first == ".reviewed":
        return rest.partition("/")[2].removesuffix(".txt")
    if first.startswith(".") or "/." in rest or rest.startswith("."):
        return COMMON
    if first in LANGUAGES:
        return rest.removesuffix(".md") if rest.endswith(".md") else COMMON
    return rest.partition("/")[0] if first == "media" and "/" in rest else COMMON
