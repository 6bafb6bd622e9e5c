"""PDFs: made only when something changed, the same bytes everywhere, and none where none can be made."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from weasyprint.pdf import tags

import pdf_reading
from conftest import ROOT, run_build
from microlearning import pdf
from microlearning.pdf import PACKAGES, PdfStore, make_pdf, missing_packages
from microlearning.sheet import FOLDER, pdf_store

DAY = date(2026, 11, 22)
HEAD = '<head><title>A</title><link rel="stylesheet" href="pdf/pdf.css"></head>'
HTML = f'<html lang="en">{HEAD}<body><p>B</p></body></html>'
MADE = b"%PDF-1.7 whole %%EOF\n"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `make_pdf` was asked to make, in place of making it."""
    asked: list[str] = []

    def make(html: str, *_: object) -> bytes:
        asked.append(html)
        return MADE

    monkeypatch.setattr(pdf, "make_pdf", make)
    return asked


# --- what is kept


def test_what_did_not_change_is_not_made_again(tmp_path: Path, made: list[str]) -> None:
    for _ in range(2):
        assert pdf_store(tmp_path / "kept").pdf(HTML, DAY) == MADE
    assert made == [HTML]


def test_words_date_and_looks_each_count(tmp_path: Path, made: list[str]) -> None:
    look = tmp_path / "look.css"
    look.write_text("p { color: red }", encoding="utf-8")
    store = PdfStore(tmp_path / "kept", FOLDER, [look])
    store.pdf(HTML, DAY)
    store.pdf(HTML.replace("B", "C"), DAY)
    store.pdf(HTML, date(2026, 11, 23))
    look.write_text("p { color: blue }", encoding="utf-8")
    PdfStore(tmp_path / "kept", FOLDER, [look]).pdf(HTML, DAY)
    assert len(made) == 4


@pytest.mark.parametrize("damage", [b"", b"%PDF-1.7 cut", b"<html>"])
def test_a_kept_file_that_is_damaged_is_made_again(tmp_path: Path, made: list[str], damage: bytes) -> None:
    store = pdf_store(tmp_path)
    store.pdf(HTML, DAY)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(damage)
    assert store.pdf(HTML, DAY) == MADE
    assert len(made) == 2
    assert kept.read_bytes() == MADE


def test_a_folder_that_is_deleted_or_cannot_be_written_stops_nothing(tmp_path: Path, made: list[str]) -> None:
    store = pdf_store(tmp_path / "kept")
    store.pdf(HTML, DAY)
    shutil.rmtree(tmp_path / "kept")
    assert store.pdf(HTML, DAY) == MADE
    shutil.rmtree(tmp_path / "kept")
    (tmp_path / "kept").write_text("not a folder", encoding="utf-8")
    assert store.pdf(HTML, DAY) == MADE
    assert len(made) == 3


def test_many_builds_at_once_leave_one_whole_file(tmp_path: Path, made: list[str]) -> None:
    results: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: results.append(pdf_store(tmp_path).pdf(HTML, DAY))) for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [MADE] * 16
    assert made
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [MADE]


# --- the same bytes


def test_the_environment_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    before = dict(os.environ)
    make_pdf(HTML, DAY, FOLDER)
    assert dict(os.environ) == before


def test_another_machine_gives_the_same_bytes(tmp_path: Path) -> None:
    """Another folder, hash seed, home, language and time zone; no font of the machine, no cache."""
    prints = set()
    for number, zone in enumerate(("UTC", "America/Vancouver")):
        hooks = tmp_path / f"place-{number}" / "hooks"
        shutil.copytree(ROOT / "hooks", hooks, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "overrides", hooks.parent / "overrides")
        code = (
            "import sys; sys.path[:0] = [sys.argv[1], sys.argv[2]];"
            "from test_sheet import pdf, sheet; sys.stdout.buffer.write(pdf(sheet('en'), sheet('fr')))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(hooks), str(ROOT / "tests")],
            env={"PYTHONHASHSEED": str(number), "TZ": zone, "HOME": str(tmp_path / f"home-{number}"),
                 "LANG": ("C.UTF-8", "fr_CA.UTF-8")[number], "PATH": os.environ["PATH"]},
            cwd=hooks.parent, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        assert done.stdout.startswith(b"%PDF-1.7")
        prints.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(prints) == 1


def test_nothing_is_fetched_while_a_pdf_is_made(caplog: pytest.LogCaptureFixture) -> None:
    html = HTML.replace("<p>", '<p><img alt="a" src="http://127.0.0.1:9/picture.png">')
    assert make_pdf(html, DAY, FOLDER).startswith(b"%PDF")
    assert "127.0.0.1:9" in caplog.text


def test_weasyprint_still_has_the_function_that_is_extended() -> None:
    make_pdf(HTML, DAY, FOLDER)
    assert tags._build_box_tree.tells_language  # noqa: SLF001


# --- where none can be made


@pytest.mark.parametrize("package", PACKAGES)
def test_a_missing_library_is_told_by_its_package(package: str) -> None:
    def load(name: str) -> object:
        if name == PACKAGES[package]:
            raise OSError(name)
        return name

    assert missing_packages(load) == (package,)


def test_here_nothing_is_missing() -> None:
    assert missing_packages() == ()


WITHOUT = """
import ctypes
load = ctypes.CDLL.__init__
def refuse(self, name, *rest, **more):
    if name and 'pango' in str(name):
        raise OSError(f'cannot open {name}')
    load(self, name, *rest, **more)
ctypes.CDLL.__init__ = refuse
"""


@pytest.mark.parametrize(("language", "words"), [("en_CA", "No PDF was made"), ("fr_CA", "Aucun PDF")])
def test_without_the_libraries_one_warning_and_no_link(
    project: Path, tmp_path: Path, language: str, words: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT, encoding="utf-8")
    environment = {"PYTHONPATH": str(tmp_path), "LANG": f"{language}.UTF-8"}
    done = run_build(project, **environment)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("WARNING") == 1
    assert words in done.stderr
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0" in done.stderr
    assert not list((project / "site").rglob("*.pdf"))
    for page in (project / "site").rglob("*.html"):
        assert ".pdf" not in page.read_text(encoding="utf-8"), page
    assert "checklist.html" in (project / "site" / "fr" / "trn1-v13" / "index.html").read_text(
        encoding="utf-8"
    )
    shutil.rmtree(project / "site")
    strict = run_build(project, "--strict", **environment)
    assert strict.returncode == 1
    assert "Traceback" not in strict.stderr
    assert not (project / "site").exists()


def test_a_second_build_makes_no_pdf_again(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    environment = {"MICROLEARNING_CACHE": str(cache)}
    assert run_build(project, "-q", **environment).returncode == 0
    before = {file: file.stat().st_mtime_ns for file in (cache / "pdf").iterdir()}
    assert len(before) == 9
    card = project / "docs" / "en" / "acc1-v02.md"
    card.write_text(
        card.read_text(encoding="utf-8").replace("missed nothing", "missed none of it", 1), encoding="utf-8"
    )
    assert run_build(project, "-q", **environment).returncode == 0
    after = {file: file.stat().st_mtime_ns for file in (cache / "pdf").iterdir()}
    assert {file: after[file] for file in before} == before
    assert len(after) == 11, "one language's sheet and the bilingual one"


def test_a_sign_that_no_font_has_is_told_and_the_pdf_stays_readable(project: Path) -> None:
    page = project / "docs" / "en" / "trn1-v13.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("Say what people did well", "Say bravo 🙂"), encoding="utf-8")
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 0, done.stderr
    line = text[: text.index("Say what people did well")].count("\n") + 1
    assert f"docs/en/trn1-v13.md:{line}: " in done.stderr
    assert "found 🙂" in done.stderr
    for name in ("en/trn1-v13/checklist.pdf", "trn1-v13-bilingual.pdf"):
        assert pdf_reading.failures((project / "site" / name).read_bytes()) == []
    assert run_build(project, "--strict").returncode == 1


def test_a_font_that_changes_shows(tmp_path: Path) -> None:
    """Fonts are unpacked once, as long as their files stay the same."""
    base = tmp_path / "sheet"
    shutil.copytree(FOLDER, base)
    first = pdf.make_pdf(HTML, DAY, base)
    assert pdf.make_pdf(HTML, DAY, base) == first
    shutil.copy(base / "fonts" / "NotoSans-Bold.woff2", base / "fonts" / "NotoSans-Regular.woff2")
    assert pdf.make_pdf(HTML, DAY, base) != first


@pytest.mark.parametrize("damage", [None, b"", b"\0" * 500])
def test_fonts_are_unpacked_once_for_all_builds(tmp_path: Path, damage: bytes | None) -> None:
    """And the bytes are those that WeasyPrint makes of fonts that it unpacks itself."""
    plain = pdf.make_pdf(HTML, DAY, FOLDER)
    for _ in range(2):
        pdf._fonts.cache_clear()  # noqa: SLF001 - as in another process
        assert pdf.make_pdf(HTML, DAY, FOLDER, tmp_path) == plain
        kept = sorted(tmp_path.iterdir())
        assert kept
        if damage is not None:
            for file in kept:
                file.write_bytes(damage)
    (tmp_path / "file").touch()
    pdf._fonts.cache_clear()  # noqa: SLF001 - as above
    assert pdf.make_pdf(HTML, DAY, FOLDER, tmp_path / "file") == plain, "a folder that cannot be written"


def test_the_machines_fonts_which_are_hidden_are_not_missed() -> None:
    """Nobody is told to expect ugly output."""
    lines = [
        "from datetime import date",
        "from pathlib import Path",
        "from microlearning.pdf import make_pdf",
        f"make_pdf({HTML!r}, date.today(), Path({str(FOLDER)!r}))",
    ]
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", "; ".join(lines)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "ugly" not in done.stderr
