"""Y1: the spaces and apostrophes of each language, in text and never in code."""

from __future__ import annotations

from typing import Any

import pytest

from case_files import load_cases
from microlearning.typography import set_html, set_text


@pytest.mark.parametrize("case", load_cases("typography"))
def test_case(case: dict[str, Any]) -> None:
    for pair in case["pairs"]:
        assert set_html(pair["typed"], case["language"]) == pair["set"]


@pytest.mark.parametrize("case", load_cases("typography"))
def test_setting_twice_changes_nothing(case: dict[str, Any]) -> None:
    for pair in case["pairs"]:
        assert set_html(pair["set"], case["language"]) == pair["set"]


def test_plain_text() -> None:
    assert set_text("L'éthique : 94 %!", "fr") == "L’éthique\u00a0: 94\u00a0%!"
