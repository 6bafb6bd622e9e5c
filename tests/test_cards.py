"""Cards: one bulleted list each, every item with its name, every mistake told as one."""

from __future__ import annotations

import pytest

from case_files import load_cases
from markdown_page import Case, assert_told, document, faults_of
from microlearning.cards import Cards, read_cards


def read(case: Case) -> Cards:
    language = case.get("language", "en")
    return read_cards(document(case["markdown"], f"docs/{language}/trn1-v13.md"), language)


@pytest.mark.parametrize("case", load_cases("cards"))
def test_case(case: Case) -> None:
    assert_told(faults_of(lambda: read(case)), case)
    if "expect" in case:
        cards = read(case)
        for card in (cards.do, cards.dont):
            items = [[item.line, item.id, item.lead, item.lead_html, item.html] for item in card.items]
            assert items == case["expect"][card.kind]


def lesson_with(mistake: str) -> str:
    return f"## Do {{ .do }}\n\n- **Ask.** {{ #ask }}\n\n## Not {{ .dont }}\n\n- {mistake} {{ #not }}\n"


@pytest.mark.parametrize(
    ("language", "mistake"),
    [
        *(
            ("en", text)
            for text in ("Do not post.", "**Don’t** post.", "don't post", "Avoid, at all costs, spam")
        ),
        *(("en", text) for text in ("**Do not overshare.** Think.", "AVOID SPAM", "Do\u00a0not post")),
        *(
            ("fr", text)
            for text in ("Ne publiez pas ceci.", "**N’oubliez** jamais le Code.", "N'en parlez plus")
        ),
        *(
            ("fr", text)
            for text in ("**Ne maltraitez personne** : jamais.", "Ne dites rien", "N’ayez aucune hâte")
        ),
        *(
            ("fr", text)
            for text in ("Ne publiez que vos photos", "Ne croyez qu’une source", "Évitez le bruit")
        ),
        *(("fr", text) for text in ("éviter les pourriels", "E\u0301vitez cela", "Ne soyez ni dur ni froid")),
    ],
)
def test_a_mistake_begins_as_one(language: str, mistake: str) -> None:
    assert read({"markdown": lesson_with(mistake), "language": language}).dont.items


@pytest.mark.parametrize(
    ("language", "mistake"),
    [
        *(
            ("en", text)
            for text in ("Never post.", "Oversharing", "Please do not post", "Done with it", "Avoidance")
        ),
        *(
            ("fr", text)
            for text in ("Partager trop", "Ne publiez ceci. Pas bon.", "Nepas", "Jamais de bruit", "Nuire")
        ),
    ],
)
def test_anything_else_does_not(language: str, mistake: str) -> None:
    faults = faults_of(lambda: read({"markdown": lesson_with(mistake), "language": language}))
    assert [fault.rule for fault in faults] == [f"cards.prohibition-{language}"]
