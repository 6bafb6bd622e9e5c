"""Traces: no change of a file goes unseen, and each file belongs to its pair."""

from __future__ import annotations

import os
from pathlib import Path

from microlearning.traces import COMMON, find_files, grouped, pair_names, settled, trace

SECOND = 1_000_000_000


def test_every_way_to_change_a_file_leaves_a_trace(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text("one")
    before = trace(file)
    file.write_text("two")
    os.utime(file, ns=(before[2], before[2]))  # the same size, and the time set back
    assert trace(file) != before
    other = tmp_path / "other.md"
    other.write_text("one")
    os.utime(other, ns=(before[2], before[2]))
    other.replace(file)
    assert trace(file) != before


def test_a_file_that_may_change_again_within_a_tick_is_not_believed() -> None:
    now = 1000 * SECOND + 7
    fine, coarse, old = now - SECOND // 100, 999 * SECOND, now - 5 * SECOND
    traces = {name: (1, 1, time, time) for name, time in (("fine", fine), ("coarse", coarse), ("old", old))}
    believed = settled(traces, now)
    assert [name for name in traces if believed[name] == traces[name]] == ["old"]


def test_files_belong_to_their_pair() -> None:
    files = dict.fromkeys(
        [
            *(
                "fr/a.md",
                "en/a.md",
                "fr/sub/b.md",
                "media/a/lesson.yml",
                "media/a/fr.vtt",
                ".reviewed/fr/a.txt",
            ),
            *("media/logo.webp", "notes.md", "fr/.hidden.md", "fr/picture.png", ".accessibility/report.json"),
            *("media/words/notes.md", "media/deep/er/lesson.yml"),
        ],
        (0, 0, 0, 0),
    )
    names = pair_names(files)
    assert names == ("a", "sub/b")
    groups = grouped(files, names)
    assert sorted(groups["a"]) == [
        ".reviewed/fr/a.txt",
        "en/a.md",
        "fr/a.md",
        "media/a/fr.vtt",
        "media/a/lesson.yml",
    ]
    assert sorted(groups["sub/b"]) == ["fr/sub/b.md"]
    assert len(groups[COMMON]) == 7


def test_a_link_that_leads_nowhere_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "lost").symlink_to(tmp_path / "nothing")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "page.md").write_text("x")
    assert [*find_files(tmp_path)] == ["page.md"]
