"""The index of an MP4 file: what it says of a recording that every browser plays (ISO/IEC 14496-12).

MediaInfo knows every form of the format and takes milliseconds a file. This knows the plain form only, in a
tenth of them: one H.264 picture of 8 bits and 4:2:0, one AAC or MP3 sound, one index, nothing cut off. Of
any other file, right or wrong, it says nothing, and MediaInfo is asked.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_PLAIN = {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1"}
"""Major brands whose files are what they seem."""

_LARGEST = 1 << 24
"""Bytes of an index: hours of video need less."""

_BASELINE = {66, 77, 88}
"""Profiles of H.264 that have only 8 bits and 4:2:0 (ITU-T H.264, annex A.2)."""

_SOUNDS = {0x40, 0x69, 0x6B}
"""AAC and MP3 (ISO/IEC 14496-1, table 5)."""

_UNTURNED = (1, 0, 0, 1)
_TURNS = {_UNTURNED: False, (-1, 0, 0, -1): False, (0, 1, -1, 0): True, (0, -1, 1, 0): True}
"""The matrices that turn a picture by quarters, and whether it then lies across."""


@dataclass(frozen=True)
class Index:
    """What the index says."""

    duration: float
    """In seconds, to the millisecond."""

    width: int
    height: int
    """As shown."""

    fast_start: bool
    """Whether the index comes before what it tells of."""


class _Unsure(Exception):  # noqa: N818 - no error: the file may be right
    """The file is not of the plain form."""


def read_index(file: BinaryIO) -> Index | None:
    """The index of the open `file`; None when it is not of the plain form."""
    try:
        return _index(file)
    except (_Unsure, struct.error, IndexError, KeyError, ValueError, ZeroDivisionError):
        return None


def _index(file: BinaryIO) -> Index:
    size = file.seek(0, 2)
    place, moov = 0, b""
    order: list[bytes] = []
    while place < size:
        file.seek(place)
        header = file.read(16)
        length, kind = struct.unpack_from(">I4s", header)
        if length == 1:
            (length,) = struct.unpack_from(">Q", header, 8)
        if length < 8 or place + length > size or (not order and header[8:12] not in _PLAIN):  # noqa: PLR2004
            raise _Unsure
        if kind == b"moov":
            file.seek(place + 8)
            moov = file.read(min(length - 8, _LARGEST))
        order.append(kind)
        place += length
    if sorted(kind for kind in order if kind not in (b"free", b"skip", b"udta")) != [
        b"ftyp",
        b"mdat",
        b"moov",
    ]:
        raise _Unsure
    inside = list(_boxes(moov))
    film = dict(inside)[b"mvhd"]
    scale, duration = struct.unpack_from(*((">IQ", film, 20) if film[0] else (">II", film, 12)))
    opened = [dict(_boxes(content)) for kind, content in inside if kind == b"trak"]
    tracks = dict(map(_track, opened))
    longest = max(_track_duration(track[b"tkhd"]) for track in opened)
    if len(opened) != 2 or b"mvex" in dict(inside) or not duration or duration != longest:  # noqa: PLR2004
        raise _Unsure
    width, height = tracks[b"vide"]
    _ = tracks[b"soun"]
    milliseconds = int(duration * 1000 / scale + 0.5)
    return Index(milliseconds / 1000, width, height, order.index(b"moov") < order.index(b"mdat"))


def _boxes(content: bytes, start: int = 0) -> Iterator[tuple[bytes, bytes]]:
    """The boxes that fill `content` from `start`: the kind and the inside of each."""
    while start < len(content):
        length, kind = struct.unpack_from(">I4s", content, start)
        if length < 8 or start + length > len(content):  # noqa: PLR2004
            raise _Unsure
        yield kind, content[start + 8 : start + length]
        start += length


def _track(track: dict[bytes, bytes]) -> tuple[bytes, tuple[int, int]]:
    """Whether a track is picture or sound, and the picture's size as shown."""
    media = dict(_boxes(track[b"mdia"]))
    kind = media[b"hdlr"][8:12]
    described = dict(_boxes(dict(_boxes(media[b"minf"]))[b"stbl"]))[b"stsd"]
    entries = list(_boxes(described, 8))
    if len(entries) != 1:
        raise _Unsure
    ((coding, entry),) = entries
    if (kind, coding) == (b"soun", b"mp4a"):
        _check_sound(entry)
        return kind, (0, 0)
    if (kind, coding) != (b"vide", b"avc1"):
        raise _Unsure
    _check_pixels(dict(_boxes(entry, 78))[b"avcC"])
    header = track[b"tkhd"]
    *matrix, shown_width, shown_height = struct.unpack_from(">11i", header, 52 if header[0] else 40)
    width, height = struct.unpack_from(">HH", entry, 24)
    if (width << 16, height << 16) != (shown_width, shown_height):  # pixels that are not square
        raise _Unsure
    across = _TURNS[tuple(number / (1 << 16) for number in (*matrix[:2], *matrix[3:5]))]
    return kind, (height, width) if across else (width, height)


def _track_duration(header: bytes) -> int:
    (duration,) = struct.unpack_from(*((">Q", header, 28) if header[0] else (">I", header, 20)))
    return int(duration)


def _check_pixels(configuration: bytes) -> None:
    """Leave unless H.264's `avcC` (ISO/IEC 14496-15, 5.3.3.1) says 8 bits and 4:2:0."""
    if configuration[1] in _BASELINE:
        return
    place = 5
    for mask in (
        31,
        255,
    ):  # sequence parameter sets, then picture parameter sets: how many, and each's length
        number = configuration[place] & mask
        place += 1
        for _ in range(number):
            place += 2 + int.from_bytes(configuration[place : place + 2], "big")
    chroma, luma_depth, chroma_depth = struct.unpack_from("3B", configuration, place)
    if (chroma & 3, luma_depth & 7, chroma_depth & 7) != (1, 0, 0):
        raise _Unsure


def _check_sound(entry: bytes) -> None:
    """Leave unless the sound is AAC or MP3, as its `esds` says (ISO/IEC 14496-1, 7.2.6)."""
    if entry[8:10] != b"\0\0":  # QuickTime's own forms
        raise _Unsure
    content = dict(_boxes(entry, 28))[b"esds"]
    place = _descriptor(content, 4, 3)
    if content[place + 2]:
        raise _Unsure
    if content[_descriptor(content, place + 3, 4)] not in _SOUNDS:
        raise _Unsure


def _descriptor(content: bytes, place: int, tag: int) -> int:
    """Where the inside of the descriptor at `place`, of the kind `tag`, begins."""
    if content[place] != tag:
        raise _Unsure
    place += 1
    while content[place] & 0x80:
        place += 1
    return place + 1
