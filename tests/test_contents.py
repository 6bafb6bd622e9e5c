"""What is on a page: plain links to its sections, in their words, on long pages and only there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from microlearning.contents import contents

LEAD = "<h1>Page</h1>\n<p>First words.</p>\n"
SECTIONS = "".join(f'<h2 id="{name}">{name}</h2>\n<p>Text.</p>\n' for name in ("one", "two", "three"))


def test_the_page_is_cut_before_its_first_section() -> None:
    page = contents(LEAD + SECTIONS)
    assert (page.lead, page.sections) == (LEAD, SECTIONS)
    assert page.headings == (("one", "one"), ("two", "two"), ("three", "three"))


@pytest.mark.parametrize("html", ["", LEAD, LEAD + '<h2 id="one">One</h2>', LEAD + '<h2 id="a">A</h2>' * 2])
def test_a_page_that_is_seen_whole_has_no_list(html: str) -> None:
    page = contents(html)
    assert page.lead + page.sections == html
    assert not page.headings


def test_a_heading_keeps_its_language_and_loses_its_link() -> None:
    heading = '<h2 id="four">See <a href="x"><span lang="fr">le <em>guide</em></span></a> &amp; more</h2>'
    page = contents(SECTIONS + heading)
    assert page.headings[-1] == ("four", 'See <span lang="fr">le <em>guide</em></span> &amp; more')
    assert page.sections == SECTIONS + heading


@pytest.mark.parametrize(
    ("address", "title"), [("fr/a-propos/", "Sur cette page"), ("en/write-a-lesson/", "On this page")]
)
def test_each_link_leads_to_its_section(
    html: Callable[[str], LexborHTMLParser], address: str, title: str
) -> None:
    page = html(address)
    (nav,) = page.css("nav.contents")
    assert nav.css_first("#contents").text() == title
    links = nav.css("a")
    sections = page.css("article h2[id]")
    assert [link.attributes["href"] for link in links] == [f"#{one.attributes['id']}" for one in sections]
    assert [link.text() for link in links] == [one.text() for one in sections]


@pytest.mark.parametrize("address", ["en/", "en/trn1-v13/", "fr/recherche/", "fr/trn1-v13/embed.html"])
def test_pages_with_a_shape_of_their_own_have_none(
    html: Callable[[str], LexborHTMLParser], address: str
) -> None:
    assert not html(address).css(".contents")
