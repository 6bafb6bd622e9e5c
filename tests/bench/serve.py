"""How long a preview takes from a saved lesson to the changed page."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.corpus import edit_a_word
from bench.measure import Cost, processor, running
from bench.peers.peer import Peer

_LONGEST = 600
"""Seconds after which a page is given up."""


class SilentServerError(RuntimeError):
    """A preview did not show what it should."""


def served(peer: Peer, project: Path, lesson: str, words: list[str]) -> list[Cost]:
    """Start the preview of `peer`, put each of `words` into `lesson`, and give what each took to be served.

    Raises:
        SilentServerError: a page did not come.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [part.format(port=port) for part in peer.serve]
    address = f"http://127.0.0.1:{port}/en/{lesson}/"
    costs = []
    with running(command, project, peer.environment) as process:
        _until(address, "", process)
        for word in words:
            time.sleep(2)  # until the preview rests
            used = processor(process.pid)
            started = time.perf_counter()
            edit_a_word(project / peer.source.format(language="en", name=lesson), word)
            _until(address, word, process)
            costs.append(Cost(time.perf_counter() - started, processor(process.pid) - used, 0))
    return costs


def _until(address: str, word: str, server: subprocess.Popen[bytes]) -> None:
    """Ask `server` for `address` again and again until it shows `word`."""
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        if server.poll() is not None:
            raise SilentServerError(f"its preview ended by itself, with {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=_LONGEST) as answer:  # noqa: S310 - our own server
                if word in answer.read().decode():
                    return
        except (OSError, urllib.error.HTTPError):
            time.sleep(0.2)  # not listening yet, or in the middle of a build
        time.sleep(0.01)
    raise SilentServerError(f"{address} does not show {word or 'anything'}")
