"""Cards: what to do and what not to do, each a heading and a bulleted list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from microlearning.bullets import Bullet, bullet_faults, read_list
from microlearning.errors import Fault, LessonError, short
from microlearning.section import Document, Section, inner_html, missing_fault, plain, twice_faults

PROHIBITIONS = {
    "en": re.compile(r"(?:do\s+not|don't|avoid)\b", re.IGNORECASE),
    "fr": re.compile(
        r"(?:évitez|éviter)\b"
        r"|(?:ne\s|n')(?=.*\b(?:pas|jamais|plus|personne|rien|aucune?|ni|que)\b|.*\bqu')",
        re.IGNORECASE,
    ),
}
"""How a mistake visibly begins (requirement D2, after the NHS do and don't lists and Canada.ca style 4.5)."""


@dataclass(frozen=True)
class Item:
    """One thing to do, or not to do."""

    id: str
    """Its name, the same in both languages."""

    lead_html: str
    """The bold words that it begins with, as HTML; empty when it begins with none."""

    lead: str
    """The same as plain text, without the comma, colon or full stop at its end."""

    html: str
    """All of it, as inner HTML."""

    text: str
    """All of it, as plain text."""

    line: int
    """Its line in the Markdown file."""


@dataclass(frozen=True)
class Card:
    """A section of the kind `do` or `dont`."""

    kind: str
    section: Section
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Cards:
    """The two cards of a lesson."""

    do: Card
    dont: Card

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of both, in the order of the page."""
        return self.do.items + self.dont.items


def read_cards(document: Document, language: str) -> Cards:
    """The two cards of `document`, a page in `language` (`fr` or `en`).

    Raises:
        LessonError: one is missing or doubled, an item's name stands in both, or `read_card` finds fault.
    """
    faults = list(twice_faults(document, ("do", "dont")))
    cards: dict[str, Card] = {}
    for kind in ("do", "dont"):
        section = document.section(kind)
        if section is None:
            faults.append(missing_fault(document, kind))
            continue
        try:
            cards[kind] = read_card(section, language)
        except LessonError as error:
            faults += error.faults
    if len(cards) == len(("do", "dont")):
        faults += _shared_name_faults(cards["do"], cards["dont"])
    if faults:
        raise LessonError(sorted(faults))
    return Cards(cards["do"], cards["dont"])


def read_card(section: Section, language: str) -> Card:
    """The card of one section of the kind `do` or `dont`, in `language`.

    Raises:
        LessonError: the section is not one bulleted list, an item has no good name of its own, or a
            mistake does not begin as one.
    """
    written = read_list(section)
    faults = [*written.faults, *bullet_faults(section, written.bullets)]
    items = tuple(_item(bullet) for bullet in written.bullets)
    faults += [
        section.fault("cards.box", bullet.line, item=short(bullet.text, 40))
        for bullet in written.bullets
        if bullet.box is not None
    ]
    if section.kind == "dont":
        faults += _prohibition_faults(section, items, language)
    if faults:
        raise LessonError(sorted(faults))
    return Card(section.kind, section, items)


def _item(bullet: Bullet) -> Item:
    lead_html = lead = ""
    body = LexborHTMLParser(bullet.html).body
    first = next(body.iter(include_text=True), None) if body is not None else None
    if first is not None and first.tag in ("strong", "b"):
        lead_html, lead = inner_html(first), plain(first).rstrip(" \u00a0\u202f,:.")
    return Item(bullet.id, lead_html, lead, bullet.html, bullet.text, bullet.line)


def _prohibition_faults(section: Section, items: tuple[Item, ...], language: str) -> Iterator[Fault]:
    for item in items:
        beginnings = (item.lead, re.split(r"[.;:!?]", item.text, maxsplit=1)[0])
        plainly = [unicodedata.normalize("NFC", text).replace("’", "'") for text in beginnings]
        if item.text and not any(map(PROHIBITIONS[language].match, plainly)):
            yield section.fault(f"cards.prohibition-{language}", item.line, item=short(item.text, 40))


def _shared_name_faults(do: Card, dont: Card) -> Iterator[Fault]:
    lines = {item.id: item.line for item in do.items}
    for item in dont.items:
        if item.id in lines:
            values = {"item": short(item.text, 40), "id": item.id, "first": lines[item.id]}
            yield dont.section.fault("list.id-twice", item.line, **values)
