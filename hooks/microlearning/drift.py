"""Drift: what one language has changed since the other was last compared with it (requirement L2).

Each page records the fingerprints of its twin's passages. They come from the words alone, so neither
reformatting nor a fresh clone changes them. What the passages said is kept under `docs/.reviewed/`, one
file a page, so that a change can be shown word by word.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from microlearning.difference import word_difference, words
from microlearning.errors import Fault
from microlearning.frontmatter import PlainPage
from microlearning.project import WrittenPage

STORE = ".reviewed"
"""The folder below the documents' that keeps the words of the last comparison; MkDocs passes over it."""


@dataclass(frozen=True)
class Passage:
    """A part of a page whose words are compared: its description, lead, sections, captions."""

    key: str
    """The section's id, the same in both languages; or `page.description`, `page.lead`, `page.captions`."""

    title: str
    path: str
    line: int
    """Where it begins."""

    text: str
    """Its words; one paragraph or item a line."""

    @property
    def fingerprint(self) -> str:
        """12 letters and digits that change when a word changes."""
        return fingerprint(self.text)


@dataclass(frozen=True)
class Change:
    """A passage that is not what the twin's author compared the twin with."""

    passage: Passage
    kind: Literal["changed", "added", "removed"]
    twin: str
    """The page to review, as messages name it."""

    reviewed: date
    since: date
    """Since when it differs, as far as the pages say: the later of the review and of the page's own date."""

    difference: str
    """The change, word by word: `le [-bon-] {+beau+} travail`; empty when the old words are not kept."""


def fingerprint(text: str) -> str:
    """A short name for the words of `text`: 60 bits of SHA-256, in letters that YAML takes for text."""
    digest = sha256(" ".join(words(text)).encode()).digest()
    return b32encode(digest).decode().lower()[:12]


def passages(page: WrittenPage) -> tuple[Passage, ...]:
    """What of `page` its twin is compared with, in the order of the page."""
    source, document = page.source, page.document
    title_line = source.heading_line(document.title) if document.title else source.body_line()
    lead = f"{document.title}\n{_text(document.lead)}"
    found = [
        Passage("page.description", "description", source.path, _front_line(page), page.front.description),
        Passage("page.lead", document.title, source.path, title_line, lead),
    ]
    taken: dict[str, int] = {}
    for section in document.sections:
        taken[section.id] = number = taken.get(section.id, 0) + 1
        key = section.id if number == 1 else f"{section.id}.{number}"
        text = f"{section.title}\n{_text(section.html)}"
        found.append(Passage(key, section.title, source.path, section.line, text))
    if page.lesson is not None:
        captions = page.lesson.recording.captions
        text = "\n".join(cue.text.replace("\n", " ") for cue in captions.cues)
        found.append(Passage("page.captions", "WebVTT", captions.path, 1, text))
    return tuple(found)


def _front_line(page: WrittenPage) -> int:
    lines = page.source.text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.startswith("description:")), 1)


def _text(html: str) -> str:
    """The words that a reader of `html` meets, and the addresses outside the site that its links lead to."""
    body = LexborHTMLParser(f"<body>{html}").body
    joined = "".join(_pieces(body)) if body is not None else ""
    return "\n".join(filter(None, (" ".join(line.split()) for line in joined.split("\n"))))


def _pieces(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text()
            continue
        if child.tag == "img":
            yield f" {child.attributes.get('alt') or ''} "
        yield from _pieces(child)
        href = child.attributes.get("href") or ""
        if ":" in href:
            yield f" →{href} "


def changes(page: WrittenPage, twin: WrittenPage, kept: Mapping[str, str]) -> tuple[Change, ...]:
    """What of `page` has changed since its `twin` was reviewed; `kept` are its words then, by key.

    Nothing when the twin was never reviewed.
    """
    review = twin.front.reviewed
    if review is None:
        return ()
    since = max(review.date, _modified(page) or review.date)
    now = {passage.key: passage for passage in passages(page)}
    found = []
    for key, passage in now.items():
        recorded = review.sections.get(key)
        if recorded == passage.fingerprint:
            continue
        old = kept.get(key, "")
        known = bool(recorded) and fingerprint(old) == recorded
        shown = word_difference(old, passage.text) if known else ""
        kind: Literal["changed", "added"] = "changed" if recorded else "added"
        found.append(Change(passage, kind, twin.source.path, review.date, since, shown))
    unread = {"page.captions"} if page.lesson is None else set()  # a lesson with faults, told elsewhere
    for key in review.sections.keys() - now.keys() - unread:
        title = kept.get(key, key).partition("\n")[0]
        gone = Passage(key, title, page.source.path, page.source.body_line(), "")
        shown = word_difference(kept.get(key, ""), "")
        found.append(Change(gone, "removed", twin.source.path, review.date, since, shown))
    return tuple(sorted(found, key=lambda one: (one.passage.path, one.passage.line, one.passage.key)))


def _modified(page: WrittenPage) -> date | None:
    if isinstance(page.front, PlainPage):
        return page.front.modified
    return page.lesson.lesson.modified if page.lesson else None


def drift_faults(found: Sequence[Change], today: date, limit: int | None) -> tuple[Fault, ...]:
    """Each change as a message: only told, or a warning once it is older than `limit` days."""
    return tuple(_fault(change, today, limit) for change in found)


def _fault(change: Change, today: date, limit: int | None) -> Fault:
    old = limit is not None and (today - change.since).days > limit
    shown = change.kind if change.difference or change.kind == "added" else f"{change.kind}-unseen"
    values = {
        "section": change.passage.title,
        "twin": change.twin,
        "date": change.reviewed.isoformat(),
        "difference": change.difference,
    }
    return Fault(
        change.passage.path,
        change.passage.line,
        f"drift.{shown}",
        tuple(values.items()),
        warning=old,
        notice=not old,
    )


def read_store(docs: Path, page: WrittenPage) -> dict[str, str]:
    """The words of the passages of `page`, by key, when its twin was last compared with it."""
    file = store_file(docs, page)
    if not file.is_file():
        return {}
    blocks = re.split(r"^\[(.+)\]$", file.read_text(encoding="utf-8", errors="replace"), flags=re.MULTILINE)
    return {key: text.strip("\n") for key, text in zip(blocks[1::2], blocks[2::2], strict=True)}


def store_file(docs: Path, page: WrittenPage) -> Path:
    """Where the reviewed words of `page` are kept."""
    return docs / STORE / page.language / f"{page.shared_name}.txt"


def store_text(page: WrittenPage) -> str:
    """The passages of `page` as they are kept: each under its key, one paragraph a line; so reviews merge."""
    blocks = (f"[{one.key}]\n{_safe(one.text)}\n" for one in passages(page))
    return "\n".join(blocks)


def _safe(text: str) -> str:
    """`text` without a line that would be taken for a key."""
    return re.sub(r"^\[(.+)\]$", r"[\1] ", text, flags=re.MULTILINE)
