"""The preview answers `Range`, so that a video seeks (RFC 9110, section 14)."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.util import FileWrapper

import pytest
from werkzeug.test import Client

from microlearning.preview import answering_ranges
from ports import free_port

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOVIE = bytes(range(256)) * 40


def _files(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answers as MkDocs' preview does: always whole."""
    if environ["PATH_INFO"] != "/fr.mp4":
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [b"gone"]
    start_response("200 OK", [("Content-Type", "video/mp4"), ("Content-Length", str(len(MOVIE)))])
    return FileWrapper(BytesIO(MOVIE))


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        (None, 200, MOVIE),
        ("bytes=0-99", 206, MOVIE[:100]),
        ("bytes=5000-", 206, MOVIE[5000:]),
        ("bytes=-10", 206, MOVIE[-10:]),
        ("bytes=99999-", 416, None),
        ("lines=1-2", 200, MOVIE),
    ],
)
def test_ranges(asked: str | None, status: int, body: bytes | None) -> None:
    headers = {"Range": asked} if asked else {}
    response = Client(answering_ranges(_files)).get("/fr.mp4", headers=headers)
    assert response.status_code == status
    if body is not None:
        assert response.data == body
        assert response.headers["Accept-Ranges"] == "bytes"


def test_a_missing_page_stays_missing() -> None:
    response = Client(answering_ranges(_files)).get("/none", headers={"Range": "bytes=0-1"})
    assert response.status_code == 404
    assert response.data == b"gone"


@pytest.fixture
def preview(project: Path) -> Iterator[str]:
    """The address of `mkdocs serve`, running on a copy of the project."""
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def _fetch(address: str, asked: str = "") -> tuple[int, bytes]:
    """Status and body, waiting for the server to listen: up to 2 minutes, on a machine that is busy."""
    for _ in range(1200):
        try:
            request = urllib.request.Request(address, headers={"Range": asked} if asked else {})  # noqa: S310
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
                return answer.status, answer.read()
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{address} does not answer")


def _comes(address: str, words: bytes) -> bool:
    """Whether `words` are on the page within 30 s."""
    for _ in range(300):
        if words in _fetch(address)[1]:
            return True
        time.sleep(0.1)
    return False


def _edit(page: Path, old: str, new: str) -> None:
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_preview_shows_what_is_saved_in_a_lesson(preview: str, project: Path) -> None:
    page, address = project / "docs" / "en" / "acc1-v01.md", f"{preview}en/acc1-v01/"
    assert _fetch(address)[0] == 200
    _edit(page, "Do you write lessons", "Do you quietly write lessons")
    assert _comes(address, b"Do you quietly write lessons")
    assert _fetch(f"{address}checklist.pdf")[1].startswith(b"%PDF-")
    _edit(
        page, "## Transcript { .transcript }", "## Transcript"
    )  # nothing is shown of a lesson with a mistake
    time.sleep(1)
    _edit(page, "## Transcript", "## Transcript { .transcript }")
    _edit(page, "Do you quietly write", "Do you rarely write")
    assert _comes(address, b"Do you rarely write")
    lesson = project / "docs" / "fr" / "acc1-v02.md"
    _edit(lesson, "\n# ", "\n# Nouveau : ")
    assert _comes(f"{preview}fr/", b"Nouveau")  # the catalogue follows


def test_the_preview_shows_an_edit_and_its_video_seeks(preview: str, project: Path) -> None:
    movie = (project / "docs" / "media" / "trn1-v13" / "fr.mp4").read_bytes()
    status, part = _fetch(f"{preview}media/trn1-v13/fr.mp4", "bytes=1000-1999")
    assert (status, part) == (206, movie[1000:2000])
    page = project / "docs" / "en" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nA freshly saved sentence.\n", encoding="utf-8")
    for _ in range(1200):
        if b"A freshly saved sentence." in _fetch(f"{preview}en/about/")[1]:
            return
        time.sleep(0.1)
    pytest.fail("the edit never came")
