"""P1, P4, P5, T5: the player as it stands in the page, before any script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from test_site import LESSONS

Parse = Callable[[str], LexborHTMLParser]
EVERY = [(language, lesson) for language in ("fr", "en") for lesson in LESSONS]


def _video(page: LexborHTMLParser) -> LexborNode:
    (video,) = page.css("video")
    return video


@pytest.mark.parametrize(("language", "lesson"), EVERY)
def test_p1_the_player_is_the_browsers_own(html: Parse, language: str, lesson: str) -> None:
    video = _video(html(f"{language}/{lesson}/"))
    assert "controls" in video.attributes
    assert video.attributes["preload"] == "none"
    assert video.attributes["poster"] == f"../../media/{lesson}/{language}.webp"
    assert (video.attributes["width"], video.attributes["height"]) == ("1280", "720")


@pytest.mark.parametrize(("language", "lesson"), EVERY)
def test_p1_captions_in_the_pages_language_are_on(html: Parse, language: str, lesson: str) -> None:
    track = _video(html(f"{language}/{lesson}/")).css_first('track[kind="captions"]')
    assert "default" in track.attributes
    assert track.attributes["srclang"] == language
    assert track.attributes["label"] == {"fr": "Français", "en": "English"}[language]


@pytest.mark.parametrize(("language", "lesson"), EVERY)
def test_p5_nothing_plays_or_loads_by_itself(html: Parse, language: str, lesson: str) -> None:
    page = html(f"{language}/{lesson}/")
    assert "autoplay" not in _video(page).attributes
    for node in page.css("[src], [poster], [srcset], [data]"):
        assert "://" not in str(node.attributes)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_links_to_the_transcript_and_the_original_follow_the_player(html: Parse, language: str) -> None:
    page = html(f"{language}/trn1-v13/")
    links = [link.attributes["href"] for link in page.css(".player__links a")]
    ending = {"fr": "fra", "en": "eng"}[language]
    original = f"https://www.csps-efpc.gc.ca/video/navigating-social-media-{ending}.aspx"
    assert links == ["#transcript", original]
    assert page.css_first(".player__note") is not None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_lesson_on_youtube_links_to_it(html: Parse, language: str) -> None:
    links = [str(link.attributes["href"]) for link in html(f"{language}/acc1-v02/").css(".player__links a")]
    assert links[0] == "#transcript"
    assert links[1].startswith("https://www.youtube.com/watch?v=")


@pytest.mark.parametrize(("language", "length"), [("fr", "00:02:18"), ("en", "00:02:14")])
def test_each_page_shows_its_own_length(html: Parse, language: str, length: str) -> None:
    assert html(f"{language}/trn1-v13/").css_first(".facts dd").text() == length


@pytest.mark.parametrize(("language", "lesson"), EVERY)
def test_t5_captions_and_transcript_are_downloadable(
    site: Path, html: Parse, language: str, lesson: str
) -> None:
    links = [link.attributes["href"] for link in html(f"{language}/{lesson}/").css("a[download]")]
    assert links == [f"../../media/{lesson}/{language}.mp4", "captions.vtt", "transcript.txt"]
    for link in links:
        assert (site / language / lesson / str(link)).resolve().is_file()


@pytest.mark.parametrize(("language", "lesson"), EVERY)
def test_published_captions_follow_the_standard(site: Path, language: str, lesson: str) -> None:
    text = (site / language / lesson / "captions.vtt").read_text(encoding="utf-8")
    assert text.startswith("WEBVTT\n\n")
    assert "-->" in text
