"""The player: what a page needs to show one recording, with addresses relative to that page."""

from __future__ import annotations

from dataclasses import dataclass

from microlearning.lesson import Recording, Video


@dataclass(frozen=True)
class Player:
    """One video with its captions, poster and ways out."""

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
