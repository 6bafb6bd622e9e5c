"""The author's beginnings: a transcript from captions, and captions from a transcript with times."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_files import load_cases
from markdown_page import Case, assert_told, faults_of
from microlearning.alignment import Missing, align
from microlearning.captions import check_captions, read_captions
from microlearning.drafts import draft_captions, draft_transcript
from microlearning.transcript import read_transcript, transcript_text
from real_lessons import lesson, page
from test_parity import ROOT
from written_page import written

REAL = [(slug, language) for slug in ("trn1-v13", "acc1-v01", "acc1-v02") for language in ("fr", "en")]


@pytest.mark.parametrize("case", load_cases("drafts"))
def test_case(case: Case) -> None:
    language = case.get("language", "en")
    if "captions" in case:
        captions = read_captions(case["captions"], f"{language}.vtt")
        assert draft_transcript(captions, language) == case["draft"]
        return
    faults = faults_of(lambda: draft_captions(case["transcript"], "a.md", language, case.get("length")))
    assert_told(faults, case)
    if not faults:
        assert draft_captions(case["transcript"], "a.md", language, case.get("length")) == case["draft"]


@pytest.mark.parametrize(("slug", "language"), REAL)
def test_a_drafted_transcript_passes_the_check(slug: str, language: str) -> None:
    captions = lesson(slug).recordings[language].captions
    draft = written(f"# T\n\n{draft_transcript(captions, language)}", language)
    section = draft.document.section("transcript")
    assert section is not None
    assert read_transcript(section, captions).chapters


@pytest.mark.parametrize(("slug", "language"), REAL)
def test_drafted_captions_pass_the_checks(slug: str, language: str) -> None:
    """The plain transcript that the site offers, cut into captions again."""
    read = page(language, slug=slug)
    text = transcript_text(read.transcript, read.title)
    draft = read_captions(draft_captions(text, "a.txt", language, 200), "a.vtt")
    assert [fault.text("en") for fault in check_captions(draft, language, None) if not fault.warning] == []
    spoken = [paragraph.text for paragraph in read.transcript.paragraphs if paragraph.kind != "on-screen"]
    assert not isinstance(align(draft, spoken), Missing)
    assert ROOT.is_dir()


WORDS = st.lists(
    st.sampled_from(["un", "mot", "court,", "long.", "anticonstitutionnellement", "à", "94 %"]), min_size=1
)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_no_word_is_lost_and_no_cue_overlaps(paragraphs: list[list[str]]) -> None:
    text = "\n\n".join(f"[{number}:00] {' '.join(words)}" for number, words in enumerate(paragraphs))
    captions = read_captions(draft_captions(text, "a.md", "fr"), "a.vtt")
    said = " ".join(cue.text.replace("\n", " ") for cue in captions.cues)
    assert said.split() == " ".join(" ".join(words) for words in paragraphs).split()
    assert all(one.end < two.start for one, two in pairwise(captions.cues))
    assert all(len(line) <= 42 for cue in captions.cues for line in cue.text.split("\n"))
    assert not re.search(r"\[\d", said)
