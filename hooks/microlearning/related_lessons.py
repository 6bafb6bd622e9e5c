"""Related lessons: what to read next, at the foot of each lesson."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from microlearning.errors import Fault, fault
from microlearning.frontmatter import LessonPage as FrontMatter
from microlearning.page import LessonPage
from microlearning.section import Source

MOST = 3
"""How many lessons are offered when the author names none."""


def related_lessons(page: LessonPage, pages: Mapping[str, LessonPage]) -> tuple[LessonPage, ...]:
    """The lessons to read after `page`, out of `pages`, which holds its language's by product code.

    Those that its author names, in that order; else at most `MOST` that share a topic, those that
    share most first, then the newest, then by code.
    """
    return Related(pages).to(page)


class Related:
    """The related lessons of all of `pages`, one language's by product code.

    Lessons with the same topics have the same lessons near them: those are sought once, for in a
    thousand lessons to look at every pair takes longer than to render them.
    """

    def __init__(self, pages: Mapping[str, LessonPage]) -> None:
        self._pages = pages
        self._near: dict[frozenset[str], list[str]] = {}

    def to(self, page: LessonPage) -> tuple[LessonPage, ...]:
        """What `related_lessons` gives for `page`."""
        if page.front.related_lessons:
            return tuple(self._pages[code] for code in page.front.related_lessons if code in self._pages)
        topics = frozenset(page.front.topics)
        if topics not in self._near:
            self._near[topics] = self._nearest(topics)
        others = [code for code in self._near[topics] if code != page.lesson.code]
        return tuple(self._pages[code] for code in others[:MOST])

    def _nearest(self, topics: frozenset[str]) -> list[str]:
        """The lessons that share most of `topics`: one more than is offered, as a lesson is near itself."""
        shared = {code: len(topics.intersection(one.front.topics)) for code, one in self._pages.items()}
        near = sorted(
            (-shared[code], -one.lesson.published.toordinal(), code)
            for code, one in self._pages.items()
            if shared[code]
        )
        return [code for _, _, code in near[: MOST + 1]]


def check_related(front: FrontMatter, source: Source, codes: Collection[str]) -> tuple[Fault, ...]:
    """A fault for each lesson that `front`, the head of `source`, names and that is not among `codes`."""
    return tuple(
        fault(
            "related.unknown",
            source.path,
            source.line_of("related_lessons"),
            code=code,
            known=", ".join(sorted(codes)),
        )
        for code in front.related_lessons
        if code not in codes
    )


def check_related_pair(fr: FrontMatter, twin: Source, en: FrontMatter, source: Source) -> tuple[Fault, ...]:
    """A fault when the heads `fr`, of the file `twin`, and `en`, of `source`, name other lessons."""
    if fr.related_lessons == en.related_lessons:
        return ()
    return (
        fault(
            "related.differ",
            source.path,
            source.line_of("related_lessons"),
            found=", ".join(en.related_lessons) or "–",
            twin=f"{twin.path}:{twin.line_of('related_lessons')}",
            wanted=", ".join(fr.related_lessons) or "–",
        ),
    )
