"""`make bench`: what builds cost beside other generators, and which targets are met.

README.md in this folder says what is measured and how to ask for less. Holds nothing.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from bench.corpus import edit_a_word, link, write_corpus  # noqa: E402 - found by the path above
from bench.figures import COLD, HEAD, NOTHING, OURS, SERVED, WORD, report, row  # noqa: E402 - found by the path above
from bench.measure import Cost, FailedCommandError, medians, run  # noqa: E402 - found by the path above
from bench.peers import PEERS  # noqa: E402 - found by the path above
from bench.peers.peer import MissingPeerError, Peer  # noqa: E402 - found by the path above
from bench.serve import SilentServerError, served  # noqa: E402 - found by the path above

BUILDS = (COLD, WORD, NOTHING)

LESSON = "les1-v107"
"""The lesson whose words change."""

_LARGE = 100_000
"""Bytes of a file that takes room to keep."""


@dataclass(frozen=True)
class Settings:
    """What the variables of the command ask for."""

    counts: tuple[int, ...]
    alone: tuple[int, ...]
    """Counts at which only ours is built, and only cold: for its growth."""

    rounds: int
    peers: tuple[str, ...]
    media: bool
    """Whether the peers publish the videos too. Ours always does."""


def settings() -> Settings:
    """What the environment asks for."""
    environment = os.environ
    return Settings(
        counts=tuple(map(int, environment.get("COUNTS", "100 1000").split())),
        alone=tuple(map(int, environment.get("ALONE", "3000").split())),
        rounds=int(environment.get("ROUNDS", "3")),
        peers=tuple(environment.get("PEERS", " ".join(PEERS)).split()),
        media=environment.get("MEDIA", "0") == "1",
    )


def main() -> None:
    """Measure every side at every count and print."""
    asked = settings()
    sides = installed(asked.peers)
    figures: dict[tuple[str, str, int], Cost] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        for count in asked.counts:
            kinds = (*BUILDS, SERVED) if count == max(asked.counts) else BUILDS
            figures |= told(measured(sides, count, Path(scratch), asked, kinds), count, asked.rounds)
        for count in asked.alone:
            if count not in asked.counts:
                costs = measured([PEERS[OURS]], count, Path(scratch), asked, (COLD,))
                figures |= told(costs, count, asked.rounds)
    print("\nTargets")
    for line in report(figures):
        print(line)


def installed(names: Sequence[str]) -> list[Peer]:
    """Ours, and the peers of `names` that can be had; the others are named and left out."""
    sides = []
    for name in dict.fromkeys([OURS, *names]):
        if name not in PEERS:
            raise SystemExit(f"PEERS: {name} is none of {', '.join(PEERS)}")
        try:
            print(f"{name}: {PEERS[name].install()}", flush=True)
            sides.append(PEERS[name])
        except MissingPeerError as reason:
            print(f"{name}: left out, {reason}", flush=True)
    return sides


def told(
    costs: dict[tuple[str, str], list[Cost]], count: int, rounds: int
) -> dict[tuple[str, str, int], Cost]:
    """Print the medians of `costs`, and give them."""
    print(f"\n{count:,} lessons in two languages, medians of {rounds}\n{HEAD}")
    middle = {(side, kind, count): medians(each) for (side, kind), each in costs.items()}
    for (side, kind, _), cost in sorted(middle.items(), key=lambda one: list(PEERS).index(one[0][0])):
        print(row(side, kind, count, cost), flush=True)
    return middle


def measured(
    sides: Sequence[Peer], count: int, scratch: Path, asked: Settings, kinds: Sequence[str]
) -> dict[tuple[str, str], list[Cost]]:
    """The costs of `sides` at `count` lessons, by side and kind, taken in turn. One that fails goes home."""
    costs: dict[tuple[str, str], list[Cost]] = {}
    folder = scratch / str(count)
    folder.mkdir()
    corpus = write_corpus(folder / "corpus", count)
    projects = {side.name: written(side, corpus, folder / side.name, asked) for side in sides}
    for turn in range(asked.rounds):
        for side in [side for side in sides if side.name in projects]:
            project = projects[side.name]
            try:
                for kind in kinds:
                    cost = built(side, project, kind, turn)
                    print(row(side.name, kind, count, cost), file=sys.stderr, flush=True)
                    costs.setdefault((side.name, kind), []).append(cost)
            except (FailedCommandError, SilentServerError) as reason:
                print(f"{side.name}: left out at {count:,} lessons, {reason}", flush=True)
                del projects[side.name]
    for side in sides:
        put_away(folder / side.name, side.made, f"{side.name}-end")
    return costs


def written(side: Peer, corpus: Path, folder: Path, asked: Settings) -> Path:
    """The project of `side` in `folder`, with the content of `corpus`."""
    folder.mkdir()
    side.write(corpus, folder)
    if asked.media and side.media:
        shutil.copytree(corpus / "docs" / "media", folder / side.media, copy_function=link)
    return folder


def built(side: Peer, project: Path, kind: str, turn: int) -> Cost:
    """Build `project`, or serve it, as `kind` says.

    Raises:
        FailedCommandError: the build fails, or its site does not say the new word.
        SilentServerError: its preview does not show it.
    """
    environment = dict(side.environment)
    word = f"word{turn}"
    if kind == SERVED:
        return medians(served(side, project, LESSON, [f"saved{turn}", f"again{turn}"]))
    if kind == COLD:
        put_away(project, side.made, f"{side.name}-{turn}")
        environment |= {"MICROLEARNING_PDF": "0"}
    elif kind == WORD:
        edit_a_word(project / side.source.format(language="en", name=LESSON), word)
    cost = run(side.build, project, environment)
    if kind == COLD and environment != dict(side.environment):
        run(side.build, project, side.environment)  # draws the PDFs that `PDF=1` asks for
    page = project / side.page.format(language="en", name=LESSON)
    if kind == WORD and word not in page.read_text(encoding="utf-8"):
        raise FailedCommandError(f"{page.name} does not say the new word")
    return cost


def put_away(project: Path, made: Sequence[str], name: str) -> None:
    """Move what was `made` out of `project`, into folders of this `name`, and empty its large files.

    To delete it would slow the next build down: for minutes, ext4 passes over the inodes of files that
    were deleted, one by one for each file that it makes.
    """
    for number, folder in enumerate(project / one for one in made):
        if folder.exists():
            away = project.parent / "away" / f"{name}-{number}"
            away.parent.mkdir(exist_ok=True)
            folder.rename(away)
            for file in away.rglob("*"):
                if file.is_file() and file.stat().st_size > _LARGE and file.stat().st_nlink == 1:
                    os.truncate(file, 0)


if __name__ == "__main__":
    main()
