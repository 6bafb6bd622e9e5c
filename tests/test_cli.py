"""The author's tool, as an author runs it: `python hooks/author.py …`."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import run_build
from microlearning.cli import main
from test_status import compare, edit


def run(project: Path, *words: str) -> int:
    """Run the tool on `project`, in English unless told otherwise."""
    chosen = () if any(word.startswith("--lang") for word in words) else ("--lang", "en")
    return main(["--project", str(project), *words, *chosen])


@pytest.fixture
def out(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """What the tool prints."""
    return capsys


def test_a_new_lesson_builds_at_once_and_strictly(project: Path, out: pytest.CaptureFixture[str]) -> None:
    assert run(project, "new", "trn1-v14", "--title-fr", "Bien écrire", "--title-en", "Write well") == 0
    names = out.readouterr().out.splitlines()[:-1]
    assert sorted(names) == sorted(
        [
            *("docs/fr/trn1-v14.md", "docs/en/trn1-v14.md", "docs/media/trn1-v14/lesson.yml"),
            *(f"docs/media/trn1-v14/{one}.{kind}" for one in ("fr", "en") for kind in ("mp4", "vtt", "webp")),
        ]
    )
    assert run(project, "check", "TRN1-V14", "--strict") == 0
    assert out.readouterr().out == "2 page(s) read: 0 to mend, 0 warning(s), 0 note(s).\n"
    done = run_build(project, "--strict", "-q")
    assert done.returncode == 0, done.stderr
    assert "Bien écrire" in (project / "site" / "fr" / "trn1-v14" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("TRN1-V13",),
            "docs/media/trn1-v13:1: the new lesson: expected a place where nothing stands yet, found this;",
        ),
        (
            ("lesson-14",),
            'microlearning new:1: the code: expected a product code, found "LESSON-14". Write: TRN1-V14',
        ),
        (("../X1-V14",), "the code: expected a product code"),
        ((), 'microlearning new:1: the code: expected a product code, found "". Write: TRN1-V14'),
        (
            ("TRN1-V14", "--topics", "fishing"),
            'the topics: expected one of social-media, ethics, accessibility, writing, video, found "fishing',
        ),
        (
            ("TRN1-V14", "--published", "tomorrow"),
            'the date: expected a day as YYYY-MM-DD, found "tomorrow". Write: 2026-11-22',
        ),
    ],
)
def test_a_lesson_that_cannot_begin_writes_nothing(
    project: Path, out: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    before = sorted(project.rglob("*"))
    assert run(project, "new", *words) == 1
    assert message in out.readouterr().out
    assert sorted(project.rglob("*")) == before


def test_it_asks_for_what_was_not_said(
    project: Path, out: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Keyboard("TRN1-V15\nTitre donné\nGiven title\nethics, video\n"))
    assert run(project, "new", "--lang=fr") == 0
    assert "Code du produit (par exemple TRN1-V14)?" in out.readouterr().out
    page = (project / "docs" / "fr" / "trn1-v15.md").read_text(encoding="utf-8")
    assert "# Titre donné" in page
    assert "topics: [ethics, video]" in page


def test_check_names_file_and_line_and_exits_with_one(project: Path, out: pytest.CaptureFixture[str]) -> None:
    edit(project, "en/trn1-v13.md", "{ .do }", "{ .dos }")
    for what in ("TRN1-V13", "docs/en/trn1-v13.md", "docs/media/trn1-v13/fr.vtt", "fr/trn1-v13.md"):
        assert run(project, "check", what) == 1
        told = out.readouterr().out
        assert "docs/en/trn1-v13.md:" in told
        assert "Write: ## Best practices { .do }" in told
        assert "to mend, 0 warning(s)" in told.splitlines()[-1]
    assert run(project, "check", "ACC1-V01") == 0


def test_check_speaks_french(project: Path, out: pytest.CaptureFixture[str]) -> None:
    edit(project, "en/trn1-v13.md", "Do not mistreat others.", "Mistreat others...")
    assert run(project, "check", "--lang", "fr") == 1
    told = out.readouterr().out
    assert "on attend" in told
    assert "À corriger\u00a0: " in told
    assert "expected" not in told
    assert "MICROLEARNING_LANG" not in os.environ


def test_strict_counts_warnings(project: Path, out: pytest.CaptureFixture[str]) -> None:
    edit(project, "en/about.md", "write-a-lesson.md", "write-a-leson.md")
    assert run(project, "check") == 0
    told = out.readouterr().out
    assert (
        'warning: link "Write a lesson": expected a page or file of this site, found "write-a-leson.md",'
        " where nothing stands."
    ) in told
    assert run(project, "check", "--strict") == 1


def test_drift_is_told_until_it_is_reviewed(project: Path, out: pytest.CaptureFixture[str]) -> None:
    compare(project)
    edit(project, "en/acc1-v02.md", "Keep an article with its noun", "Leave an article with its noun")
    assert run(project, "check", "ACC1-V02", "--strict") == 0
    assert (
        'note: "Best practices": expected what docs/fr/acc1-v02.md was compared with' in out.readouterr().out
    )
    assert run(project, "status") == 0
    told = out.readouterr().out
    assert "acc1-v02: One language has changed\n  docs/en/acc1-v02.md:" in told
    assert "[-Keep-] {+Leave+}" in told
    assert run(project, "reviewed", "docs/fr/acc1-v02.md") == 0
    assert out.readouterr().out == "docs/fr/acc1-v02.md: compared with docs/en/acc1-v02.md.\n"
    assert run(project, "status", "--json") == 0
    pairs = json.loads(out.readouterr().out)["pairs"]
    assert {pair["state"] for pair in pairs} == {"same"}
    assert run(project, "reviewed", "ACC1-V02") == 0
    assert len(out.readouterr().out.splitlines()) == 2


def test_a_page_with_faults_cannot_be_reviewed(project: Path, out: pytest.CaptureFixture[str]) -> None:
    edit(project, "en/acc1-v02.md", "lesson: ACC1-V02", "lesson: ACC1")
    before = (project / "docs" / "fr" / "acc1-v02.md").read_bytes()
    assert run(project, "reviewed", "--all") == 1
    assert "docs/en/acc1-v02.md:2: lesson: expected a product code" in out.readouterr().out
    assert (project / "docs" / "fr" / "acc1-v02.md").read_bytes() == before


def test_drafts_are_printed(project: Path, out: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(project, "transcript", str(project / "docs/media/acc1-v01/fr.vtt")) == 0
    assert out.readouterr().out.startswith("## Transcription { .transcript }\n")
    marked = tmp_path / "en.md"
    marked.write_text("[0:02] Hello to you all.\n", encoding="utf-8")
    assert run(project, "captions", str(marked), "--length", "10") == 0
    assert "00:00:02.000 --> " in out.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("sing",),
        ("check", "--loud"),
        ("reviewed",),
        ("captions",),
        ("--lang", "de", "check"),
        ("captions", "a", "--length", "x"),
    ],
)
def test_a_command_that_is_none_of_ours_shows_them_all(
    project: Path, out: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert main(["--project", str(project), *words] if words else []) == 2
    shown = out.readouterr()
    assert "TRN1-V14" in shown.out
    assert shown.err == ""


@pytest.mark.parametrize("word", ["help", "--help", "-h"])
def test_help_in_both_languages(out: pytest.CaptureFixture[str], word: str) -> None:
    assert main([word, "--lang=fr"]) == 0
    assert out.readouterr().out.startswith("microlearning\u00a0: rédiger et vérifier des leçons")
    assert main([word, "--lang=en"]) == 0
    assert out.readouterr().out.startswith("microlearning: writes and checks lessons")


def test_what_is_not_there_is_said_plainly(project: Path, out: pytest.CaptureFixture[str]) -> None:
    assert run(project, "check", "XYZ9-V99") == 1
    assert "the name: expected a code or a file of this project, found xyz9-v99." in out.readouterr().out
    assert run(project, "transcript", "nowhere.vtt") == 1
    assert "The computer refused: nowhere.vtt" in out.readouterr().out
    assert main(["--project", str(project / "docs"), "check", "--lang", "en"]) == 1
    assert "mkdocs.yml:1: the settings of the site: expected YAML" in out.readouterr().out


def test_broken_settings_are_said_plainly(project: Path, out: pytest.CaptureFixture[str]) -> None:
    (project / "mkdocs.yml").write_text("site_name: [\nextra: }\n", encoding="utf-8")
    assert run(project, "check") == 1
    assert out.readouterr().out.startswith("mkdocs.yml:2: the settings of the site: expected YAML")


def test_it_runs_from_any_folder_without_being_installed(project: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(project / "hooks" / "author.py"), "check", "TRN1-V13"],
        cwd=tmp_path,
        env=os.environ | {"LC_ALL": "fr_CA.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("Pages lues\u00a0: 2. À corriger\u00a0: 0.")
    assert done.stderr == ""


def test_the_tool_needs_no_mkdocs() -> None:
    code = (
        "import sys;"
        "sys.modules.update(dict.fromkeys(['mkdocs', 'mkdocs_static_i18n', 'material', 'py3langid']));"
        "from microlearning.cli import main; sys.exit(main(['check', 'TRN1-V13']))"
    )
    hooks = Path(__file__).parents[1] / "hooks"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=hooks, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
