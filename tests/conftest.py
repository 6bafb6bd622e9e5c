"""What many tests share: the real site, built once, and scratch copies of the project to break."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).parents[1]
os.environ.setdefault("MICROLEARNING_CACHE", str(ROOT / ".cache"))  # one PDF of a sheet is enough for all
PROJECT = ("docs", "hooks", "overrides", "mkdocs.yml")


def run_build(project: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build` on `project` as an author would, from another folder."""
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(project / "mkdocs.yml"), *options]
    clean = {key: value for key, value in os.environ.items() if key not in {"LANG", "LC_ALL", "LC_MESSAGES"}}
    settings = clean | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"} | environment
    return subprocess.run(
        command,
        cwd=project.parent,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder of this run, the same for every process that shares its work."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


def built_once(folder: Path, project: Path, *options: str) -> Path:
    """The site of `project` in `folder`, built by the process that first asks, while the others wait."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():  # a build that fails leaves no folder: each process tells of it
            done = run_build(project, *options, "-d", str(folder))
            assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """The folder of the real site, built strictly: one warning fails every test that needs it."""
    return built_once(shared / "site", ROOT, "--strict")


@pytest.fixture(scope="session")
def html(site: Path) -> Callable[[str], LexborHTMLParser]:
    """Parses the page at an address such as `fr/trn1-v13/`."""

    def parse(address: str) -> LexborHTMLParser:
        file = site / address
        return LexborHTMLParser((file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8"))

    return parse


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A copy of the project that a test may break."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder
