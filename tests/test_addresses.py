"""Links on paper: each address once, where paper needs it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from microlearning.addresses import with_addresses

BASE = "https://site.example/fr/a1-v01/"
PAPER = "https://site.example/x"


def shown(html: str) -> list[str | None]:
    return [link.attributes.get("data-address") for link in LexborHTMLParser(html).css("a")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'<a href="{PAPER}">The rule</a>', [PAPER]),
        (f'<a href="{PAPER}">One</a> <a href="{PAPER}">Two</a>', [PAPER, None]),
        (f'<a href="{PAPER}">{PAPER}</a>', [None]),
        (f'<a href="{PAPER}/">site.example/x</a>', [None]),
        ('<a href="../b2-v02/#card">Other</a>', ["https://site.example/fr/b2-v02/#card"]),
        ('<a href="#card">Above</a>', [None]),
        ('<a href="mailto:a@b.example">Write</a>', ["a@b.example"]),
        ('<a href="mailto:a@b.example">a@b.example</a>', [None]),
        ('<a href="https://a.example/?a=1&amp;b=2">And</a>', ["https://a.example/?a=1&b=2"]),
        ("<a>No address</a>", [None]),
        ("", []),
    ],
)
def test_an_address_is_shown_once(html: str, expected: list[str | None]) -> None:
    assert shown(with_addresses(html, BASE)) == expected


def test_what_came_before_on_the_page_shows_its_own() -> None:
    before = f'<p>See <a href="{PAPER}">the rule</a>.</p>'
    assert shown(with_addresses(f'<a href="{PAPER}">Again</a>', BASE, after=before)) == [None]
    assert shown(with_addresses(f'<a href="{PAPER}2">Other</a>', BASE, after=before)) == [f"{PAPER}2"]


def test_the_rest_of_the_page_stays() -> None:
    html = '<p lang="en">a &lt; b <em>c</em></p><ul><li>d</li></ul>'
    assert with_addresses(html, BASE) == html


def test_links_of_a_pdf_lead_there_from_any_place() -> None:
    made = with_addresses('<a href="../b2-v02/">Other</a><a href="#card">Above</a>', BASE, absolute=True)
    assert 'href="https://site.example/fr/b2-v02/"' in made
    assert f'href="{BASE}#card"' in made
