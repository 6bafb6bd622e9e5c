"""Feeds: the lessons of one language for machines. `lessons.json`, Atom, and oEmbed for one lesson.

Addresses in them are absolute and keyed by the product code: a portal may keep them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from microlearning.embed import HEIGHT, Embed, file_name, parts_of
from microlearning.lesson import iso_duration
from microlearning.metadata import Card
from microlearning.page import LessonPage

VERSION = 1
"""The version of `lessons.json`. A key may join within a version; none goes or changes its meaning."""

SCHEMA = f"lessons-{VERSION}.schema.json"
"""The JSON Schema's name beside `lessons.json`."""

_SCHEMA_FILE = Path(__file__).with_name("schemas") / SCHEMA
_ATOM = "http://www.w3.org/2005/Atom"
_OEMBED_WIDTH = 800
_DAY = 86_400


@dataclass(frozen=True)
class Feed:
    """What the feeds of one language say of themselves."""

    language: str
    title: str
    publisher: str
    description: str

    home: str
    """The absolute address of the catalogue, with a slash at its end: the feeds stand there."""

    twin: str
    """The catalogue's address in the other language."""

    site: str
    """The absolute address of the site, with a slash at its end."""

    modified: date
    """The day of the last change to the catalogue's own words."""


@dataclass(frozen=True)
class Item:
    """A lesson in a feed: its page, its catalogue card, its address in the other language."""

    page: LessonPage
    card: Card
    twin: str


def newest_first(pages: Iterable[LessonPage]) -> list[LessonPage]:
    """`pages` in the catalogue's order: the newest first, then by code."""
    return sorted(pages, key=lambda page: (-page.lesson.published.toordinal(), page.lesson.code))


# --- lessons.json


def lessons_json(feed: Feed, items: Sequence[Item], topics: Mapping[str, Mapping[str, str]]) -> str:
    """The catalogue for programs, as its JSON Schema describes it."""
    data = {
        "$schema": urljoin(feed.home, SCHEMA),
        "version": VERSION,
        "language": feed.language,
        "title": feed.title,
        "publisher": feed.publisher,
        "url": feed.home,
        "translation": urljoin(feed.twin, "lessons.json"),
        "feed": urljoin(feed.home, "feed.xml"),
        "loader": urljoin(feed.site, "embed.js"),
        "modified": _latest(feed, items).isoformat(),
        "lessons": [_lesson(item, feed.site, topics) for item in items],
    }
    return _json(data)


def lessons_schema(home: str) -> str:
    """The JSON Schema of the `lessons.json` at `home`, under its own address."""
    schema = json.loads(_SCHEMA_FILE.read_text(encoding="utf-8"))
    return _json({"$schema": schema.pop("$schema"), "$id": urljoin(home, SCHEMA), **schema})


def _lesson(item: Item, site: str, topics: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    page, card, recording = item.page, item.card, item.page.recording
    return {
        "code": page.lesson.code,
        "title": card.title,
        "description": card.description,
        "language": card.language,
        "url": card.address,
        "translation": item.twin,
        "type": page.lesson.type,
        "duration": iso_duration(recording.video.duration),
        "published": page.lesson.published.isoformat(),
        "modified": page.lesson.modified.isoformat(),
        "organization": card.publisher,
        "topics": [{"key": key, "name": topics[key][card.language]} for key in page.front.topics],
        "poster": {
            "url": card.image,
            "width": recording.poster.width,
            "height": recording.poster.height,
        },
        "video": {
            "url": urljoin(site, recording.video.path),
            "type": "video/mp4",
            "bytes": recording.video.bytes,
            "width": recording.video.width,
            "height": recording.video.height,
        },
        "captions": urljoin(card.address, "captions.vtt"),
        "transcript": urljoin(card.address, "transcript.txt"),
        "oembed": urljoin(card.address, "oembed.json"),
        "embed": {part: urljoin(card.address, file_name(part)) for part in parts_of(page)},
    }


# --- oEmbed


def oembed(page: LessonPage, card: Card, snippets: Embed, provider: tuple[str, str]) -> str:
    """The lesson for a site that embeds by address (oembed.com, version 1.0, type `rich`).

    `provider` is the site's name and absolute address.
    """
    poster = page.recording.poster
    data = {
        "version": "1.0",
        "type": "rich",
        "title": page.title_with_code,
        "author_name": card.publisher,
        "provider_name": provider[0],
        "provider_url": provider[1],
        "cache_age": _DAY,
        "thumbnail_url": card.image,
        "thumbnail_width": poster.width,
        "thumbnail_height": poster.height,
        "html": snippets.whole.frame,
        "width": _OEMBED_WIDTH,
        "height": HEIGHT,
    }
    return _json(data)


# --- Atom


def atom(feed: Feed, items: Sequence[Item]) -> str:
    """The catalogue as an Atom feed (RFC 4287)."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    address = urljoin(feed.home, "feed.xml")
    _text(root, "id", address)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.description)
    _text(root, "updated", _moment(_latest(feed, items)))
    _text(ET.SubElement(root, "author"), "name", feed.publisher)
    _link(root, rel="self", type="application/atom+xml", href=address)
    _link(root, rel="alternate", type="text/html", hreflang=feed.language, href=feed.home)
    _text(root, "icon", urljoin(feed.site, "assets/favicon.svg"))
    for item in items:
        root.append(_entry(item, feed.site))
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _entry(item: Item, site: str) -> ET.Element:
    page, card, video = item.page, item.card, item.page.recording.video
    entry = ET.Element("entry")
    _text(entry, "id", card.address)
    _text(entry, "title", page.title_with_code)
    _text(entry, "summary", card.description)
    _text(entry, "published", _moment(page.lesson.published))
    _text(entry, "updated", _moment(page.lesson.modified))
    _text(ET.SubElement(entry, "author"), "name", card.publisher)
    _link(entry, rel="alternate", type="text/html", hreflang=card.language, href=card.address)
    _link(
        entry,
        rel="enclosure",
        type="video/mp4",
        hreflang=card.language,
        length=str(video.bytes),
        href=urljoin(site, video.path),
    )
    for key, name in zip(page.front.topics, card.subjects, strict=True):
        ET.SubElement(entry, "category", {"term": key, "label": name})
    return entry


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, **attributes: str) -> None:
    ET.SubElement(parent, "link", attributes)


def _moment(day: date) -> str:
    """`day` as RFC 3339 wants a moment: its beginning, in universal time."""
    return f"{day.isoformat()}T00:00:00Z"


def _latest(feed: Feed, items: Iterable[Item]) -> date:
    return max([feed.modified, *(item.page.lesson.modified for item in items)])


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
