"""Ports for the servers of tests, chosen so that tests may run side by side."""

from __future__ import annotations

import os
import socket
from itertools import count

_FIRST, _LAST = 10_000, 30_000
"""Below the ports that the system gives to connections, so that none takes a chosen one first."""

_numbers = count()


def free_port() -> int:
    """A port at which nothing listens. Processes begin at places of their own, so that no two choose one."""
    start = os.getpid() * 64
    while True:
        port = _FIRST + (start + next(_numbers)) % (_LAST - _FIRST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
