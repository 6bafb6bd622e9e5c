"""Checklist: what to tick before posting, from a task list or from the leads of the cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from microlearning.bullets import Bullet, bullet_faults, read_list
from microlearning.cards import Cards
from microlearning.errors import Fault, LessonError, short
from microlearning.section import Section


@dataclass(frozen=True)
class ChecklistItem:
    """One thing to tick."""

    id: str
    """Its name, the same in both languages: ticks are kept under it."""

    html: str
    """Its inner HTML, without the checkbox."""

    text: str
    """The same as plain text."""

    line: int
    """Its line in the Markdown file; for an item taken from a card, the card item's."""


@dataclass(frozen=True)
class Checklist:
    """A section of the kind `checklist`."""

    section: Section

    items: tuple[ChecklistItem, ...]

    from_cards: bool
    """Whether the section was left empty, and the items are the cards' bold leads."""

    intro: str
    """The paragraphs before the list, as HTML; often empty."""


def read_checklist(section: Section, cards: Cards | None) -> Checklist:
    """The checklist that `section` holds; when it is empty, the one that `cards` make.

    Raises:
        LessonError: the section is neither empty nor one task list, an item has no good name of its own,
            or the section is empty and a card's item has no bold lead (or there are no cards).
    """
    if not section.nodes():
        return Checklist(section, _items_from_cards(section, cards), from_cards=True, intro="")
    written = read_list(section, intro=True)
    bullets = [_without_brackets(bullet) for bullet in written.bullets]
    faults = [*written.faults, *bullet_faults(section, bullets), *_box_faults(section, bullets)]
    if faults:
        raise LessonError(sorted(faults))
    items = tuple(ChecklistItem(bullet.id, bullet.html, bullet.text, bullet.line) for bullet in bullets)
    return Checklist(section, items, from_cards=False, intro=written.intro)


def _items_from_cards(section: Section, cards: Cards | None) -> tuple[ChecklistItem, ...]:
    if cards is None:
        raise LessonError([section.fault("checklist.empty", section.line)])
    faults = [
        card.section.fault(
            "checklist.lead-missing", item.line, item=short(item.text, 40), checklist=section.title
        )
        for card in (cards.do, cards.dont)
        for item in card.items
        if not item.lead
    ]
    if faults:
        raise LessonError(faults)
    return tuple(ChecklistItem(item.id, item.lead_html, item.lead, item.line) for item in cards.items)


def _without_brackets(bullet: Bullet) -> Bullet:
    """`bullet`; when it is only `[ ]`, which Markdown then leaves as text, empty and with its checkbox."""
    if re.fullmatch(r"\[[ xX]?\]", bullet.text):
        return Bullet(bullet.id, "", "", bullet.line, box=False)
    return bullet


def _box_faults(section: Section, bullets: list[Bullet]) -> Iterator[Fault]:
    for bullet in bullets:
        item = short(re.sub(r"^\[\W?\]\s*", "", bullet.text), 40)
        if bullet.box is None and bullet.text:
            name = bullet.id or "short-name"
            yield section.fault("checklist.box-missing", bullet.line, item=item, id=name)
        elif bullet.box:
            yield section.fault("checklist.ticked", bullet.line, item=item)
