"""Course and related links: links that say where they lead, to addresses that are safe."""

from __future__ import annotations

import pytest

from case_files import load_cases
from markdown_page import Case, assert_told, document, faults_of
from microlearning.course import Link, read_course, read_related


def read(case: Case) -> tuple[tuple[Link, ...], str]:
    page = document(case["markdown"])
    course, related = page.section("course"), page.section("related")
    if related is not None:
        return read_related(related).links, ""
    assert course is not None
    found = read_course(course)
    return (found.link,), found.intro


@pytest.mark.parametrize("case", load_cases("course"))
def test_case(case: Case) -> None:
    assert_told(faults_of(lambda: read(case)), case)
    if "expect" in case:
        links, intro = read(case)
        values = [[link.line, link.title, link.html, link.url, link.hreflang] for link in links]
        assert values == case["expect"]["links"]
        assert intro == case["expect"].get("intro", "")


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("https://www.canada.ca/fr.html?a=1#b", ""),
        ("https://localhost:8443/", ""),
        ("../trn1-v14/", ""),
        ("about.md#us", ""),
        ("#transcript", ""),
        ("http://www.canada.ca", "link.http"),
        ("HTTP://www.canada.ca", "link.http"),
        ("//www.canada.ca", "link.inside"),
        ("https:www.canada.ca", "link.inside"),
        ("https://", "link.inside"),
        ("https://[", "link.inside"),
        ("https://…", "link.inside"),
        ("mailto:a@b.ca", "link.inside"),
        ("javascript:alert(1)", "link.inside"),
        ("&#106;avascript:alert(1)", "link.inside"),
        ("ftp://a.ca/b", "link.inside"),
        ("", "link.inside"),
    ],
)
def test_an_address(address: str, rule: str) -> None:
    page = document(f'## Links {{ .related }}\n\n- <a href="{address}">The page</a>\n')
    faults = faults_of(lambda: read_related(page.sections[0]))
    assert [fault.rule for fault in faults] == ([rule] if rule else [])
