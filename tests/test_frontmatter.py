"""The head of a page: every case of cases/frontmatter/, and what random damage does to a good one."""

from __future__ import annotations

import random
from typing import Any

import pytest

from case_files import load_cases
from damage import damaged
from microlearning.errors import Fault, LessonError
from microlearning.frontmatter import LessonPage, PlainPage, read_front_matter
from microlearning.section import Source

TOPICS = ("social-media", "ethics", "accessibility", "writing", "video")

GOOD = """---
lesson: TRN1-V13
description: Five habits to adopt and five mistakes to avoid, so that what you post serves Canadians.
topics: [social-media, ethics]
---
# Title
"""


def read(markdown: str, path: str = "docs/en/trn1-v13.md") -> LessonPage | PlainPage:
    return read_front_matter(Source(path, markdown), TOPICS)


@pytest.mark.parametrize("case", load_cases("frontmatter"))
def test_case(case: dict[str, Any]) -> None:
    found, faults = None, tuple[Fault, ...]()
    try:
        page = read(case["markdown"], case.get("path", "docs/en/trn1-v13.md"))
        values = page.model_dump(mode="json")
        rare = [key for key in ("waiver", "reviewed") if values[key] is None]
        found = {"kind": type(page).__name__, **{key: values[key] for key in values if key not in rare}}
    except LessonError as error:
        faults = error.faults
    assert [fault.text("en") for fault in faults] == case.get("errors", [])
    assert not any("$" in fault.text("fr") for fault in faults)
    assert found == case.get("expect")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert read("\ufeff" + GOOD.replace("\n", "\r\n")) == read(GOOD)


@pytest.mark.parametrize("seed", range(500))
def test_damage_gives_faults_on_lines_of_the_file(seed: int) -> None:
    text = damaged(GOOD, random.Random(seed))  # noqa: S311  (damage, no secret)
    try:
        read(text)
    except LessonError as error:
        for fault in error.faults:
            assert 1 <= fault.line <= len(text.splitlines())
            assert fault.text("fr").count("$") <= 3 * text.count("$")
