"""The timeline: when each word is said.

The film lasts what it must, and each caption stays long enough to be read.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cues import APART, CLAUSE, LONGEST, SENTENCE, Piece, Word, cut, gap_after
from talk import Talk, TalkError
from voice import ONSET, RATE, Spoken, Voice

SPEEDS = (0.92, 0.95, 0.98, 1.01, 1.04)
"""Speaking speeds that still sound natural, the calmest first."""
PAUSES = {
    "opening": 2.5,
    "clause": 0.1,
    "sentence": 0.4,
    "paragraph": 0.75,
    "chapter": 1.7,
    "closing": 3.0,
}
"""Seconds of silence at their natural length; at a clause, added to the voice's own."""
CALM = 0.9
"""The least share of their natural length that the pauses keep, where a slower voice allows it."""
NATURAL = (0.6, 1.8)
"""How far the pauses may shrink or grow before the text is the wrong length."""
LINGER = 0.5
"""Seconds that a caption stays after its last word, where there is room."""


Place = tuple[int, float]
"""A stretch and seconds into it."""


@dataclass(frozen=True)
class Cue:
    """One caption."""

    start: float
    end: float
    lines: tuple[str, ...]


@dataclass
class Stretch:
    """A run of audio spoken without added silence, and the silence before it."""

    audio: NDArray[np.float32]
    pause: str
    need: float = 0.0
    """The least silence before it, for the caption that ends there to be read."""
    start: float = 0.0


@dataclass
class Draft:
    """The talk spoken at one speed and cut into cues, not yet placed in time."""

    stretches: list[Stretch] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    """A sentence’s address → its stretch."""
    marks: list[tuple[Piece, Place, Place]] = field(default_factory=list)
    """A cue, and where it starts and stops: a stretch and seconds into it."""
    closing: float = 0.0

    def seconds(self, scale: float) -> float:
        """How long the film would be with its natural pauses scaled."""
        spoken = sum(len(stretch.audio) for stretch in self.stretches) / RATE
        silence = sum(max(s.need, PAUSES[s.pause] * scale) for s in self.stretches)
        return spoken + silence + max(self.closing, PAUSES["closing"] * scale)


@dataclass(frozen=True)
class Timeline:
    """The whole film, placed."""

    cues: tuple[Cue, ...]
    starts: dict[str, float]
    """A sentence's address → the second at which it starts."""
    ends: dict[str, float]
    audio: NDArray[np.float32]
    seconds: float
    speed: float
    scale: float
    """By how much the natural pauses were lengthened or shortened."""


def plan(talk: Talk, voice: Voice, wanted: float | None, language: str) -> Timeline:
    """Take the calmest speed at which the pauses keep their natural length."""
    drafts = []
    for speed in SPEEDS:
        draft = speak(talk, voice, speed, language)
        scale = fit(draft, wanted) if wanted else 1.0
        drafts.append((scale, speed, draft))
        if scale >= CALM:
            break
    scale, speed, draft = max(drafts, key=lambda found: found[0])
    if not NATURAL[0] <= scale <= NATURAL[1]:
        raise TalkError(
            f"{talk.title}: to last {wanted} s at speed {speed} the pauses would be × {scale:.2f}: "
            f"make the text {'longer' if scale > 1 else 'shorter'}"
        )
    return place(draft, scale, speed, wanted)


def speak(talk: Talk, voice: Voice, speed: float, language: str) -> Draft:
    """Say every sentence and cut every paragraph into cues."""
    draft = Draft()
    for chapter_number, chapter in enumerate(talk.chapters, 1):
        for number, paragraph in enumerate(chapter.paragraphs, 1):
            pause = "paragraph" if number > 1 else "chapter"
            spoken = [voice.say(sentence, speed) for sentence in paragraph]
            words = read_words(paragraph, spoken, language)
            natural = {name: PAUSES[name] for name in (SENTENCE, CLAUSE, "paragraph")}
            pieces = cut(words, voice.settings["reading_speed"], natural)
            first = "opening" if not draft.stretches else pause
            places = add_stretches(draft, spoken, words, first)
            for sentence in range(len(paragraph)):
                address = f"{chapter_number}.{number}.{sentence + 1}"
                draft.starts[address] = places[sentence, 0][0][0]
            for piece in pieces:
                first_word, last_word = words[piece.first], words[piece.last]
                start, end = places[first_word.place][0], places[last_word.place][1]
                draft.marks.append((piece, start, end))
    return draft


def read_words(paragraph: tuple[str, ...], spoken: list[Spoken], language: str) -> tuple[Word, ...]:
    """The words of a paragraph with their times, its sentences set end to end."""
    words, offset = [], 0.0
    for sentence, (text, said) in enumerate(zip(paragraph, spoken, strict=True)):
        parts = text.split(" ")
        starts = [ONSET, *(gap.start for gap in said.gaps)]
        ends = [*(gap.end for gap in said.gaps), said.seconds]
        for place, (part, start, end) in enumerate(zip(parts, starts, ends, strict=True)):
            following = parts[place + 1] if place + 1 < len(parts) else None
            gap = gap_after(part, following, language)
            words.append(Word(part, offset + start, offset + end, gap, (sentence, place)))
        offset += said.seconds
    return tuple(words)


def add_stretches(
    draft: Draft, spoken: list[Spoken], words: tuple[Word, ...], pause: str
) -> dict[tuple[int, int], tuple[Place, Place]]:
    """Cut the audio at each clause; tell where each word starts and ends."""
    places: dict[tuple[int, int], tuple[Place, Place]] = {}
    by_place = {word.place: word for word in words}
    for sentence, said in enumerate(spoken):
        begun = 0
        for place in range(len(said.gaps) + 1):
            word = by_place[sentence, place]
            start = said.gaps[place - 1].start if place else ONSET
            end = said.gaps[place].end if place < len(said.gaps) else said.seconds
            here = len(draft.stretches)
            shift = begun / RATE
            places[word.place] = (here, max(0.0, start - shift)), (here, end - shift)
            if word.gap in (CLAUSE, SENTENCE):
                until = said.gaps[place].cut if word.gap == CLAUSE else len(said.audio)
                draft.stretches.append(Stretch(said.audio[begun:until], pause))
                begun, pause = until, word.gap
    return places


def ask_for_silence(draft: Draft, scale: float) -> None:
    """Lengthen the pause after each cue that would otherwise be gone too soon.

    Pauses inside a cue count towards its time, so this depends on the scale.
    """
    for stretch in draft.stretches:
        stretch.need = 0.0
    draft.closing = 0.0
    following: list[Place | None] = [*(mark[1] for mark in draft.marks[1:]), None]
    for (piece, start, _), after in zip(draft.marks, following, strict=True):
        last = after[0] if after else len(draft.stretches)
        held = -start[1] + sum(len(s.audio) for s in draft.stretches[start[0] : last]) / RATE
        inner = draft.stretches[start[0] + 1 : last]
        held += sum(max(s.need, PAUSES[s.pause] * scale) for s in inner)
        missing = piece.need + APART - held - (after[1] if after else 0.0)
        if after is None:
            draft.closing = max(0.0, missing)
        elif after[0] != start[0]:
            draft.stretches[after[0]].need = max(0.0, missing)


def fit(draft: Draft, wanted: float) -> float:
    """The scale of the pauses that gives the wanted length."""
    low, high = 0.0, 4.0
    for _ in range(50):
        middle = (low + high) / 2
        ask_for_silence(draft, middle)
        low, high = (middle, high) if draft.seconds(middle) < wanted else (low, middle)
    return (low + high) / 2


def place(draft: Draft, scale: float, speed: float, wanted: float | None) -> Timeline:
    """Put every stretch and every cue at its second."""
    ask_for_silence(draft, scale)
    # Without a wanted length the film ends on a whole frame.
    seconds = wanted or round(draft.seconds(scale) + 0.05, 1)
    audio = np.zeros(round(seconds * RATE), np.float32)
    now = 0
    for stretch in draft.stretches:
        now += round(max(stretch.need, PAUSES[stretch.pause] * scale) * RATE)
        stretch.start = now / RATE
        audio[now : now + len(stretch.audio)] += stretch.audio
        now += len(stretch.audio)

    def second(place: Place) -> float:
        return draft.stretches[place[0]].start + place[1]

    begins = [second(start) for _, start, _ in draft.marks]
    cues = []
    for number, (piece, _, end) in enumerate(draft.marks):
        start = begins[number]
        limit = begins[number + 1] - APART if number + 1 < len(begins) else seconds
        until = max(second(end) + LINGER, start + piece.need)
        cues.append(Cue(start, min(until, limit, start + LONGEST), piece.lines))
    starts = {address: draft.stretches[at].start for address, at in draft.starts.items()}
    last = [*(at - 1 for at in draft.starts.values()), len(draft.stretches) - 1][1:]
    stops = [draft.stretches[at].start + len(draft.stretches[at].audio) / RATE for at in last]
    ends = dict(zip(starts, stops, strict=True))
    return Timeline(tuple(cues), starts, ends, audio, seconds, speed, scale)
