"""The catalogue: every lesson of the page's language, the newest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from microlearning.catalogue import (
    PAGE_SIZE,
    Entry,
    Listing,
    Shelf,
    address,
    listings,
    shelf,
    topic_slugs,
)
from microlearning.render import component

TOPICS = {
    "ethics": {"fr": "Éthique", "en": "Ethics"},
    "writing": {"fr": "Rédaction et œuvres", "en": "Writing"},
    "rare": {"fr": "Rare", "en": "Rare"},
}


def entries(count: int) -> tuple[Entry, ...]:
    """So many lessons, the newest first, every second one on ethics, of one to four minutes."""
    return tuple(
        Entry(
            code=f"TRN{number}-V01",
            title=f"Lesson {number}",
            description="…",
            address=f"en/trn{number}-v01/",
            poster="media/poster.webp",
            poster_size=(640, 360),
            published=date(2026, 1, 1) - timedelta(days=number),
            duration=60,
            minutes=number % 4 + 1,
            topic_keys=("ethics",) if number % 2 else ("writing",),
            topics=("Ethics",) if number % 2 else ("Writing",),
        )
        for number in range(count)
    )


@pytest.fixture(scope="module")
def thousand() -> dict[Listing, Shelf]:
    """Every page of a catalogue of 1,000 lessons."""
    held = entries(1000)
    return {listing: shelf(held, listing, "en", TOPICS) for listing in listings(held)}


def test_a_thousand_lessons_stay_pages_of_bounded_size(thousand: dict[Listing, Shelf]) -> None:
    assert all(0 < len(one.entries) <= PAGE_SIZE for one in thousand.values())
    whole = [one for listing, one in sorted(thousand.items()) if not listing.topic and not listing.minutes]
    assert [one.code for part in whole for one in part.entries] == [one.code for one in entries(1000)]
    html = component("catalogue", shelf=whole[0], language="en", root="../")
    assert len(html.encode()) < 60_000


def test_every_page_is_reached_from_the_first_by_links_that_stand(thousand: dict[Listing, Shelf]) -> None:
    made = {address(listing, "en", TOPICS): one for listing, one in thousand.items()}
    seen, ahead = set(), ["en/"]
    while ahead:
        here = ahead.pop()
        seen.add(here)
        ways = [*made[here].topics, *made[here].lengths, *made[here].pages]
        ahead += {way.href for way in ways} - seen - set(ahead)
    assert seen == set(made)


def test_a_filter_keeps_the_other_and_tells_what_it_holds(thousand: dict[Listing, Shelf]) -> None:
    here = thousand[Listing("ethics", 2)]
    assert {way.name: way.count for way in here.lengths} == {
        "All lengths": 500,
        "about 2 minutes": 250,
        "4 minutes or more": 250,
    }
    assert [way.href for way in here.topics] == [
        "en/lengths/2-minutes/",
        "en/topics/ethics/2-minutes/",
    ]
    assert [way.name for way in (*here.topics, *here.lengths) if way.current] == ["Ethics", "about 2 minutes"]
    assert all("ethics" in one.topic_keys and one.minutes == 2 for one in here.entries)


def test_a_topic_without_a_lesson_is_not_offered(thousand: dict[Listing, Shelf]) -> None:
    assert all("Rare" not in {way.name for way in one.topics} for one in thousand.values())


def test_addresses_are_in_the_pages_language() -> None:
    listing = Listing("writing", 1, 3)
    assert address(listing, "fr", TOPICS) == "fr/sujets/redaction-et-oeuvres/1-minute/page-3/"
    assert address(listing, "en", TOPICS) == "en/topics/writing/1-minute/page-3/"
    assert address(listing, "", TOPICS) == "topics/writing/1-minute/page-3/"
    assert address(Listing(number=2), "fr", TOPICS) == "fr/page-2/"


def test_two_topics_of_one_name_keep_two_addresses() -> None:
    twice = {key: {"fr": "Été!", "en": key} for key in ("summer", "season")}
    assert topic_slugs(twice, "fr") == {"summer": "ete", "season": "season"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_topic_page_shows_its_lessons(html: Callable[[str], LexborHTMLParser], language: str) -> None:
    page = html({"fr": "fr/sujets/accessibilite/", "en": "en/topics/accessibility/"}[language])
    assert (
        page.css_first("h1").text()
        == {"fr": "Leçons\u00a0: Accessibilité", "en": "Lessons: Accessibility"}[language]
    )
    links = [link.attributes["href"] for link in page.css(".catalogue__list h3 a")]
    assert links == [f"../../../{language}/acc1-v02/", f"../../../{language}/acc1-v01/"]
    current = [link.text().split(" (")[0] for link in page.css(".choices [aria-current]")]
    assert (
        current
        == {"fr": ["Accessibilité", "Toutes les durées"], "en": ["Accessibility", "All lengths"]}[language]
    )


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
    empty = shelf((), Listing(), language, {})
    assert count in component("catalogue", shelf=empty, language=language, root="../")
