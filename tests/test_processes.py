"""Work beside this process: its outcome is the same where it cannot be done there."""

from __future__ import annotations

import os
import signal
import threading
from functools import partial
from pathlib import Path

import pytest

from microlearning import processes
from microlearning.processes import beside
from microlearning.traces import find_files

HERE = os.getpid()


def test_work_is_done_beside_this_process() -> None:
    assert (beside(os.getpid)() != HERE) == (processes.processors() > 1)


@pytest.mark.parametrize("lack", ["processors", "fork"])
def test_work_is_done_here_where_no_other_process_can_be(monkeypatch: pytest.MonkeyPatch, lack: str) -> None:
    if lack == "processors":
        monkeypatch.setattr(processes, "processors", lambda: 1)
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    if lack == "fork":
        other.start()
    assert beside(os.getpid)() == HERE
    ended.set()


def fail_elsewhere(how: str) -> int:
    """Fail as `how` says in another process than this."""
    if os.getpid() != HERE:
        if how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(how)
    return HERE


@pytest.mark.parametrize("how", ["killed", "failed"])
def test_work_that_fails_there_is_done_here(capfd: pytest.CaptureFixture[str], how: str) -> None:
    assert beside(partial(fail_elsewhere, how))() == HERE
    assert capfd.readouterr() == ("", "")


def test_a_folder_of_many_files_comes_back_whole(tmp_path: Path) -> None:
    """More than a pipe holds at once."""
    for number in range(3000):
        (tmp_path / f"file-{number}").touch()
    assert beside(partial(find_files, tmp_path))() == find_files(tmp_path)
