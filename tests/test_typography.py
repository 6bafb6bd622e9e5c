"""Y1: the spaces and apostrophes of each language, in text and never in code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from case_files import load_cases
from microlearning.captions import read_captions
from microlearning.typography import set_captions, set_html, set_text


@pytest.mark.parametrize("case", load_cases("typography"))
def test_case(case: dict[str, Any]) -> None:
    for pair in case["pairs"]:
        assert set_html(pair["typed"], case["language"]) == pair["set"]


@pytest.mark.parametrize("case", load_cases("typography"))
def test_setting_twice_changes_nothing(case: dict[str, Any]) -> None:
    for pair in case["pairs"]:
        assert set_html(pair["set"], case["language"]) == pair["set"]


def test_plain_text() -> None:
    assert set_text("L'éthique : 94 %!", "fr") == "L’éthique\u00a0: 94\u00a0%!"


def test_captions_are_set_around_their_tags() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Léa>L'éthique : 94 %</v> <lang en>Why ?</lang>\n"
    captions = set_captions(read_captions(text, "fr.vtt"), "fr")
    assert captions.cues[0].payload == ("<v Léa>L’éthique\u00a0: 94\u00a0%</v> <lang en>Why ?</lang>")
    assert "L’éthique\u00a0: 94\u00a0%" in captions.cues[0].text


def test_the_real_captions_and_descriptions_are_set(
    html: Callable[[str], LexborHTMLParser], site: Path
) -> None:
    captions = (site / "fr" / "trn1-v13" / "captions.vtt").read_text(encoding="utf-8")
    assert "94\u00a0%" in captions
    for address in ("fr/", "fr/trn1-v13/", "fr/a-propos/"):
        text = html(address).css_first('meta[name="description"]').attributes["content"] or ""
        assert set_text(text, "fr") == text
