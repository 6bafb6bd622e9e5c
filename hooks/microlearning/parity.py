"""Two languages, one content: what must be the same on both pages of a lesson."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Protocol

from microlearning.errors import Fault, fault
from microlearning.page import LessonPage
from microlearning.section import Section


class Identified(Protocol):
    """An item of a card or a checklist."""

    @property
    def id(self) -> str:
        """The same in both languages (D3)."""

    @property
    def line(self) -> int:
        """Its line in its Markdown file."""


def check_parity(fr: LessonPage, en: LessonPage) -> tuple[Fault, ...]:
    """The faults of a pair: items of cards and checklist have the same ids in the same order (D3)."""
    faults = []
    if fr.cards and en.cards:
        for french, english in ((fr.cards.do, en.cards.do), (fr.cards.dont, en.cards.dont)):
            faults += _first_difference(french.section, french.items, english.section, english.items)
    if fr.checklist and en.checklist:
        faults += _first_difference(
            fr.checklist.section, fr.checklist.items, en.checklist.section, en.checklist.items
        )
    faults += _sections(fr, en)
    return tuple(faults)


def _sections(fr: LessonPage, en: LessonPage) -> list[Fault]:
    """A known section that one language has and the other lacks."""
    faults = []
    for here, there in ((fr, en), (en, fr)):
        kinds = {section.kind for section in there.document.sections}
        faults += [
            fault(
                "parity.section-missing",
                here.document.source.path,
                section.line,
                section=section.title,
                kind=section.kind,
                other=there.document.source.path,
            )
            for section in here.document.sections
            if section.kind and section.kind not in kinds
        ]
    return faults


def _first_difference(
    here: Section, items: Sequence[Identified], there: Section, twins: Sequence[Identified]
) -> list[Fault]:
    """One fault at the first place where the two lists of ids part; what follows would be noise."""
    for number, (item, twin) in enumerate(zip_longest(items, twins), start=1):
        mine, theirs = item.id if item else "", twin.id if twin else ""
        if mine != theirs:
            place = f"{there.source.path}:{twin.line if twin else there.line}"
            line = item.line if item else here.line
            rule = "parity.id-differs" if item and twin else "parity.item-missing"
            return [
                fault(
                    rule,
                    here.source.path,
                    line,
                    section=here.title,
                    number=number,
                    id=mine or theirs,
                    twin=theirs or mine,
                    other=place,
                    has=here.source.path if item else there.source.path,
                    lacks=there.source.path if item else here.source.path,
                )
            ]
    return []
