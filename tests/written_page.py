"""Pages as their authors write them, read with the site's own settings: what many cases begin with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from microlearning.cards import read_cards
from microlearning.checklist import read_checklist
from microlearning.course import read_course, read_related
from microlearning.errors import Fault, LessonError
from microlearning.frontmatter import PlainPage, read_front_matter
from microlearning.page import LessonPage
from microlearning.project import Settings, WrittenPage, read_settings, read_written
from microlearning.renderer import Renderer
from microlearning.section import Document, Source

ROOT = Path(__file__).parents[1]
DESCRIPTIONS = {
    "fr": "Une description assez longue pour que la tête de la page soit bonne.",
    "en": "A description that is long enough for the head of the page to be good.",
}
T = TypeVar("T")


@cache
def settings() -> Settings:
    """The real site's settings."""
    return read_settings(ROOT / "mkdocs.yml")


@cache
def renderer() -> Renderer:
    """The real site's Markdown."""
    return Renderer(settings().extensions, settings().options)


def written(markdown: str, language: str, name: str = "page") -> WrittenPage:
    """The page whose whole text is `markdown`; one without front matter has a good one."""
    source = Source(f"docs/{language}/{name}.md", markdown)
    if markdown.startswith("---"):
        front = read_front_matter(source, settings().topics)
    else:
        front = PlainPage.model_validate({"description": DESCRIPTIONS[language], "modified": "2026-11-22"})
    page = read_written(f"{language}/{name}.md", source, front, renderer().html(source))
    lesson = _lesson(page.document, language)
    return WrittenPage(page.name, page.source, page.front, page.html, page.document, lesson)


def _lesson(document: Document, language: str) -> LessonPage | None:
    """The parts of a lesson that can be read without its media."""
    nothing = cast("Any", None)

    def of(kind: str, read: Callable[[Any], T]) -> T | None:
        section = document.section(kind)
        try:
            return read(section) if section else None
        except LessonError:
            return None

    cards = of("do", lambda _: read_cards(document, language))
    parts = (
        of("checklist", lambda section: read_checklist(section, cards)),
        of("course", read_course),
        of("related", read_related),
    )
    if cards is None and not any(parts):
        return None
    return _Silent(nothing, language, nothing, document, nothing, cards, *parts)


class _Silent(LessonPage):
    """A lesson without media: nothing about captions can be said of it."""


def told(faults: tuple[Fault, ...] | list[Fault], language: str = "en") -> list[str]:
    """What an author reads, with `warning` or `note` before what stops nothing."""
    kinds = {(False, False): "", (True, False): "warning ", (False, True): "note "}
    return [kinds[fault.warning, fault.notice] + fault.text(language) for fault in faults]


DAY = date(2026, 11, 22)
