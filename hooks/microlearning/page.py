"""A lesson's page: its Markdown, rendered, read into the model and shown again as components."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from markupsafe import Markup

from microlearning.addresses import addressed
from microlearning.cards import Card, Cards, read_cards
from microlearning.checklist import Checklist, read_checklist
from microlearning.course import Course, RelatedLinks, read_course, read_related
from microlearning.errors import Fault, LessonError
from microlearning.fragment import Fragment, read_fragment
from microlearning.frontmatter import LessonPage as FrontMatter
from microlearning.lesson import Lesson, Recording
from microlearning.player import player
from microlearning.render import component, partial
from microlearning.section import Document, Section, Source, check_sections
from microlearning.transcript import Transcript, read_transcript

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class LessonPage:
    """One language of a lesson: the facts, and the words of its Markdown.

    Known by itself and not by its content, so that what was made of it can be found again.
    """

    lesson: Lesson
    language: str
    front: FrontMatter
    document: Document
    transcript: Transcript
    cards: Cards | None
    checklist: Checklist | None
    course: Course | None
    related: RelatedLinks | None

    @property
    def title(self) -> str:
        """The title as plain text, without the product code."""
        return self.document.title

    @property
    def title_with_code(self) -> str:
        """The title as a reader sees it: `… (TRN1-V13)`."""
        return f"{self.title} ({self.lesson.code})"

    @property
    def recording(self) -> Recording:
        """The video and captions in the page's language."""
        return self.lesson.recordings[self.language]

    def brief(self) -> LessonPage:
        """The page as others know it: its facts, its title and which parts it has. Its words are left out."""
        document = Document(self.document.title, "", "", (), _NOWHERE)
        card = Card("", _NO_SECTION, ())
        return replace(
            self,
            lesson=self.lesson.brief(),
            front=self.front.model_copy(update={"reviewed": None}),
            document=document,
            transcript=Transcript(_NO_SECTION, ()),
            cards=Cards(card, card) if self.cards else None,
            checklist=self.checklist and Checklist(_NO_SECTION, (), from_cards=False, intro=""),
            course=None,
            related=None,
        )


_NOWHERE = Source("", "")
_NO_SECTION = Section("", "", "", "", "", _NOWHERE, 1, 1)


def read_lesson_page(document: Document, lesson: Lesson, front: FrontMatter, language: str) -> LessonPage:
    """Read the lesson out of its rendered Markdown.

    Raises:
        LessonError: with every fault of every section.
    """
    faults = list(check_sections(document))

    def attempt(read: Callable[[], T]) -> T | None:
        try:
            return read()
        except LessonError as error:
            faults.extend(error.faults)
            return None

    def of(kind: str, read: Callable[[Section], T]) -> T | None:
        section = document.section(kind)
        return attempt(lambda: read(section)) if section else None

    captions = lesson.recordings[language].captions
    transcript = of("transcript", lambda section: read_transcript(section, captions))
    has_cards = document.section("do") and document.section("dont")
    cards = attempt(lambda: read_cards(document, language)) if has_cards else None
    cards_failed = has_cards and cards is None
    checklist = None if cards_failed else of("checklist", lambda section: read_checklist(section, cards))
    course = of("course", read_course)
    related = of("related", read_related)
    if transcript is None or any(not fault.warning for fault in faults):
        raise LessonError(_once(faults))
    return LessonPage(lesson, language, front, document, transcript, cards, checklist, course, related)


def _once(faults: list[Fault]) -> list[Fault]:
    return sorted(set(faults))


@lru_cache(maxsize=4)
def shown_sections(page: LessonPage) -> tuple[tuple[Section, Fragment], ...]:
    """The page's sections in the author's order: the known ones as components, the rest as prose.

    Kept for the last few pages: seven files show the sections of one.
    """
    return tuple(
        (section, read_fragment(render_section(section, page))) for section in page.document.sections
    )


@lru_cache(maxsize=4)
def shown_player(page: LessonPage, root: str) -> Markup:
    """The page's player, on a page from which `root` leads to the site's root.

    Kept as `shown_sections`: three files show it.
    """
    has_chapters = any(chapter.title for chapter in page.transcript.chapters)
    facts = player(page.recording, page.title, root, has_chapters=has_chapters)
    return component("player", player=facts, lesson=page, language=page.language)


def addressed_sections(
    page: LessonPage, address: str, kinds: Collection[str] = (), *, after: str = ""
) -> Markup:
    """The page's sections with their links' addresses for paper (`with_addresses`), seen from `address`.

    `kinds` picks sections; when it is empty, all are shown. `after` is the HTML that comes before.
    """
    shown = (fragment for section, fragment in shown_sections(page) if not kinds or section.kind in kinds)
    return Markup("\n".join(addressed(shown, address, after=after)))  # noqa: S704 - the templates escape


def render_section(section: Section, page: LessonPage) -> Markup:
    """One section of `page`: as a component when it is a known one, else as prose."""
    common = {"section": section, "language": page.language}
    match section.kind:
        case "transcript":
            return component("transcript", transcript=page.transcript, **common)
        case "do" | "dont" if page.cards:
            card = page.cards.do if section.kind == "do" else page.cards.dont
            return component("cards", card=card, **common)
        case "checklist" if page.checklist:
            return component("checklist", checklist=page.checklist, code=page.lesson.code, **common)
        case "course" if page.course:
            return component("course", course=page.course, **common)
        case "related" if page.related:
            return component("course/related", related=page.related, **common)
    return partial("section", **common)
