"""Status: how each pair of pages stands, for readers, for authors, and for tools."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from microlearning.check import pair_changes, waiver_of
from microlearning.drift import Change
from microlearning.project import Project, WrittenPage
from microlearning.strings import LANGUAGES, other

State = Literal["same", "changed", "never", "waived", "alone"]


@dataclass(frozen=True)
class PairStatus:
    """One pair of pages."""

    name: str
    """What both files' names share: `trn1-v13`."""

    titles: Mapping[str, str]
    """By language, of the pages that exist."""

    state: State
    """`same`: each was compared with what the other says now. `changed`: a passage is newer than the review.

    `never`: a page was not compared yet. `waived`: the pair may differ for a while. `alone`: it has no twin.
    """

    reviewed: Mapping[str, date | None]
    """By language, when that page was last compared with its twin."""

    changes: tuple[Change, ...]

    reason: str = ""
    reason_language: str = ""
    until: date | None = None
    """The waiver's."""

    def changed_in(self, language: str) -> tuple[Change, ...]:
        """What has changed in `language` and waits for the other."""
        return tuple(change for change in self.changes if f"/{other(language)}/" in f"/{change.twin}")


def read_status(project: Project, today: date) -> tuple[PairStatus, ...]:
    """How every pair stands, by name."""
    return tuple(_status(project, name, pair, today) for name, pair in project.pairs.items())


def _status(project: Project, name: str, pair: dict[str, WrittenPage], today: date) -> PairStatus:
    waiver = waiver_of(pair, today)
    found = pair_changes(project, pair)
    reviews = {one: pair[one].front.reviewed if one in pair else None for one in LANGUAGES}
    reviewed = {one: review.date if review else None for one, review in reviews.items()}
    state: State = "same"
    if waiver:
        state = "waived"
    elif len(pair) < len(LANGUAGES):
        state = "alone"
    elif found:
        state = "changed"
    elif not all(reviewed.values()):
        state = "never"
    titles = {one: pair[one].document.title for one in LANGUAGES if one in pair}
    if waiver is None:
        return PairStatus(name, titles, state, reviewed, found)
    return PairStatus(name, titles, state, reviewed, found, waiver[1].reason, waiver[0], waiver[1].until)


def status_json(pairs: Iterable[PairStatus]) -> str:
    """The status for tools. It holds dates and no ages, so that the same files give the same text any day."""
    return json.dumps({"pairs": [_plain(pair) for pair in pairs]}, ensure_ascii=False, indent=2) + "\n"


def _plain(pair: PairStatus) -> dict[str, object]:
    waiver = {"reason": pair.reason, "language": pair.reason_language, "until": str(pair.until)}
    return {
        "name": pair.name,
        "state": pair.state,
        "titles": dict(pair.titles),
        "reviewed": {one: day.isoformat() if day else None for one, day in pair.reviewed.items()},
        "changes": [
            {
                "file": change.passage.path,
                "line": change.passage.line,
                "section": change.passage.key,
                "kind": change.kind,
                "review": change.twin,
                "since": change.since.isoformat(),
                "difference": change.difference,
            }
            for change in pair.changes
        ],
        "waiver": waiver if pair.until else None,
    }
