"""The captions: WebVTT, written and then proved."""

import re
from pathlib import Path

from cues import LINE, LINES, LONGEST, SHORTEST
from talk import Talk, words
from timeline import Cue

TIMING = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})")


def write_captions(cues: tuple[Cue, ...], path: Path) -> None:
    """Write the cues, numbered."""
    blocks = ["WEBVTT"]
    for number, cue in enumerate(cues, 1):
        times = f"{timestamp(cue.start)} --> {timestamp(cue.end)}"
        blocks.append("\n".join([str(number), times, *cue.lines]))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8", newline="\n")


def timestamp(seconds: float) -> str:
    """Seconds as WebVTT writes them."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def read_captions(path: Path) -> tuple[Cue, ...]:
    """Read the file again, as strictly as a validator would."""
    data = path.read_bytes()
    text = data.decode("utf-8")
    if "\r" in text or not text.startswith("WEBVTT\n\n") or re.search(r"\n\n\n|\n\n\Z", text):
        raise ValueError(f"{path}: not the form that this script writes")
    cues = []
    for number, block in enumerate(text.removesuffix("\n").split("\n\n")[1:], 1):
        name, times, *lines = block.split("\n")
        timing = TIMING.fullmatch(times)
        if name != str(number) or not timing or not lines:
            raise ValueError(f"{path}: cue {number}: expected its number, its times and its text")
        hours, minutes, seconds, *until = timing.groups()
        cues.append(Cue(moment(hours, minutes, seconds), moment(*until), tuple(lines)))
    return tuple(cues)


def moment(hours: str, minutes: str, seconds: str) -> float:
    """A timestamp as seconds."""
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def check_captions(path: Path, talk: Talk, language: str, speed: float, length: float) -> str:
    """Prove every rule on the file as written; tell the worst figures found."""
    cues = read_captions(path)
    faults = []
    before = 0.0
    for number, cue in enumerate(cues, 1):
        shown = round(cue.end - cue.start, 3)
        characters = sum(map(len, cue.lines))
        rules = {
            "2 lines": len(cue.lines) <= LINES,
            "42 characters a line": max(map(len, cue.lines)) <= LINE,
            "0.83 to 7 s": SHORTEST <= shown <= LONGEST,
            "no overlap": cue.start >= before,
            f"{speed} characters a second": characters <= speed * shown,
            "typographic apostrophe": "'" not in "".join(cue.lines),
            "trimmed lines": all(line == line.strip() for line in cue.lines),
            "inside the film": cue.end <= length,
        }
        if language == "fr":
            joined = " ".join(cue.lines)
            rules["non-breaking spaces"] = not re.search(r"(?<!\u00a0)[:»%]|«(?!\u00a0)", joined)
        faults += [f"cue {number}: {rule}: {cue}" for rule, kept in rules.items() if not kept]
        before = cue.end
    said, shown_words = words(talk.speech()), words(" ".join(" ".join(cue.lines) for cue in cues))
    if said != shown_words:
        place = next(
            (i for i, pair in enumerate(zip(said, shown_words, strict=False)) if pair[0] != pair[1]), -1
        )
        faults.append(f"word {place}: the talk and the captions differ")
    if faults:
        raise ValueError(f"{path}:\n" + "\n".join(faults))
    fastest = max(sum(map(len, cue.lines)) / (cue.end - cue.start) for cue in cues)
    lasting = [cue.end - cue.start for cue in cues]
    widest = max(len(line) for cue in cues for line in cue.lines)
    return (
        f"{len(cues)} cues, {len(said)} words as in the Markdown, at most {widest} characters a "
        f"line, {min(lasting):.2f} to {max(lasting):.2f} s, at most {fastest:.1f} characters a second"
    )
