"""D3, L1: what must be the same in both languages."""

from __future__ import annotations

from typing import Any, cast

import pytest

from case_files import load_cases
from markdown_page import Case, assert_told, document
from microlearning.cards import read_cards
from microlearning.checklist import read_checklist
from microlearning.page import LessonPage
from microlearning.parity import check_parity
from real_lessons import page


def _page(markdown: str, language: str) -> LessonPage:
    """A page of cards and a checklist, as far as parity looks at it."""
    read = document(markdown, f"docs/{language}/trn1-v13.md")
    cards = read_cards(read, language)
    section = read.section("checklist")
    checklist = read_checklist(section, cards) if section else None
    nothing = cast("Any", None)
    return LessonPage(nothing, language, nothing, read, nothing, cards, checklist, None, None)


@pytest.mark.parametrize("case", load_cases("parity"))
def test_case(case: Case) -> None:
    assert_told(check_parity(_page(case["fr"], "fr"), _page(case["en"], "en")), case)


@pytest.mark.parametrize("slug", ["trn1-v13", "acc1-v01", "acc1-v02"])
def test_the_real_lessons_correspond(slug: str) -> None:
    assert check_parity(page("fr", slug=slug), page("en", slug=slug)) == ()
