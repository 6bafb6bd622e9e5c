"""Words as search compares them: each line of a case is one word in many spellings."""

from __future__ import annotations

import pytest

from microlearning.words import STOP, fold, stem, stems, words

SAME = [
    ("fr", "éthique ethique ÉTHIQUE éthiques l’éthique l'éthique d’éthique"),
    ("fr", "conseiller conseillère conseillers conseillères conseillere"),
    ("fr", "directeur directrice directeurs directrices direction"),
    ("fr", "employé employée employés employées employe employee"),
    ("fr", "candidat candidate candidats candidates"),
    ("fr", "rédacteur rédactrice rédaction rédactions"),
    ("fr", "travail travaux travailler travaillez"),
    ("fr", "impartial impartiale impartiaux impartialité l'impartialité"),
    ("fr", "accessible accessibles accessibilité"),
    ("fr", "confidentiel confidentielle confidentialité"),
    ("fr", "hameçonnage hameçonner hameconnage hameçon"),
    ("fr", "harcèlement harceler harcelement harcelez"),
    ("fr", "nouveau nouveaux nouvelle nouvelles"),
    ("fr", "français française françaises"),
    ("fr", "cœur coeur cœurs"),
    ("fr", "mentor mentore mentorat mentores"),
    ("fr", "qu’organiser organisation organisme"),
    ("fr", "sécurité sécuritaire sécuriser"),
    ("fr", "aujourd’hui aujourd'hui"),
    ("en", "write writes writing writer writers"),
    ("en", "policy policies"),
    ("en", "security secure secured"),
    ("en", "manager manage management manager’s managers'"),
    ("en", "meeting meetings meet"),
    ("en", "translation translate translated"),
    ("en", "café cafe cafés"),
]
APART = [
    ("fr", "public publier"),
    ("fr", "document documentaire dompteur"),
    ("fr", "poste posture"),
    ("fr", "cadeau cadre"),
    ("en", "meeting metal"),
    ("en", "privacy private-ish"),
    ("en", "gift give"),
]


@pytest.mark.parametrize(("language", "spellings"), SAME)
def test_one_word_has_one_form(language: str, spellings: str) -> None:
    assert len({stems(one, language) for one in spellings.split()}) == 1


@pytest.mark.parametrize(("language", "spellings"), APART)
def test_other_words_have_other_forms(language: str, spellings: str) -> None:
    assert len({stems(one, language) for one in spellings.split()}) == len(spellings.split())


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", ["TRN1-V13", "trn1-v13", "Trn1–V13", "trn1v13", "TRN1\u2011V13"])
def test_a_product_code_is_one_word(language: str, code: str) -> None:
    assert stems(code, language) == ("trn1v13",)


def test_a_question_is_left_with_what_it_is_about() -> None:
    assert stems("Qu’est-ce que l’éthique?", "fr") == stems("éthique", "fr")
    assert stems("Comment puis-je refuser un cadeau ?", "fr") == stems("refuser cadeau", "fr")
    assert stems("How do I turn down a gift?", "en") == stems("turn gift", "en")


def test_stop_words_are_not_what_a_lesson_is_about() -> None:
    """`son` is a sound, and captions are `sous-titres`."""
    assert stems("sous-titres sans le son", "fr") == ("sou", "titr", "son")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_stop_words_are_written_as_they_are_compared(language: str) -> None:
    assert all(fold(word) == word and words(word, language) in ((word,), ()) for word in STOP[language])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_word_is_worn_down_to_nothing(language: str) -> None:
    for word in ("eaux", "aux", "ement", "ation", "euse", "ing", "ness", "ions", "s", "", "ess"):
        assert stem(word, language) or not word
