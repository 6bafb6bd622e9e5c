"""What `make bench` says can be trusted: the same content for each side, and sums that are right."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from bench import build
from bench.corpus import edit_a_word, write_corpus
from bench.figures import COLD, NOTHING, WORD, growth, report, row
from bench.measure import Cost, FailedCommandError, medians, run
from bench.peers import PEERS
from bench.peers.peer import MissingPeerError, Peer, texts

BENCH = Path(__file__).parent / "bench"
NPM = ("peers/starlight", "peers/eleventy", "lighthouse")
SETTINGS = {
    "ours": "mkdocs.yml",
    "material": "mkdocs.yml",
    "zensical": "mkdocs.yml",
    "starlight": "astro.config.mjs",
    "eleventy": "eleventy.config.mjs",
    "hugo": "hugo.toml",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("bench") / "corpus", 2)


def contents(folder: Path) -> dict[str, bytes]:
    files = [file for file in (folder / "docs").rglob("*") if file.suffix in {".md", ".yml"}]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


# --- the content


def test_the_corpus_is_the_same_each_time(corpus: Path, tmp_path: Path) -> None:
    again = contents(write_corpus(tmp_path / "again", 2))
    assert again == contents(corpus)
    lessons = [name for name in again if re.fullmatch(r"docs/(fr|en)/les1-.*", name)]
    assert len(lessons) == 4
    assert len({again[name] for name in lessons}) == 4


@pytest.mark.parametrize("name", sorted(PEERS))
def test_each_side_gets_the_same_text_in_its_own_form(
    name: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.peers.peer.TOOLS", tmp_path)
    for peer in ("starlight", "eleventy"):
        (tmp_path / peer / "node_modules").mkdir(parents=True)
    peer, project = PEERS[name], tmp_path / "project"
    project.mkdir()
    peer.write(corpus, project)
    assert (project / SETTINGS[name]).is_file()
    pages = list(texts(corpus))
    assert {page.language for page in pages} == {"fr", "en"}
    for page in pages:
        stem = "_index" if (name, page.name) == ("hugo", "index") else page.name
        text = (project / peer.source.format(language=page.language, name=stem)).read_text(encoding="utf-8")
        assert page.title in text.replace('\\"', '"')
        assert page.body.strip() in text
        assert name == "ours" or not re.search(
            r"(?m)^(lesson|topics|template|modified): ", text.split("\n---\n")[0]
        )


def test_a_word_changes_in_the_lesson_alone(corpus: Path, tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.md"
    before = (corpus / "docs/en/les1-v100.md").read_text(encoding="utf-8")
    lesson.write_text(before, encoding="utf-8")
    edit_a_word(lesson, "word1")
    edit_a_word(lesson, "word2")
    assert lesson.read_text(encoding="utf-8") == before.replace("In brief, this: ", "In brief, word2: ")
    with pytest.raises(AssertionError, match="not a lesson of the corpus"):
        edit_a_word(corpus / "docs/en/about.md", "word")


# --- the figures


def cost(seconds: float, megabytes: float = 100) -> Cost:
    return Cost(seconds, 2 * seconds, megabytes)


def test_a_build_begins_without_what_the_last_one_made(tmp_path: Path) -> None:
    project, kept = tmp_path / "ours", tmp_path / "kept.mp4"
    (project / "site").mkdir(parents=True)
    kept.write_bytes(b"x" * 200_000)
    (project / "site" / "linked.mp4").hardlink_to(kept)
    (project / "site" / "copied.mp4").write_bytes(kept.read_bytes())
    build.put_away(project, ("site", ".cache"), "ours-0")
    assert not [*project.iterdir()]
    assert kept.stat().st_size == 200_000
    assert {file.name: file.stat().st_size for file in tmp_path.glob("away/ours-0-0/*")} == {
        "linked.mp4": 200_000,
        "copied.mp4": 0,
    }


def test_a_target_is_met_at_its_ratio_and_not_above() -> None:
    figures = {
        ("ours", COLD, 100): cost(1),
        ("material", COLD, 100): cost(4),
        ("starlight", COLD, 100): cost(2),
        ("ours", WORD, 100): cost(0.7),
        ("hugo", WORD, 100): cost(1),
        ("ours", NOTHING, 100): cost(0.6),
        ("hugo", NOTHING, 100): cost(1),
    }
    said = [
        line.split()[0] + " " + re.sub(r".*?(ours / \w+).*: (\S+),.*", r"\1 \2", line)
        for line in report(figures)
    ]
    assert said == [
        "met ours / material 0.25",
        "NOT ours / starlight 0.50",
        "met ours / hugo 0.70",
        "NOT ours / hugo 0.60",
    ]


def test_growth_and_memory_are_judged_where_they_were_measured() -> None:
    linear = {("ours", COLD, count): cost(count / 100, 399) for count in (100, 1000)}
    steep = {("ours", COLD, count): cost((count / 100) ** 1.2, 400) for count in (100, 1000)}
    assert growth(linear, "ours", 100, 1000) == pytest.approx((1, 1))
    assert growth(steep, "ours", 100, 1000) == pytest.approx((1.2, 1.2))
    assert [line.split()[0] for line in report(linear)] == ["met", "met"]
    assert [line.split()[0] for line in report(steep)] == ["NOT", "NOT"]
    assert list(report({("ours", COLD, 100): cost(1)})) == []


def test_a_row_says_what_a_lesson_costs() -> None:
    said = " ".join(row("ours", COLD, 100, Cost(2, 3, 50)).split())
    assert said == "ours cold 2.00 s 20.0 ms 3.00 s 50 MB"


def test_the_middle_of_each_figure_is_taken_by_itself() -> None:
    assert medians([Cost(1, 9, 5), Cost(3, 7, 6), Cost(2, 8, 4)]) == Cost(2, 8, 5)


# --- the measuring


def test_a_command_is_measured_with_all_that_it_starts(tmp_path: Path) -> None:
    child = "b = b'x' * 60_000_000; import time; time.sleep(0.5)"
    parent = (
        f"import subprocess, sys; b = b'x' * 60_000_000; subprocess.run([sys.executable, '-c', {child!r}])"
    )
    measured = run([sys.executable, "-c", parent], tmp_path, {})
    assert measured.megabytes > 110
    assert measured.seconds >= 0.5
    assert measured.processor > 0


def test_the_last_words_of_a_failing_command_are_told(tmp_path: Path) -> None:
    with pytest.raises(FailedCommandError, match="no such theme"):
        run([sys.executable, "-c", "raise SystemExit('no such theme')"], tmp_path, {})


def test_a_peer_that_cannot_be_had_is_named_and_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> str:
        raise MissingPeerError("no registry")

    absent = Peer("hugo", refuse, lambda _, __: None, (), (), "", "", "", ())
    monkeypatch.setitem(PEERS, "hugo", absent)
    assert [side.name for side in build.installed(["hugo", "material"])] == ["ours", "material"]
    assert "hugo: left out, no registry" in capsys.readouterr().out


def test_a_side_whose_build_fails_goes_home_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = "site/{language}/{name}.html"
    right = (
        sys.executable,
        "-c",
        f"open({page.format(language='en', name=build.LESSON)!r}, 'w').write('word0 word1')",
    )
    makes = [
        Peer(
            name,
            lambda: "",
            lambda _, to: (to / "site/en").mkdir(parents=True),
            command,
            (),
            page,
            page,
            "",
            (),
        )
        for name, command in (("right", right), ("wrong", (sys.executable, "-c", "raise SystemExit('ill')")))
    ]
    monkeypatch.setattr(build, "edit_a_word", lambda *_: None)
    asked = build.Settings(counts=(2,), alone=(), rounds=2, peers=(), media=False)
    costs = build.measured(makes, 2, tmp_path, asked, build.BUILDS)
    assert {key: len(each) for key, each in costs.items()} == {
        ("right", kind): 2 for kind in (COLD, WORD, NOTHING)
    }
    assert "wrong: left out at 2 lessons, ill" in capsys.readouterr().out


# --- the versions


@pytest.mark.parametrize("folder", NPM)
def test_npm_packages_are_exact_checked_and_name_no_registry(folder: str) -> None:
    described = json.loads((BENCH / folder / "package.json").read_text(encoding="utf-8"))
    asked = described["dependencies"] | described.get("optionalDependencies", {})
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values())
    lock = json.loads((BENCH / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())
    assert all(lock["packages"][f"node_modules/{name}"]["version"] == asked[name] for name in asked)


def test_python_packages_are_exact_checked_and_name_no_registry() -> None:
    text = (BENCH / "peers/zensical/requirements.txt").read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert pins
    assert all("==" in pin for pin in pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text
