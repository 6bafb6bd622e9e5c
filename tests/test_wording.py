"""3.1.1, 3.1.2: a page, a paragraph or captions in the wrong language are found, unless marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from case_files import load_cases
from markdown_page import Case, assert_told
from microlearning.captions import read_captions
from microlearning.wording import check_captions_wording, check_wording, is_wrong
from written_page import ROOT, settings, written


@pytest.mark.parametrize("case", load_cases("wording"))
def test_case(case: Case) -> None:
    language = case["language"]
    if "captions" in case:
        captions = read_captions(case["captions"], f"docs/media/trn1-v13/{language}.vtt")
        assert_told(check_captions_wording(captions, language), case)
    else:
        assert_told(check_wording(written(case["markdown"], language)), case)


@pytest.mark.parametrize(
    "file", sorted((ROOT / "docs").glob("*/*.md")), ids=lambda file: str(file.parent.name + file.stem)
)
def test_each_paragraph_of_the_real_pages_is_right_here_and_wrong_there(file: Path) -> None:
    """Nearly all long paragraphs would be found on the other language's page; not one is on its own."""
    language = file.parent.name
    there = {"fr": "en", "en": "fr"}[language]
    body = file.read_text(encoding="utf-8").partition("\n---\n")[2].partition("```")[0]
    paragraphs = [text for text in body.split("\n\n") if len(text.split()) >= 12]
    assert not any(is_wrong(text, language) for text in paragraphs)
    found = sum(is_wrong(text, there) for text in paragraphs)
    assert found >= 0.85 * len(paragraphs)
    assert settings().docs.is_dir()
