"""What the templates of pages that are no lesson are told: guide, search, translation status, statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from microlearning import embed
from microlearning.conformance import Report, read_criteria, results
from microlearning.feeds import newest_first
from microlearning.frontmatter import PlainPage
from microlearning.metadata import Card, Twins
from microlearning.page import LessonPage
from microlearning.search import EVERY_LESSON, search_document, search_filters
from microlearning.search_index import FOLDER
from microlearning.status import PairStatus
from microlearning.strings import interface
from microlearning.typography import set_text
from microlearning.view import Site
from microlearning.words import rules


def plain_card(front: PlainPage, title: str, language: str, twins: Twins, site: Site) -> Card:
    """The catalogue card of a page that is not a lesson."""
    return Card(
        title=title,
        description=set_text(front.description, language),
        language=language,
        address=twins.of(language),
        publisher=site.publishers[language],
        modified=front.modified,
    )


def guide_page(site: Site, pages: Iterable[LessonPage], twins: Mapping[str, Twins]) -> dict[str, object]:
    """What the page for portals' owners has beside: a lesson to try, or None. `twins` are by file name."""
    newest = next(iter(newest_first(pages)), None)
    if newest is None:
        return {"example": None}
    address = twins[newest.lesson.slug].of(newest.language)
    snippets = embed.embed(newest, address, site.url).snippets
    example = next((one for one in snippets if one.part == "cards"), snippets[0])
    return {"example": example, "example_code": newest.lesson.code}


def search_page(site: Site, pages: Iterable[LessonPage], language: str) -> dict[str, object]:
    """What the search page has beside: its choices, and what its script needs to know."""
    text = interface(language)
    documents = [search_document(page, site.topics) for page in pages]
    filters = search_filters(documents, site.topics, language)
    everything = {"topic": "topics.all", "minutes": "minutes.all", "year": "search.all-years"}
    said = {key.partition(".")[2]: text[key] for key in _SAID}
    search = {
        "script": site.search_script,
        "index": f"{language}/{FOLDER}/",
        "filters": [
            {"key": one.key, "choices": one.choices, "all": text[everything[one.key]]} for one in filters
        ],
        "settings": {
            "rules": rules(language),
            "text": said,
            "lessons": len(documents),
            "every": EVERY_LESSON,
        },
    }
    return {"search": search}


_SAID = (
    *("search.waiting", "search.found.one", "search.found.other", "search.for", "search.nothing"),
    *("search.nothing-chosen", "search.word-unknown", "search.nearest", "search.moment"),
    *("search.in-transcript", "search.fewer", "search.to-catalogue"),
)
"""What the search page's script says."""


@dataclass(frozen=True)
class StatusRow:
    """A pair of pages on the translation-status page."""

    pair: PairStatus
    addresses: Mapping[str, str]
    """Of its pages, by language, relative to the page."""


def status_pairs(
    pairs: Iterable[PairStatus], twins: Mapping[str, Twins], site: Site, root: str
) -> tuple[StatusRow, ...]:
    """What the translation-status page shows: every pair, its pages' addresses from a page at `root`."""
    rows = []
    for pair in pairs:
        known = twins.get(pair.name)
        addresses = {
            one: root + urlsplit(known.of(one)).path.removeprefix(site.base)
            for one in pair.titles
            if known is not None
        }
        rows.append(StatusRow(pair, addresses))
    return tuple(rows)


def statement(report: Report | None, language: str) -> dict[str, object]:
    """What the accessibility statement shows after its author's words."""
    groups = read_criteria(language)
    proofs = [one.proof for group in groups for one in group.criteria]
    return {
        "groups": groups,
        "report": report,
        "results": results(report) if report else (),
        "count": len(proofs),
        "held": proofs.count("tests"),
        "absent": proofs.count("not-applicable"),
        "unproven": proofs.count("unproven"),
    }
