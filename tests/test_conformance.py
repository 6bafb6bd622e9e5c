"""The accessibility statement: every criterion, what holds it, and what the tests last reported."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import ROOT, run_build
from microlearning.conformance import REPORT, Criterion, read_criteria, read_report, results
from microlearning.errors import LessonError
from microlearning.plain_view import statement
from microlearning.render import component
from microlearning.strings import LANGUAGES, other

Parse = Callable[[str], LexborHTMLParser]
PAGES = {"fr": "fr/accessibilite/", "en": "en/accessibility/"}

A = (
    *("1.1.1", "1.2.1", "1.2.2", "1.2.3", "1.3.1", "1.3.2", "1.3.3", "1.4.1", "1.4.2"),
    *("2.1.1", "2.1.2", "2.1.4", "2.2.1", "2.2.2", "2.3.1", "2.4.1", "2.4.2", "2.4.3", "2.4.4"),
    *("2.5.1", "2.5.2", "2.5.3", "2.5.4"),
    *("3.1.1", "3.2.1", "3.2.2", "3.2.6", "3.3.1", "3.3.2", "3.3.7", "4.1.2"),
)
AA = (
    *("1.2.4", "1.2.5", "1.3.4", "1.3.5", "1.4.3", "1.4.4", "1.4.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13"),
    *("2.4.5", "2.4.6", "2.4.7", "2.4.11", "2.5.7", "2.5.8"),
    *("3.1.2", "3.2.3", "3.2.4", "3.3.3", "3.3.4", "3.3.8", "4.1.3"),
)
"""WCAG 2.2, W3C Recommendation: 31 and 24. 4.1.1 is obsolete and removed."""

VIDEO = ("7.1.1", "7.1.2", "7.1.3", "7.1.4", "7.1.5", "7.2.1", "7.2.2", "7.2.3", "7.3")
"""EN 301 549 v3.2.1, clause 7."""


def criteria(language: str) -> list[Criterion]:
    """Every criterion in `language`, in order."""
    return [one for group in read_criteria(language) for one in group.criteria]


def as_number(number: str) -> list[int]:
    """`1.4.10` in the order of numbers."""
    return [int(part) for part in number.split(".")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_criterion_is_there_in_order_with_its_level(language: str) -> None:
    levels = {one.number: one.level for one in criteria(language)}
    assert len(A) == 31
    assert len(AA) == 24
    assert levels == dict.fromkeys(A, "A") | dict.fromkeys(AA, "AA") | dict.fromkeys(VIDEO, "")
    assert list(levels) == sorted(levels, key=as_number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_a_name_and_one_sentence_of_its_own(language: str) -> None:
    words = [(one.name, one.met) for one in criteria(language)]
    assert all(re.fullmatch(r"[^.]+(\.\d[^.]*)*\.", met) for _, met in words)
    assert len({met for _, met in words}) == len({name for name, _ in words}) == len(words)
    twins = [(one.name, one.met) for one in criteria(other(language))]
    assert all(mine[1] != its[1] for mine, its in zip(words, twins, strict=True))


def test_both_languages_have_words_for_the_same_criteria() -> None:
    folder = ROOT / "hooks" / "microlearning" / "criteria"
    shared, *words = (
        re.findall(r"(?m)^ *'?(\d[\d.]+)'?: \{", (folder / name).read_text(encoding="utf-8"))
        for name in ("criteria.yml", "criteria.en.yml", "criteria.fr.yml")
    )
    assert words == [shared, shared]


@pytest.mark.parametrize("criterion", criteria("en"), ids=lambda one: one.number)
def test_each_names_tests_that_are_there_or_says_that_none_holds_it(criterion: Criterion) -> None:
    assert criterion.proof in {"tests", "unproven", "not-applicable"}
    assert (criterion.proof == "tests") is bool(criterion.tests)
    for file in criterion.tests:
        assert "def test_" in (ROOT / "tests" / file).read_text(encoding="utf-8")


# --- the report


def a_report(**changes: object) -> dict[str, Any]:
    """A small report, as the browser tests write it."""
    run = {"tool": "axe-core", "state": "loaded", "scheme": "light", "width": 320, "pages": 4, "failures": 0}
    return {
        "date": "2026-11-25",
        "tools": [{"name": "axe-core", "version": "4.14.1", "rules": 105}, {"name": "vnu", "version": "26"}],
        "pages": 4,
        "languages": ["en", "fr"],
        "runs": [
            run,
            run | {"scheme": "dark", "width": 1280, "failures": 1},
            run | {"state": "search results"},
        ],
    } | changes


def written(report: object, docs: Path) -> Path:
    """`docs`, with `report` where the site looks for it."""
    file = docs / REPORT
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(report), encoding="utf-8")
    return docs


def test_runs_of_one_tool_in_one_state_are_one_result(tmp_path: Path) -> None:
    report = read_report(written(a_report(), tmp_path), "docs")
    assert report is not None
    first, second = results(report)
    assert (first.schemes, first.widths, first.checks, first.failures) == (
        ("light", "dark"),
        (320, 1280),
        8,
        1,
    )
    assert (second.state, second.checks, second.failures) == ("search-results", 4, 0)


RUN = a_report()["runs"][0]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"runs": [RUN, RUN | {"state": "asleep"}]}, "runs.1.state"),
        ({"runs": [RUN | {"scheme": "sepia"}]}, "runs.0.scheme"),
        ({"runs": [RUN | {"failures": -1}]}, "runs.0.failures"),
        ({"runs": []}, "runs"),
        ({"pages": 0}, "pages"),
        ({"date": "yesterday"}, "date"),
        ({"languages": ["de"]}, "languages.0"),
        ({"unheard": 1}, "unheard"),
    ],
)
def test_a_report_that_readers_could_not_read_is_told(
    changes: dict[str, object], where: str, tmp_path: Path
) -> None:
    with pytest.raises(LessonError) as error:
        read_report(written(a_report(**changes), tmp_path), "docs")
    (fault,) = error.value.faults
    assert fault.text("en").startswith(f"docs/{REPORT}:1: ")
    assert f"found {where}" in fault.text("en")


def test_a_wrong_report_stops_the_build(project: Path) -> None:
    written(a_report(pages=0), project / "docs")
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 1
    assert f"docs/{REPORT}:1: accessibility report" in done.stderr
    assert "Traceback" not in done.stderr


# --- what readers see


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_report_the_page_says_so(language: str) -> None:
    shown = component("conformance", language=language, **statement(None, language))
    said = {"fr": "Aucun rapport des vérifications", "en": "No report of the automated tests"}
    assert said[language] in shown
    assert len(LexborHTMLParser(shown).css("table")) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_shown_with_its_failures(language: str, tmp_path: Path) -> None:
    report = read_report(written(a_report(), tmp_path), "docs")
    page = LexborHTMLParser(component("conformance", language=language, **statement(report, language)))
    rows = page.css("table")[0].css("tbody tr")
    cells = [[cell.text(strip=True) for cell in row.css("th, td")] for row in rows]
    said = {
        "fr": ("25\u00a0novembre 2026", "clair, sombre", "Vérifications de page\u00a0: 8. 1 échec."),
        "en": ("November\u00a025, 2026", "light, dark", "Page checks: 8. 1 failure."),
    }
    day, schemes, found = said[language]
    assert day in page.css_first(".conformance").text()
    assert cells[0][1].startswith(schemes)
    assert cells[0][2] == found
    assert "axe-core 4.14.1" in page.css_first("ul").text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_criterion_is_a_row_of_a_table_with_a_caption_and_headers(html: Parse, language: str) -> None:
    page = html(PAGES[language])
    tables = page.css("table.conformance__table")
    assert all(table.css_first("caption").text(strip=True) for table in tables)
    assert all(table.css('thead th[scope="col"]') for table in tables)
    rows = page.css(".conformance__row")
    assert len(rows) == len(A) + len(AA) + len(VIDEO)
    assert all(len(row.css('th[scope="row"]')) == 1 and len(row.css("td")) == 2 for row in rows)
    assert all(row.css("td")[1].text(strip=True) for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_counts_what_the_rows_say(html: Parse, language: str) -> None:
    page = html(PAGES[language])
    counted = [len(page.css(f".conformance__row--{proof}")) for proof in ("unproven", "not-applicable")]
    numbers = re.findall(r"\d+", page.css_first(".conformance__summary").text())
    rows = len(page.css(".conformance__row"))
    assert sorted(map(int, numbers)) == sorted([rows, rows - sum(counted), *counted])


@pytest.mark.parametrize("address", ["fr/", "en/", "fr/trn1-v13/", "en/about/", "fr/sujets/ethique/"])
def test_3_2_6_every_page_leads_to_the_statement_from_its_footer(html: Parse, address: str) -> None:
    links = [link.attributes["href"] or "" for link in html(address).css(".site-footer a")]
    assert any(link.endswith(PAGES[address[:2]].partition("/")[2]) for link in links)
