"""Every loader against broken input: a located message or a good answer; never a traceback, never a hang."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import run_build
from damage import SPLINTERS, damaged
from markdown_page import faults_of
from microlearning import yaml_document
from microlearning.captions import check_captions, read_captions, read_captions_file
from microlearning.check import check_page
from microlearning.drafts import draft_captions, draft_transcript
from microlearning.errors import LessonError
from microlearning.frontmatter import read_front_matter
from microlearning.lesson import read_lesson
from microlearning.page import read_lesson_page
from microlearning.parity import check_parity
from microlearning.project import read_written
from microlearning.section import Source
from microlearning.yaml_document import read_text, read_yaml
from real_lessons import DOCS, lesson
from test_lesson import GOOD, lay
from written_page import renderer
from written_page import settings as site_settings

BOUNDED = settings(
    deadline=None,
    max_examples=60,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
"""The same examples on every machine, few enough that the suite stays quick."""

PATIENCE = 30
"""Seconds after which a reading counts as hanging; each takes some hundredths."""

SIGNS = st.sampled_from(
    [
        *SPLINTERS,
        *(
            "WEBVTT",
            "00:01.000 --> 00:04.000",
            "-->",
            "<v",
            "<lang fr>",
            "&amp;",
            "NOTE",
            "STYLE",
            "99:99:99.999",
            "{ #a }",
        ),
        *(
            "{ .do }",
            "## ",
            "### ",
            "# ",
            "- [ ] ",
            "- **",
            "**",
            "](",
            "[",
            "> " * 40,
            "    " * 30,
            "<div>",
            "|",
            "`" * 5,
        ),
        *(
            "<!--",
            "[x]: y",
            "\u00a0",
            "\ud7ff",
            "\U0001f600",
            "e\u0301",
            "é" * 50,
            "1. ",
            "* * *",
            "&#0;",
            "[0:21] ",
            "\x00",
        ),
    ]
)
TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(SIGNS, max_size=25).map("".join),
    st.lists(SIGNS, max_size=25).map("\n".join),
)
SEED = st.integers(min_value=0, max_value=10**9)


@contextmanager
def patience() -> Iterator[None]:
    """Turns a hang into a failure."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def reads(path: str, text: str, read: Callable[[], object]) -> None:
    """`read` succeeds, or every fault it tells stands on a line of its file and speaks both languages."""
    with patience():
        for fault in faults_of(read):
            assert fault.text("fr").startswith(f"{fault.path}:{fault.line}: ")
            assert "\n" not in fault.text("en")
            assert fault.line >= 1
            if fault.path == path:
                assert fault.line <= max(1, text.count("\n") + text.count("\r") + 1)


@BOUNDED
@given(TEXT, SEED)
def test_front_matter(noise: str, seed: int) -> None:
    page = (DOCS / "fr" / "trn1-v13.md").read_text(encoding="utf-8").partition("\n# ")[0]
    for text in (noise, f"---\n{noise}\n---\n", damaged(page, Random(seed))):  # noqa: S311 - damage, no secret
        source = Source("docs/fr/trn1-v13.md", text)
        reads(source.path, text, lambda source=source: read_front_matter(source, site_settings().topics))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("fuzz") / "media" / "trn1-v13", {})


@BOUNDED
@given(noise=TEXT, seed=SEED)
def test_lesson_yml(folder: Path, noise: str, seed: int) -> None:
    for text in (noise, damaged(GOOD, Random(seed)), GOOD + noise):  # noqa: S311 - damage, no secret
        (folder / "lesson.yml").write_bytes(text.encode("utf-8", "replace"))
        reads("docs/media/trn1-v13/lesson.yml", text, lambda: read_lesson(folder, "docs/media/trn1-v13"))


@BOUNDED
@given(content=st.binary(max_size=200))
def test_files_that_are_no_text(folder: Path, content: bytes) -> None:
    file = folder / "broken.vtt"
    file.write_bytes(content)
    text = content.decode("latin-1")
    reads("broken.vtt", text, lambda: read_captions_file(file, "broken.vtt"))
    reads("broken.vtt", text, lambda: read_text(file, "broken.vtt"))


@BOUNDED
@given(TEXT, SEED)
def test_webvtt(noise: str, seed: int) -> None:
    real = (DOCS / "media" / "acc1-v01" / "fr.vtt").read_text(encoding="utf-8")
    for text in (noise, f"WEBVTT\n\n{noise}", damaged(real, Random(seed))):  # noqa: S311 - damage, no secret

        def read(text: str = text) -> None:
            captions = read_captions(text, "fr.vtt")
            check_captions(captions, "fr", 10.0)
            draft_transcript(captions, "fr")

        reads("fr.vtt", text, read)


@BOUNDED
@given(TEXT, SEED)
def test_sections(noise: str, seed: int) -> None:
    real = (DOCS / "en" / "acc1-v01.md").read_text(encoding="utf-8")
    head, _, body = real.partition("\n---\n")
    whole = Source("docs/en/acc1-v01.md", real)
    front = read_front_matter(whole, site_settings().topics)
    twin = Source("docs/fr/acc1-v01.md", real)
    good = read_written("fr/acc1-v01.md", twin, front, renderer().html(twin))
    for changed in (noise, damaged(body, Random(seed)), body + noise):  # noqa: S311 - damage, no secret
        text = f"{head}\n---\n{changed}"
        source = Source("docs/en/acc1-v01.md", text)

        def read(source: Source = source) -> None:
            page = read_written("en/acc1-v01.md", source, front, renderer().html(source))
            faults = [*check_page(page), *check_parity(page, good), *check_parity(good, page)]
            assert all(
                fault.line <= len(source.text.splitlines()) + 1
                for fault in faults
                if fault.path == source.path
            )
            assert all(fault.text("fr") for fault in faults)
            read_lesson_page(page.document, lesson("acc1-v01"), front, "en")  # type: ignore[arg-type]

        reads(source.path, text, read)


@BOUNDED
@given(TEXT)
def test_transcripts_with_times(noise: str) -> None:
    for text in (noise, f"[0:01] Un.\n\n{noise}\n\n[9:59] Deux."):

        def read(text: str = text) -> None:
            draft = draft_captions(text, "a.md", "fr", 700.0)
            read_captions(draft, "a.vtt")

        reads("a.md", text, read)


DEEP = {
    "elements": "<div>" * 3000,
    "quotes": "> " * 3000,
    "lists": "\n".join("    " * n + "- a" for n in range(120)),
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_nested_beyond_reason(project: Path, kind: str) -> None:
    page = project / "docs" / "fr" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n" + DEEP[kind] + "\n", encoding="utf-8")
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    told = r"\ndocs/fr/about\.md:\d+: the page: expected at most a few levels of lists and quotes, found more"
    assert re.search(told, done.stderr)


def test_both_loaders_of_yaml_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    heads = [file.read_text(encoding="utf-8") for file in sorted(DOCS.glob("media/*/lesson.yml"))]
    heads += [
        file.read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n")
        for file in sorted(DOCS.glob("fr/*.md"))
    ]

    def read(text: str) -> object:
        try:
            document = read_yaml(text, "a.yml")
        except LessonError as error:
            return error.faults
        return document.data, document.lines, document.faults

    for seed in range(600):
        chance = Random(seed)  # noqa: S311 - the same on every machine
        text = damaged(chance.choice(heads), chance)
        said = read(text)
        with monkeypatch.context() as patched:
            patched.setattr(yaml_document, "_QUICK", None)
            assert read(text) == said, text
