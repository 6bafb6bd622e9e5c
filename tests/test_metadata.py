"""C5: what a page says of itself to machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from test_site import BOTH, LESSONS, NEUTRAL, PAGES, TWINS, URL, modified

Parse = Callable[[str], LexborHTMLParser]
LENGTHS = {"fr": "PT2M18S", "en": "PT2M14S"}


def _alternates(page: LexborHTMLParser) -> dict[str, str]:
    return {
        str(link.attributes["hreflang"]): str(link.attributes["href"])
        for link in page.css('link[rel="alternate"][hreflang]')
    }


def _terms(page: LexborHTMLParser) -> dict[str, str]:
    return {
        str(meta.attributes["name"]): str(meta.attributes["content"])
        for meta in page.css('meta[name^="dcterms."]')
    }


@pytest.mark.parametrize("address", [*BOTH, *BOTH.values()])
def test_canonical_is_absolute_and_the_pages_own(html: Parse, address: str) -> None:
    links = html(address).css('link[rel="canonical"]')
    assert [link.attributes["href"] for link in links] == [URL + address]


@pytest.mark.parametrize("address", [*BOTH, *BOTH.values(), *NEUTRAL])
def test_hreflang_is_absolute_reciprocal_and_has_a_default(html: Parse, address: str) -> None:
    alternates = _alternates(html(address))
    assert set(alternates) == {"fr", "en", "x-default"}
    for target in alternates.values():
        assert target.startswith(URL)
        assert _alternates(html(target.removeprefix(URL))) == alternates
    assert URL + address in alternates.values()


@pytest.mark.parametrize("address", PAGES)
def test_dublin_core(html: Parse, address: str) -> None:
    page = html(address)
    terms = _terms(page)
    assert terms["dcterms.language"] == {"fr": "fra", "en": "eng"}[address[:2]]
    assert terms["dcterms.modified"] == modified(address)
    assert terms["dcterms.title"] == page.css_first("h1").text().split(" (")[0].strip()
    description = page.css_first('meta[name="description"]').attributes["content"]
    assert terms["dcterms.description"] == description


def test_dublin_core_of_a_lesson(html: Parse) -> None:
    terms = _terms(html("fr/trn1-v13/"))
    assert terms["dcterms.issued"] == "2022-10-27"
    assert terms["dcterms.identifier"] == "TRN1-V13"
    assert terms["dcterms.creator"] == "École de la fonction publique du Canada"
    assert terms["dcterms.subject"] == "Médias sociaux; Éthique"


@pytest.mark.parametrize("address", PAGES)
def test_open_graph(html: Parse, address: str) -> None:
    graph = {
        meta.attributes["property"]: meta.attributes["content"]
        for meta in html(address).css("meta[property]")
    }
    assert graph["og:url"] == URL + address
    assert graph["og:locale"] == {"fr": "fr_CA", "en": "en_CA"}[address[:2]]
    assert graph["og:title"]
    assert graph["og:description"]
    if any(lesson in address for lesson in LESSONS):
        assert str(graph["og:image"]).startswith(f"{URL}media/")


def _json_ld(page: LexborHTMLParser) -> dict[str, Any]:
    scripts = page.css('script[type="application/ld+json"]')
    assert len(scripts) == 1
    data: dict[str, Any] = json.loads(scripts[0].text())
    return data


@pytest.mark.parametrize("language", ["fr", "en"])
def test_json_ld_of_a_lesson(html: Parse, language: str) -> None:
    page = html(f"{language}/trn1-v13/")
    data = _json_ld(page)
    assert data["@type"] == ["VideoObject", "LearningResource"]
    assert data["duration"] == LENGTHS[language]
    assert data["inLanguage"] == language
    assert data["identifier"] == "TRN1-V13"
    assert data["dateModified"] == "2026-11-22"
    assert data["isPartOf"]["url"] == f"{URL}{language}/"
    said = [paragraph.text().strip() for paragraph in page.css(".transcript__line p")]
    assert data["transcript"].split("\n\n")[0] in said
    assert data["contentUrl"].startswith(f"{URL}media/trn1-v13/")
    assert data["uploadDate"] == "2022-10-27"


@pytest.mark.parametrize("address", [page for page in TWINS if "-v" not in page])
def test_a_page_that_is_no_lesson_claims_no_video(html: Parse, address: str) -> None:
    assert not html(address).css('script[type="application/ld+json"]')


@pytest.mark.parametrize(
    ("language", "date"), [("fr", "27\u00a0octobre 2022"), ("en", "October\u00a027, 2022")]
)
def test_c6_dates_in_prose_are_spelled_out(html: Parse, language: str, date: str) -> None:
    time = html(f"{language}/trn1-v13/").css_first(".facts time")
    assert time.text() == date
    assert time.attributes["datetime"] == "2022-10-27"
