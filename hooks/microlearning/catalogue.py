"""The catalogue: the lessons of one language, the newest first, on static pages of a bounded size.

Each topic, each length and each pair of both has pages of its own, so that a filter is an address and
works without a script. The same pages stand in both languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from microlearning.lesson import Lesson
from microlearning.page import LessonPage
from microlearning.strings import interface
from microlearning.typography import set_text
from microlearning.words import fold

PAGE_SIZE = 24
"""Lessons on one page: at 1,000 lessons a page stays as light as at 24."""

LENGTHS = ("minutes.1", "minutes.2", "minutes.3", "minutes.4")
"""The names of the lengths' groups, by their key in `strings/`; the last one holds all longer lessons."""

Topics = Mapping[str, Mapping[str, str]]
"""The topics' names by key, then by language, in the order of mkdocs.yml."""


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

    minutes: int
    """The length's group, as `about_minutes` has it."""

    topic_keys: tuple[str, ...]

    topics: tuple[str, ...]
    """The topics' names in the catalogue's language."""


@dataclass(frozen=True)
class Choice:
    """Something to choose lessons by: a topic, a length."""

    key: str
    name: str
    """In the reader's language."""


@dataclass(frozen=True, order=True)
class Listing:
    """One page of the catalogue: which lessons, and which part of them."""

    topic: str = ""
    """A topic's key; empty for every topic."""

    minutes: int = 0
    """A length's group; 0 for every length."""

    number: int = 1
    """The part, counted from 1."""


FIRST = Listing()
"""The first page of all lessons: the home page."""


@dataclass(frozen=True)
class Way:
    """A link to another page of the catalogue."""

    name: str
    href: str
    """From the site's root."""

    count: int
    """How many lessons stand there."""

    current: bool


@dataclass(frozen=True)
class Shelf:
    """What one page of the catalogue shows."""

    title: str
    """What its lessons have in common; empty for all lessons."""

    entries: tuple[Entry, ...]
    """The lessons of this page."""

    count: int
    """The lessons of all its pages."""

    topics: tuple[Way, ...]
    lengths: tuple[Way, ...]
    pages: tuple[Way, ...]
    """Empty when one page holds them all."""


def about_minutes(lesson: Lesson) -> int:
    """The length of `lesson` to the nearest minute, from 1 to the last of `LENGTHS`.

    Both languages' recordings count alike, so that a lesson is in one group and the pages of both
    languages correspond.
    """
    seconds = [recording.video.duration for recording in lesson.recordings.values()]
    return min(max(int(sum(seconds) / len(seconds) / 60 + 0.5), 1), len(LENGTHS))


def length_choices(language: str) -> tuple[Choice, ...]:
    """The lengths' groups by name, the shortest first."""
    text = interface(language)
    return tuple(Choice(str(minutes), text[key]) for minutes, key in enumerate(LENGTHS, start=1))


def catalogue(pages: Iterable[LessonPage], topics: Topics) -> tuple[Entry, ...]:
    """The entries of `pages`, the newest first, then by code."""
    return tuple(
        entry(page, topics)
        for page in sorted(pages, key=lambda page: (-page.lesson.published.toordinal(), page.lesson.code))
    )


def entry(page: LessonPage, topics: Topics) -> Entry:
    """`page` as the catalogue shows it."""
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
        minutes=about_minutes(page.lesson),
        topic_keys=page.front.topics,
        topics=tuple(topics[key][page.language] for key in page.front.topics),
    )


def listings(entries: Iterable[Entry]) -> tuple[Listing, ...]:
    """Every page of the catalogue that `entries` fill, the first page of all lessons included."""
    return tuple(
        replace(listing, number=number)
        for listing, count in sorted(counts(entries).items())
        for number in range(1, _parts(count) + 1)
    )


def counts(entries: Iterable[Entry]) -> Counter[Listing]:
    """How many of `entries` each choice of topic and length holds: by the choice's first page."""
    found = Counter({FIRST: 0})
    for one in entries:
        found.update(
            Listing(topic, minutes) for topic in ("", *one.topic_keys) for minutes in (0, one.minutes)
        )
    return found


def _parts(count: int) -> int:
    return max(1, -(-count // PAGE_SIZE))


def address(listing: Listing, language: str, topics: Topics) -> str:
    """Where `listing` stands from the site's root: `fr/sujets/ethique/2-minutes/page-2/`.

    An empty `language` gives the address that offers both languages.
    """
    words = interface(language or "en")
    parts = [language] if language else []
    if listing.topic:
        parts += [words["address.topics"], topic_slugs(topics, language or "en")[listing.topic]]
    if listing.minutes:
        parts += [] if listing.topic else [words["address.lengths"]]
        parts.append(f"{listing.minutes}-minute{'s' if listing.minutes > 1 else ''}")
    if listing.number > 1:
        parts.append(f"page-{listing.number}")
    return "".join(f"{part}/" for part in parts)


def topic_slugs(topics: Topics, language: str) -> dict[str, str]:
    """Each topic's name in addresses: its key in English, its name made plain in French."""
    if language != "fr":
        return {key: key for key in topics}
    slugs: dict[str, str] = {}
    for key, names in topics.items():
        slug = re.sub(r"[^a-z0-9]+", "-", fold(names["fr"])).strip("-")
        slugs[key] = slug if slug and slug not in slugs.values() else key
    return slugs


def shelf(
    entries: tuple[Entry, ...],
    listing: Listing,
    language: str,
    topics: Topics,
    held_by: Mapping[Listing, int] | None = None,
) -> Shelf:
    """What the page `listing` shows of `entries`, all those of `language`, the newest first.

    `held_by` are the `counts` of `entries`, for who asks for many pages.
    """
    held_by = counts(entries) if held_by is None else held_by
    held = tuple(one for one in entries if _holds(listing, one))
    first = (listing.number - 1) * PAGE_SIZE
    pages = range(1, _parts(len(held)) + 1)
    return Shelf(
        title=listing_title(listing, language, topics),
        entries=held[first : first + PAGE_SIZE],
        count=len(held),
        topics=tuple(_ways(held_by, listing, language, topics, "topic")),
        lengths=tuple(_ways(held_by, listing, language, topics, "minutes")),
        pages=tuple(
            Way(
                str(number),
                address(replace(listing, number=number), language, topics),
                0,
                number == listing.number,
            )
            for number in pages
        )
        if len(pages) > 1
        else (),
    )


def listing_title(listing: Listing, language: str, topics: Topics) -> str:
    """What the lessons of `listing` have in common: `Éthique, environ 2 minutes`; empty for all lessons."""
    names = [topics[listing.topic][language]] if listing.topic else []
    if listing.minutes:
        names.append(interface(language)[LENGTHS[listing.minutes - 1]])
    return ", ".join(names)


def _holds(listing: Listing, one: Entry) -> bool:
    return listing.topic in ("", *one.topic_keys) and listing.minutes in (0, one.minutes)


def _ways(
    held_by: Mapping[Listing, int], listing: Listing, language: str, topics: Topics, by: str
) -> Iterator[Way]:
    """The links that choose anew by `by` and keep the other choice; one without a lesson is left out."""
    words = interface(language)
    if by == "topic":
        choices = [("", words["topics.all"]), *((key, topics[key][language]) for key in topics)]
        found = [(replace(listing, topic=key, number=1), name) for key, name in choices]
    else:
        lengths = [(0, words["minutes.all"]), *((int(one.key), one.name) for one in length_choices(language))]
        found = [(replace(listing, minutes=minutes, number=1), name) for minutes, name in lengths]
    here = replace(listing, number=1)
    for there, name in found:
        count = held_by.get(there, 0)
        if count or there == here:
            yield Way(name, address(there, language, topics), count, there == here)
