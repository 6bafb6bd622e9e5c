"""P1, P4, P5, T5: the player as it stands in the page, before any script."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from microlearning.player import GROUNDS, SIZES, SPEEDS, Player
from microlearning.render import OVERRIDES, component
from test_contrast import contrast
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


CSS = {"white": "#ffffff", "yellow": "#ffff00", "cyan": "#00ffff", "black": "#000000", "navy": "#000080"}
"""The named colours of CSS Color 4, section 6.1."""

ON_WHITE = {"translucent": "#333333"}
"""Black that lets a fifth of the picture through, over white: the worst case for light text."""


@pytest.mark.parametrize(
    ("colour", "ground"), [(colour, ground) for colour, grounds in GROUNDS.items() for ground in grounds]
)
def test_p2_every_look_that_can_be_chosen_is_readable(colour: str, ground: str) -> None:
    assert contrast(CSS[colour], (CSS | ON_WHITE)[ground]) >= 7


def test_p2_every_look_has_its_rule() -> None:
    """All but the first of each list: there the device's own settings hold."""
    sheet = (OVERRIDES / "components" / "player" / "player.css").read_text(encoding="utf-8")
    grounds = list(dict.fromkeys(ground for grounds in GROUNDS.values() for ground in grounds))
    for name, values, first in (
        ("size", SIZES, "normal"),
        ("colour", GROUNDS, "white"),
        ("ground", grounds, "translucent"),
    ):
        ruled = re.findall(rf'\[data-caption-{name}="(\w+)"\] video::cue', sheet)
        assert sorted(ruled) == sorted(set(values) - {first})


def _player(described: str) -> LexborHTMLParser:
    """The player of a lesson whose described video is at `described`."""
    facts = Player(
        title="Title",
        language="fr",
        video="a.mp4",
        poster="a.webp",
        captions="captions.vtt",
        chapters="",
        described=described,
        width=1280,
        height=720,
        youtube="",
        original="",
    )
    video = SimpleNamespace(bytes=1000)
    lesson = SimpleNamespace(
        transcript=SimpleNamespace(section=SimpleNamespace(id="transcript")),
        recording=SimpleNamespace(video=video),
    )
    return LexborHTMLParser(component("player", player=facts, lesson=lesson, language="fr"))


def test_p4_a_described_video_has_a_toggle_and_a_link() -> None:
    page = _player("b.mp4")
    (button,) = page.css('[data-tool="described"]')
    assert button.text() == "Audiodescription"
    assert button.attributes["aria-pressed"] == "false"
    links = [link.attributes["href"] for link in page.css(".player__links a")]
    assert links == ["#transcript", "b.mp4"]


def test_p4_an_integrated_description_has_none() -> None:
    page = _player("")
    assert page.css('[data-tool="described"]') == []
    assert [link.attributes["href"] for link in page.css(".player__links a")] == ["#transcript"]


@pytest.mark.parametrize(("language", "half"), [("fr", "0,5\u00a0×"), ("en", "0.5\u00a0×")])
def test_p1_the_tools_are_native_named_and_hidden_until_the_script_comes(
    html: Parse, language: str, half: str
) -> None:
    page = html(f"{language}/trn1-v13/")
    for part in (".player__tools", ".player__settings", ".player__address", ".transcript__follow"):
        assert "hidden" in page.css_first(part).attributes
    buttons = page.css(".player button")
    assert len(buttons) == 6
    for button in buttons:
        assert button.attributes["type"] == "button"
        assert button.text().strip()
    labels = {label.attributes["for"] for label in page.css(".player label")}
    assert {field.attributes["id"] for field in page.css(".player :is(select, input)")} == labels
    speeds = page.css("#player_speed option")
    assert [speed.attributes["value"] for speed in speeds] == list(SPEEDS)
    assert speeds[0].text() == half
