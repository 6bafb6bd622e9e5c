"""Two languages, one content: what must be the same on both pages of a pair (requirements L1, D3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, Protocol

from microlearning.errors import Fault, as_notice, fault
from microlearning.frontmatter import LessonPage as LessonFront
from microlearning.frontmatter import PlainPage
from microlearning.link_parity import check_links
from microlearning.outline import Heading, Image, read_headings, read_images
from microlearning.project import WrittenPage
from microlearning.section import KINDS, Section
from microlearning.transcript import Paragraph, read_pieces


class Identified(Protocol):
    """An item of a card or a checklist."""

    @property
    def id(self) -> str:
        """The same in both languages (D3)."""

    @property
    def line(self) -> int:
        """Its line in its Markdown file."""


def check_parity(fr: WrittenPage, en: WrittenPage) -> tuple[Fault, ...]:
    """The faults of a pair; each names both files and lines."""
    sections = _sections(fr, en)
    outline = [] if sections else _headings(fr, en)  # a lost section says it better
    faults = [*_facts(fr, en), *sections, *outline, *_images(fr, en), *_transcripts(fr, en)]
    french, english = fr.lesson, en.lesson
    if french and english:
        if french.cards and english.cards:
            for one, two in ((french.cards.do, english.cards.do), (french.cards.dont, english.cards.dont)):
                faults += _first_difference(one.section, one.items, two.section, two.items)
        if french.checklist and english.checklist:
            one_list, two_list = french.checklist, english.checklist
            faults += _first_difference(one_list.section, one_list.items, two_list.section, two_list.items)
        if french.course and english.course:
            faults += check_links(fr, [french.course.link], en, [english.course.link])
        if french.related and english.related:
            faults += check_links(fr, french.related.links, en, english.related.links)
        faults += _recordings(fr, en)
    return tuple(sorted(set(faults)))


# --- facts and media


def _facts(fr: WrittenPage, en: WrittenPage) -> Iterator[Fault]:
    """Topics of lessons, dates and templates of other pages."""
    keys: dict[str, Callable[[WrittenPage], str]] = {}
    if isinstance(fr.front, LessonFront) and isinstance(en.front, LessonFront):
        keys["topics"] = lambda page: ", ".join(getattr(page.front, "topics", ()))
    elif isinstance(fr.front, PlainPage) and isinstance(en.front, PlainPage):
        keys["modified"] = lambda page: str(getattr(page.front, "modified", ""))
        keys["template"] = lambda page: getattr(page.front, "template", "") or "main.html"
    for key, of in keys.items():
        if of(fr) != of(en):
            place = f"{en.source.path}:{_front_line(en, key)}"
            values: dict[str, Any] = {"key": key, "found": of(fr), "twin": of(en), "other": place}
            yield fault("parity.fact", fr.source.path, _front_line(fr, key), **values)


def _front_line(page: WrittenPage, key: str) -> int:
    lines = page.source.text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)


def _recordings(fr: WrittenPage, en: WrittenPage) -> Iterator[Fault]:
    """What lesson.yml gives for one language only: an original, a YouTube video, a described video."""
    if fr.lesson is None or en.lesson is None or fr.lesson.lesson is None:
        return
    lesson, folder = fr.lesson.lesson, f"{fr.source.path.partition('/')[0]}/media/{fr.lesson.lesson.slug}"
    one, two = lesson.recordings["fr"], lesson.recordings["en"]
    given = {
        "youtube": (one.youtube, two.youtube),
        "original": (one.original, two.original),
        "audio_description": (
            one.audio_description != "integrated" or None,
            two.audio_description != "integrated" or None,
        ),
    }
    for key, (french, english) in given.items():
        if (french is None) != (english is None):
            has, lacks = ("fr", "en") if french is not None else ("en", "fr")
            facts, line = f"{folder}/lesson.yml", lesson.recordings[lacks].line
            values: dict[str, Any] = {
                "has": has,
                "lacks": lacks,
                "other": f"{facts}:{lesson.recordings[has].line}",
            }
            yield fault("parity.media", facts, line, key=key, **values)


# --- headings, images, transcript


def _headings(fr: WrittenPage, en: WrittenPage) -> list[Fault]:
    """The first heading at which the two outlines part: its level, its class, or its id.

    Ids that come from the titles are only noted: the page's addresses then differ, its content may not.
    """
    pairs = zip_longest(read_headings(fr), read_headings(en))
    notes: list[Fault] = []
    for french, english in pairs:
        if french is None or english is None:
            has, lacks = (fr, en) if french else (en, fr)
            heading = french or english
            return [_lost_heading(has, lacks, heading)] if heading else []
        if (french.level, french.kind) != (english.level, english.kind):
            values: dict[str, Any] = {"section": french.title, "mark": french.mark, "twin": english.mark}
            place = f"{en.source.path}:{english.line}"
            return [fault("parity.heading", fr.source.path, french.line, other=place, **values)]
        if french.id != english.id:
            values = {
                "section": french.title,
                "id": french.id,
                "twin": english.id,
                "mark": "#" * english.level,
            }
            place = f"{en.source.path}:{english.line}"
            made = fault("parity.heading-id", fr.source.path, french.line, other=place, **values)
            sure = french.is_named and english.is_named
            notes += [made if sure else as_notice(made)]
    return notes[:1]


def _lost_heading(has: WrittenPage, lacks: WrittenPage, heading: Heading) -> Fault:
    values: dict[str, Any] = {"section": heading.title, "mark": heading.mark, "other": _end(lacks)}
    return fault("parity.heading-missing", has.source.path, heading.line, **values)


def _end(page: WrittenPage) -> str:
    """Where what is lacking would come after: the page's last line."""
    return f"{page.source.path}:{max(1, len(page.source.lines))}"


def _images(fr: WrittenPage, en: WrittenPage) -> list[Fault]:
    """The first picture that the other page lacks, or describes where this one does not."""
    for number, (french, english) in enumerate(zip_longest(read_images(fr), read_images(en)), start=1):
        if french is None or english is None:
            has, lacks = (fr, en) if french else (en, fr)
            image: Image | None = french or english
            line = image.line if image else 1
            values: dict[str, Any] = {
                "number": number,
                "src": image.src if image else "",
                "other": _end(lacks),
            }
            return [fault("parity.image-missing", has.source.path, line, **values)]
        if bool(french.alt) != bool(english.alt):
            (has, kept), (lacks, lost) = (fr, french), (en, english)
            if not french.alt:
                (has, kept), (lacks, lost) = (lacks, lost), (has, kept)
            place = f"{has.source.path}:{kept.line}"
            values = {"number": number, "alt": kept.alt, "other": place, "src": lost.src}
            return [fault("parity.image-alt", lacks.source.path, lost.line, **values)]
    return []


def _transcripts(fr: WrittenPage, en: WrittenPage) -> list[Fault]:
    """The first chapter whose paragraphs differ in number or kind: speech, on-screen notes, sounds."""
    sections = fr.document.section("transcript"), en.document.section("transcript")
    if sections[0] is None or sections[1] is None:
        return []
    chapters = [
        _read_chapters(page) or _chapters(section)
        for page, section in zip((fr, en), sections, strict=True)
        if section
    ]
    for (title, line, french), (_, twin_line, english) in zip(*chapters, strict=False):
        for kind in ("speech", "on-screen", "sound"):
            here, there = french.count(kind), english.count(kind)
            if here != there:
                place = f"{en.source.path}:{twin_line}"
                values: dict[str, Any] = {"section": title, "count": here, "twin": there, "other": place}
                return [fault(f"parity.{kind}", fr.source.path, line, **values)]
        if french != english:
            number = next(n for n, (a, b) in enumerate(zip(french, english, strict=True), 1) if a != b)
            values = {"section": title, "number": number, "other": f"{en.source.path}:{twin_line}"}
            return [fault("parity.order", fr.source.path, line, **values)]
    return []


def _read_chapters(page: WrittenPage) -> list[tuple[str, int, list[str]]]:
    """As `_chapters`, of a lesson that could be read; nothing of another."""
    if page.lesson is None:
        return []
    section = page.lesson.transcript.section
    found: list[tuple[str, int, list[str]]] = [(section.title, section.line, [])]
    for chapter in page.lesson.transcript.chapters:
        kinds: list[str] = [paragraph.kind for paragraph in chapter.paragraphs]
        if chapter.title:
            found.append((chapter.title, chapter.line, kinds))
        else:
            found[0][2].extend(kinds)
    return found


def _chapters(section: Section) -> list[tuple[str, int, list[str]]]:
    """Title, line and kinds of paragraphs of each chapter; what comes first goes by the section."""
    found: list[tuple[str, int, list[str]]] = [(section.title, section.line, [])]
    for piece in read_pieces(section)[0]:
        if isinstance(piece, Paragraph):
            found[-1][2].append(piece.kind)
        else:
            found.append((piece.title, piece.line, []))
    return found


# --- sections and items


def _sections(fr: WrittenPage, en: WrittenPage) -> list[Fault]:
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
                other=_place_for(there, section),
            )
            for section in here.document.sections
            if section.kind and section.kind not in kinds
        ]
    return faults


def _place_for(page: WrittenPage, lost: Section) -> str:
    """Where on `page` the section that it lacks belongs: after the last of those that come before it."""
    earlier = KINDS[: KINDS.index(lost.kind)]
    ends = [section.last_line for section in page.document.sections if section.kind in earlier]
    return f"{page.source.path}:{max(ends, default=page.source.body_line())}"


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
