"""Desks: where lessons are read and pressed, here or in several processes at once.

A lesson is read, checked and pressed without a word about any other: what it shows of others comes
with it. So lessons are dealt out to as many processes as the machine has processors.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from microlearning import view, wording
from microlearning.press import Around, press
from microlearning.processes import can_fork, processors
from microlearning.project import PairReader, Project, Settings
from microlearning.record import Record, make_record
from microlearning.sheet import pdf_store

T = TypeVar("T")
Told = Callable[[int], object]
"""Is told how many lessons are done, each time some are."""

Stage = Callable[[str, int], Told]
"""Begins a stage, by its key in `strings/interface.*.yml`, of so many lessons."""

FEW = 12
"""So few pairs are done sooner here than the first process has begun."""

HANDFUL = 8
"""Pairs that a process is given at once."""


@dataclass(frozen=True)
class Order:
    """What a desk must know before the first lesson."""

    settings: Settings
    today: date
    codes: frozenset[str]
    """The codes of all lessons."""

    folder: Path
    """Where the site is built."""

    pdfs: Path | None
    """Where PDFs are kept; None when none are made."""


class Desk:
    """Reads pairs, keeps them, and presses those that are asked for."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.kept: dict[str, Project] = {}
        self._reader = PairReader(self.order.settings)
        self._store = pdf_store(self.order.pdfs) if self.order.pdfs else None

    def read(self, names: Iterable[str]) -> list[Record]:
        """Read and check each pair."""
        return [make_record(name, self._project(name), self.order.today) for name in names]

    def press(self, site: view.Site, arounds: Mapping[str, Around]) -> dict[str, list[str]]:
        """Write the files of each lesson; their addresses from the site's root, by the lesson's name."""
        written: dict[str, list[str]] = {}
        for name, around in arounds.items():
            project = self._project(name)
            for address, content in press(project, name, around, site, self._store):
                write(self.order.folder / address, content)
                written.setdefault(name, []).append(address)
            del self.kept[name]
        return written

    def _project(self, name: str) -> Project:
        if name not in self.kept:
            project = Project(self.order.settings, known_codes=self.order.codes)
            self._reader.read(name, project)
            self.kept[name] = project
        return self.kept[name]


def write(file: Path, content: str | bytes) -> None:
    """Write `content` to `file`, making the folders above it."""
    data = content.encode() if isinstance(content, str) else content
    try:
        file.write_bytes(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


# --- one desk or several


class Desks(Protocol):
    """One desk or several, which share the work."""

    def read(self, names: Sequence[str], told: Told) -> dict[str, Record]:
        """The records of the pairs `names`."""

    def press(
        self, site: view.Site, arounds: Mapping[str, Around], told: Told, meanwhile: Callable[[], object]
    ) -> dict[str, list[str]]:
        """Write the lessons in `arounds`, calling `meanwhile` once; the addresses of each one's files.

        The desks are left then: nothing more is read.
        """


@contextmanager
def desks(order: Order, pairs: int) -> Iterator[Desks]:
    """Desks for `pairs` pairs: a process for each processor, or one here for few."""
    count = min(processors(), -(-pairs // FEW))
    if count <= 1 or not can_fork():
        yield _Here(Desk(order))
        return
    wording.prepare()
    fork = multiprocessing.get_context("fork")
    pools = [ProcessPoolExecutor(1, fork, _sit_down, (order,)) for _ in range(count)]
    try:
        yield _Spread(pools)
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


@dataclass(frozen=True)
class _Here:
    desk: Desk

    def read(self, names: Sequence[str], told: Told) -> dict[str, Record]:
        records = {}
        for name in names:
            records[name] = self.desk.read([name])[0]
            told(1)
        return records

    def press(
        self, site: view.Site, arounds: Mapping[str, Around], told: Told, meanwhile: Callable[[], object]
    ) -> dict[str, list[str]]:
        meanwhile()
        written: dict[str, list[str]] = {}
        for name, around in arounds.items():
            written |= self.desk.press(site, {name: around})
            told(1)
        return written


@dataclass(frozen=True)
class _Spread:
    """Each pair always goes to the same desk, which has kept it since it was read."""

    pools: Sequence[ProcessPoolExecutor]

    def read(self, names: Sequence[str], told: Told) -> dict[str, Record]:
        jobs = {pool.submit(_read, names_): len(names_) for pool, names_ in self._dealt(names)}
        return {record.name: record for records in _done(jobs, told) for record in records}

    def press(
        self, site: view.Site, arounds: Mapping[str, Around], told: Told, meanwhile: Callable[[], object]
    ) -> dict[str, list[str]]:
        wording.forget()
        jobs = {
            pool.submit(_press, site, {name: arounds[name] for name in names}): len(names)
            for pool, names in self._dealt(list(arounds))
        }
        meanwhile()
        written = {name: files for done in _done(jobs, told) for name, files in done.items()}
        for pool in self.pools:
            pool.shutdown()  # its memory is wanted
        return written

    def _dealt(self, names: Sequence[str]) -> Iterator[tuple[ProcessPoolExecutor, list[str]]]:
        for number, pool in enumerate(self.pools):
            own = [name for name in names if _seat(name, len(self.pools)) == number]
            for start in range(0, len(own), HANDFUL):
                yield pool, own[start : start + HANDFUL]


def _seat(name: str, count: int) -> int:
    """Which of `count` desks a pair goes to."""
    return sum(name.encode()) % count


def _done(jobs: Mapping[Future[T], int], told: Told) -> Iterator[T]:
    for job in as_completed(jobs):
        yield job.result()
        told(jobs[job])


_desk: Desk
"""The desk of this process, when it is one of several."""


def _sit_down(order: Order) -> None:
    global _desk  # noqa: PLW0603 - a process of a pool has no object of its own
    _desk = Desk(order)


def _read(names: Sequence[str]) -> list[Record]:
    return _desk.read(names)


def _press(site: view.Site, arounds: Mapping[str, Around]) -> dict[str, list[str]]:
    wording.forget()
    return _desk.press(site, arounds)
