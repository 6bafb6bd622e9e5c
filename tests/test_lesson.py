"""A lesson: every case of cases/lesson/, its lengths, and random damage."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from case_files import CASES, load_cases
from damage import damaged
from microlearning.errors import LessonError
from microlearning.lesson import (
    Lesson,
    clock_length,
    file_size,
    iso_duration,
    read_lesson,
)

FIXTURES = {
    "fr.mp4": CASES / "media" / "good.mp4",
    "en.mp4": CASES / "media" / "good.mp4",
    "fr.vtt": CASES / "lesson" / "fr.vtt",
    "en.vtt": CASES / "lesson" / "en.vtt",
    "fr.webp": CASES / "media" / "poster.webp",
    "en.webp": CASES / "media" / "poster.webp",
}

GOOD = """\
code: TRN1-V13
type: video
organization: { fr: École de la fonction publique du Canada, en: Canada School of Public Service }
published: 2022-10-27
modified: 2026-11-22
fr:
  video: fr.mp4
  captions: fr.vtt
  audio_description: integrated
  poster: fr.webp
en:
  video: en.mp4
  captions: en.vtt
  audio_description: integrated
  poster: en.webp
"""


def lay(folder: Path, case: dict[str, Any]) -> Path:
    """The case's folder: good fixtures less `without:`, then `files:` of tests/cases, then `texts:`."""
    folder.mkdir(parents=True)
    for name, fixture in FIXTURES.items():
        if name not in case.get("without", []):
            shutil.copy(fixture, folder / name)
    for name, fixture in case.get("files", {}).items():
        shutil.copy(CASES / fixture, folder / name)
    for name, text in case.get("texts", {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "lesson.yml").write_bytes(case.get("yaml", GOOD).encode(case.get("encoding", "utf-8")))
    return folder


def values(lesson: Lesson) -> dict[str, Any]:
    """What a valid case may expect, as plain YAML has it."""
    recordings = {
        language: {
            "video": recording.video.path,
            "duration": recording.video.duration,
            "captions": recording.captions.path,
            "cues": len(recording.captions.cues),
            "poster": recording.poster.path,
            "audio_description": getattr(recording.audio_description, "path", recording.audio_description),
            "youtube": recording.youtube,
            "original": recording.original,
        }
        for language, recording in lesson.recordings.items()
    }
    return {
        "code": lesson.code,
        "slug": lesson.slug,
        "type": lesson.type,
        "organization": dict(lesson.organization),
        "published": lesson.published.isoformat(),
        "modified": lesson.modified.isoformat(),
        **recordings,
    }


@pytest.mark.parametrize("case", load_cases("lesson"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    name = case.get("folder", "trn1-v13")
    folder = lay(tmp_path / "docs" / "media" / name, case)
    found = None
    try:
        lesson = read_lesson(folder, f"docs/media/{name}")
        found, faults = values(lesson), lesson.warnings
    except LessonError as error:
        faults = error.faults
    assert [fault.text("en") for fault in faults] == case.get("errors", case.get("warnings", []))
    assert (found is None) == ("errors" in case)
    assert found is None or {key: found[key] for key in case["expect"]} == case["expect"]
    assert not any("$" in fault.text("fr") for fault in faults)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = lay(tmp_path / "docs" / "media" / "trn1-v13", {"without": ["fr.mp4"]})
    (tmp_path / "secret.mp4").write_bytes(FIXTURES["fr.mp4"].read_bytes())
    (folder / "fr.mp4").symlink_to(tmp_path / "secret.mp4")
    with pytest.raises(LessonError, match=r"lesson\.yml:7: fr\.video: .* only points to a file elsewhere"):
        read_lesson(folder, "docs/media/trn1-v13")


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("docs") / "media" / "trn1-v13", {})


@pytest.mark.parametrize("seed", range(500))
def test_damage_gives_faults_on_lines_of_the_file(seed: int, trial: Path) -> None:
    text = damaged(GOOD, random.Random(seed))  # noqa: S311  (damage, no secret)
    (trial / "lesson.yml").write_text(text, encoding="utf-8", newline="")
    try:
        read_lesson(trial, "docs/media/trn1-v13")
    except LessonError as error:
        for fault in error.faults:
            if fault.path.endswith("lesson.yml"):
                assert 1 <= fault.line <= max(1, len(text.splitlines()))
            assert fault.text("fr").count("$") <= 3 * text.count("$")


@pytest.mark.parametrize(
    ("seconds", "iso", "clock"),
    [
        (0.2, "PT0S", "00:00:00"),
        (0.5, "PT1S", "00:00:01"),
        (60, "PT1M", "00:01:00"),
        (133.96, "PT2M14S", "00:02:14"),
        (138.04, "PT2M18S", "00:02:18"),
        (3600, "PT1H", "01:00:00"),
        (3725.5, "PT1H2M6S", "01:02:06"),
    ],
)
def test_lengths(seconds: float, iso: str, clock: str) -> None:
    assert (iso_duration(seconds), clock_length(seconds)) == (iso, clock)


@pytest.mark.parametrize(
    ("size", "french", "english"),
    [
        (190, "190 octets", "190 bytes"),
        (1_778, "1,8 ko", "1.8 kB"),
        (64_000, "64 ko", "64 kB"),
        (999_600, "1,0 Mo", "1.0 MB"),
        (1_400_000, "1,4 Mo", "1.4 MB"),
        (14_000_000, "14 Mo", "14 MB"),
        (2_500_000_000, "2,5 Go", "2.5 GB"),
    ],
)
def test_sizes(size: int, french: str, english: str) -> None:
    for language, expected in (("fr", french), ("en", english)):
        assert file_size(size, language) == expected.replace(" ", "\u00a0")
