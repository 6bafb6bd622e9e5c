"""Media files: length, size and kind, read from the file itself so that no author writes them down.

MediaInfo reads all but WebP. It opens network addresses when it is given one, and when a file is a playlist
that names one; so it sees only files whose first bytes say MP4, JPEG or PNG, and never a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pymediainfo import MediaInfo

from microlearning.errors import Fault, LessonError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from microlearning.facts import Place

_KNOWN = {
    "General": ("Format", "Format_Profile", "Duration", "IsStreamable", "IsTruncated"),
    "Video": ("Format", "Width", "Height", "Rotation", "BitDepth", "ChromaSubsampling"),
    "Audio": ("Format",),
    "Image": ("Width", "Height"),
}
"""What is asked of each kind of track: MediaInfo's full answer takes as long to write as the file to read."""

_QUESTION = "\n".join(
    f"{kind};{kind}|{'|'.join(f'%{name}%' for name in names)}\\n" for kind, names in _KNOWN.items()
)

SAME_SHAPE = 0.01
"""How far a poster's ratio of width to height may lie from its video's; one pixel row in a hundred shows."""


@dataclass(frozen=True)
class Video:
    """An MP4 file that every current browser plays."""

    path: str
    """Relative to the documents' folder, with forward slashes: `media/trn1-v13/fr.mp4`."""

    duration: float
    """In seconds."""

    width: int
    height: int
    """In pixels, as shown: a recording held upright is higher than wide."""

    bytes: int
    codec: str
    """The picture's codec, as MediaInfo names it: `AVC` is H.264."""

    has_sound: bool
    fast_start: bool
    """Whether playing can begin before the whole file has come."""


@dataclass(frozen=True)
class Picture:
    """A still picture: the poster of a video."""

    path: str
    """Relative to the documents' folder, with forward slashes."""

    width: int
    height: int
    """In pixels."""

    bytes: int


class Mp4Info(MediaInfo):
    """MediaInfo for a file that begins as an MP4: no other of its hundred readers is to look at it.

    Nor does it put lengths and sizes in words. It answers in a third of the time. Told so through `parse`, it
    would set everything back after each file, which takes longer than the file.
    """

    @classmethod
    def _get_library(cls, library_file: str | None = None) -> tuple[Any, Any, str, tuple[int, ...]]:
        library, handle, version, numbers = super()._get_library(library_file)
        library.MediaInfo_Option(handle, "File_ForceParser", "Mpeg4")
        library.MediaInfo_Option(handle, "ReadByHuman", "0")
        return library, handle, version, numbers


def read_video(docs: Path, name: str, place: Place) -> Video:
    """The video `docs/name`, an existing file; `place` is where the author named it.

    Raises:
        LessonError: the file is not a whole MP4 with H.264 pictures and a sound track that browsers play.
    """
    with (docs / name).open("rb") as file:
        _check_kind(file, place, "mp4")
        tracks = _tracks(Mp4Info, file, place)
    general, pictures, sounds = _first(tracks, "General"), _first(tracks, "Video"), _first(tracks, "Audio")
    duration = float(general.get("Duration", 0)) / 1000
    has_data = "IsStreamable" in general  # said only of a file that has its index and its data
    if general.get("IsTruncated") == "Yes" or (duration and not has_data):
        raise LessonError([place.fault("media.truncated")])
    if general.get("Format") != "MPEG-4" or general.get("Format_Profile") == "QuickTime":
        raise LessonError([place.fault("media.not-mp4")])
    if "Format" not in pictures or not int(pictures.get("Width", 0)):
        raise LessonError([place.fault("media.no-picture")])
    faults = _playable(pictures, sounds, name, place)
    if duration == 0:
        faults.append(place.fault("media.no-length"))
    if not name.lower().endswith(".mp4"):
        faults.append(place.fault("media.name", file=name.rpartition("/")[2]))
    if faults:
        raise LessonError(faults)
    width, height = int(pictures["Width"]), int(pictures.get("Height", 0))
    if float(pictures.get("Rotation", 0)) % 180:
        width, height = height, width
    return Video(
        path=name,
        duration=duration,
        width=width,
        height=height,
        bytes=(docs / name).stat().st_size,
        codec=pictures["Format"],
        has_sound=True,
        fast_start=general.get("IsStreamable") == "Yes",
    )


def _playable(pictures: dict[str, str], sounds: dict[str, str], name: str, place: Place) -> list[Fault]:
    """What keeps a browser from playing: all of them take H.264 of 8 bits and 4:2:0 with AAC or MP3."""
    faults, file = [], name.rpartition("/")[2]
    depth, colours = pictures.get("BitDepth", "8"), pictures.get("ChromaSubsampling", "4:2:0")
    if pictures["Format"] != "AVC":
        faults.append(place.fault("media.codec", found=pictures["Format"], file=file))
    elif (depth, colours) != ("8", "4:2:0"):
        faults.append(place.fault("media.pixels", depth=depth, colours=colours, file=file))
    if not sounds:
        faults.append(place.fault("media.no-sound"))
    elif sounds.get("Format") not in ("AAC", "MPEG Audio"):
        faults.append(place.fault("media.sound-codec", found=sounds.get("Format"), file=file))
    return faults


def check_video(video: Video, place: Place) -> tuple[Fault, ...]:
    """Warns when playing must wait for the last byte, with the command that mends it."""
    if video.fast_start:
        return ()
    file = video.path.rpartition("/")[2]
    return (place.fault("media.slow-start", warning=True, file=file),)


def read_picture(docs: Path, name: str, place: Place) -> Picture:
    """The picture `docs/name`, an existing file; `place` is where the author named it.

    Raises:
        LessonError: the file is not a whole WebP, JPEG or PNG.
    """
    with (docs / name).open("rb") as file:
        _check_kind(file, place, "picture")
        content = file.read()
        if content.startswith(b"RIFF"):
            width, height = _webp_size(content)
        else:
            image = _first(_tracks(MediaInfo, file, place), "Image")
            width, height = int(image.get("Width", 0)), int(image.get("Height", 0))
    if not width or not height or not _is_whole(content):
        raise LessonError([place.fault("media.picture-broken")])
    return Picture(name, width, height, len(content))


def check_poster(poster: Picture, video: Video, place: Place) -> tuple[Fault, ...]:
    """Warns when the poster has not its video's shape: the page would jump or show bars."""
    if abs((poster.width * video.height) / (poster.height * video.width) - 1) <= SAME_SHAPE:
        return ()
    sizes = {
        "picture": f"{poster.width} × {poster.height}",
        "video": f"{video.width} × {video.height}",
    }
    return (place.fault("media.poster-shape", warning=True, **sizes),)


def _check_kind(file: BinaryIO, place: Place, kind: str) -> None:
    """Go on from the beginning of `file` when its first bytes are right for its `kind`."""
    start = file.read(12)
    if not start:
        raise LessonError([place.fault("media.empty")])
    if kind != _kind(start):
        raise LessonError([place.fault("media.not-mp4" if kind == "mp4" else "media.not-picture")])
    file.seek(0)


def _tracks(info: type[MediaInfo], file: BinaryIO, place: Place) -> list[tuple[str, dict[str, str]]]:
    """What `info` finds in `file`: each track's kind, and what is known of it.

    Its least thorough way (speed 0) reads the index and no frames: all that is asked stands in the index.
    """
    try:
        answer = info.parse(file, encoding_errors="replace", output=_QUESTION, parse_speed=0)
    except RuntimeError:
        raise LessonError([place.fault("media.truncated")]) from None
    lines = (line.split("|") for line in answer.splitlines() if line.partition("|")[0] in _KNOWN)
    return [
        (kind, {name: value for name, value in zip(_KNOWN[kind], values, strict=False) if value})
        for kind, *values in lines
    ]


def _kind(start: bytes) -> str:
    """What a file's first 12 bytes say that it is: `mp4`, `picture`, or an empty text for all else.

    ISO/IEC 14496-12, section 4.3 (`ftyp` first); RFC 9649, section 2.4 (WebP); JPEG's and PNG's signatures.
    """
    if start[4:8] == b"ftyp":
        return "mp4"
    webp = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    return "picture" if webp or start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) else ""


def _first(tracks: list[tuple[str, dict[str, str]]], kind: str) -> dict[str, str]:
    """What is known of the first track of that kind; empty when there is none."""
    return next((known for one, known in tracks if one == kind), {})


def _is_whole(content: bytes) -> bool:
    """Whether a picture goes on to its announced length (WebP) or its end mark (JPEG's EOI, PNG's IEND)."""
    if content.startswith(b"RIFF"):
        return len(content) >= int.from_bytes(content[4:8], "little") + 8
    return (b"\xff\xd9" if content.startswith(b"\xff") else b"IEND") in content[-1024:]


def _webp_size(content: bytes) -> tuple[int, int]:
    """Width and height of a WebP, which MediaInfo does not tell; (0, 0) when they are not there.

    RFC 9649, sections 2.5 to 2.7: the first chunk is `VP8 ` (lossy; size as in RFC 6386, section 9.1),
    `VP8L` (lossless) or `VP8X` (extended).
    """
    number = int.from_bytes
    match content[12:16]:
        case b"VP8 ":
            return number(content[26:28], "little") & 0x3FFF, number(content[28:30], "little") & 0x3FFF
        case b"VP8L":
            bits = number(content[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return number(content[24:27], "little") + 1, number(content[27:30], "little") + 1
    return 0, 0
