"""`make site` and `make test` install what they need, or say in one sentence what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A project that needs one package more than there is; commands in `bin` come first on the path."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "tools" / "install", tmp_path / "tools")
    (tmp_path / "tools" / "apt-site.txt").write_text("# a comment\npython3 true\nno-such-package false\n")
    (tmp_path / "tools" / "apt-test.txt").write_text("")
    (tmp_path / "requirements.txt").write_text("")
    return tmp_path


def _command(machine: Path, name: str, script: str) -> None:
    file = machine / "bin" / name
    file.write_text(f'#!/bin/sh\n{script}\necho "{name} $*" >> "{machine}/calls"\n')
    file.chmod(0o755)


def _install(machine: Path) -> subprocess.CompletedProcess[str]:
    path = f"{machine / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["tools/install", "site"],
        cwd=machine,
        env={**os.environ, "PATH": path},
        check=False,
        capture_output=True,
        text=True,
    )


def test_without_rights_one_sentence_names_the_packages(machine: Path) -> None:
    _command(machine, "id", "echo 1000")
    done = _install(machine)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Missing Debian packages; ask an administrator to run: apt-get install no-such-package"
    ]
    assert not (machine / ".venv").exists()


def test_with_rights_the_packages_are_installed(machine: Path) -> None:
    _command(machine, "id", "echo 0")
    _command(machine, "apt-get", "")
    _command(machine, "uv", 'if [ "$1" = venv ]; then mkdir -p .venv/bin; fi')
    done = _install(machine)
    assert done.returncode == 0, done.stderr
    calls = (machine / "calls").read_text()
    assert "apt-get install -q -y --no-install-recommends no-such-package" in calls
    assert "uv pip install -q --python .venv/bin/python --require-hashes -r requirements.txt" in calls
    assert (machine / ".venv" / "site.installed").exists()


def test_every_version_is_exact_and_checked_by_hash() -> None:
    for name in ("requirements.txt", "requirements-test.txt", "tools/video/requirements.txt"):
        text = (ROOT / name).read_text()
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pins
        assert all("==" in pin for pin in pins)
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text


def test_npm_packages_are_exact_and_name_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert '"integrity": "sha512-' in text
    assert "://" not in text
