"""Conformance: how the site meets each accessibility criterion, and what its own tests last reported.

The criteria stand in `criteria/`: numbers, levels and proofs once, names and sentences one file a language.
The report is written by the tests of the browsers and published with the authors' files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from microlearning.errors import LessonError, fault
from microlearning.strings import interface

REPORT = ".accessibility/report.json"
"""The report of the tests, under the documents' folder: it goes with the site and not with its tests."""

Proof = Literal["tests", "unproven", "not-applicable"]

_FOLDER = Path(__file__).parent / "criteria"


@dataclass(frozen=True)
class Criterion:
    """One criterion, in one language."""

    number: str
    """`1.4.3`, as the standard counts."""

    level: str
    """`A` or `AA`; empty for EN 301 549, which has no levels."""

    name: str
    met: str
    """How this site meets it, in one sentence."""

    proof: Proof
    tests: tuple[str, ...]
    """The files under `tests/` that hold it."""


@dataclass(frozen=True)
class Group:
    """The criteria of one principle."""

    key: str
    criteria: tuple[Criterion, ...]


@cache
def read_criteria(language: str) -> tuple[Group, ...]:
    """Every criterion, by principle and in the standards' order.

    Raises:
        KeyError: a criterion has no words in `language`.
    """
    shared, words = _read("criteria.yml"), _read(f"criteria.{language}.yml")
    return tuple(
        Group(key, tuple(_criterion(number, facts, words[number]) for number, facts in group.items()))
        for key, group in shared.items()
    )


def _read(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8")))


def _criterion(number: str, facts: Mapping[str, Any], words: Mapping[str, str]) -> Criterion:
    proof = facts["proof"]
    tests = tuple(proof) if isinstance(proof, list) else ()
    return Criterion(number, facts["level"], words["name"], words["met"], "tests" if tests else proof, tests)


# --- the report


def _named(family: str) -> BeforeValidator:
    """Holds a key to those that readers have a name for; `search results` is named `search-results`."""

    def check(value: object) -> object:
        key = re.sub(r"[^a-z0-9]+", "-", str(value)).strip("-")
        if f"{family}.{key}" not in interface("en"):
            raise PydanticCustomError("unknown", "unknown key")
        return key

    return BeforeValidator(check)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Tool(_Part):
    """A tool that looked at the pages."""

    name: str
    version: str
    rules: int | None = None
    """How many rules it has, where it counts them."""


class Run(_Part):
    """One tool's look at all pages in one state."""

    tool: str
    state: Annotated[str, _named("state")]
    scheme: Annotated[str, _named("scheme")]
    width: int = Field(gt=0)
    """Of the window, in CSS pixels."""

    pages: int = Field(ge=0)
    failures: int = Field(ge=0)


class Report(_Part):
    """What the tests last found."""

    date: date
    tools: tuple[Tool, ...]
    pages: int = Field(gt=0)
    languages: tuple[Literal["fr", "en"], ...]
    runs: tuple[Run, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Result:
    """What one tool found in one state, over all schemes and widths."""

    tool: str
    state: str
    schemes: tuple[str, ...]
    widths: tuple[int, ...]
    checks: int
    """How many times a page was looked at."""

    failures: int


def read_report(docs: Path, shown: str) -> Report | None:
    """The report under the documents' folder `docs`, which messages call `shown`; None when there is none.

    Raises:
        LessonError: it is no report, or has a state or a scheme that readers have no name for.
    """
    file = docs / REPORT
    if not file.is_file():
        return None
    try:
        return Report.model_validate_json(file.read_bytes())
    except ValidationError as error:
        found = _where(error.errors()[0]["loc"])  # the first is enough: a program wrote the file
        raise LessonError([fault("conformance.report", f"{shown}/{REPORT}", 1, found=found)]) from None


def _where(location: tuple[int | str, ...]) -> str:
    """The place of a fault in the report, `runs.3.state`."""
    return ".".join(str(part) for part in location) or "{ }"


def results(report: Report) -> tuple[Result, ...]:
    """The runs of `report`, one result for each tool and state, in the order of the report."""
    groups: dict[tuple[str, str], list[Run]] = {}
    for run in report.runs:
        groups.setdefault((run.tool, run.state), []).append(run)
    return tuple(
        Result(
            tool,
            state,
            tuple(dict.fromkeys(run.scheme for run in runs)),
            tuple(sorted({run.width for run in runs})),
            sum(run.pages for run in runs),
            sum(run.failures for run in runs),
        )
        for (tool, state), runs in groups.items()
    )
