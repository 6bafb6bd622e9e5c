"""A record: all that a build remembers of a pair of pages, so that it need not be read again.

What a record holds follows from the pair's own files alone and, where it says so, from the day. What
a page shows of others follows from the facts of all records.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from html import unescape

from microlearning.check import check_project, waived_paths, waiver_of
from microlearning.errors import Fault
from microlearning.frontmatter import LessonPage as LessonFront
from microlearning.frontmatter import PlainPage, Waiver
from microlearning.links import SiteLink, site_links
from microlearning.page import LessonPage
from microlearning.project import Project
from microlearning.search import SearchPage, search_document, search_page
from microlearning.sheet import sign_faults
from microlearning.status import PairStatus, read_status

_ID = re.compile(r'\sid="([^"]+)"')


@dataclass(frozen=True)
class PairFacts:
    """What other pages need to know of a pair."""

    name: str
    """What both files' names share: `trn1-v13`."""

    fronts: Mapping[str, LessonFront | PlainPage]
    """By language, of the pages that exist, as are the next two."""

    titles: Mapping[str, str]
    ids: Mapping[str, tuple[str, ...]]
    """The places that a link may lead to."""

    lessons: Mapping[str, LessonPage]
    """The pages of a lesson, in brief; none for other pages."""

    waiver: tuple[str, Waiver] | None
    """What lets the pages differ today, and the language of the page that asks for it."""

    @property
    def modified(self) -> date:
        """The later of both languages' dates."""
        lessons = [page.lesson.modified for page in self.lessons.values()]
        return max(lessons or [one.modified for one in self.fronts.values() if isinstance(one, PlainPage)])


@dataclass(frozen=True)
class Record:
    """A pair as one reading found it."""

    name: str
    faults: tuple[Fault, ...]
    day: date | None = None
    """The day that it holds for; None when it holds on any."""

    is_lesson: bool = False
    waived: frozenset[str] = frozenset()
    """The paths of the pages that may be without a twin."""

    related: frozenset[str] = frozenset()
    """The codes that the author names as related lessons."""

    links: tuple[SiteLink, ...] = ()
    """A lesson's links into the site."""

    status: PairStatus | None = None
    mark: bytes = b""
    """A fingerprint of the facts."""

    packed: bytes = b""
    search_marks: Mapping[str, bytes] = field(default_factory=dict)
    """By language, a fingerprint of a lesson's words for search."""

    search: Mapping[str, SearchPage] = field(default_factory=dict)
    """By language, those words."""

    def facts(self) -> PairFacts:
        """What others need to know; to be asked for only when the pair has no fault that stops."""
        unpacked: PairFacts = pickle.loads(self.packed)  # noqa: S301 - packed by `make_record`, of this project
        return unpacked

    @property
    def stops(self) -> bool:
        """Whether nothing can be published before the pair is mended."""
        return any(one.stops for one in self.faults)


def make_record(name: str, project: Project, today: date) -> Record:
    """The record of the pair `name`, the only one that `project` holds, on the day `today`."""
    faults = list(check_project(project, today).faults)
    pair = project.pairs.get(name, {})
    lessons = {language: page.lesson for language, page in sorted(pair.items()) if page.lesson}
    faults += [one for page in lessons.values() for one in sign_faults(page)]
    waived = frozenset(waived_paths(project, today))
    if not pair or any(one.stops for one in faults):
        return Record(name, tuple(sorted(set(faults))), today, waived=waived)
    status = read_status(project, today)[0]
    hinges_on_day = bool(status.changes) or any(page.front.waiver for page in pair.values())
    facts = PairFacts(
        name=name,
        fronts={one: page.front.model_copy(update={"reviewed": None}) for one, page in sorted(pair.items())},
        titles={one: page.document.title for one, page in sorted(pair.items())},
        ids={one: _ids(page.html) for one, page in sorted(pair.items())},
        lessons={one: page.brief() for one, page in lessons.items()},
        waiver=waiver_of(pair, today),
    )
    topics = project.settings.topics
    searched = {one: search_page(search_document(page, topics)) for one, page in lessons.items()}
    return Record(
        name,
        tuple(sorted(set(faults))),
        today if hinges_on_day else None,
        is_lesson=bool(lessons),
        waived=waived,
        related=frozenset(code for page in lessons.values() for code in page.front.related_lessons),
        links=tuple(link for one in lessons for link in site_links(pair[one])),
        status=status,
        mark=_mark(facts),
        packed=pickle.dumps(facts, protocol=pickle.HIGHEST_PROTOCOL),
        search_marks={one: _mark(page) for one, page in searched.items()},
        search=searched,
    )


def holds(record: Record, today: date, codes: Collection[str]) -> bool:
    """Whether an unchanged pair's record is true on the day `today`, the lessons having `codes`."""
    return record.day in (None, today) and not record.stops and record.related <= set(codes)


def _ids(html: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unescape(found) for found in _ID.findall(html)))


def _mark(value: object) -> bytes:
    """A fingerprint of what `value` says; what `pickle` makes of it depends on where its parts come from."""
    return blake2b(repr(value).encode(), digest_size=20).digest()
