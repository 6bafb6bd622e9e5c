"""D3, L1: what must be the same in both languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from case_files import load_cases
from markdown_page import Case, assert_told
from microlearning.check import check_project
from microlearning.dates import today
from microlearning.parity import check_parity
from microlearning.project import read_project
from written_page import ROOT, settings, written


@pytest.mark.parametrize("case", load_cases("parity"))
def test_case(case: Case) -> None:
    name = case.get("name", "trn1-v13")
    faults = check_parity(written(case["fr"], "fr", name), written(case["en"], "en", name))
    assert_told([fault for fault in faults if not fault.notice], case)
    assert [fault.text("en") for fault in faults if fault.notice] == case.get("notes", [])


def test_the_real_pages_correspond() -> None:
    finding = check_project(read_project(settings()), today())
    assert finding.errors == ()
    assert finding.warnings == ()


def test_a_fact_given_in_one_language_only(project: Path) -> None:
    facts = project / "docs" / "media" / "trn1-v13" / "lesson.yml"
    lines = facts.read_text(encoding="utf-8").splitlines(keepends=True)
    facts.write_text("".join(lines[:-1]), encoding="utf-8")
    told = _errors(project)
    assert told == [
        (
            "docs/media/trn1-v13/lesson.yml:12: en: expected original as under fr,"
            " docs/media/trn1-v13/lesson.yml:6, found none. Write: original: … under en"
        )
    ]


def _errors(project: Path) -> list[str]:
    here = replace(settings(), root=project, docs=project / "docs")
    return [fault.text("en") for fault in check_project(read_project(here), today()).errors]


def test_both_files_are_named_from_the_project_folder() -> None:
    page = written("# One\n\n## Two { #two }\n", "fr")
    fault = check_parity(page, written("# One\n", "en"))[0]
    assert fault.path == "docs/fr/page.md"
    assert "docs/en/page.md:" in fault.text("en")
    assert (ROOT / "docs").is_dir()
