"""What to read next: the author's order, else the lessons that share most topics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import run_build
from microlearning.page import LessonPage
from microlearning.related_lessons import MOST, related_lessons


@dataclass(frozen=True)
class Front:
    """The head of a page, as far as it counts here."""

    topics: tuple[str, ...]
    related_lessons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """A lesson, as far as it counts here."""

    code: str
    published: date


@dataclass(frozen=True)
class Page:
    """A page, as far as it counts here."""

    lesson: Facts
    front: Front


def pages(**topics: str) -> dict[str, LessonPage]:
    """Lessons by code, each published a day after the one before."""
    made = {
        code: Page(Facts(code, date(2026, 1, 1 + day)), Front(tuple(of.split())))
        for day, (code, of) in enumerate(topics.items())
    }
    return cast(dict[str, LessonPage], made)


def codes(page: LessonPage, of: dict[str, LessonPage]) -> list[str]:
    return [one.lesson.code for one in related_lessons(page, of)]


def test_those_that_share_most_come_first_then_the_newest() -> None:
    known = pages(A="ethics video", B="ethics", C="video", D="ethics video", E="writing", F="video")
    assert codes(known["A"], known) == ["D", "F", "C"][:MOST]


def test_a_lesson_that_shares_nothing_offers_nothing() -> None:
    known = pages(A="ethics", B="writing")
    assert codes(known["A"], known) == []


def test_the_authors_order_stands_in_the_place_of_the_topics() -> None:
    known = pages(A="ethics", B="ethics", C="writing", D="video")
    page = cast(LessonPage, Page(Facts("A", date(2026, 1, 1)), Front(("ethics",), ("D", "C"))))
    assert codes(page, known) == ["D", "C"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_real_pages_offer_them_at_their_foot(
    html: Callable[[str], LexborHTMLParser], language: str
) -> None:
    offered = {
        lesson: [
            link.attributes["href"]
            for link in html(f"{language}/{lesson}/").css("[aria-labelledby=related-lessons] h3 a")
        ]
        for lesson in ("trn1-v13", "acc1-v01", "acc1-v02")
    }
    assert offered == {
        "trn1-v13": [f"../../{language}/acc1-v02/", f"../../{language}/acc1-v01/"],
        "acc1-v01": [f"../../{language}/acc1-v02/"],
        "acc1-v02": [f"../../{language}/acc1-v01/"],
    }


def test_a_code_that_no_lesson_has_is_told(project: Path) -> None:
    for language in ("fr", "en"):
        page = project / "docs" / language / "acc1-v01.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(
            text.replace("\nreviewed:", "\nrelated_lessons: [ACC1-V02, ACC1-V99]\nreviewed:", 1),
            encoding="utf-8",
        )
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 1
    told = "related_lessons: expected codes of lessons of this site: ACC1-V01, ACC1-V02, TRN1-V13, found"
    for language in ("fr", "en"):
        assert f"docs/{language}/acc1-v01.md:5: {told} ACC1-V99." in done.stderr


def test_both_languages_offer_the_same_in_the_same_order(project: Path) -> None:
    page = project / "docs" / "en" / "acc1-v01.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("\nreviewed:", "\nrelated_lessons: [ACC1-V02]\nreviewed:", 1), encoding="utf-8"
    )
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 1
    assert (
        "docs/en/acc1-v01.md:5: related_lessons: expected the same lessons, in the same order, as in"
        in done.stderr
    )
