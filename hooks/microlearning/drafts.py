"""Drafts: a transcript's Markdown from captions, and captions from a transcript with times.

Both are beginnings for an author to finish; both pass the checks as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from microlearning.captions import (
    MAX_LINE_LENGTH,
    MAX_SECONDS,
    MAX_SPEED,
    MIN_SECONDS,
    Captions,
    Cue,
    visible_length,
)
from microlearning.cue_text import timestamp
from microlearning.errors import Fault, LessonError, fault, short

PAUSE = 0.15
"""A silence, in seconds, after which a finished sentence ends a paragraph."""

LONG_PAUSE = 1.0
"""A silence, in seconds, that is taken for the start of a chapter."""

SENTENCES = 3
"""How many sentences a paragraph of the draft holds at most."""

GAP = 0.04
"""Seconds between two cues: one picture of a film, so that a reader sees the change."""

_ROUNDING = 0.0005
_END = re.compile(r"[.!?…][»”\"')\]]*$")
_SOUND = re.compile(r"\[[^\]]+\]|\([^)]+\)|♪.*")
_MARK = re.compile(
    r"^\s*\[(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2}(?:\.\d{1,3})?)\]\s*"
)
_CHAPTER = {"fr": "Chapitre", "en": "Chapter"}
_HEADING = {"fr": "Transcription", "en": "Transcript"}


def draft_transcript(captions: Captions, language: str) -> str:
    """The Markdown of a transcript section that holds every word of `captions`, in their order."""
    blocks = [f"## {_HEADING[language]} {{ .transcript }}"]
    chapter = 1
    together: list[Cue] = []
    if len(captions.cues) > 1 and any(_is_chapter(one, two) for one, two in pairwise(captions.cues)):
        blocks.append(f"### {_CHAPTER[language]} {chapter}")
    for cue, following in zip(captions.cues, [*captions.cues[1:], None], strict=True):
        if _SOUND.fullmatch(cue.text.replace("\n", " ")):
            blocks += [*_paragraph(together), f"*{_escaped(cue.text)}*{{ .sound }}"]
            together = []
        else:
            together.append(cue)
        if following is None or _is_chapter(cue, following) or _is_paragraph(together, following):
            blocks += _paragraph(together)
            together = []
        if following is not None and _is_chapter(cue, following):
            chapter += 1
            blocks.append(f"### {_CHAPTER[language]} {chapter}")
    return "\n\n".join(_with_speech(blocks)) + "\n"


def _with_speech(blocks: Sequence[str]) -> list[str]:
    """`blocks` without headings under which nothing is said."""
    kept: list[str] = []
    for block in reversed(blocks):
        if block.startswith("### ") and not (kept and not kept[-1].startswith(("#", "*["))):
            continue
        kept.append(block)
    return kept[::-1]


def _paragraph(cues: Sequence[Cue]) -> list[str]:
    text = " ".join(_escaped(cue.text) for cue in cues)
    return [text] if text else []


def _escaped(text: str) -> str:
    """`text` as Markdown that shows it: signs that mean something to Markdown are escaped."""
    plain = " ".join(text.split())
    plain = re.sub(r"([\\`*_\[\]<>{}#|])", r"\\\1", plain).replace("&", "&amp;")
    return (
        re.sub(r"^([-+:~=]|\d+[.)])", r"\\\1", plain)
        if not re.match(r"\d+[.)]", plain)
        else re.sub(r"^(\d+)([.)])", r"\1\\\2", plain)
    )


def _is_chapter(cue: Cue, following: Cue) -> bool:
    return following.start - cue.end >= LONG_PAUSE and bool(_END.search(cue.text))


def _is_paragraph(cues: Sequence[Cue], following: Cue) -> bool:
    if not cues or not _END.search(cues[-1].text):
        return False
    sentences = sum(bool(_END.search(cue.text)) for cue in cues)
    return following.start - cues[-1].end >= PAUSE or sentences >= SENTENCES


def draft_captions(text: str, path: str, language: str, length: float | None = None) -> str:
    """WebVTT from a transcript whose paragraphs begin with a time: `[0:21] Quand …`.

    Text on screen and headings are passed over. `length` is the media's in seconds; without it the last
    paragraph lasts as long as it takes to read.

    Raises:
        LessonError: no paragraph has a time, times do not ascend, or a paragraph has more words than time.
    """
    marked, faults = _read_marked(text, path)
    if not marked and not faults:
        faults.append(fault("drafts.no-times", path, 1))
    for (_, moment, _), (line, later, _) in pairwise(marked):
        if later <= moment:
            faults.append(fault("drafts.order", path, line, time=timestamp(later), before=timestamp(moment)))
    if faults:
        raise LessonError(faults)
    blocks = ["WEBVTT"]
    ends = [moment for _, moment, _ in marked[1:]]
    for (line, moment, words), end in zip(marked, [*ends, length], strict=True):
        cues = _cues(words)
        shortest = sum(_seconds(cue, language) for cue in cues)
        last = moment + shortest if end is None else min(end - GAP, moment + shortest * 1.6)
        if last - moment < len(cues) * (MIN_SECONDS + GAP) - _ROUNDING:
            values: dict[str, Any] = {"text": short(words, 40), "time": timestamp(moment)}
            faults.append(fault("drafts.crowded", path, line, **values))
            continue
        blocks += _timed(cues, moment, last)
    if faults:
        raise LessonError(faults)
    return "\n\n".join(blocks) + "\n"


def _read_marked(text: str, path: str) -> tuple[list[tuple[int, float, str]], list[Fault]]:
    """Line, time and words of each paragraph that is said.

    A sentence without a time joins what comes before it; other words without one are a title.
    """
    found: list[tuple[int, float, str]] = []
    faults: list[Fault] = []
    for line, paragraph in _paragraphs(text):
        if paragraph.startswith("#") or re.search(r"\{[^}]*\.on-screen[^}]*\}", paragraph):
            continue
        mark = _MARK.match(paragraph)
        words = _plain(paragraph[mark.end() :] if mark else paragraph)
        if mark:
            if float(mark["seconds"]) >= 60:  # noqa: PLR2004 - seconds of a minute
                faults.append(fault("drafts.time", path, line, text=short(mark[0].strip(), 20)))
            moment = 3600 * int(mark["hours"] or 0) + 60 * int(mark["minutes"]) + float(mark["seconds"])
            found += [(line, moment, words)] if words else []
        elif found and _END.search(words):
            found[-1] = (*found[-1][:2], f"{found[-1][2]} {words}")
    return found, faults


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Line and text of each paragraph; front matter is passed over, and a time begins a paragraph."""
    lines = text.split("\n")
    start = lines.index("---", 1) + 1 if lines[0].strip() == "---" and "---" in lines[1:] else 0
    together: list[str] = []
    for number, line in enumerate([*lines[start:], ""], start=start + 1):
        if together and (not line.strip() or _MARK.match(line)):
            yield number - len(together), " ".join(together)
            together = []
        if line.strip():
            together.append(line.strip())


def _plain(markdown: str) -> str:
    """The words of one paragraph of Markdown."""
    text = re.sub(r"\{[^{}]*\}|</?[a-zA-Z][^<>]*>", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown))
    return " ".join(re.sub(r"\\(.)|[*_`]", r"\1", text).replace("-->", "→").split())


def _cues(words: str) -> list[str]:
    """`words` as cues of at most two lines, broken after punctuation where that leaves few words alone."""
    lines: list[str] = []
    rest = words.split()
    while rest:
        count = _fitting(rest)
        lines.append(" ".join(rest[:count]))
        rest = rest[count:]
    cues: list[str] = []
    for line in lines:
        if cues and "\n" not in cues[-1] and not _END.search(cues[-1]):
            cues[-1] = f"{cues[-1]}\n{line}"
        else:
            cues.append(line)
    return cues


def _fitting(rest: Sequence[str]) -> int:
    """How many of the words `rest` go on one line: to the end of a clause, else as many as fit."""
    count = 1
    while count < len(rest) and visible_length(" ".join(rest[: count + 1])) <= MAX_LINE_LENGTH:
        count += 1
    if count == len(rest):
        return count
    for index in range(count, max(1, count // 2), -1):
        if re.search(r"[.,;:!?…]$", rest[index - 1]):
            return index
    return count


def _seconds(cue: str, language: str) -> float:
    """How long `cue` takes to read."""
    needed = visible_length(cue) / MAX_SPEED[language] + GAP
    return min(MAX_SECONDS, max(MIN_SECONDS + GAP, math.ceil(needed * 100) / 100))


def _timed(cues: Sequence[str], start: float, end: float) -> Iterator[str]:
    """`cues` over the time from `start` to `end`, each by its length, none too short or too long."""
    floor = MIN_SECONDS + GAP
    weights = [visible_length(cue) for cue in cues]
    free = (end - start) - floor * len(cues)
    moment = start
    for cue, weight in zip(cues, weights, strict=True):
        share = floor + free * weight / max(1, sum(weights))
        last = min(moment + share - GAP, moment + MAX_SECONDS)
        text = cue.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        yield f"{timestamp(moment)} --> {timestamp(last)}\n{text}"
        moment += share
