"""Check: everything that is held against a project before it may be published, in one list.

The build runs it before the first page is made, the author's tool runs it alone: both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from microlearning.drift import Change, changes, drift_faults, read_store
from microlearning.errors import Fault, fault
from microlearning.frontmatter import LessonPage as LessonFront
from microlearning.frontmatter import Waiver
from microlearning.hostile import check_hostile
from microlearning.lint import check_captions_lint, check_lint
from microlearning.parity import check_parity
from microlearning.project import Project, WrittenPage
from microlearning.related_lessons import check_related, check_related_pair
from microlearning.strings import LANGUAGES, other
from microlearning.wording import check_captions_wording, check_wording


@dataclass(frozen=True)
class Finding:
    """What was found, in the order of files and lines."""

    faults: tuple[Fault, ...]

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What keeps the site from being published."""
        return tuple(fault for fault in self.faults if fault.stops)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What keeps it from being published strictly."""
        return tuple(fault for fault in self.faults if fault.warning)

    @property
    def notices(self) -> tuple[Fault, ...]:
        """What is only told."""
        return tuple(fault for fault in self.faults if fault.notice)


def check_project(project: Project, today: date) -> Finding:
    """Every fault of `project`, on the day `today`."""
    faults = set(project.faults)
    for page in project.pages.values():
        faults.update(check_page(page))
        if isinstance(page.front, LessonFront):
            faults.update(check_related(page.front, page.source, project.codes))
    for lesson in project.lessons.values():
        for language, recording in lesson.recordings.items():
            faults.update(check_captions_wording(recording.captions, language))
            faults.update(check_captions_lint(recording.captions, language))
    for pair in project.pairs.values():
        faults.update(_pair(project, pair, today))
    waived = waived_paths(project, today)
    kept = (one for one in faults if not (one.rule == "pair.no-twin" and one.path in waived))
    return Finding(tuple(sorted(kept)))


def waived_paths(project: Project, today: date) -> frozenset[str]:
    """The paths of the pages that may do without a twin today."""
    return frozenset(page.source.path for page in project.pages.values() if _waiver(page, today))


def check_page(page: WrittenPage) -> tuple[Fault, ...]:
    """What is wrong with one page by itself."""
    return (*check_hostile(page.source, page.html), *check_wording(page), *check_lint(page))


def waiver_of(pair: dict[str, WrittenPage], today: date) -> tuple[str, Waiver] | None:
    """The waiver that holds today for a pair, and the language of the page that asks for it."""
    for language in LANGUAGES:
        waiver = _waiver(pair[language], today) if language in pair else None
        if waiver:
            return language, waiver
    return None


def pair_changes(project: Project, pair: dict[str, WrittenPage]) -> tuple[Change, ...]:
    """What has changed on either side since the other was reviewed."""
    docs = project.settings.docs
    return tuple(
        change
        for language, page in sorted(pair.items())
        if (twin := pair.get(other(language)))
        for change in _changes(docs, page, twin)
    )


@lru_cache(maxsize=4)
def _changes(docs: Path, page: WrittenPage, twin: WrittenPage) -> tuple[Change, ...]:
    """Kept for the last few pages: the check tells of what has changed, and so does the pair's status."""
    return changes(page, twin, read_store(docs, page))


def _waiver(page: WrittenPage, today: date) -> Waiver | None:
    waiver = page.front.waiver
    return waiver if waiver and today <= waiver.until else None


def _pair(project: Project, pair: dict[str, WrittenPage], today: date) -> Iterator[Fault]:
    for page in pair.values():
        waiver = page.front.waiver
        if waiver and not _waiver(page, today):
            values: dict[str, Any] = {
                "until": waiver.until.isoformat(),
                "today": today.isoformat(),
                "twin": page.twin_path,
            }
            yield fault("waiver.over", page.source.path, _line(page, "until:"), **values)
    if len(pair) == len(LANGUAGES):
        if waiver_of(pair, today) is None:
            yield from check_parity(pair["fr"], pair["en"])
            yield from _related(pair["fr"], pair["en"])
        yield from drift_faults(pair_changes(project, pair), today, project.settings.drift_limit)


def _related(fr: WrittenPage, en: WrittenPage) -> tuple[Fault, ...]:
    if isinstance(fr.front, LessonFront) and isinstance(en.front, LessonFront):
        return check_related_pair(fr.front, fr.source, en.front, en.source)
    return ()


def _line(page: WrittenPage, key: str) -> int:
    """The first line that holds `key`: the front matter's, as it comes first."""
    return next((number for number, line in enumerate(page.source.lines, 1) if key in line), 1)
