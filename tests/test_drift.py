"""L2: what one language has changed since the other was compared with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_files import load_cases
from markdown_page import Case, assert_french
from microlearning.difference import difference_parts, word_difference, words
from microlearning.drift import (
    changes,
    drift_faults,
    fingerprint,
    passages,
    read_store,
    store_file,
    store_text,
)
from microlearning.project import WrittenPage
from microlearning.review import with_review
from written_page import DAY, DESCRIPTIONS, told, written

TWIN = "---\ndescription: {}\nmodified: 2026-11-22\n---\n# {}\n"


def reviewed(language: str, of: WrittenPage, day: date = DAY) -> WrittenPage:
    """A page in `language` that was compared with `of` on `day`."""
    text = TWIN.format(DESCRIPTIONS[language], {"fr": "Titre", "en": "Title"}[language])
    return written(with_review(text, of, day), language)


def kept(page: WrittenPage, docs: Path) -> dict[str, str]:
    """The words of `page` as a review keeps them in a file, and reads them again."""
    file = store_file(docs, page)
    file.parent.mkdir(parents=True)
    file.write_text(store_text(page), encoding="utf-8")
    return read_store(docs, page)


@pytest.mark.parametrize("case", load_cases("drift"))
def test_case(case: Case, tmp_path: Path) -> None:
    language = case.get("language", "fr")
    before, after = written(case["before"], language), written(case["after"], language)
    twin = reviewed({"fr": "en", "en": "fr"}[language], before, case.get("reviewed", DAY))
    store = {} if case.get("forgotten") else kept(before, tmp_path)
    faults = drift_faults(changes(after, twin, store), case.get("today", DAY), case.get("limit"))
    assert told(faults) == case.get("told", [])
    for fault in faults:
        assert_french(fault)


def test_a_page_that_was_never_compared_has_no_drift() -> None:
    page = written("# Titre\n", "fr")
    assert changes(page, written("# Title\n", "en"), {}) == ()


def test_recording_a_review_twice_gives_the_same_text() -> None:
    page = written("# Titre\n\n## Deux { #two }\n\nMots.\n", "fr")
    text = TWIN.format(DESCRIPTIONS["en"], "Title")
    once = with_review(text, page, DAY)
    assert with_review(once, page, DAY) == once
    assert once.endswith("---\n# Title\n")
    assert once.startswith(text.partition("\n---")[0])


def test_a_review_keeps_what_stands_after_it_in_the_head() -> None:
    page = written("# Titre\n", "fr")
    head, _, body = with_review(TWIN.format(DESCRIPTIONS["en"], "Title"), page, DAY).partition("\n---")
    moved = (
        head.replace("modified: 2026-11-22\n", "")
        + "\nmodified: 2026-11-22\n---"
        + body.partition("\n---")[2]
    )
    again = with_review(moved, page, DAY)
    assert again.count("reviewed:") == 1
    assert "modified: 2026-11-22\nreviewed:" in again


def test_either_language_may_move_first() -> None:
    for language in ("fr", "en"):
        before, after = written("# A\n\n## B { #b }\n", language), written("# A\n\n## C { #b }\n", language)
        found = changes(after, reviewed({"fr": "en", "en": "fr"}[language], before), {})
        assert [one.passage.key for one in found] == ["b"]


def test_captions_are_a_passage_of_a_lesson() -> None:
    from real_lessons import page  # noqa: PLC0415

    lesson = page("fr")
    read = WrittenPage("fr/trn1-v13.md", lesson.document.source, lesson.front, "", lesson.document, lesson)
    last = passages(read)[-1]
    assert (last.key, last.path) == ("page.captions", "docs/media/trn1-v13/fr.vtt")


def test_a_line_that_looks_like_a_key_is_kept(tmp_path: Path) -> None:
    page = written("# Titre\n\n## Deux { #two }\n\n[Musique]\n\nFin.\n", "fr")
    assert fingerprint(kept(page, tmp_path)["two"]) == passages(page)[-1].fingerprint


TEXT = st.text(st.sampled_from("ab é’'-.,:;!?«» \u00a0%5\n"), max_size=60)


@settings(deadline=None, max_examples=80, derandomize=True)
@given(TEXT, TEXT)
def test_a_difference_shows_all_old_and_all_new_words(old: str, new: str) -> None:
    parts = difference_parts(word_difference(old, new))
    assert bool(parts) == (words(old) != words(new))
    gone = [word for kind, text in parts if kind == "old" for word in text.split()]
    come = [word for kind, text in parts if kind == "new" for word in text.split()]
    assert len(words(new)) - len(words(old)) == len(come) - len(gone)


@settings(deadline=None, max_examples=80, derandomize=True)
@given(
    st.lists(st.sampled_from(["mot", "l’eau", "94", "fin"]), min_size=1),
    st.sampled_from([" ", "\n", "  ", "\u00a0"]),
)
def test_spaces_never_change_a_fingerprint(spoken: list[str], space: str) -> None:
    assert fingerprint(space.join(spoken)) == fingerprint(" ".join(spoken).replace("’", "'"))
