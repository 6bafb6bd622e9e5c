"""C6: dates in prose, spelled out in the page's language."""

from __future__ import annotations

from datetime import date

import pytest

from microlearning.dates import spelled_out


@pytest.mark.parametrize(
    ("day", "language", "text"),
    [
        (date(2022, 10, 27), "fr", "27\u00a0octobre 2022"),
        (date(2026, 5, 1), "fr", "1er\u00a0mai 2026"),
        (date(2026, 8, 31), "fr", "31\u00a0août 2026"),
        (date(2022, 10, 27), "en", "October\u00a027, 2022"),
        (date(2026, 2, 1), "en", "February\u00a01, 2026"),
    ],
)
def test_spelled_out(day: date, language: str, text: str) -> None:
    assert spelled_out(day, language) == text
