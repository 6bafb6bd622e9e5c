"""A long build says what it is doing: a bar on a terminal, lines elsewhere, nothing when it is quick."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import count

import pytest

from microlearning.progress import stages


class Terminal(io.StringIO):
    """What a terminal is sent."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def _run(out: io.StringIO, seconds: float) -> list[str]:
    """What is said of ten steps that take so long each."""
    said: list[str] = []

    def clock() -> Iterator[float]:
        time = 0.0
        while True:
            yield time
            time += seconds

    ticks = clock()
    told = stages({"reading": "Reading pages"}.__getitem__, said.append, out, lambda: next(ticks))(
        "reading", 10
    )
    for _ in range(10):
        told(1)
    return said


def test_a_terminal_shows_the_stage_the_count_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    out, ticks = Terminal(), count()
    monkeypatch.setattr("time.time", lambda: next(ticks))  # the bar's own clock
    assert _run(out, 1.0) == []
    shown = re.split(r"[\r\n]", out.getvalue())
    assert all("Reading pages" in line for line in shown if re.search(r"\d/10", line))
    assert re.search(r"[4-9]/10 +\d\d:\d\d:\d\d", out.getvalue())
    assert "10/10" in out.getvalue()
    assert out.getvalue().endswith("\n")


def test_elsewhere_a_line_now_and_then() -> None:
    out = io.StringIO()
    assert _run(out, 4.0) == ["Reading pages: 3/10", "Reading pages: 6/10", "Reading pages: 9/10"]
    assert out.getvalue() == ""


@pytest.mark.parametrize("out", [io.StringIO(), Terminal()])
def test_what_is_done_at_once_is_not_told(out: io.StringIO) -> None:
    assert _run(out, 0.01) == []
    assert out.getvalue().strip() == ""
