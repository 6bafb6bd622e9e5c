"""Folders: pages and their twins, lessons and their pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from microlearning.errors import LessonError
from microlearning.lesson import check_pairs, find_lessons

WHOLE = ("fr/trn1-v13.md", "en/trn1-v13.md", "fr/about.md", "en/about.md", "media/trn1-v13/lesson.yml")


def tree(docs: Path, *names: str) -> Path:
    for name in names:
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).touch()
    return docs


def told(docs: Path) -> list[str]:
    assert not any("$" in fault.text("fr") for fault in check_pairs(docs))
    return [fault.text("en") for fault in check_pairs(docs)]


def test_pages_in_pairs_with_their_folder_are_right(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", *WHOLE, "fr/.draft.md", "media/.DS_Store")
    assert told(docs) == []
    assert find_lessons(docs) == (docs / "media" / "trn1-v13",)


@pytest.mark.parametrize(
    ("lost", "kept"),
    [("en/trn1-v13.md", "fr/trn1-v13.md"), ("fr/about.md", "en/about.md")],
)
def test_a_page_without_its_twin(lost: str, kept: str, tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", *(name for name in WHOLE if name != lost))
    twin = "This page: expected its twin in the other language"
    assert told(docs) == [f"docs/{kept}:1: {twin}, docs/{lost}, found no such file."]


def test_twins_whose_names_differ_are_two_pages_without_twins(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", *WHOLE, "fr/a-propos.md", "en/help.md")
    assert len(told(docs)) == 2


def test_a_lesson_without_its_folder_is_told_of_on_both_pages(tmp_path: Path) -> None:
    facts = "This page: expected the facts of this lesson in docs/media/trn1-v13/lesson.yml"
    assert told(tree(tmp_path / "docs", *WHOLE[:4])) == [
        f"docs/en/trn1-v13.md:1: {facts}, found no such folder.",
        f"docs/fr/trn1-v13.md:1: {facts}, found no such folder.",
    ]


def test_a_folder_without_pages(tmp_path: Path) -> None:
    pages = "docs/fr/trn1-v14.md and docs/en/trn1-v14.md"
    assert told(tree(tmp_path / "docs", *WHOLE, "media/trn1-v14/lesson.yml")) == [
        f"docs/media/trn1-v14/lesson.yml:1: This lesson: expected its two pages, {pages}, found neither."
    ]


def test_a_folder_without_facts(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", *WHOLE, "media/trn1-v14/fr.mp4")
    with pytest.raises(LessonError) as caught:
        find_lessons(docs)
    assert str(caught.value) == (
        "docs/media/trn1-v14/lesson.yml:1: The folder trn1-v14: expected the file lesson.yml, found none."
    )
    assert "$" not in caught.value.faults[0].text("fr")


def test_no_media_at_all_is_no_lesson(tmp_path: Path) -> None:
    assert find_lessons(tmp_path) == ()
