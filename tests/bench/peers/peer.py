"""What the bench knows of a generator: how it is had, how its project is written, built and served."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import venv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpus import link

ROOT = Path(__file__).parents[3]
TOOLS = ROOT / ".tools" / "bench"
"""Where peers are installed; `make clean` removes it."""

SITE_NAME, ADDRESS = "Microleçons", "https://microlearning.example.gc.ca"


class MissingPeerError(RuntimeError):
    """A peer cannot be had here; why is the message."""


@dataclass(frozen=True)
class Peer:
    """One generator.

    Commands are run in the project's folder; `{port}` in one is the port to serve at.
    """

    name: str
    install: Callable[[], str]
    """Gives the version, or raises `MissingPeerError`."""

    write: Callable[[Path, Path], None]
    """Writes the corpus in the first folder as a project of its own into the second."""

    build: tuple[str, ...]
    serve: tuple[str, ...]
    source: str
    """Where a project has the page `{language}`/`{name}`."""

    page: str
    """Where the built site has it."""

    media: str
    """Where a project has files that are published as they are, at `media/`."""

    made: tuple[str, ...]
    """What a build leaves in the project, the site and the caches: a cold build has none of it."""

    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """A page of the corpus without what only our own front matter says."""

    language: str
    name: str
    title: str
    description: str
    body: str
    """The Markdown below the title."""


def texts(corpus: Path) -> Iterator[Text]:
    """Every page of `corpus`."""
    for file in sorted((corpus / "docs").glob("??/*.md")):
        text = file.read_text(encoding="utf-8")
        found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
        head, text = (found[1], text[found.end() :]) if found else ("", text)
        description = re.search(r"(?m)^description: (.*)$", head)
        title = re.search(r"(?m)^# (.*)\n", text)
        assert title, f"{file} has no title"
        body = text[: title.start()] + text[title.end() :]
        yield Text(file.parent.name, file.stem, title[1], description[1] if description else "", body)


def put(file: Path, text: str) -> None:
    """Write `text` to `file`, its folder made where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


# --- how peers are had


def from_npm(package: str, folder: Path) -> str:
    """The packages of the lock file in `folder`, without their scripts; the version of `package`.

    Raises:
        MissingPeerError: there is no npm, or it cannot have them.
    """
    home = TOOLS / folder.name
    lock = (folder / "package-lock.json").read_bytes()
    done = home / "installed-lock.json"
    if not done.exists() or done.read_bytes() != lock:
        home.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, home / name)
        _call("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=home)
        done.write_bytes(lock)
    described = (home / "node_modules" / package / "package.json").read_text(encoding="utf-8")
    version = re.search(r'"version": "([^"]+)"', described)
    return version[1] if version else "?"


def put_packages(folder: Path, project: Path) -> None:
    """Put what `from_npm` has of `folder` into `project`: linked one by one: Astro wants none outside."""
    installed = TOOLS / folder.name / "node_modules"
    shutil.copytree(installed, project / "node_modules", symlinks=True, copy_function=link)


def from_pypi(package: str, folder: Path) -> str:
    """The packages of `requirements.txt` in `folder`, apart from ours; the version of `package`.

    Raises:
        MissingPeerError: pip cannot have them.
    """
    home = TOOLS / folder.name
    pins = (folder / "requirements.txt").read_bytes()
    done = home / "installed.txt"
    python = str(home / "bin" / "python")
    if not done.exists() or done.read_bytes() != pins:
        venv.create(home, with_pip=True)
        options = ("-q", "--disable-pip-version-check", "--require-hashes")
        _call(python, "-m", "pip", "install", *options, "-r", str(folder / "requirements.txt"))
        done.write_bytes(pins)
    ask = "import sys; from importlib.metadata import version; print(version(sys.argv[1]))"
    return _call(python, "-c", ask, package)


def from_debian(command: str, listed: Path) -> str:
    """The packages of the list `listed`, if an administrator runs this; the version of `command`.

    Raises:
        MissingPeerError: they are not there, and cannot be had.
    """
    if not shutil.which(command):
        lines = listed.read_text(encoding="utf-8").splitlines()
        names = [line.split()[0] for line in lines if line and not line.startswith("#")]
        if os.geteuid() != 0:
            raise MissingPeerError(f"ask an administrator to run: apt-get install {' '.join(names)}")
        _call("apt-get", "update", "-q")
        _call("apt-get", "install", "-q", "-y", "--no-install-recommends", *names)
    return _call(command, "version").split()[1].split("+")[0].removeprefix("v")


def _call(*command: str, cwd: Path | None = None) -> str:
    """What `command` prints.

    Raises:
        MissingPeerError: there is no such command, or it fails.
    """
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    except OSError as error:
        raise MissingPeerError(str(error)) from error
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise MissingPeerError(words[-1] if words else f"{command[0]}: exit code {done.returncode}")
    return done.stdout.strip()
