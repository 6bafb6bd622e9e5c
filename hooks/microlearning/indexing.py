"""The search indexes of both languages, written when a word in them has changed."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from microlearning.changes import Changes
from microlearning.desk import Stage
from microlearning.ledger import Ledger
from microlearning.record import Record
from microlearning.search import SearchPage
from microlearning.search_index import FOLDER, index_later, write_index
from microlearning.strings import LANGUAGES

INDEXES = {language: f":search:{language}" for language in LANGUAGES}
"""Under what the ledger keeps each index's files."""


@dataclass(frozen=True)
class Indexes:
    """What can be searched, of all `records`."""

    records: Mapping[str, Record]
    ledger: Ledger
    changes: Changes

    @cached_property
    def marks(self) -> dict[str, bytes]:
        """A fingerprint of all that search knows in each language."""
        return {language: self._mark(language) for language in LANGUAGES}

    def write(self, folder: Path, stage: Stage) -> dict[str, list[str]]:
        """Write below `folder` each index whose words have changed; its files' addresses."""
        known = self.ledger.searched
        wanted = [one for one in LANGUAGES if self.marks[one] != known.get(one) or not self._is_whole(one)]
        if not wanted:
            return {}
        told, written = stage("build.indexing", len(wanted)), {}
        with ThreadPoolExecutor(len(wanted)) as pool:  # Pagefind is a program of its own
            jobs = {
                one: pool.submit(write_index, self._lessons(one), folder / one / FOLDER) for one in wanted
            }
            for language, job in jobs.items():
                written[INDEXES[language]] = [f"{language}/{FOLDER}/{name}" for name in job.result()]
                told(1)
        return written

    def write_later(self, folder: Path) -> None:
        """Write the indexes below `folder` in the background."""
        for language in LANGUAGES:
            index_later(self._lessons(language), folder / language / FOLDER)

    def _is_whole(self, language: str) -> bool:
        return not self.changes.afresh and self.changes.is_whole(INDEXES[language])

    def _mark(self, language: str) -> bytes:
        digest = blake2b(digest_size=20)
        for record in self.records.values():
            digest.update(record.search_marks.get(language, b""))
        return digest.digest()

    def _lessons(self, language: str) -> list[SearchPage]:
        return [record.search_page(language) for record in self.records.values() if language in record.search]
