"""The search indexes of both languages, written when a word in them has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path

from microlearning.changes import Changes
from microlearning.desk import Stage
from microlearning.ledger import Ledger
from microlearning.processes import beside
from microlearning.record import Record
from microlearning.search import SearchPage
from microlearning.search_index import FOLDER, Standing, index_later, write_index, write_words
from microlearning.strings import LANGUAGES

INDEXES = {language: f":search:{language}" for language in LANGUAGES}
"""Under what the ledger keeps each index's files."""


@dataclass(frozen=True)
class Writing:
    """Indexes that are being written."""

    jobs: Mapping[str, Callable[[], list[str]]] = field(default_factory=dict)
    """What to call for the addresses of each language's files; some begin only then."""

    def end(self, stage: Stage) -> dict[str, list[str]]:
        """Wait for the last one; the addresses of their files.

        Raises:
            RuntimeError: Pagefind refuses.
        """
        if not self.jobs:
            return {}
        told, written = stage("build.indexing", len(self.jobs)), {}
        for language, job in self.jobs.items():
            written[INDEXES[language]] = job()
            told(1)
        return written


@dataclass(frozen=True)
class Indexes:
    """What can be searched, of all `records`."""

    records: Mapping[str, Record]
    ledger: Ledger
    changes: Changes

    @cached_property
    def marks(self) -> dict[str, bytes]:
        """A fingerprint of all that search knows in each language."""
        return {language: self._mark(language, self.records) for language in LANGUAGES}

    def begin(self, folder: Path, published: Path) -> Writing:
        """Begin to write below `folder` each index whose words have changed since the `published` ones."""
        known = self.ledger.searched
        wanted = [one for one in LANGUAGES if self.marks[one] != known.get(one) or not self._is_whole(one)]
        return Writing({one: self._begin(one, folder, published) for one in wanted})

    def _begin(self, language: str, folder: Path, published: Path) -> Callable[[], list[str]]:
        place = f"{language}/{FOLDER}"
        lessons = self._lessons(language, self.records)
        standing = self._standing(language, place, published)
        write = partial(write_index, lessons, folder / place, standing)
        # Each takes 140 MB for 1,000 lessons: where all is made, one by one, when the desks have left.
        index = write if self.changes.afresh else beside(write)
        return lambda: [f"{place}/{name}" for name in (*write_words(lessons, folder / place), *index())]

    def _standing(self, language: str, place: str, published: Path) -> Standing:
        outputs, is_there = self.ledger.outputs.get(INDEXES[language], {}), self.changes.is_there
        kept = frozenset(one.removeprefix(f"{place}/") for one in outputs if is_there(one, outputs))
        before, mark = self.ledger.records, self.ledger.searched.get(language)
        is_known = len(kept) == len(outputs) and self._mark(language, before) == mark
        return Standing(published / place, kept, self._lessons(language, before) if is_known else ())

    def write_later(self, folder: Path) -> None:
        """Write the indexes below `folder` in the background."""
        for language in LANGUAGES:
            index_later(partial(self._lessons, language, self.records), folder / language / FOLDER)

    def _is_whole(self, language: str) -> bool:
        return not self.changes.afresh and self.changes.is_whole(INDEXES[language])

    @staticmethod
    def _mark(language: str, records: Mapping[str, Record]) -> bytes:
        digest = blake2b(digest_size=20)
        for record in records.values():
            digest.update(record.search_marks.get(language, b""))
        return digest.digest()

    @staticmethod
    def _lessons(language: str, records: Mapping[str, Record]) -> list[SearchPage]:
        return [record.search[language] for record in records.values() if language in record.search]
