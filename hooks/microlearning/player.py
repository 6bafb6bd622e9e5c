"""The player: what a page needs to show one recording, with addresses relative to that page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from microlearning.lesson import Recording, Video

SPEEDS = ("0.5", "0.75", "1", "1.25", "1.5", "2")
"""How fast a reader may play; `1` is as recorded."""

SIZES = ("small", "normal", "large", "largest")
"""Sizes of captions."""

_DARK = ("translucent", "black", "navy")

GROUNDS = {"white": _DARK, "yellow": _DARK, "cyan": _DARK, "black": ("white", "yellow")}
"""The colours of captions, and the grounds on which each is at least 7:1 (WCAG 2.2, 1.4.6).

The names are those of CSS, but for `translucent`: black that lets a fifth of the picture through.
"""


@dataclass(frozen=True)
class Player:
    """One video with its captions, poster and ways out."""

    speeds: ClassVar[tuple[str, ...]] = SPEEDS
    sizes: ClassVar[tuple[str, ...]] = SIZES
    grounds: ClassVar[dict[str, tuple[str, ...]]] = GROUNDS

    title: str
    """The lesson's title, which names the player."""

    language: str
    video: str
    """Address of the MP4 file."""

    poster: str
    captions: str
    chapters: str
    """Address of the chapters file, or empty when the lesson has no chapters."""

    described: str
    """Address of the described video, or empty when the talk itself says all that the picture shows."""

    width: int
    height: int
    """Size of the picture in pixels, so that nothing moves while the page loads."""

    youtube: str
    """Address of the lesson on YouTube, or empty."""

    original: str
    """Address of the page whose recording this one follows, or empty."""


def player(recording: Recording, title: str, root: str, *, has_chapters: bool) -> Player:
    """The player of `recording` for a page from which the site's root is at `root` (`../../`)."""
    described = recording.audio_description
    return Player(
        title=title,
        language=recording.language,
        video=f"{root}{recording.video.path}",
        poster=f"{root}{recording.poster.path}",
        captions="captions.vtt",
        chapters="chapters.vtt" if has_chapters else "",
        described=f"{root}{described.path}" if isinstance(described, Video) else "",
        width=recording.video.width,
        height=recording.video.height,
        youtube=youtube_address(recording),
        original=recording.original or "",
    )


def youtube_address(recording: Recording) -> str:
    """Where the recording stands on YouTube, or an empty text."""
    return f"https://www.youtube.com/watch?v={recording.youtube}" if recording.youtube else ""
