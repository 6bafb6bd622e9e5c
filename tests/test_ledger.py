"""The ledger: what it believes of a file, and that nothing wrong with it can matter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from microlearning.ledger import (
    COMMON,
    Ledger,
    find_files,
    grouped,
    ledger_file,
    load,
    pair_names,
    save,
    settled,
    trace,
    world,
)

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
    assert len(groups[COMMON]) == 5


def test_a_link_that_leads_nowhere_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "lost").symlink_to(tmp_path / "nothing")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "page.md").write_text("x")
    assert [*find_files(tmp_path)] == ["page.md"]


def test_another_world_when_code_templates_or_settings_differ(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("one")
    first = world([tmp_path], "settings")
    assert world([tmp_path], "settings") == first
    assert world([tmp_path], "others") != first
    (tmp_path / "page.html").write_text("two")
    assert world([tmp_path], "settings") != first
    (tmp_path / "page.html").write_text("one")
    (tmp_path / "page.html").rename(tmp_path / "other.html")
    assert world([tmp_path], "settings") != first


@pytest.mark.parametrize("content", [b"", b"world", b"world\x80nonsense", b"other", b"worldcos\nsystem\n."])
def test_a_ledger_that_cannot_be_read_counts_for_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ledger.pickle"
    file.write_bytes(content)
    assert load(file, b"world") == Ledger(b"world")


def test_a_ledger_is_kept_for_its_world_only(tmp_path: Path) -> None:
    file = ledger_file(tmp_path, "project", "site")
    ledger = Ledger(b"world", contents={"fr/a.md": "words"})
    save(ledger, file)
    assert load(file, b"world") == ledger
    assert load(file, b"another") == Ledger(b"another")
    assert file != ledger_file(tmp_path, "project", "elsewhere")


def test_old_ledgers_go(tmp_path: Path) -> None:
    for number in range(40):
        save(Ledger(b"world"), ledger_file(tmp_path, number))
    assert len([*(tmp_path / "ledger").iterdir()]) <= 24


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "ledger").write_text("a file")
    save(Ledger(b"world"), ledger_file(tmp_path, "site"))
    assert load(ledger_file(tmp_path, "site"), b"world") == Ledger(b"world")
