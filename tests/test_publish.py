"""S4: the published site is replaced whole, or not at all."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import run_build
from microlearning import publish
from microlearning.publish import beside, building_folder, deliver, restore, swap


def _page(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text)
    return folder


def test_a_swap_replaces_the_whole_site(tmp_path: Path) -> None:
    site = _page(tmp_path / "site", "old")
    (site / "gone.html").write_text("old")
    building = _page(beside(site), "new")
    swap(building, site)
    assert {file.name for file in site.iterdir()} == {"index.html"}
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_first_build_needs_no_site(tmp_path: Path) -> None:
    swap(_page(beside(tmp_path / "site"), "new"), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"


def test_a_swap_that_fails_puts_the_site_back(tmp_path: Path) -> None:
    site = _page(tmp_path / "site", "old")
    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "never-built", site)
    assert (site / "index.html").read_text() == "old"


def test_a_build_killed_between_two_renames_is_put_right(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _page(tmp_path / ".site-previous", "old")
    restore(site)
    assert (site / "index.html").read_text() == "old"


def test_leftovers_of_a_killed_build_do_not_get_in(tmp_path: Path) -> None:
    site = _page(tmp_path / "site", "old")
    _page(building_folder(site), "half")
    assert list(beside(site).iterdir()) == []
    assert (site / "index.html").read_text() == "old"


def test_where_folders_cannot_be_exchanged_two_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    site = _page(tmp_path / "site", "old")
    swap(_page(beside(site), "new"), site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_on_another_system_nothing_is_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not publish._exchange(tmp_path, tmp_path)  # noqa: SLF001


def _site(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


OLD = {"index.html": "old", "kept/index.html": "kept", "lost/deep/index.html": "lost", "same.txt": "same"}
CHANGED = {"index.html": "new", "new/deep/page.html": "new", "same.txt": "same"}
RESULT = {"index.html": b"new", "kept/index.html": b"kept", "new/deep/page.html": b"new", "same.txt": b"same"}


@pytest.mark.parametrize("many", [0, 100])
def test_what_changed_comes_in_and_what_is_gone_goes(
    tmp_path: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "MANY", many)
    site, building = _site(tmp_path / "site", OLD), _site(tmp_path / ".site-building", CHANGED)
    untouched = (site / "same.txt").stat().st_mtime_ns
    assert sorted(deliver(building, site, ["lost/deep/index.html"])) == ["index.html", "new/deep/page.html"]
    assert _tree(site) == RESULT
    assert not (site / "lost").exists()
    assert (site / "same.txt").stat().st_mtime_ns == untouched
    assert not building.exists()


def test_where_files_cannot_be_linked_they_are_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(publish, "MANY", 0)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    site, building = _site(tmp_path / "site", OLD), _site(tmp_path / ".site-building", CHANGED)
    deliver(building, site, ["lost/deep/index.html"])
    assert _tree(site) == RESULT


@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_moves_that_were_cut_short_are_taken_up(
    tmp_path: Path, done: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, building = _site(tmp_path / "site", OLD), _site(tmp_path / ".site-building", CHANGED)
    left, replace, unlink = done, Path.replace, Path.unlink

    def cut(act: Callable[..., object]) -> Callable[..., object]:
        def acting(path: Path, *rest: object, **options: object) -> object:
            nonlocal left
            if path.suffix == ".html":
                left -= 1
                if left < 0:
                    raise KeyboardInterrupt
            return act(path, *rest, **options)

        return acting

    monkeypatch.setattr(Path, "replace", cut(replace))
    monkeypatch.setattr(Path, "unlink", cut(unlink))
    if done < 3:
        with pytest.raises(KeyboardInterrupt):
            deliver(building, site, ["lost/deep/index.html"])
    else:
        deliver(building, site, ["lost/deep/index.html"])
    monkeypatch.undo()
    restore(site)
    assert _tree(site) == RESULT
    assert not building.exists()


def test_a_file_can_take_a_folders_place_and_a_folder_a_files(tmp_path: Path) -> None:
    site = _site(tmp_path / "site", {"one/index.html": "old", "two": "old"})
    building = _site(tmp_path / ".site-building", {"one": "new", "two/index.html": "new"})
    deliver(building, site, ["one/index.html", "two"])
    assert _tree(site) == {"one": b"new", "two/index.html": b"new"}


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _change(project: Path) -> None:
    page = project / "docs" / "en" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")


STOPPED = """
import errno, os, pathlib, shutil, signal, sys
import mkdocs.utils
from mkdocs.__main__ import cli

left, end = int(sys.argv.pop(1)), sys.argv.pop(1)

def stopping(write):
    def refused(*arguments, **options):
        global left
        left -= 1
        if left >= 0:
            return write(*arguments, **options)
        if end == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(errno.ENOSPC, "No space left on device", str(arguments[-1]))
    return refused

mkdocs.utils.write_file = stopping(mkdocs.utils.write_file)
pathlib.Path.write_bytes = stopping(pathlib.Path.write_bytes)
shutil.copyfile = stopping(shutil.copyfile)
cli()
"""
"""A build that writes so many files, and is then killed or told that the disk is full."""


def _stopped(project: Path, files: int, end: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", STOPPED, str(files), end, "build", "-f", str(project / "mkdocs.yml")]
    return subprocess.run(command, cwd=project.parent, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("files", [1, 25])
def test_s4_a_killed_build_leaves_the_published_site_complete(project: Path, files: int) -> None:
    assert run_build(project, "-q").returncode == 0
    site, building = project / "site", project / ".site-building"
    before = _tree(site)
    _change(project)
    assert _stopped(project, files, "killed").returncode == -signal.SIGKILL
    assert building.exists()
    assert _tree(site) == before
    assert run_build(project, "-q").returncode == 0
    assert b"More." in (site / "en" / "about" / "index.html").read_bytes()
    assert not [path.name for path in project.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("room", [0, 12, 25])
def test_s4_a_full_disk_leaves_the_published_site_complete(project: Path, room: int) -> None:
    assert run_build(project, "-q").returncode == 0
    before = _tree(project / "site")
    _change(project)
    done = _stopped(project, room, "full")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr
    assert _tree(project / "site") == before
    assert not [path.name for path in project.iterdir() if path.name.startswith(".")]
