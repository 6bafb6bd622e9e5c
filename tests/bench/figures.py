"""What the measured figures say: ratios between sides, growth, and whether a target is met."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.measure import Cost

OURS = "ours"
COLD, WORD, NOTHING, SERVED = "cold", "after one word", "nothing changed", "served after a save"

Figures = Mapping[tuple[str, str, int], Cost]
"""Medians by side, kind of build, and number of lessons."""


@dataclass(frozen=True)
class Target:
    """Ours may take so much of what `peer` takes."""

    kind: str
    peer: str
    most: float


TARGETS = (
    Target(COLD, "material", 0.25),
    Target(COLD, "zensical", 0.30),
    Target(COLD, "starlight", 0.40),
    Target(WORD, "hugo", 0.7),
    Target(NOTHING, "hugo", 0.5),
    Target(SERVED, "hugo", 1.0),
)
GROWTH = 1.05
MEGABYTES = 400
MEMORY_AT = 1000
"""The number of lessons at which a cold build may take so many megabytes."""


def report(figures: Figures) -> Iterator[str]:
    """A line for each target that `figures` can answer, at the largest count that both sides have."""
    for target in TARGETS:
        counts = {
            side: {count for name, kind, count in figures if (name, kind) == (side, target.kind)}
            for side in (OURS, target.peer)
        }
        common = counts[OURS] & counts[target.peer]
        if common:
            yield _ratio(figures, target, max(common))
    counts = {count for side, kind, count in figures if (side, kind) == (OURS, COLD)}
    if len(counts) > 1:
        small, large = min(counts), max(counts)
        wall, processor = growth(figures, OURS, small, large)
        what = f"growth exponent from {small:,} to {large:,} lessons"
        yield _line(what, f"{wall:.2f}", f"{GROWTH:.2f}", f"{processor:.2f}", met=wall <= GROWTH)
    if MEMORY_AT in counts:
        megabytes = figures[OURS, COLD, MEMORY_AT].megabytes
        what = f"peak memory at {MEMORY_AT:,} lessons"
        yield _line(what, f"{megabytes:.0f} MB", f"{MEGABYTES} MB", "", met=megabytes < MEGABYTES)


def growth(figures: Figures, side: str, small: int, large: int) -> tuple[float, float]:
    """The exponent of growth of a cold build, by the clock and by the processor."""
    before, after = figures[side, COLD, small], figures[side, COLD, large]
    size = math.log(large / small)
    wall = math.log(after.seconds / before.seconds) / size
    return wall, math.log(after.processor / before.processor) / size


def row(side: str, kind: str, count: int, cost: Cost) -> str:
    """The figures of one side as a line of the table."""
    times = f"{cost.seconds:8.2f} s {1000 * cost.seconds / count:8.1f} ms {cost.processor:8.2f} s"
    memory = f"{cost.megabytes:7.0f} MB" if cost.megabytes else ""
    return f"  {side:10} {kind:20} {times} {memory}".rstrip()


HEAD = f"  {'':10} {'':20} {'clock':>10} {'a lesson':>11} {'processor':>10} {'memory':>10}"


def _ratio(figures: Figures, target: Target, count: int) -> str:
    ours, peer = (figures[side, target.kind, count] for side in (OURS, target.peer))
    wall, processor = ours.seconds / peer.seconds, ours.processor / max(peer.processor, 0.01)
    what = f"{target.kind}, ours / {target.peer} at {count:,} lessons"
    return _line(what, f"{wall:.2f}", f"{target.most:.2f}", f"{processor:.2f}", met=wall <= target.most)


def _line(what: str, is_: str, most: str, processor: str, *, met: bool) -> str:
    beside = f" (by processor {processor})" if processor else ""
    return f"  {'met    ' if met else 'NOT MET'}  {what}: {is_}, at most {most}{beside}"
