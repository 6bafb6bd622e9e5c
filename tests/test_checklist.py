"""Checklist: a task list with names, or the leads of the cards."""

from __future__ import annotations

import pytest

from case_files import load_cases
from markdown_page import Case, assert_told, document, faults_of
from microlearning.cards import read_cards
from microlearning.checklist import Checklist, read_checklist


def read(case: Case, *, custom_checkbox: bool = True) -> Checklist:
    page = document(case["markdown"], custom_checkbox=custom_checkbox)
    section = page.section("checklist")
    assert section is not None
    return read_checklist(section, read_cards(page, "en") if page.section("do") else None)


@pytest.mark.parametrize("custom_checkbox", [True, False], ids=["custom", "stock"])
@pytest.mark.parametrize("case", load_cases("checklist"))
def test_case(case: Case, *, custom_checkbox: bool) -> None:
    assert_told(faults_of(lambda: read(case, custom_checkbox=custom_checkbox)), case)
    if "expect" in case:
        checklist = read(case, custom_checkbox=custom_checkbox)
        items = [[item.line, item.id, item.text, item.html] for item in checklist.items]
        assert items == case["expect"]["items"]
        assert checklist.intro == case["expect"].get("intro", "")
        assert checklist.from_cards == case["expect"].get("from_cards", False)
