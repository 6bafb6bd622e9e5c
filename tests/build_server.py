"""Runs many builds, each in a fresh copy of one process: the libraries are imported once, the product never.

A line of JSON on the input is a list of command lines, run side by side; the answer is a line with the
exit code and the output of each. The product is imported anew in each, so that it may change.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

LIBRARIES = (
    *(
        "mkdocs.__main__",
        "mkdocs.commands.build",
        "mkdocs_static_i18n.plugin",
        "markdown",
        "pymdownx.superfences",
    ),
    *("pymdownx.highlight", "pymdownx.tasklist", "pydantic", "selectolax.lexbor", "pymediainfo", "segno"),
    *("tinycss2", "werkzeug.wrappers", "watchdog.observers", "jinja2", "yaml", "py3langid"),
)


class Done(NamedTuple):
    """What a command left."""

    code: int
    output: str


class Builds:
    """The server, seen from a test."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, *jobs: tuple[Sequence[str], Mapping[str, str]]) -> list[Done]:
        """Run each job, a command line and its environment, beside the others."""
        asked = [{"argv": list(argv), "environment": dict(environment)} for argv, environment in jobs]
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return [Done(*each) for each in json.loads(self._process.stdout.readline())]


@contextmanager
def serving() -> Iterator[Builds]:
    """A server for as long as a test needs it."""
    with subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Builds(process)
        finally:
            process.kill()


def main() -> None:
    """Answer until the input ends."""
    sys.dont_write_bytecode = False  # the product is compiled once for all its builds
    for name in LIBRARIES:
        importlib.import_module(name)
    for line in sys.stdin:
        jobs = [_begin(one["argv"], one["environment"]) for one in json.loads(line)]
        sys.stdout.write(json.dumps([_end(*job) for job in jobs]) + "\n")
        sys.stdout.flush()


def _begin(argv: list[str], environment: dict[str, str]) -> tuple[int, str]:
    handle, name = tempfile.mkstemp(prefix="build-", suffix=".log")
    pid = os.fork()
    if pid:
        os.close(handle)
        return pid, name
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.environ.update(environment)
    os._exit(_run(argv))


def _run(argv: list[str]) -> int:
    code = 1
    try:
        sys.argv = argv
        if argv[0] == "mkdocs":
            importlib.import_module("mkdocs.__main__").cli()
        else:
            sys.path.insert(0, str(Path(argv[0]).parent))
            exec(compile(Path(argv[0]).read_bytes(), argv[0], "exec"), {"__name__": "__main__"})  # noqa: S102 - a script of our own
        code = 0
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else int(done.code is not None)
    except BaseException:  # noqa: BLE001 - a traceback is an answer too
        importlib.import_module("traceback").print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _end(pid: int, log: str) -> tuple[int, str]:
    _, status = os.waitpid(pid, 0)
    output = Path(log).read_text(encoding="utf-8", errors="replace")
    with suppress(OSError):
        Path(log).unlink()
    return os.waitstatus_to_exitcode(status), output


if __name__ == "__main__":
    main()
