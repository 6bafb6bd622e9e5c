"""The lines of a WebVTT file: its header, its blocks, and the line that gives a cue its times.

Follows W3C WebVTT, section 4 ("Syntax"). These functions cut and name; `captions` makes cues of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from microlearning.cue_text import TIMESTAMP, seconds, timestamp
from microlearning.errors import Fault, fault

SETTINGS = {
    "vertical": r"rl|lr",
    "line": r"(?:PERCENT|-?\d+)(?:,(?:start|center|end))?",
    "position": r"PERCENT(?:,(?:line-left|center|line-right))?",
    "size": r"PERCENT",
    "align": r"start|center|end|left|right",
    "region": r"\S+",
}
"""Section 4.4, "WebVTT cue settings": each name with the form of its value."""

LAST_SIXTIETH = 59
"""The last minute of an hour, and the last second of a minute."""

EXAMPLE = "00:00:01.000 --> 00:00:04.000"
"""What an author is shown when the line cannot be mended."""

_PERCENT = r"(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%"
_TIMING = re.compile(rf"{TIMESTAMP}[ \t]+-->[ \t]+{TIMESTAMP}(?:[ \t]+(\S.*))?[ \t]*")
_STAMP = r"(?:(\d+):)?(\d+):(\d+)(?:[.,](\d{1,3}))?"
_MEANT = re.compile(rf"\s*{_STAMP}(?:\s*[^\w\s:.,]{{1,3}}\s*|\s+){_STAMP}(?!\S)\s*(.*)")
_TIMING_LIKE = re.compile(r"\s*\d[\d:.,]*\s*-->|\s*\d+:\d+[:.,]\d[\d:.,]*\s*[^\w\s]{0,3}\s*\d+:\d+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True)
class Block:
    """Lines that stand together, without an empty line among them."""

    lines: tuple[str, ...]

    line: int
    """The line of the file, counted from 1, on which the first of them stands."""

    @property
    def kind(self) -> str:
        """`NOTE`, `STYLE`, `REGION`, or `cue`."""
        first = self.lines[0].rstrip(" \t")
        if first in ("STYLE", "REGION") or re.match(r"NOTE(?=[ \t]|$)", first):
            return re.split(r"[ \t]", first, maxsplit=1)[0]
        return "cue"


@dataclass(frozen=True)
class WrittenCue:
    """A cue as the file has it: lines, not yet understood."""

    id: str
    timing: str
    payload: str
    line: int
    """The line of `timing`."""


@dataclass(frozen=True)
class Timing:
    """What a timing line says: start and end in seconds, and the cue's settings."""

    start: float
    end: float
    settings: tuple[tuple[str, str], ...]


def read_blocks(text: str, path: str) -> tuple[list[Block], list[Fault]]:
    """The blocks after the header, and what is wrong with the header and with single characters."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    faults = [*_header_faults(lines, path), *_character_faults(lines, path)]
    skip = int(lines[0].startswith("WEBVTT"))
    blocks = _cut(lines, skip)
    if blocks and blocks[0].line == skip + 1 and not _timings(blocks[0].lines):
        blocks.pop(0)  # the rest of a damaged header, named already
    return blocks, faults


def _header_faults(lines: Sequence[str], path: str) -> Iterator[Fault]:
    header = lines[0]
    if not header.startswith("WEBVTT"):
        rule = "captions.header" if header.strip() else "captions.header-empty"
        yield fault(rule, path, 1, text=header)
    elif not re.match(r"WEBVTT([ \t]|$)", header):
        yield fault("captions.header-space", path, 1, rest=header.removeprefix("WEBVTT"))
    elif "-->" in header:
        yield fault("captions.arrow-in-note", path, 1, block="WEBVTT")
    if header.startswith("WEBVTT") and len(lines) > 1 and lines[1].strip():
        yield fault("captions.header-blank", path, 2, text=lines[1])


def _character_faults(lines: Sequence[str], path: str) -> Iterator[Fault]:
    for number, line in enumerate(lines, start=1):
        if control := _CONTROL.search(line):
            code = f"U+{ord(control.group()):04X}"
            yield fault("captions.control", path, number, code=code, after=line[: control.start()][-30:])
        elif line and not line.strip():
            yield fault("captions.blank", path, number)


def _cut(lines: Sequence[str], skip: int) -> list[Block]:
    """The lines from index `skip` on, cut at lines that look empty."""
    blocks: list[Block] = []
    together: list[str] = []
    for number, line in enumerate([*lines[skip:], ""], start=skip + 1):
        if line.strip():
            together.append(line)
        elif together:
            blocks.append(Block(tuple(together), number - len(together)))
            together = []
    return blocks


def _timings(lines: Sequence[str]) -> list[int]:
    """Where lines stand that give times, or were meant to."""
    return [index for index, line in enumerate(lines) if _TIMING_LIKE.match(line)]


def arrow_faults(block: Block, path: str) -> Iterator[Fault]:
    """Each line of a note, style or region that a browser would take for a cue's times."""
    for number, line in enumerate(block.lines, start=block.line):
        if "-->" in line:
            yield fault("captions.arrow-in-note", path, number, block=block.kind)


def read_written_cues(block: Block, path: str) -> tuple[list[WrittenCue], list[Fault]]:
    """The cues of one block: one, or more where the empty line between two is missing."""
    lines = block.lines
    starts = _timings(lines) or [index for index, line in enumerate(lines[:2]) if "-->" in line][:1]
    if not starts:
        return [], [fault("captions.no-timing", path, block.line, text=lines[0])]
    faults = []
    if starts[0] > 1:
        faults.append(fault("captions.id-lines", path, block.line, count=starts[0]))
    cues = []
    name = lines[starts[0] - 1] if starts[0] else ""
    for start, following in zip(starts, [*starts[1:], len(lines)], strict=True):
        payload = list(lines[start + 1 : following])
        faults += [
            fault("captions.arrow-in-text", path, block.line + start + 1 + index, text=line)
            for index, line in enumerate(payload)
            if "-->" in line
        ]
        number = ""
        if following < len(lines):
            number = payload.pop() if payload and payload[-1].strip().isdigit() else ""
            faults.append(fault("captions.no-blank", path, block.line + following - bool(number)))
        cues.append(WrittenCue(name, lines[start], "\n".join(payload), block.line + start))
        name = number
    return cues, faults


def read_timing(written: WrittenCue, number: int, path: str) -> tuple[Timing | None, list[Fault]]:
    """The times and settings of cue `number`; None when its line cannot be understood."""
    match = _TIMING.fullmatch(written.timing)
    if match is None:
        text, mended = written.timing.strip(), _mended(written.timing)
        rule = _timing_rule(written.timing)
        return None, [cue_fault(rule, path, written.line, number, text=text, mended=mended)]
    *stamps, settings = match.groups()
    words = (settings or "").split()
    pairs = tuple((name, value) for name, _, value in (word.partition(":") for word in words))
    faults = [cue_fault(rule, path, written.line, number, **values) for rule, values in _bad_settings(words)]
    return Timing(seconds(*stamps[:4]), seconds(*stamps[4:]), pairs), faults


def _timing_rule(line: str) -> str:
    """The rule that a malformed timing line breaks, the likeliest slip first."""
    if "-->" not in line:
        return "captions.arrow"
    if re.search(r"\d,\d", line):
        return "captions.comma"
    stamps = re.findall(r"(\d+):(\d+)(\.\d*)?(?![\d:])", line)
    if any(max(int(minutes), int(whole)) > LAST_SIXTIETH for minutes, whole, _ in stamps):
        return "captions.sixty"
    if not all(re.fullmatch(r"\.\d{3}", rest) for _, _, rest in stamps):
        return "captions.milliseconds"
    return "captions.timing"


def _mended(line: str) -> str:
    """`line` with its times written right, or an example when they cannot be made out."""
    match = _MEANT.match(line)
    if match is None:
        return EXAMPLE
    groups = [group or "0" for group in match.groups()]
    start, end = (
        timestamp(seconds(hours, minutes, whole, rest.ljust(3, "0")))
        for hours, minutes, whole, rest in (groups[:4], groups[4:8])
    )
    return f"{start} --> {end} {match[9]}".rstrip()


def _bad_settings(words: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    names: list[str] = []
    for word in words:
        name, _, value = word.partition(":")
        if name not in SETTINGS:
            yield "captions.setting-unknown", {"setting": word, "known": ", ".join(SETTINGS)}
        elif not re.fullmatch(SETTINGS[name].replace("PERCENT", _PERCENT), value):
            yield f"captions.setting-{name}", {"setting": word}
        elif name in names:
            yield "captions.setting-twice", {"setting": word, "name": name}
        names.append(name)


def cue_fault(rule: str, path: str, line: int, number: int, **values: object) -> Fault:
    """A fault of cue `number`, which its message names."""
    return fault(rule, path, line, warning=False, cue=number, **values)
