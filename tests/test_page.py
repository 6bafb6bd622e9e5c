"""A lesson's page, top to bottom, as the brief has it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from microlearning.errors import LessonError
from real_lessons import page
from test_site import LESSONS

Parse = Callable[[str], LexborHTMLParser]
EVERY = [(language, lesson) for language in ("fr", "en") for lesson in LESSONS]
TITLES = {
    "fr": "Pratiques exemplaires et erreurs à éviter lorsque vous utilisez les médias sociaux"
    " en tant que fonctionnaire (TRN1-V13)",
    "en": "Dos and Don’ts of Navigating Social Media as a Public Servant (TRN1-V13)",
}


@pytest.mark.parametrize(("language", "lesson"), EVERY)
def test_the_parts_stand_in_the_order_of_the_brief(html: Parse, language: str, lesson: str) -> None:
    text = html(f"{language}/{lesson}/").html or ""
    marks = (
        *("data-language-toggle", "<h1", 'class="facts"', 'id="now-playing"', "<video", "player__links"),
        *('id="transcript"', 'id="do"', 'id="dont"', 'id="checklist"', 'id="course"', 'id="related"'),
        'class="modified"',
    )
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_title_carries_the_code(html: Parse, language: str) -> None:
    parsed = html(f"{language}/trn1-v13/")
    assert re.sub(r"\s+", " ", parsed.css_first("h1").text()) == TITLES[language]
    assert parsed.css_first("title").text().startswith(TITLES[language])


@pytest.mark.parametrize(("language", "lesson"), EVERY)
def test_t2_every_paragraph_of_speech_has_its_time(html: Parse, language: str, lesson: str) -> None:
    times = [
        float(str(time.attributes["data-start"]))
        for time in html(f"{language}/{lesson}/").css("[data-start]")
    ]
    assert times == sorted(times)
    assert len(times) == sum(
        one.kind == "speech" for one in page(language, slug=lesson).transcript.paragraphs
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_t2_the_screen_shows_the_three_verbs_as_text(html: Parse, language: str) -> None:
    notes = [note.text() for note in html(f"{language}/trn1-v13/").css(".transcript__line--on-screen")]
    verbs = {"fr": "Aimer / Publier / Partager", "en": "Like / Post / Share"}[language]
    assert any(verbs in note for note in notes)


@pytest.mark.parametrize(("language", "lesson"), EVERY)
def test_d1_one_card_each_a_heading_and_a_list(html: Parse, language: str, lesson: str) -> None:
    cards = html(f"{language}/{lesson}/").css("section.card")
    assert [card.attributes["class"] for card in cards] == ["card card--do", "card card--dont"]
    for card in cards:
        assert len(card.css("h2")) == len(card.css("ul")) == 1
        assert all(mark.attributes["aria-hidden"] == "true" for mark in card.css("svg"))


@pytest.mark.parametrize(("language", "lesson"), EVERY)
def test_d3_k1_items_are_named_and_ticked_by_their_own_text(html: Parse, language: str, lesson: str) -> None:
    parsed = html(f"{language}/{lesson}/")
    assert all(item.attributes["id"] for item in parsed.css("section.card li"))
    boxes = parsed.css("section.checklist fieldset input[type=checkbox]")
    assert boxes
    assert parsed.css_first("section.checklist legend").text()
    for box in boxes:
        label = parsed.css_first(f'label[for="{box.attributes["id"]}"]')
        assert label.text().strip()
        assert "checked" not in box.attributes


def test_an_empty_checklist_takes_the_cards_leads(html: Parse) -> None:
    parsed = html("en/acc1-v01/")
    leads = [lead.text().rstrip(".") for lead in parsed.css("section.card li strong:first-child")]
    labels = [label.text().strip().rstrip(".") for label in parsed.css("section.checklist label")]
    assert labels == leads


def test_every_fault_of_a_page_is_told_at_once() -> None:
    with pytest.raises(LessonError) as caught:
        page(
            "en",
            (
                "## Best practices { .do }\n\n- **Recognize",
                "## Best practices { .do }\n\n## Odd { .odd }\n\n- **Recognize",
            ),
        )
    assert len(caught.value.faults) > 1


def test_prose_between_the_sections_stays() -> None:
    read = page(
        "en",
        ("## Related links { .related }", "## A word more\n\nJust prose.\n\n## Related links { .related }"),
    )
    assert [section.kind for section in read.document.sections][-2:] == ["", "related"]
