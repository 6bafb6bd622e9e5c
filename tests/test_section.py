"""Sections: the page cut at its headings, and the outline that a lesson must have."""

from __future__ import annotations

import pytest

from case_files import load_cases
from markdown_page import Case, assert_told, document
from microlearning.section import check_sections


@pytest.mark.parametrize("case", load_cases("section"))
def test_case(case: Case) -> None:
    page = document(case["markdown"])
    assert_told(check_sections(page), case)
    if "expect" in case:
        sections = [[each.line, each.last_line, each.kind, each.title, each.id] for each in page.sections]
        assert sections == case["expect"]["sections"]
        assert page.title == case["expect"]["title"]
        assert page.lead == case["expect"]["lead"]
