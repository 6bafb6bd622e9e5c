"""Captions: what a strict reader accepts, what it refuses, and what the published file holds."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from case_files import load_cases
from markdown_page import Case, assert_told, faults_of
from microlearning.captions import (
    Captions,
    Cue,
    check_captions,
    read_captions,
    read_captions_file,
    visible_length,
    write_captions,
)
from microlearning.cue_text import timestamp

PATH = "docs/media/trn1-v13/en.vtt"
ALL = load_cases("captions")
VALID = [case for case in ALL if "expect" in case.values[0]]


def read(text: str) -> Captions:
    return read_captions(text, PATH)


def shown(cue: Cue) -> tuple[Any, ...]:
    return cue.id, cue.start, cue.end, cue.text, cue.settings, cue.payload


@pytest.mark.parametrize("case", ALL)
def test_case(case: Case) -> None:
    def read_and_check() -> None:
        captions = read(case["vtt"])
        faults.extend(check_captions(captions, case.get("language", "en"), case.get("duration")))

    faults: list[Any] = []
    faults.extend(faults_of(read_and_check))
    assert_told(faults, case)
    if "expect" in case:
        cues = read(case["vtt"]).cues
        assert [[cue.line, cue.start, cue.end, cue.text] for cue in cues] == case["expect"]["cues"]
        assert [cue.number for cue in cues] == list(range(1, len(cues) + 1))
        settings = [dict(cue.settings) for cue in cues if cue.settings]
        assert settings == case["expect"].get("settings", [])
        assert [cue.id for cue in cues if cue.id] == case["expect"].get("ids", [])


@pytest.mark.parametrize("case", VALID)
def test_what_is_written_reads_the_same(case: Case) -> None:
    once = read(case["vtt"])
    again = read(write_captions(once))
    assert [shown(cue) for cue in again.cues] == [shown(cue) for cue in once.cues]
    assert write_captions(again) == write_captions(once)


@pytest.mark.parametrize(
    ("name", "timing", "payload", "end"),
    list(
        product(
            ("", "7\n", "opening title\n"),
            (
                "00:01.000 --> 00:04.000",
                "01:00:01.000  -->\t01:00:04.500 line:10%",
                "123:59:58.999 --> 123:59:59.999 align:start position:50%,center",
            ),
            (
                "Hello",
                "Two\nlines",
                "<v Ana>Hi</v> &amp; <i>bye</i>",
                "À l’heure\u00a0: «\u00a0oui\u00a0»",
                "5 > 3",
            ),
            ("\n", "\r\n", "\r"),
        )
    ),
)
def test_every_form_reads_the_same_once_written(name: str, timing: str, payload: str, end: str) -> None:
    text = f"WEBVTT\n\nNOTE a\nb\n\n{name}{timing}\n{payload}\n\n".replace("\n", end)
    once = read(text)
    written = write_captions(once)
    assert "\r" not in written
    assert [shown(cue) for cue in read(written).cues] == [shown(cue) for cue in once.cues]


def test_the_published_form() -> None:
    cue = "a\n00:01.000 -->  00:02.000  region:top\nHi"
    text = f"\ufeffWEBVTT English\n\nNOTE mine\n\nREGION\nid:top\n\n\n{cue}".replace("\n", "\r\n")
    assert write_captions(read(text)) == (
        "WEBVTT\n\nREGION\nid:top\n\na\n00:00:01.000 --> 00:00:02.000 region:top\nHi\n"
    )


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nÉté\n".encode("latin-1"), 4),
        ("WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nÉté\r\n".encode("cp1252"), 4),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n".encode("utf-16"), 1),
    ],
    ids=["latin-1", "windows", "utf-16"],
)
def test_another_encoding_is_named(raw: bytes, line: int, tmp_path: Path) -> None:
    file = tmp_path / "en.vtt"
    file.write_bytes(raw)
    found = "characters in another encoding; save the file again as UTF-8"
    message = f"{PATH}:{line}: the caption file: expected text in UTF-8, found {found}."
    assert_told(faults_of(lambda: read_captions_file(file, PATH)), {"errors": [message]})


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "en.vtt"
    file.write_bytes(b"\xef\xbb\xbfWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nHi\r\n")
    assert read_captions_file(file, PATH).cues[0].text == "Hi"


@pytest.mark.parametrize(
    ("moment", "text"),
    [(0, "00:00:00.000"), (21, "00:00:21.000"), (3723.4567, "01:02:03.457"), (59.9996, "00:01:00.000")],
)
def test_a_timestamp(moment: float, text: str) -> None:
    assert timestamp(moment) == text


def test_invisible_characters_take_no_room() -> None:
    assert visible_length("e\u0301te\u0301") == 3
    assert visible_length("extra\u00adordinaire\u200b") == 14
