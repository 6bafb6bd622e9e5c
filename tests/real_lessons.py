"""The real lessons, read as the site reads them, with a change that a test makes to their Markdown."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from markdown_page import document
from microlearning.frontmatter import LessonPage as Front
from microlearning.frontmatter import read_front_matter
from microlearning.lesson import Lesson, read_lesson
from microlearning.page import LessonPage, read_lesson_page

DOCS = Path(__file__).parents[1] / "docs"


@cache
def lesson(slug: str = "trn1-v13") -> Lesson:
    """The facts of the lesson `slug`."""
    return read_lesson(DOCS / "media" / slug, f"docs/media/{slug}")


def page(language: str, change: tuple[str, str] = ("", ""), slug: str = "trn1-v13") -> LessonPage:
    """One language of the lesson `slug`, its Markdown changed from `change[0]` to `change[1]`."""
    path = DOCS / language / f"{slug}.md"
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    read = document(text.replace(*change, 1), f"docs/{language}/{slug}.md")
    front = read_front_matter(read.source, _topics())
    assert isinstance(front, Front)
    return read_lesson_page(read, lesson(slug), front, language)


def _topics() -> list[str]:
    config = yaml.safe_load((DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8"))
    return list(config["extra"]["topics"])
