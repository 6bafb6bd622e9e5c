"""What search knows of a lesson: its passages and their places, its filters, the words to offer."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from microlearning.search import (
    document_html,
    search_filters,
    search_page,
    vocabulary,
)
from microlearning.search_index import FOLDER
from microlearning.words import fold, stems
from search_corpus import lessons, questions

Parse = Callable[[str], LexborHTMLParser]
ADDRESS = {"fr": "fr/recherche/", "en": "en/search/"}


def shown(page: str) -> dict[str, object]:
    """What a result may show of the page that Pagefind reads."""
    found = re.search(r'filter="shown\[title\]" title="([^"]*)"', page)
    assert found
    return dict(json.loads(unescape(found[1])))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_corpus_is_what_it_says(language: str) -> None:
    documents = lessons(language)
    assert len({one.code for one in documents}) == len(documents) == 100
    assert len({one.title for one in documents}) == 100
    assert len(questions(language)) >= {"fr": 120, "en": 60}[language]
    assert {one.code for one in questions(language)} <= {one.code for one in documents}
    assert len({one.code for one in lessons(language, 10)}) == 1000
    text = " ".join(passage.text for one in documents for passage in one.passages)
    assert "lorem" not in text.lower()
    assert not re.search(r"\w'\w", text), "the corpus is set as pages are"


def test_what_is_searched_is_a_copy_and_what_is_shown_is_the_authors() -> None:
    document = lessons("fr")[1]
    page = document_html(document)
    body = LexborHTMLParser(page).body
    assert body is not None
    searched = [node.text() for node in body.css("h1, p")]
    assert "cadeau" not in searched
    assert not re.search(r"[’éèàç]", " ".join(searched))
    assert set(stems("Refuser un cadeau", "fr")) <= set(searched[0].split())
    assert [text for _, text in shown(page)["passages"]] == [one.text for one in document.passages]  # type: ignore[attr-defined]


def test_what_an_author_wrote_stays_text() -> None:
    document = lessons("en")[0]
    odd = type(document)(**{**vars(document), "title": 'A "quoted" <script>alert(1)</script> & more'})
    page = document_html(odd)
    assert "<script" not in page
    assert shown(page)["title"] == odd.title


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_to_offer_are_spelled_as_readers_know_them(language: str) -> None:
    offered = vocabulary(map(search_page, lessons(language)), language)
    assert {"fr": "éthique", "en": "ethics"}[language] in offered
    assert len(set(offered)) == len(offered)
    assert all(len(fold(word)) > 3 and word == word.lower() and word.isalpha() for word in offered)


def test_filters_offer_only_what_some_lesson_answers() -> None:
    documents = lessons("fr")[:4]
    topics = {"ethics": {"fr": "Éthique"}, "video": {"fr": "Vidéo"}}
    filters = {
        one.key: [choice.key for choice in one.choices] for one in search_filters(documents, topics, "fr")
    }
    assert filters == {"topic": ["ethics"], "minutes": ["1", "2", "3"], "year": ["2021"]}


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_each_language_has_an_index_of_its_own(site: Path, language: str, other: str) -> None:
    entry = json.loads((site / language / FOLDER / "pagefind-entry.json").read_text(encoding="utf-8"))
    assert {name: one["page_count"] for name, one in entry["languages"].items()} == {language: 3}
    assert not list((site / language / FOLDER).rglob(f"*{other}_*"))


@pytest.mark.parametrize("address", ["fr/", "fr/trn1-v13/", "en/about/", "en/topics/ethics/"])
def test_every_page_has_a_search_box_that_needs_no_script(html: Parse, address: str) -> None:
    form = html(address).css_first("header form[role=search]")
    up = "../" * address.count("/")
    assert form.attributes["action"] == up + ADDRESS[address[:2]]
    assert form.attributes["method"] == "get"
    field = form.css_first("input[type=search]")
    assert field.attributes["name"] == "q"
    assert form.css_first(f"label[for={field.attributes['id']}]").text()
    assert form.css_first("button[type=submit]").text() == {"fr": "Rechercher", "en": "Search"}[address[:2]]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_a_script_the_results_page_leads_to_the_catalogue(html: Parse, language: str) -> None:
    page = html(ADDRESS[language])
    assert "hidden" in page.css_first(".search__form").attributes
    without = page.css_first(".search__without")
    assert "hidden" not in without.attributes
    assert without.css_first("a.md-button").attributes["href"] == f"../../{language}/"
    assert len(without.css(".choices a")) > 5
    assert page.css_first("header form") is None, "one search form a page"


def test_a_transcripts_passages_have_their_seconds(site: Path) -> None:
    """The index of the real site: the moment in the video, the anchor of a card's item."""
    texts = [
        gzip.decompress(file.read_bytes()).decode() for file in (site / "fr" / FOLDER).glob("fragment/*")
    ]
    fragments = [json.loads(text.partition("pagefind_dcd")[2]) for text in texts]
    lesson = next(
        one for text in fragments if (one := json.loads(text["filters"]["shown"][0]))["code"] == "TRN1-V13"
    )
    places = {text: place for place, text in lesson["passages"]}
    assert places[
        "Compte personnel ou professionnel, le Code de valeurs et d’éthique s’applique en tout temps."
    ].isdigit()
    assert "#mistreat" in places.values()
    assert "#source-checked" in places.values()
    assert lesson["facts"] == ["TRN1-V13", "00:02:18", "27\u00a0octobre 2022"]
