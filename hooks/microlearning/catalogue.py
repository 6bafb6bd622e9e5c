"""The catalogue: the lessons of one language, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from microlearning.page import LessonPage
from microlearning.typography import set_text


@dataclass(frozen=True)
class Entry:
    """A lesson as the catalogue shows it."""

    code: str
    title: str
    description: str
    address: str
    """Relative to the site's root: `fr/trn1-v13/`."""

    poster: str
    """Relative to the site's root."""

    poster_size: tuple[int, int]
    """Width and height in pixels."""

    published: date
    duration: float
    """Length of the video in seconds."""

    topics: tuple[str, ...]
    """The topics' names in the catalogue's language."""


def catalogue(pages: Iterable[LessonPage], topics: Mapping[str, Mapping[str, str]]) -> tuple[Entry, ...]:
    """The entries of `pages`, the newest first, then by code. `topics` gives each key's names by language."""
    return tuple(
        _entry(page, topics)
        for page in sorted(pages, key=lambda page: (-page.lesson.published.toordinal(), page.lesson.code))
    )


def _entry(page: LessonPage, topics: Mapping[str, Mapping[str, str]]) -> Entry:
    recording = page.recording
    return Entry(
        code=page.lesson.code,
        title=page.title,
        description=set_text(page.front.description, page.language),
        address=f"{page.language}/{page.lesson.slug}/",
        poster=recording.poster.path,
        poster_size=(recording.poster.width, recording.poster.height),
        published=page.lesson.published,
        duration=recording.video.duration,
        topics=tuple(topics[key][page.language] for key in page.front.topics),
    )
