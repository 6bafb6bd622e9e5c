"""Alignment: where each word of the captions stands in the transcript.

Words are compared as a reader hears them: case, punctuation, apostrophes and soft hyphens do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from microlearning.captions import Captions, Cue

CONTEXT = 4
"""How many words before and after a missing one a message shows."""

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")


class Word(NamedTuple):
    """One word of a caption or of a paragraph."""

    key: str
    """What is compared."""

    place: int
    """The index of its cue, or of its paragraph."""

    start: int
    """Where it begins in the plain form of that text (`plainly`)."""

    end: int


@dataclass(frozen=True)
class Missing:
    """The first caption word that the transcript lacks, with a few words around both places."""

    cue: Cue
    line: int
    """The word's own line in the caption file."""

    word: str
    said: str
    """The caption's words around it."""

    place: int
    """The index of the text in which it should stand."""

    found: str
    """The words that stand there."""


def plainly(text: str) -> str:
    """`text` without soft hyphens and other invisible characters, in one way of writing letters (NFKC)."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))


def read_words(texts: Iterable[str]) -> list[Word]:
    """The words of all `texts`, in their order."""
    return [
        Word(match.group().casefold(), place, match.start(), match.end())
        for place, text in enumerate(texts)
        for match in re.finditer(r"\w+", plainly(text))
    ]


def align(captions: Captions, texts: Sequence[str]) -> tuple[float | None, ...] | Missing:
    """When each of `texts` begins, in seconds: at its first word that a caption has; None without one.

    Instead, the first caption word that is missing, when the captions' words are not all in the texts in
    their order (requirement T2; WCAG 2.2, 1.2.8).
    """
    said, written = read_words(cue.text for cue in captions.cues), read_words(texts)
    placed = place([word.key for word in said], [word.key for word in written])
    if placed is None:
        return _first_missing(captions, texts, said, written)
    starts: list[float | None] = [None] * len(texts)
    cue_place = -1
    for word, index in zip(said, placed, strict=True):
        text = written[index].place
        if starts[text] is None:
            is_first = word.place != cue_place
            starts[text] = _moment(captions.cues[word.place], 0 if is_first else word.start)
        cue_place = word.place
    return tuple(starts)


def place(said: Sequence[str], written: Sequence[str]) -> list[int] | None:
    """For each word of `said` an index in `written`, ascending; None when there is no such way.

    Of all ways it takes the one that keeps the most neighbours side by side, so that a word of a
    sentence which no caption has is not taken for the same word of the next sentence.
    """
    first, mirrored = _leftmost(said, written), _leftmost(said[::-1], written[::-1])
    if first is None or mirrored is None:
        return None
    last = [len(written) - 1 - index for index in reversed(mirrored)]
    if first == last:  # the only way: most transcripts say what the captions say, and no more
        return first
    scores = {-1: 0}
    steps: list[dict[int, int]] = []
    for word, low, high in zip(said, first, last, strict=True):
        step: dict[int, tuple[int, int]] = {}
        for index in range(low, high + 1):
            if written[index] == word:
                step[index] = max(
                    (score + (before + 1 == index), before)
                    for before, score in scores.items()
                    if before < index
                )
        scores = {index: score for index, (score, _) in step.items()}
        steps.append({index: before for index, (_, before) in step.items()})
    placed = [max(scores, key=lambda index: scores[index])]
    for step_back in reversed(steps[1:]):
        placed.append(step_back[placed[-1]])
    return placed[::-1] if said else []


def _leftmost(said: Sequence[str], written: Sequence[str]) -> list[int] | None:
    """For each word of `said` the earliest index in `written` that the words before it leave."""
    found: list[int] = []
    for word in said:
        try:
            found.append(written.index(word, found[-1] + 1 if found else 0))
        except ValueError:
            return None
    return found


def _moment(cue: Cue, offset: int) -> float:
    """When the character at `offset` of the cue's plain text is said, in seconds, at an even pace."""
    share = offset / len(plainly(cue.text))
    return round(cue.start + share * (cue.end - cue.start), 3)


def _first_missing(
    captions: Captions, texts: Sequence[str], said: Sequence[Word], written: Sequence[Word]
) -> Missing:
    """Where a person would point: the first difference between the two texts that takes a word away."""
    keys = [word.key for word in said], [word.key for word in written]
    steps = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    kind, index, beside = next(
        (step[0], step[1], step[3]) for step in steps if step[0] in ("replace", "delete")
    )
    same_cue = index > 0 and said[index - 1].place == said[index].place
    if beside == len(written) or (kind == "delete" and same_cue):
        beside -= 1
    word, cue = said[index], captions.cues[said[index].place]
    text = plainly(cue.text)
    return Missing(
        cue=cue,
        line=cue.line + 1 + text.count("\n", 0, word.start),
        word=text[word.start : word.end],
        said=_around(text, said, index),
        place=written[beside].place,
        found=_around(plainly(texts[written[beside].place]), written, beside),
    )


def _around(text: str, words: Sequence[Word], index: int) -> str:
    """The part of `text` from a few words before the one at `index` to a few after it."""
    near = words[max(0, index - CONTEXT) : index + CONTEXT + 1]
    same = [word for word in near if word.place == words[index].place]
    start, end = same[0].start, same[-1].end
    before = "…" if re.search(r"\w", text[:start]) else ""
    after = "…" if re.search(r"\w", text[end:]) else ""
    return before + text[start:end] + after
