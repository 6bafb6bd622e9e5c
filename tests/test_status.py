"""L2: the state of every pair, on a page in each language and as data for tools."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import run_build
from microlearning.project import read_project
from microlearning.review import record_review
from microlearning.status import read_status, status_json
from written_page import DAY, settings

Parse = Callable[[str], LexborHTMLParser]
PAGES = {"fr": "fr/etat-des-langues/", "en": "en/translation-status/"}


def compare(root: Path) -> None:
    """Record for every page of the project at `root` that it was compared with its twin."""
    here = replace(settings(), root=root, docs=root / "docs")
    project = read_project(here)
    for page in project.pages.values():
        record_review(project, page, DAY)


def edit(project: Path, name: str, old: str, new: str) -> None:
    """Change `old` to `new`, once, in the document `name`."""
    file = project / "docs" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_lists_every_pair(html: Parse, site: Path, language: str) -> None:
    data = json.loads((site / "translation-status.json").read_text(encoding="utf-8"))
    page = html(PAGES[language])
    rows = page.css(".status__pair")
    assert len(rows) == len(data["pairs"]) >= 7
    assert {pair["state"] for pair in data["pairs"]} <= {"same", "changed", "never", "waived", "alone"}
    for row in rows:
        links = row.css(".status__titles a")
        assert sorted(link.attributes["hreflang"] or "" for link in links) == ["en", "fr"]


def test_a_change_is_shown_word_by_word_and_in_its_language(project: Path) -> None:
    compare(project)
    edit(project, "fr/trn1-v13.md", "Ne maltraitez personne.** Le", "Ne blessez personne.** Le")
    done = run_build(project, "--strict", LANG="C.UTF-8", SOURCE_DATE_EPOCH="1795400000")
    assert done.returncode == 0, done.stderr
    assert ': "Erreurs à éviter": expected what docs/en/trn1-v13.md' in done.stderr
    assert "lessons: docs/fr/trn1-v13.md:" in done.stderr
    assert "Ne [-maltraitez-] {+blessez+} personne" in done.stderr
    data = json.loads((project / "site" / "translation-status.json").read_text(encoding="utf-8"))
    pair = next(one for one in data["pairs"] if one["name"] == "trn1-v13")
    assert (pair["state"], [one["section"] for one in pair["changes"]]) == ("changed", ["dont"])
    page = LexborHTMLParser((project / "site" / PAGES["en"] / "index.html").read_text(encoding="utf-8"))
    words = page.css_first(".status__words")
    assert words.attributes["lang"] == "fr"
    assert words.css_first("del").text().endswith("maltraitez")
    assert words.css_first("ins").text().endswith("blessez")


def test_strict_publishing_fails_on_drift_older_than_the_limit(project: Path) -> None:
    compare(project)
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert "limit_days: 60" in text
    edit(project, "en/about.md", "This site does not track you.", "This site never tracks you.")
    last, after = "1800489600", "1800576000"  # 2027-01-21 and -22; the change counts from 2026-11-25
    config.write_text(text.replace("limit_days: 60", "limit_days: 57"), encoding="utf-8")
    assert run_build(project, "--strict", "-q", SOURCE_DATE_EPOCH=last).returncode == 0
    before = (project / "site" / "index.html").stat().st_mtime_ns
    done = run_build(project, "--strict", SOURCE_DATE_EPOCH=after, LANG="C.UTF-8")
    assert done.returncode == 1
    assert "WARNING -  lessons: docs/en/about.md" in done.stderr
    assert (project / "site" / "index.html").stat().st_mtime_ns == before
    assert run_build(project, "-q", SOURCE_DATE_EPOCH=after).returncode == 0


def test_states(project: Path) -> None:
    here = replace(settings(), root=project, docs=project / "docs")
    for name in ("fr/about.md", "en/about.md"):
        file = project / "docs" / name
        text = file.read_text(encoding="utf-8")
        head, _, body = text.partition("\n---\n")
        head = head.partition("\nreviewed:")[0]
        file.write_text(f"{head}\n---\n{body}", encoding="utf-8")
    states = {pair.name: pair.state for pair in read_status(read_project(here), DAY)}
    assert states["about"] == "never"
    compare(project)
    states = {pair.name: pair.state for pair in read_status(read_project(here), DAY)}
    assert set(states.values()) == {"same"}
    edit(
        project,
        "en/about.md",
        "modified:",
        'waiver: { reason: "We are rewriting this page.", until: 2026-12-01 }\nmodified:',
    )
    (project / "docs" / "fr" / "acc1-v01.md").unlink()
    pairs = {pair.name: pair for pair in read_status(read_project(here), DAY)}
    assert (pairs["about"].state, pairs["acc1-v01"].state) == ("waived", "alone")
    assert pairs["about"].until == date(2026, 12, 1)
    assert '"until": "2026-12-01"' in status_json(pairs.values())
