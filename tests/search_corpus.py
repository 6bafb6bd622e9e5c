"""The corpus of search: 100 lessons of public-service work in each language, and what readers ask of them.

The lessons are written by hand in `corpus/lessons.txt`, a block each:

    @ETH1-V02 ethics            code and topics
    F Refuser un cadeau         title (E for English)
    f … | … | …                 what is said, sentence by sentence (e)
    + …                         what to do
    - …                         what not to do
    Q … ; …                     questions whose answer is this lesson (q)

Each lesson also takes common sentences from `corpus/frames.txt`, as real lessons do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from microlearning.search import Passage, SearchDocument, SearchPage, search_page

CORPUS = Path(__file__).parent / "corpus"
TITLE, SAID, ASKED = ({"fr": "F", "en": "E"}, {"fr": "f", "en": "e"}, {"fr": "Q", "en": "q"})
SECONDS_A_SENTENCE = 9


@dataclass(frozen=True)
class Question:
    """What a reader types, and the lesson that answers it."""

    text: str
    code: str


def lessons(language: str, copies: int = 1) -> list[SearchDocument]:
    """The lessons of the corpus in `language`; with `copies`, each again for other readers."""
    found = [_lesson(index, lines, language) for index, lines in enumerate(_blocks())]
    for copy, (name, sentence) in zip(range(1, copies), _settings(language), strict=False):
        found += [_again(one, copy, name, sentence) for one in found[:100]]
    return found


def pages(language: str, copies: int = 1) -> list[SearchPage]:
    """The same lessons, ready for the index."""
    return [search_page(lesson) for lesson in lessons(language, copies)]


def questions(language: str) -> list[Question]:
    """Every question of the corpus in `language`, in the order of the lessons."""
    return [
        Question(text.strip(), lines[0].split()[0])
        for lines in _blocks()
        for line in lines
        if line.startswith(f"{ASKED[language]} ")
        for text in line[2:].split(";")
    ]


def _blocks() -> list[list[str]]:
    text = (CORPUS / "lessons.txt").read_text(encoding="utf-8").strip()
    return [block.splitlines() for block in text.removeprefix("@").split("\n@")]


def _lesson(index: int, lines: list[str], language: str) -> SearchDocument:
    code, *topics = lines[0].split()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{TITLE[language]} "))
    said, do, dont = (line[2:] for line in lines[start + 1 : start + 4])
    sentences = [*said.split(" | "), *_frames(topics, index, language)]
    spoken = [Passage(text, str(SECONDS_A_SENTENCE * number)) for number, text in enumerate(sentences)]
    return SearchDocument(
        language=language,
        code=code,
        title=lines[start][2:],
        topics=tuple(topics),
        published=date(2021, 1, 11) + timedelta(days=19 * index),
        minutes=1 + index % 3,
        duration=60.0 * (1 + index % 3) + index % 25,
        passages=(Passage(sentences[0], weight=3), *spoken, Passage(do, "#do"), Passage(dont, "#dont")),
    )


def _frames(topics: list[str], index: int, language: str) -> Iterator[str]:
    """The sentences of the lesson's topics, and three that any lesson may hold."""
    rows = [
        line for line in (CORPUS / "frames.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"
    ]
    common = [row for row in rows if row.startswith("* ")]
    chosen = [row for row in rows if row.split()[0] in topics]
    chosen += [common[(index + step) % len(common)] for step in (0, 3, 7)]
    for row in chosen:
        french, english = row.split(" ", 1)[1].split(" | ")
        yield (french if language == "fr" else english)[2:]


def _settings(language: str) -> list[tuple[str, str]]:
    rows = [
        line for line in (CORPUS / "settings.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"
    ]
    parts = [row.split(" | ") for row in rows]
    return [(one[0][2:], one[1]) if language == "fr" else (one[2][2:], one[3]) for one in parts]


def _again(lesson: SearchDocument, copy: int, name: str, sentence: str) -> SearchDocument:
    first, *rest = lesson.passages
    return replace(
        lesson,
        code=lesson.code.replace("-V", f"-{'ABCDEFGHJ'[copy - 1]}"),
        title=f"{lesson.title}, {name}",
        published=lesson.published + timedelta(days=copy),
        passages=(first, Passage(sentence, "0"), *rest),
    )
