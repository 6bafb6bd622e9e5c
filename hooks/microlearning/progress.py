"""Progress: what a build that takes longer than a moment is doing, on a terminal or in a log."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

import click

_PATIENCE = 2.0
"""Seconds for which nobody needs to be told anything."""

_BETWEEN = 10.0
"""Seconds between two lines where a line cannot be drawn over."""


def stages(
    label: Callable[[str], str],
    say: Callable[[str], object],
    out: TextIO,
    now: Callable[[], float] = time.monotonic,
) -> Callable[[str, int], Callable[[int], None]]:
    """Begins stages: given a stage's key and its number of steps, gives what is told of steps done.

    `label` puts a key in the author's words. On a terminal, `out`, a bar shows steps and the time left;
    elsewhere `say` tells of them now and then. Nothing is shown of what is done at once.
    """

    def stage(key: str, steps: int) -> Callable[[int], None]:
        began = now()
        if out.isatty():
            return _bar(label(key), steps, out, lambda: now() - began > _PATIENCE)
        return _lines(label(key), steps, say, now)

    return stage


def _bar(name: str, steps: int, out: TextIO, is_slow: Callable[[], bool]) -> Callable[[int], None]:
    bar = click.progressbar(length=steps, label=name, file=out, show_pos=True, show_eta=True)
    done, drawn = 0, False

    def told(count: int) -> None:
        nonlocal done, drawn
        done += count
        if drawn or is_slow():
            drawn = True
            bar.update(done - bar.pos)
            if done >= steps:
                bar.render_finish()

    return told


def _lines(
    name: str, steps: int, say: Callable[[str], object], now: Callable[[], float]
) -> Callable[[int], None]:
    done, last = 0, now()

    def told(count: int) -> None:
        nonlocal done, last
        done += count
        if now() - last > _BETWEEN:
            last = now()
            say(f"{name}: {done}/{steps}")

    return told
