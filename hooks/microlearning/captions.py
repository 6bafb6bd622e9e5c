"""Captions: a WebVTT file, read strictly, so that no cue is lost in silence.

Players pass over what they do not understand, and the reader never knows what was not shown. Here
every departure from the format (https://www.w3.org/TR/webvtt1/) is a fault with its line.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from microlearning.cue_text import read_cue_text, timestamp
from microlearning.errors import Fault, LessonError, fault
from microlearning.webvtt import (
    WrittenCue,
    arrow_faults,
    cue_fault,
    read_blocks,
    read_timing,
    read_written_cues,
)

MAX_LINES = 2
"""Lines a cue (requirement T1: broadcast practice, as all numbers here)."""

MAX_LINE_LENGTH = 42
"""Visible characters a line (T1)."""

MIN_SECONDS = 0.83
"""The shortest a cue may show, in seconds (T1: 20 frames of 24 a second)."""

MAX_SECONDS = 7.0
"""The longest a cue may show, in seconds (T1)."""

MAX_SPEED = {"en": 17, "fr": 15}
"""Visible characters a second, by language (T1); beyond it the author is warned."""

END_TOLERANCE = 0.05
"""How far, in seconds, the last cue may outlast the media: containers round their length."""

_ROUNDING = 0.0005
"""Half a millisecond: differences of times below it come from floating point."""


@dataclass(frozen=True)
class Cue:
    """One caption: what it says, and from when to when."""

    number: int
    """Its place in the file, counted from 1."""

    id: str
    """The identifier that its author gave it; empty when there is none."""

    start: float
    """When it comes, in seconds from the start of the media."""

    end: float
    """When it goes, in seconds from the start of the media."""

    text: str
    """What the reader sees, without tags; lines are parted by `\\n`."""

    settings: tuple[tuple[str, str], ...]
    """Where the author put it on the picture, as pairs of name and value."""

    line: int
    """The line of the file on which its times stand."""

    payload: str
    """Its text as the file has it, tags and character references included."""


@dataclass(frozen=True)
class Captions:
    """The captions of one video in one language."""

    path: str
    """The file, relative to the project's root, with forward slashes."""

    cues: tuple[Cue, ...]
    """In the order of their times; never empty."""

    preamble: tuple[str, ...] = ()
    """The STYLE and REGION blocks before the first cue, as the file has them."""


def read_captions_file(path: Path, shown: str) -> Captions:
    """The captions of the file `path`, which authors know as `shown`.

    Raises:
        LessonError: the file is not UTF-8, or `read_captions` finds fault with it.
        OSError: the file cannot be read.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", raw[: error.start])) + 1
        raise LessonError([fault("captions.encoding", shown, line)]) from None
    return read_captions(text, shown)


def read_captions(text: str, path: str) -> Captions:
    """The captions that `text` holds, in the WebVTT format.

    Raises:
        LessonError: with every departure from the format, in the order of the lines.
    """
    blocks, faults = read_blocks(text, path)
    cues: list[Cue] = []
    preamble: list[str] = []
    unread = 0
    for block in blocks:
        if block.kind != "cue":
            faults += arrow_faults(block, path)
            if block.kind != "NOTE":
                faults += [fault("captions.late", path, block.line, block=block.kind)] if cues else []
                preamble.append("\n".join(block.lines))
            continue
        written_cues, block_faults = read_written_cues(block, path)
        faults += block_faults
        for written in written_cues:
            cue, cue_faults = _read_cue(written, len(cues) + unread + 1, path)
            faults += cue_faults
            cues += [cue] if cue else []
            unread += cue is None
    if not cues and not faults:
        faults.append(fault("captions.none", path, 1))
    faults += [*_order_faults(cues, path), *_name_faults(cues, preamble, path)]
    if faults:
        raise LessonError(sorted(faults, key=lambda each: each.line))
    return Captions(path, tuple(cues), tuple(preamble))


def _read_cue(written: WrittenCue, number: int, path: str) -> tuple[Cue | None, list[Fault]]:
    """Cue `number`, or None when its times cannot be understood."""
    timing, faults = read_timing(written, number, path)
    start, end = (timing.start, timing.end) if timing else (0.0, math.inf)
    text, problems = read_cue_text(written.payload, start, end)
    if not text.strip():
        faults.append(cue_fault("captions.empty", path, written.line, number))
    for problem in problems:
        line = written.line + 1 + written.payload.count("\n", 0, problem.offset)
        faults.append(cue_fault(problem.rule, path, line, number, found=problem.found))
    if timing is None:
        return None, faults
    if end <= start:
        times = {"start": timestamp(start), "end": timestamp(end)}
        faults.append(cue_fault("captions.end", path, written.line, number, **times))
    return Cue(number, written.id, start, end, text, timing.settings, written.line, written.payload), faults


def _order_faults(cues: Sequence[Cue], path: str) -> Iterator[Fault]:
    for before, cue in pairwise(cues):
        rule, moment = "", 0.0
        if cue.start < before.start:
            rule, moment = "captions.order", before.start
        elif cue.start < before.end and before.start < before.end:
            rule, moment = "captions.overlap", before.end
        if rule:
            times = {"start": timestamp(cue.start), "time": timestamp(moment)}
            yield cue_fault(rule, path, cue.line, cue.number, before=before.number, **times)


def _name_faults(cues: Sequence[Cue], preamble: Sequence[str], path: str) -> Iterator[Fault]:
    """Identifiers given twice, and regions that no REGION block before the cues describes."""
    blocks = "\n".join(block for block in preamble if block.startswith("REGION"))
    regions = re.findall(r"\bid:(\S+)", blocks)
    lines: dict[str, int] = {}
    for cue in cues:
        if cue.id in lines:
            values = {"id": cue.id, "first": lines[cue.id]}
            yield cue_fault("captions.id-twice", path, cue.line - 1, cue.number, **values)
        elif cue.id:
            lines[cue.id] = cue.line - 1
        region = dict(cue.settings).get("region", "")
        if region and region not in regions:
            yield cue_fault("captions.region", path, cue.line, cue.number, region=region)


def check_captions(captions: Captions, language: str, duration: float | None) -> tuple[Fault, ...]:
    """What makes `captions` hard to read (requirement T1); reading speed is a warning.

    `language` is `fr` or `en`. `duration` is the media's length in seconds, or None when it is not known.
    """
    faults = [each for cue in captions.cues for each in _reading_faults(cue, language, captions.path)]
    last = captions.cues[-1]
    if duration is not None and last.end > duration + END_TOLERANCE:
        times = {"end": timestamp(last.end), "media": timestamp(duration)}
        faults.append(cue_fault("captions.after-media", captions.path, last.line, last.number, **times))
    return tuple(faults)


def _reading_faults(cue: Cue, language: str, path: str) -> Iterator[Fault]:
    lines = cue.text.split("\n")
    number, shown = cue.number, cue.end - cue.start
    times = {"time": timestamp(cue.start), "end": timestamp(cue.end)}
    if len(lines) > MAX_LINES:
        yield cue_fault(
            "captions.lines", path, cue.line + 1, number, count=len(lines), limit=MAX_LINES, **times
        )
    counts = [visible_length(text) for text in lines]
    for line, (text, count) in enumerate(zip(lines, counts, strict=True), start=cue.line + 1):
        if count > MAX_LINE_LENGTH:
            values = {"count": count, "limit": MAX_LINE_LENGTH, "text": text, **times}
            yield cue_fault("captions.line-length", path, line, number, **values)
    if shown < MIN_SECONDS - _ROUNDING:
        limit = timestamp(cue.start + MIN_SECONDS)
        yield cue_fault("captions.short", path, cue.line, number, limit=limit, **times)
    elif shown > MAX_SECONDS + _ROUNDING:
        limit = timestamp(cue.start + MAX_SECONDS)
        yield cue_fault("captions.long", path, cue.line, number, limit=limit, **times)
    count, speed = sum(counts), MAX_SPEED[language]
    if count > speed * (shown + _ROUNDING):
        values = {"speed": math.ceil(count / shown), "limit": speed}
        needed = timestamp(cue.start + math.ceil(1000 * count / speed) / 1000)
        place = {"cue": number, "needed": needed, **times}
        yield fault("captions.speed", path, cue.line, warning=True, **values, **place)


def write_captions(captions: Captions) -> str:
    """`captions` as WebVTT text, always in the same form: hours written, one space, LF.

    Notes are left out: they are the author's own.
    """
    blocks = ["WEBVTT", *captions.preamble]
    for cue in captions.cues:
        settings = "".join(f" {name}:{value}" for name, value in cue.settings)
        timing = f"{timestamp(cue.start)} --> {timestamp(cue.end)}{settings}"
        blocks.append("\n".join(filter(None, (cue.id, timing, cue.payload))))
    return "\n\n".join(blocks) + "\n"


def captions_script(captions: Captions) -> str:
    """`captions` for a page that is opened from a disk, where browsers take scripts but no caption file.

    It is read by `player.js`, and by it alone: on a server nothing asks for it.
    """
    cues = [[cue.start, cue.end, cue.payload, dict(cue.settings)] for cue in captions.cues]
    detail = json.dumps(cues, ensure_ascii=False, separators=(",", ":"))
    return f"dispatchEvent(new CustomEvent('captions', {{ detail: {detail} }}));\n"


def visible_length(text: str) -> int:
    """How many characters of `text` a reader sees: accents and invisible characters take no room."""
    return sum(map(_is_seen, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=1 << 10)
def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cf", "Mn")
