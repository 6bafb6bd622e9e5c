"""The ledger: it counts in its own world only, and nothing wrong with it can matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from microlearning.ledger import Ledger, head, ledger_file, load, save, world


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
@pytest.mark.parametrize("first", [b'["mark", []]\n', b""])
def test_a_ledger_that_cannot_be_read_counts_for_nothing(
    tmp_path: Path, first: bytes, content: bytes
) -> None:
    file = tmp_path / "ledger.pickle"
    file.write_bytes(first + content)
    assert load(file, b"world") == Ledger(b"world")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\n", b"[]\n", b"7\n", b'["mark", [7]]\n', b'["mark", [["a", "b"]]]\n']
)
def test_what_was_told_is_nothing_when_it_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ledger.pickle"
    assert head(file) == ("", [])
    file.write_bytes(content)
    assert head(file) == ("", [])


def test_what_was_told_can_be_told_again(tmp_path: Path) -> None:
    file = tmp_path / "ledger.pickle"
    save(Ledger(b"world", mark="mark", told=[(20, "de : à\nb")]), file)
    assert head(file) == ("mark", [(20, "de : à\nb")])


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
