"""Search: what is indexed of a lesson, and how a question by topic, length or year is put in words.

Each lesson gives one page for Pagefind, never published. The text that is searched is a copy in
`words.stems`; the text that a reader sees goes beside it, as the author wrote it.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from selectolax.lexbor import LexborHTMLParser

from microlearning import words
from microlearning.catalogue import Choice, Topics, about_minutes, length_choices
from microlearning.dates import spelled_out
from microlearning.lesson import clock_length
from microlearning.page import LessonPage
from microlearning.section import plain
from microlearning.typography import set_text

LEAST_LETTERS = 4
"""A shorter word is never offered in the place of another: nearly every word is near to it."""

EVERY_LESSON = "everylesson"
"""A word that every lesson is given, to ask for all of a topic.

Asked for no word at all, Pagefind would fetch its whole index.
"""

UNLISTED = "shown"
"""The filter that carries what a result shows."""


@dataclass(frozen=True)
class Passage:
    """A piece of a lesson that a result may show."""

    text: str

    place: str = ""
    """Where it stands: the second of the media (`21`), an anchor of the page (`#recognize`), or empty."""

    weight: int = 1
    """How much a word counts here, from 1 to 10."""


@dataclass(frozen=True)
class SearchDocument:
    """One language of a lesson as search knows it."""

    language: str
    code: str
    title: str
    topics: tuple[str, ...]
    """Keys."""

    published: date
    minutes: int
    """The length's group: `catalogue.about_minutes`."""

    duration: float
    """In seconds."""

    passages: tuple[Passage, ...]
    """In the order of the page."""

    topic_names: tuple[str, ...] = ()
    """What the topics are called; looked in, not shown."""


def search_document(page: LessonPage, topics: Topics) -> SearchDocument:
    """`page` as search knows it."""
    return SearchDocument(
        language=page.language,
        code=page.lesson.code,
        title=page.title,
        topics=page.front.topics,
        published=page.lesson.published,
        minutes=about_minutes(page.lesson),
        duration=page.recording.video.duration,
        passages=tuple(_passages(page)),
        topic_names=tuple(topics[key][page.language] for key in page.front.topics),
    )


def _passages(page: LessonPage) -> Iterable[Passage]:
    yield Passage(set_text(page.front.description, page.language), weight=3)
    yield from _texts(page.document.lead, "")
    for chapter in page.transcript.chapters:
        place = str(int(chapter.start))
        if chapter.title:
            yield Passage(chapter.title, place, weight=2)
        for paragraph in chapter.paragraphs:
            place = place if paragraph.start is None else str(int(paragraph.start))
            yield Passage(paragraph.text, place)
    for section in page.document.sections:
        if section.kind != "transcript":
            yield from _texts(section.html, f"#{section.id}")


def _texts(html: str, place: str) -> Iterable[Passage]:
    """Each paragraph and item of `html`; an item that has an anchor of its own stands there."""
    body = LexborHTMLParser(f"<body>{html}").body
    for node in body.css("p, li, h3, h4, dt, dd, td, th") if body is not None else ():
        text = "" if node.css_first("p, li, dt, td") not in (None, node) else plain(node)
        anchor = node.attributes.get("id")
        if text:
            yield Passage(text, f"#{anchor}" if anchor else place)


def document_html(document: SearchDocument) -> str:
    """The page of `document` that Pagefind reads.

    Pagefind hands back a page's filters unsearched with each result: `shown` is the one room for a
    text that is shown and not looked in, so no list of it is ever fetched.
    """
    filters = [*_filters(document), (UNLISTED, json.dumps(_shown(document), ensure_ascii=False))]
    # Lessons of the same day follow each other by code.
    lines = [
        f'<!doctype html><html lang="{document.language}"><title>{document.code}</title><body>',
        f'<i data-pagefind-sort="date[title]" title="{document.published} {document.code}"></i>',
        *(f'<i data-pagefind-filter="{key}[title]" title="{escape(value)}"></i>' for key, value in filters),
        f"<h1>{_searched(f'{document.title} {document.code}', document.language)}</h1>",
        f"<p>{_searched(' '.join(document.topic_names), document.language)}</p>",
        f"<p>{_code_parts(document.code)} {EVERY_LESSON}</p>",
        *(
            f'<p data-pagefind-weight="{passage.weight}">{_searched(passage.text, document.language)}</p>'
            for passage in document.passages
        ),
        "</body></html>",
    ]
    return "\n".join(lines)


def _filters(document: SearchDocument) -> list[tuple[str, str]]:
    return [
        *(("topic", topic) for topic in document.topics),
        ("minutes", str(document.minutes)),
        ("year", str(document.published.year)),
    ]


def _shown(document: SearchDocument) -> dict[str, object]:
    return {
        "code": document.code,
        "title": document.title,
        "facts": [
            document.code,
            clock_length(document.duration),
            spelled_out(document.published, document.language),
        ],
        "passages": [[passage.place, passage.text] for passage in document.passages],
    }


def _searched(text: str, language: str) -> str:
    return escape(" ".join(words.stems(text, language)))


def _code_parts(code: str) -> str:
    """Both halves of a product code, for a reader who knows only one of them."""
    return code.lower().replace("-", " ")


@dataclass(frozen=True)
class SearchPage:
    """A lesson as it goes into the index: all that takes long to find of it is found."""

    language: str
    code: str
    filed: str
    """Under what it is found beside its words: its filters, and the day that it is sorted by."""

    packed: bytes
    """The page that Pagefind reads: a third as long, as there are many to keep."""

    words: bytes
    """Its words as they are spelled, with spaces between."""

    @property
    def html(self) -> bytes:
        """The page that Pagefind reads."""
        return zlib.decompress(self.packed)


def search_page(document: SearchDocument) -> SearchPage:
    """`document` made ready for the index."""
    texts = (document.title, *(passage.text for passage in document.passages))
    words = " ".join(word for text in texts for word in _spelled(text, document.language)).encode()
    filed = repr((_filters(document), document.published))
    packed = zlib.compress(document_html(document).encode(), 1)
    return SearchPage(document.language, document.code, filed, packed, words)


def vocabulary(pages: Iterable[SearchPage], language: str) -> tuple[str, ...]:
    """The words to offer for one that gives nothing: each stem's commonest spelling, the commonest first.

    `pages` are all of one `language`.
    """
    spoken = Counter(b" ".join(page.words for page in pages).decode().split())
    spellings: dict[str, Counter[str]] = {}
    for word, count in spoken.items():
        folded = words.fold(word)
        if len(folded) >= LEAST_LETTERS and folded not in words.STOP[language]:
            spellings.setdefault(words.stem(folded, language), Counter())[word] += count
    ranked = sorted((-counter.total(), _commonest(counter)) for counter in spellings.values())
    return tuple(word for _, word in ranked)


def _spelled(text: str, language: str) -> Iterable[str]:
    """The words of `text` in small letters with their accents; words with figures are left out."""
    for piece in text.lower().replace("’", "'").split():
        word = piece.rpartition("'")[2] if language == "fr" else piece.partition("'")[0]
        word = word.strip("«»“”().,:;!?…/*\u00a0-–")
        if word.isalpha():
            yield word


def _commonest(counter: Counter[str]) -> str:
    return min(counter.items(), key=lambda item: (-item[1], item[0]))[0]


@dataclass(frozen=True)
class SearchFilter:
    """A question beside the words: topic, length or year."""

    key: str
    """Its name in the address: `topic`."""

    choices: tuple[Choice, ...]


def search_filters(
    documents: Iterable[SearchDocument], topics: Topics, language: str
) -> tuple[SearchFilter, ...]:
    """The choices that some lesson answers: topics as in mkdocs.yml, the shortest, the newest first."""
    known = list(documents)
    used = {topic for document in known for topic in document.topics}
    minutes = {document.minutes for document in known}
    years = sorted({document.published.year for document in known}, reverse=True)
    return (
        SearchFilter("topic", tuple(Choice(key, topics[key][language]) for key in topics if key in used)),
        SearchFilter("minutes", tuple(one for one in length_choices(language) if int(one.key) in minutes)),
        SearchFilter("year", tuple(Choice(str(year), str(year)) for year in years)),
    )
