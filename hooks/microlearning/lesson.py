"""A lesson: its facts in lesson.yml, and the videos, captions and posters that it names.

What both languages share stands here once. Length, size and weight come from the media files.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from microlearning.captions import Captions, check_captions, read_captions_file
from microlearning.errors import Fault, LessonError
from microlearning.facts import Place, place, validate
from microlearning.folders import check_pairs, find_file, find_lessons
from microlearning.lesson_facts import INTEGRATED, LessonFacts
from microlearning.media import Picture, Video, check_poster, check_video, read_picture, read_video
from microlearning.strings import LANGUAGES
from microlearning.traces import FACTS
from microlearning.typography import set_captions
from microlearning.yaml_document import YamlDocument, read_text, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

__all__ = [
    "Lesson",
    "Picture",
    "Recording",
    "Video",
    "check_pairs",
    "clock_length",
    "file_size",
    "find_lessons",
    "iso_duration",
    "read_lesson",
]

FILES = ("video", "captions", "poster", "audio_description")
"""The keys of lesson.yml that name files."""

T = TypeVar("T")


@dataclass(frozen=True)
class Recording:
    """A lesson's video in one language, with all that goes with it."""

    language: str
    video: Video
    captions: Captions
    poster: Picture
    audio_description: Literal["integrated"] | Video
    """`integrated`, or the same video with the picture described aloud."""

    youtube: str | None = None
    """The video's id on YouTube: 11 characters."""

    original: str | None = None
    """The absolute address of the page that first showed the lesson."""

    line: int = 1
    """Where its facts begin in lesson.yml."""


@dataclass(frozen=True)
class Lesson:
    """What is true of a lesson in both languages, and its recording in each."""

    code: str
    """The product code: `TRN1-V13`."""

    slug: str
    """The product code in lower case: its folder, its pages and its addresses bear it."""

    type: str
    """One of `lesson_facts.TYPES`."""

    organization: Mapping[str, str]
    """Who publishes the lesson, by language."""

    published: date
    modified: date
    """The last change that a learner would notice; never before `published`."""

    recordings: Mapping[str, Recording]
    """By language; always both."""

    warnings: tuple[Fault, ...] = field(default=(), compare=False)
    """What the author is told though the lesson can be built."""

    def brief(self) -> Lesson:
        """The lesson without the words of its captions, and with nothing left to tell."""
        recordings = {
            language: replace(one, captions=replace(one.captions, cues=()))
            for language, one in self.recordings.items()
        }
        return replace(self, recordings=recordings, warnings=())


def read_lesson(folder: Path, shown: str) -> Lesson:
    """Read the lesson whose files stand in `folder`, two levels below the documents' folder.

    `shown` is the folder as an author's message names it: `docs/media/trn1-v13`. Nothing is compared
    with today: the same files give the same site on any day.

    Raises:
        LessonError: with every fault of lesson.yml and of the files that it names.
    """
    path = f"{shown}/{FACTS}"
    document = read_yaml(read_text(folder / FACTS, path), path)
    faults: list[Fault] = []
    facts = _kept(faults, lambda: validate(LessonFacts, document, {"folder": folder.name}))
    readings = [_Reading(folder, shown, document, language, faults) for language in LANGUAGES]
    recordings = {reading.language: recording for reading in readings if (recording := reading.recording())}
    faults = sorted({*faults, *_shared_files(document)})
    if facts is None or len(recordings) < len(LANGUAGES) or not all(fault.warning for fault in faults):
        raise LessonError(faults)
    return Lesson(
        code=facts.code,
        slug=facts.code.lower(),
        type=facts.type,
        organization={"fr": facts.organization.fr, "en": facts.organization.en},
        published=facts.published,
        modified=facts.modified,
        recordings=recordings,
        warnings=tuple(faults),
    )


def _shared_files(document: YamlDocument) -> Iterator[Fault]:
    """Warns when both languages name one file: each speaks its own language, and copied lines forget it."""
    for key in ("video", "captions", "audio_description"):
        french, english = (document.value(language, key) for language in LANGUAGES)
        if english and english == french != INTEGRATED:
            yield place(document, ("en", key)).fault("lesson.shared-file", warning=True, found=english)


@dataclass
class _Reading:
    """Reads one language's files, each even when another fact is wrong: the author is told all at once.

    A name that is missing or no text is passed over here: `validate` has told of it.
    """

    folder: Path
    shown: str
    document: YamlDocument
    language: str
    faults: list[Fault]
    """Where every fault is put."""

    def recording(self) -> Recording | None:
        """The recording; None when a part of it could not be read."""
        video = self.video("video")
        captions, poster = self.captions(video), self.poster(video)
        described = self.audio_description()
        if video is None or captions is None or poster is None or described is None:
            return None
        youtube, original = self.fact("youtube"), self.fact("original")
        return Recording(self.language, video, captions, poster, described, youtube, original, self.line)

    def fact(self, key: str) -> str | None:
        """The text at `key` of this language; None when there is none."""
        typed = self.document.value(self.language, key)
        return None if typed is None else str(typed)

    def read(self, key: str, reader: Callable[[str, Place], T]) -> T | None:
        """What `reader` makes of the file named at `key`, when it stands in the folder."""
        name = self.fact(key)
        here = place(self.document, (self.language, key))
        taken = {str(self.document.value(language, key)) for language in LANGUAGES for key in FILES}
        if name is None:
            return None
        return _kept(self.faults, lambda: reader(find_file(self.folder, name, here, taken), here))

    def video(self, key: str) -> Video | None:
        """The video named at `key`, with a warning when it starts late."""

        def reader(name: str, here: Place) -> Video:
            video = read_video(self.docs, self.inside(name), here)
            self.faults += check_video(video, here)
            return video

        return self.read(key, reader)

    def audio_description(self) -> Literal["integrated"] | Video | None:
        """What was declared; None when it is neither word nor file, which `validate` has told of."""
        declared = self.fact("audio_description") or ""
        if declared == INTEGRATED:
            return "integrated"
        return self.video("audio_description") if "." in declared else None

    def poster(self, video: Video | None) -> Picture | None:
        """The poster, held against the video's shape when the video could be read."""

        def reader(name: str, here: Place) -> Picture:
            poster = read_picture(self.docs, self.inside(name), here)
            self.faults += check_poster(poster, video, here) if video else ()
            return poster

        return self.read("poster", reader)

    def captions(self, video: Video | None) -> Captions | None:
        """The captions, held against the video's length when the video could be read."""

        def reader(name: str, _here: Place) -> Captions:
            captions = read_captions_file(self.folder / name, f"{self.shown}/{name}")
            self.faults += check_captions(captions, self.language, video.duration if video else None)
            return set_captions(captions, self.language)

        return self.read("captions", reader)

    @property
    def line(self) -> int:
        """Where the language's facts begin."""
        return self.document.line((self.language,))

    @property
    def docs(self) -> Path:
        """The documents' folder."""
        return self.folder.parent.parent

    def inside(self, name: str) -> str:
        """The file `name` of the lesson's folder, from the documents' folder."""
        return f"{self.folder.parent.name}/{self.folder.name}/{name}"


def _kept(faults: list[Fault], read: Callable[[], T]) -> T | None:
    """What `read` gives; None when it fails, and then its faults join `faults`."""
    try:
        return read()
    except LessonError as error:
        faults.extend(error.faults)
        return None


def iso_duration(seconds: float) -> str:
    """A length as machines read it: `PT2M18S` (ISO 8601, section 5.5.2), to the nearest second."""
    hours, minutes, rest = _clock(seconds)
    parts = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes) + f"{rest}S" * bool(rest)
    return f"PT{parts or '0S'}"


def clock_length(seconds: float) -> str:
    """A length as a clock shows it: `00:02:18`, to the nearest second."""
    return ":".join(f"{part:02}" for part in _clock(seconds))


def _clock(seconds: float) -> tuple[int, int, int]:
    whole = int(seconds + 0.5)
    return whole // 3600, whole // 60 % 60, whole % 60


def file_size(size: int, language: str) -> str:
    """`size` in bytes as a reader takes it in: `1,4 Mo`, `1.4 MB`; decimal units, as the SI has them."""
    bytes_, *units = _UNITS[language]
    if size < 1000:  # noqa: PLR2004  (a kilobyte)
        return f"{size}\u00a0{bytes_}"
    power = next(power for power in (1, 2, 3) if size < 999.5 * 1000**power or power == len(units))
    amount = size / 1000**power
    digits = f"{amount:.1f}" if amount < 9.95 else f"{amount:.0f}"  # noqa: PLR2004  (two figures say enough)
    return f"{digits.replace('.', ',') if language == 'fr' else digits}\u00a0{units[power - 1]}"


_UNITS = {"fr": ("octets", "ko", "Mo", "Go"), "en": ("bytes", "kB", "MB", "GB")}
