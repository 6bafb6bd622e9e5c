"""The cues: where a paragraph is cut into captions that can be read in time."""

import re
from dataclasses import dataclass
from functools import cache

from talk import NBSP

LINES, LINE = 2, 42
"""Lines a cue, characters a line."""
SHORTEST, LONGEST = 0.83, 7.0
"""Seconds a cue."""
APART = 0.04
"""Seconds between two cues: one frame, so that a reader sees the change."""

SENTENCE, CLAUSE, PHRASE = "sentence", "clause", "phrase"
WORD, LED, TIED = "word", "led", "tied"
"""Kinds of gaps between two words, from the best place to cut to the worst."""
COST = {SENTENCE: 0.0, CLAUSE: 1.0, PHRASE: 3.0, WORD: 9.0, LED: 12.0, TIED: 30.0}

OPENERS = {
    "fr": """et ou mais que qui où pour avant après afin dans avec sur sous lorsque quand si comme
             par sans à de des du d’un d’une au aux en peut puis là ne n’en sont est le la les""",
    "en": """and or but that which who where before after to for with in on at through when if
             because as of from by under into can is are the a an your you we they""",
}
"""Words that open a phrase: a cut before one of them reads well."""
TYING = {
    "fr": """le la les un une des du de au aux en ce cette ces son sa ses leur leurs votre vos
             notre nos mon plus ne se je tu il elle on nous vous y c’est même bon première premier
             deux chaque quel tout d’un d’une""",
    "en": """the a an of your our their its his her my no not more each every this you we it any
             whatever two it’s i""",
}
"""Words that belong with the next one: a cut after them reads worst."""
LEADING = {
    "fr": "et ou que qui pour dans avec par sans sur à est sont avant comme si peut",
    "en": "and or to in on at for with by from as can is are be who that which if before such was",
}
"""Words that lead to the next one: a cut after them reads badly."""


@dataclass(frozen=True)
class Word:
    """A word of a paragraph, and the gap that follows it."""

    text: str
    start: float
    """Seconds from the start of the paragraph, without any added silence."""
    end: float
    gap: str
    place: tuple[int, int]
    """Its sentence in the paragraph and its place in that sentence."""


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph that make one cue."""

    first: int
    last: int
    lines: tuple[str, ...]
    need: float
    """Seconds that it must last to be read."""


def gap_after(word: str, following: str | None, language: str) -> str:
    """What kind of gap parts a word from the next one."""
    if following is None:
        return SENTENCE
    if word[-1] in ",;:»" or word.endswith(f"{NBSP}:"):
        return CLAUSE
    if bare(word) in TYING[language].split():
        return TIED
    if bare(word) in LEADING[language].split():
        return LED
    if word[0].isupper() and following[0].isupper():
        return LED
    return PHRASE if bare(following) in OPENERS[language].split() else WORD


def bare(word: str) -> str:
    """A word without its punctuation."""
    return re.sub(r"[,;:.?!«»\u00a0]", "", word.lower())


def cut(words: tuple[Word, ...], reading_speed: float, natural: dict[str, float]) -> list[Piece]:
    """Cut a paragraph into the cues that read best, asking for the least added silence."""

    @cache
    def best(first: int) -> tuple[float, tuple[Piece, ...]]:
        if first == len(words):
            return 0.0, ()
        found: tuple[float, tuple[Piece, ...]] = (float("inf"), ())
        for last in range(first, len(words)):
            lines = break_lines(words[first : last + 1])
            if lines is None:
                if sum(len(word.text) + 1 for word in words[first : last + 1]) > 2 * LINE + 1:
                    break
                continue
            need = max(SHORTEST, sum(map(len, lines)) / reading_speed) + 0.003
            piece = Piece(first, last, lines, need)
            cost = piece_cost(words, piece, natural)
            rest_cost, rest = best(last + 1)
            if cost + rest_cost < found[0]:
                found = (cost + rest_cost, (piece, *rest))
        return found

    cost, pieces = best(0)
    if cost == float("inf"):
        text = " ".join(word.text for word in words)
        raise ValueError(f"no way to cut this paragraph into cues that can be read: {text}")
    return list(pieces)


def piece_cost(words: tuple[Word, ...], piece: Piece, natural: dict[str, float]) -> float:
    """How badly these words read as one cue."""
    first, last, lines, need = piece.first, piece.last, piece.lines, piece.need
    inside = words[first:last]
    gap = words[last].gap
    said = words[last].end - words[first].start + sum(natural.get(word.gap, 0) for word in inside)
    ends = last + 1 == len(words)
    until = words[last].end if ends else words[last + 1].start
    room = until - words[last].end + natural.get("paragraph" if ends else gap, 0) - APART
    missing = max(0.0, need - said - room)
    if said > LONGEST - 0.1 or (missing > 0 and gap not in (SENTENCE, CLAUSE)):
        return float("inf")
    length = sum(len(word.text) + 1 for word in words[first : last + 1])
    cost = 1.0 + COST[gap] + missing * (1.5 if gap == SENTENCE else 5.0)
    cost += max(0, 24 - length) / 8
    if len(lines) > 1:
        cost += COST[words[first + len(lines[0].split(" ")) - 1].gap] / 4
    if any(word.gap == SENTENCE for word in inside):
        # Two short sentences may share a cue; half of the second one may not.
        cost += 0.8 if gap == SENTENCE else 5.0
    return cost


def break_lines(words: tuple[Word, ...]) -> tuple[str, ...] | None:
    """One line, or two broken where the phrase allows it and of like length; None if too long."""
    text = " ".join(word.text for word in words)
    if len(text) <= LINE:
        return (text,)
    found: tuple[float, tuple[str, ...] | None] = (float("inf"), None)
    for place in range(1, len(words)):
        above = " ".join(word.text for word in words[:place])
        below = " ".join(word.text for word in words[place:])
        if max(len(above), len(below)) > LINE:
            continue
        cost = abs(len(above) - len(below)) / 4 + 1.5 * COST[words[place - 1].gap]
        if cost < found[0]:
            found = (cost, (above, below))
    return found[1]
