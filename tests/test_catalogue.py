"""The catalogue: every lesson of the page's language, the newest first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from microlearning.render import component


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_newest_lesson_comes_first(html: Callable[[str], LexborHTMLParser], language: str) -> None:
    entries = html(f"{language}/").css(".catalogue__entry")
    dates = [str(entry.css_first("time").attributes["datetime"]) for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert [entry.css_first("a").attributes["href"] for entry in entries] == [
        f"../{language}/{lesson}/" for lesson in ("acc1-v02", "acc1-v01", "trn1-v13")
    ]


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("fr", ["TRN1-V13", "00:02:18", "27\u00a0octobre 2022", "Médias sociaux, Éthique"]),
        ("en", ["TRN1-V13", "00:02:14", "October\u00a027, 2022", "Social media, Ethics"]),
    ],
)
def test_an_entry_tells_code_length_date_and_topics(
    html: Callable[[str], LexborHTMLParser], language: str, facts: list[str]
) -> None:
    page = html(f"{language}/")
    entry = page.css(".catalogue__entry")[-1]
    assert [fact.text() for fact in entry.css("dd")] == facts
    assert entry.css_first("h3").text() == html(f"{language}/trn1-v13/").css_first("h1").text().split(" (")[0]
    assert entry.css_first("img").attributes["src"] == f"../media/trn1-v13/{language}.webp"


@pytest.mark.parametrize(("language", "count"), [("fr", "0 leçon"), ("en", "0 lessons")])
def test_an_empty_catalogue_counts_in_the_pages_language(language: str, count: str) -> None:
    """French counts zero in the singular, English in the plural."""
    assert count in component("catalogue", entries=(), language=language, root="../")
