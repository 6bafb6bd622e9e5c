"""What a command costs: its time, its processor's time, and the memory of all its processes."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_USUAL = {"PYTHONDONTWRITEBYTECODE": ""}
"""Python keeps what it has compiled, as it does where nobody says otherwise."""

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What one command cost, or the medians of several."""

    seconds: float
    processor: float
    """Seconds of processor, of the command and of all that it started."""

    megabytes: float
    """Peak memory of all its processes at once, shared pages counted once; 0 where nothing measured it."""


class FailedCommandError(RuntimeError):
    """A command ended badly; its last words are the message."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run `command` in `folder` to its end.

    Raises:
        FailedCommandError: it ended with a fault.
    """
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | _USUAL | environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        ended = threading.Event()
        peak: list[float] = []
        watch = threading.Thread(target=_watch, args=(process.pid, ended, peak))
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        ended.set()
        watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip().splitlines()
            raise FailedCommandError(words[-1] if words else f"exit code {process.returncode}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, max([usage.ru_maxrss / 1024, *peak]))


@contextmanager
def running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A server's process while the block runs, then the end of it and of all that it started."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | _USUAL | environment,
        stdin=subprocess.PIPE,  # Hugo ends when its input does
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):  # it ended by itself
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        assert process.stdin
        process.stdin.close()


def processor(root: int) -> float:
    """Seconds of processor that the process `root`, all below it, and its ended children have used."""
    used = 0
    for process in tree(root):
        fields = _fields(process)
        used += sum(map(int, fields[11:15])) if fields else 0
    return used / _TICK


def medians(costs: Iterable[Cost]) -> Cost:
    """The median of each figure of `costs`."""
    each = [(cost.seconds, cost.processor, cost.megabytes) for cost in costs]
    return Cost(*(statistics.median(column) for column in zip(*each, strict=True)))


def tree(root: int) -> list[int]:
    """The process `root` and all that stand below it."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        fields = _fields(int(folder.name))
        if fields:
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [root]
    for process in found:  # grows as it goes
        found += parents.get(process, [])
    return found


def _fields(process: int) -> list[str]:
    """What the kernel says of `process` after its name: state, parent and so on; nothing of an ended one."""
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _watch(root: int, ended: threading.Event, peak: list[float]) -> None:
    """Look at the memory of the tree of `root` until it has `ended`."""
    while not ended.wait(0.1):
        peak[:] = [max([sum(map(_megabytes, tree(root))), *peak])]


def _megabytes(process: int) -> float:
    """The memory of `process`, a page that n processes share counted as a n-th."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)
