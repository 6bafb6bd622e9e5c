"""Other processes: where work can be done beside this one."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

A = TypeVar("A")
T = TypeVar("T")


def processors() -> int:
    """How many processors there are for this process and its like."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a copy of this process can be made: it would have none of its other threads."""
    return threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods()


def beside(work: Callable[[A], T], what: A) -> Callable[[], T]:
    """Begin `work` with `what` in a process of its own, where that can be; what to call for its outcome.

    What fails there, or cannot be begun, is done here when its outcome is asked for.
    """
    if processors() == 1 or not can_fork():
        return lambda: work(what)
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(work, what, there), daemon=True)
    process.start()
    there.close()

    def outcome() -> T:
        try:
            found: T = here.recv()
        except (EOFError, OSError):
            found = work(what)
        process.join()
        return found

    return outcome


def _send(work: Callable[[A], T], what: A, there: Connection) -> None:
    with suppress(OSError, KeyboardInterrupt):
        there.send(work(what))
