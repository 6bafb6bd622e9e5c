"""Transcript: its words are the captions' words, and its times come from them."""

from __future__ import annotations

import pytest

from case_files import load_cases
from markdown_page import Case, assert_told, document, faults_of
from microlearning.alignment import place
from microlearning.captions import read_captions
from microlearning.transcript import Transcript, chapters_vtt, clock, read_transcript, transcript_text

VTT = "docs/media/trn1-v13/en.vtt"


def read(case: Case) -> Transcript:
    section = document(case["markdown"]).section("transcript")
    assert section is not None
    return read_transcript(section, read_captions(case["vtt"], VTT))


@pytest.mark.parametrize("case", load_cases("transcript"))
def test_case(case: Case) -> None:
    assert_told(faults_of(lambda: read(case)), case)
    if "expect" in case:
        transcript = read(case)
        paragraphs = [[each.line, each.kind, each.start, each.text] for each in transcript.paragraphs]
        assert paragraphs == case["expect"]["paragraphs"]
        chapters = [[each.title, each.start, each.end, len(each.paragraphs)] for each in transcript.chapters]
        assert chapters == case["expect"]["chapters"]


LESSON = {
    "markdown": """# Title

## Transcript { .transcript }

*[Music]*{ .sound }

Good **morning**.

### You & <em>me</em>

*On screen: Post / Share*{ .on-screen }

Let’s talk.

### The end

Goodbye.
""",
    "vtt": """WEBVTT

00:00:01.000 --> 00:00:03.000
Good morning.

01:00:05.000 --> 01:00:07.000
Let's talk. Goodbye.
""",
}


def test_the_plain_text() -> None:
    assert transcript_text(read(LESSON), "Title: TRN1-V13") == (
        "Title: TRN1-V13\n\n[Music]\n\n[0:01] Good morning.\n\nYou & me\n\n"
        "On screen: Post / Share\n\n[1:00:05] Let’s talk.\n\nThe end\n\n[1:00:06] Goodbye.\n"
    )


def test_the_html_keeps_the_authors_marks() -> None:
    transcript = read(LESSON)
    assert [each.html for each in transcript.paragraphs] == [
        "[Music]",
        "Good <strong>morning</strong>.",
        "On screen: Post / Share",
        "Let’s talk.",
        "Goodbye.",
    ]
    assert transcript.chapters[1].html == "You &amp; <em>me</em>"
    assert transcript.chapters[1].id == "chapter-1"


def test_the_chapters_file() -> None:
    written = chapters_vtt(read(LESSON), 3608.25)
    assert written == (
        "WEBVTT\n\n01:00:05.000 --> 01:00:06.200\nYou &amp; me\n\n01:00:06.200 --> 01:00:08.250\nThe end\n"
    )
    assert [cue.text for cue in read_captions(written, "chapters.vtt").cues] == ["You & me", "The end"]


def test_without_titles_there_is_no_chapters_file() -> None:
    case = LESSON | {"markdown": "## T { .transcript }\n\nGood morning. Let’s talk. Goodbye.\n"}
    assert chapters_vtt(read(case), 3608.0) == ""


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (21.999, "0:21"), (75, "1:15"), (3599.9, "59:59"), (3723, "1:02:03")]
)
def test_the_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(
    ("said", "written", "expected"),
    [
        ("", "a b", []),
        ("a b", "a b", [0, 1]),
        ("b a", "a b", None),
        ("the dog ran", "the cat sat the dog ran", [3, 4, 5]),
        ("a b the dog", "a b the cat the dog", [0, 1, 4, 5]),
        ("no no", "no no no", [0, 1]),
        ("x y x", "x x y x x", [1, 2, 3]),
    ],
)
def test_neighbours_stay_together(said: str, written: str, expected: list[int] | None) -> None:
    assert place(said.split(), written.split()) == expected
