"""Other processes: where work can be done beside this one."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")


def processors() -> int:
    """How many processors there are for this process and its like."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a copy of this process can be made: it would have none of its other threads."""
    return threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods()


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin `work` in a process of its own, in a thread where that cannot be; what to call for its outcome.

    What fails in the process is done again, here, when its outcome is asked for.
    """
    if processors() == 1 or not can_fork():
        pool = ThreadPoolExecutor(1)
        job = pool.submit(work)
        pool.shutdown(wait=False)
        return job.result
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(work, there), daemon=True)
    process.start()
    there.close()

    def outcome() -> T:
        try:
            found: T = here.recv()
        except (EOFError, OSError):
            found = work()
        process.join()
        return found

    return outcome


def _send(work: Callable[[], object], there: Connection) -> None:
    with suppress(Exception, KeyboardInterrupt):
        there.send(work())
