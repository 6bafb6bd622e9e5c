"""S4: the published site is replaced whole, or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import run_build
from microlearning import publish
from microlearning.publish import beside, building_folder, restore, swap


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


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _change(project: Path) -> None:
    page = project / "docs" / "en" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")


STOPPED = """
import errno, os, signal, sys
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
mkdocs.utils.copy_file = stopping(mkdocs.utils.copy_file)
cli()
"""
"""MkDocs that writes so many files, and is then killed or told that the disk is full."""


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
