"""The ledger: it counts in its own world only, and nothing wrong with it can matter."""

from __future__ import annotations

import errno
import marshal
import multiprocessing
import threading
import time
from pathlib import Path

import pytest

from microlearning.ledger import Ledger, head, ledger_file, load, save, turn, world


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


SIGHT = ("settings", {"a.py": (1, 2, 3, 4)}, {"fr/a.md": (5, 6, 7, 8)})


@pytest.mark.parametrize("content", [b"", b"world", b"\x80nonsense", b"cos\nsystem\n.", b"\x80\x05K\x07."])
@pytest.mark.parametrize("first", [b"\0" * 7 + b"\1N", b'["mark", []]\n', b"\0" * 8, b"\xff" * 8, b""])
def test_a_ledger_that_cannot_be_read_counts_for_nothing(
    tmp_path: Path, first: bytes, content: bytes
) -> None:
    file = tmp_path / "ledger.pickle"
    assert load(file) == Ledger()
    file.write_bytes(first + content)
    assert load(file) == Ledger()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"N",
        b"[]",
        b"7",
        *map(marshal.dumps, (None, 7, (7,), (SIGHT, [7]), (SIGHT, [("a", "b")]), (SIGHT, []))),
    ],
)
def test_what_was_seen_counts_for_nothing_when_it_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ledger.pickle"
    assert head(file, SIGHT) is None
    for data in (content, len(content).to_bytes(8, "big") + content):
        file.write_bytes(data)
        assert head(file, SIGHT) is None


def test_what_was_told_comes_back_when_the_same_is_seen(tmp_path: Path) -> None:
    file, left = tmp_path / "ledger.pickle", {"fr/a/index.html": (9, 10, 11)}
    save(Ledger(b"world", sight=SIGHT, outputs={"a": left}, told=[(20, "de : à\nb")]), file)
    assert head(file, SIGHT) == (left, [(20, "de : à\nb")])
    assert head(file, ("other", *SIGHT[1:])) is None
    save(Ledger(b"world", outputs={"a": left}), file)
    assert head(file, SIGHT) is None


def test_a_ledger_is_kept_for_one_project_and_site(tmp_path: Path) -> None:
    file = ledger_file(tmp_path, "project", "site")
    ledger = Ledger(b"world", contents={"fr/a.md": "words"})
    save(ledger, file)
    assert load(file) == ledger
    assert file != ledger_file(tmp_path, "project", "elsewhere")


def test_one_build_at_a_time(tmp_path: Path) -> None:
    """Nor does a process that was begun in a build hold the next one up."""
    file, waited = tmp_path / "ledger" / "a.pickle", threading.Event()

    def wait() -> None:
        with turn(file, waited.set):
            pass

    second = threading.Thread(target=wait)
    left_behind = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    with turn(file, lambda: pytest.fail("nobody holds it")):
        left_behind.start()
        second.start()
        assert waited.wait(10)
    second.join(10)
    assert not second.is_alive()
    left_behind.kill()


def test_a_disk_that_knows_no_locks_stops_no_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lock(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("microlearning.ledger.fcntl.flock", lock)
    with turn(tmp_path / "ledger" / "a.pickle", lambda: pytest.fail("nobody holds it")):
        pass


def test_old_ledgers_go(tmp_path: Path) -> None:
    for number in range(40):
        save(Ledger(b"world"), ledger_file(tmp_path, number))
    assert len([*(tmp_path / "ledger").iterdir()]) <= 24


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "ledger").write_text("a file")
    save(Ledger(b"world"), ledger_file(tmp_path, "site"))
    assert load(ledger_file(tmp_path, "site")) == Ledger()
    with turn(ledger_file(tmp_path, "site"), lambda: pytest.fail("nobody holds it")):
        pass
