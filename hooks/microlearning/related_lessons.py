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
    if page.front.related_lessons:
        return tuple(pages[code] for code in page.front.related_lessons if code in pages)
    shared = {code: len(set(one.front.topics) & set(page.front.topics)) for code, one in pages.items()}
    near = sorted(
        (-shared[code], -one.lesson.published.toordinal(), code)
        for code, one in pages.items()
        if shared[code] and code != page.lesson.code
    )
    return tuple(pages[code] for _, _, code in near[:MOST])


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
