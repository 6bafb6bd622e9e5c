"""Y1: what the build cannot mend and an author should look at."""

from __future__ import annotations

import pytest

from case_files import load_cases
from markdown_page import Case, assert_french
from microlearning.captions import read_captions
from microlearning.check import check_project
from microlearning.dates import today
from microlearning.lint import RULES, check_captions_lint, check_lint
from microlearning.project import read_project
from microlearning.strings import fault_texts
from written_page import settings, told, written


@pytest.mark.parametrize("case", load_cases("lint"))
def test_case(case: Case) -> None:
    if "captions" in case:
        captions = read_captions(case["captions"], f"docs/media/trn1-v13/{case['language']}.vtt")
        faults = check_captions_lint(captions, case["language"])
    else:
        faults = check_lint(written(case["markdown"], case["language"]))
    assert told(faults) == case.get("told", [])
    for fault in faults:
        assert_french(fault)


def test_every_rule_has_a_case_and_a_message() -> None:
    names = {rule.name for rule in RULES}
    cases = " ".join(str(case.values[0].get("told", "")) for case in load_cases("lint"))
    for name in names:
        expected = fault_texts("en")[f"lint.{name}"]["expected"].replace("$$", "$")
        assert f"expected {expected}, found" in cases, name


def test_the_real_pages_need_no_note() -> None:
    finding = check_project(read_project(settings()), today())
    assert [fault.text("en") for fault in finding.notices if fault.rule.startswith("lint.")] == []
