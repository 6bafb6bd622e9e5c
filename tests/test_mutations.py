"""The real lessons damaged in 200 random ways: each is noticed, and the right file is named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from microlearning.check import check_project
from microlearning.errors import Fault
from microlearning.links import check_links
from microlearning.project import Settings, read_project
from microlearning.review import record_review
from written_page import ROOT, settings

SLUGS = ("trn1-v13", "acc1-v01", "acc1-v02")
TODAY = date(2026, 11, 22)
Damage = Callable[[str, Random], str | None]
"""Takes the text of a file and gives a damaged one; None when there is nothing to damage so."""


def _pick(pattern: str, text: str, chance: Random) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text, re.MULTILINE))
    return chance.choice(found) if found else None


def _cut(pattern: str) -> Damage:
    def damage(text: str, chance: Random) -> str | None:
        match = _pick(pattern, text, chance)
        return text[: match.start()] + text[match.end() :] if match else None

    return damage


def _put(pattern: str, *instead: str) -> Damage:
    def damage(text: str, chance: Random) -> str | None:
        match = _pick(pattern, text, chance)
        return (
            text[: match.start()] + match.expand(chance.choice(instead)) + text[match.end() :]
            if match
            else None
        )

    return damage


def _swap_ids(text: str, chance: Random) -> str | None:
    runs = [run for run in re.findall(r"(?:^- .*\n)+", text, re.MULTILINE) if run.count("{ #") > 1]
    if not runs:
        return None
    run = chance.choice(runs)
    one, two = chance.sample(re.findall(r"\{ #[\w-]+ \}", run), 2)
    return text.replace(run, run.replace(one, "\0").replace(two, one).replace("\0", two))


def _swap_items(text: str, chance: Random) -> str | None:
    runs = [run for run in re.findall(r"(?:^- .*\{ #.*\n)+", text, re.MULTILINE) if run.count("\n") > 1]
    if not runs:
        return None
    run = chance.choice(runs)
    lines = run.splitlines(keepends=True)
    at = chance.randrange(len(lines) - 1)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return text.replace(run, "".join(lines))


WORD = r"(?<=[a-zé] )[a-zéèà]{5,}(?= [a-zé])"
CUE = r"^(?:\d+\n)?[\d:.]+ --> [\d:.]+\n(?:.+\n)+\n?"
PAGE: dict[str, Damage] = {
    "drop a card": _cut(r"^- \*\*.*\n"),
    "double a card": _put(r"^(- \*\*.*\n)", r"\1\1"),
    "swap ids": _swap_ids,
    "swap items": _swap_items,
    "rename an id": _put(r"\{ #([\w-]+) \}", r"{ #\1-new }"),
    "drop an id": _cut(r" \{ #[\w-]+ \}"),
    "reword": _put(WORD, "zèbre", "kayak"),
    "drop a word": _cut(WORD + " "),
    "break a link": _put(r"\]\(https://", "](htp://", "](https:/", "](http://", "](https://www.x-"),
    "drop a link": _cut(r"^- \[.*\n"),
    "drop a section": _cut(r"^## .*\{ \.(?:do|dont|transcript|course) \}\n(?:(?!## ).*\n)*"),
    "drop a class": _cut(r" \{ \.[\w-]+ \}(?=\n)"),
    "misspell a class": _put(r"(?<=^)(## .*\{ \.\w)\w(\w* \})", r"\1z\2"),
    "drop a chapter": _cut(r"^### .*\n\n"),
    "lower a heading": _put(r"^## (?=.*\{)", "### "),
    "drop a note": _cut(r"^\*.*\{ \.on-screen \}\n\n"),
    "drop a paragraph": _cut(r"^[A-ZÀÉ][^\n]{30,}\n\n"),
    "tick a box": _put(r"^- \[ \] ", "- [x] "),
    "drop a box": _put(r"^- \[ \] ", "- "),
    "praise a mistake": _put(r"^- \*\*(?:Do not|Ne|N’)\b", "- **Please"),
    "add a script": _put(r"\n\n(?=##)", "\n\n<script>alert(1)</script>\n\n"),
    "add a handler": _put(r"\]\((https://[^)]*)\)", r"](\1){ onclick=go }"),
    "run a link": _put(r"\]\(https://[^)]*\)", "](javascript:go)"),
    "speak German": _put(r"^(topics:).*", r"\1 [deutsch]"),
    "drop a key": _cut(r"^(?:lesson|description|topics):.*\n"),
    "open the head": _put(r"\A---\n", "--\n"),
    "drop the title": _cut(r"^# .*\n"),
}
CAPTIONS: dict[str, Damage] = {
    "delete a cue": _cut(CUE),
    "reword a cue": _put(r"(?<=\n)[A-Za-zéèà]{4,}(?= )", "Zèbre"),
    "turn a cue round": _put(r"^([\d:.]+) --> ([\d:.]+)$", r"\2 --> \1"),
    "spoil a time": _put(r"^([\d:.]+) --> ", r"\1 -> ", "0:99:00.000 --> "),
    "add a line": _put(r"^([\d:.]+ --> [\d:.]+\n)", r"\1One\nTwo\n"),
    "drop the header": _cut(r"\AWEBVTT\n"),
}
FACTS: dict[str, Damage] = {
    "lose a file": _put(r"(?<=: )(fr|en)\.(mp4|vtt|webp)$", r"\1-2.\2", r"\1.\2x"),
    "spoil a date": _put(r"\d{4}-(\d\d)-(\d\d)$", r"\2/\1/2022", "2026-13-01"),
    "drop a fact": _cut(r"^(?:code|type|published|modified|organization|  \w+):.*\n"),
    "misspell a fact": _put(r"^(  )?(\w+)\w:", r"\1\2:"),
    "change the code": _put(r"(?<=^code: )\w+", "ABC9"),
}
KINDS = (
    [("page", name) for name in PAGE]
    + [("captions", name) for name in CAPTIONS]
    + [("facts", name) for name in FACTS]
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The real documents, each page just compared with its twin."""
    root = tmp_path_factory.mktemp("mutations")
    shutil.copytree(ROOT / "docs", root / "docs")
    here = replace(settings(), root=root, docs=root / "docs")
    project = read_project(here)
    for page in list(project.pages.values()):
        record_review(project, page, TODAY)
    return here


def _found(here: Settings, slug: str) -> set[Fault]:
    project = read_project(here, slug)
    return {*check_project(project, TODAY).faults, *check_links(project)}


@pytest.fixture(scope="module")
def before(copy: Settings) -> dict[str, set[Fault]]:
    found = {slug: _found(copy, slug) for slug in SLUGS}
    assert not any(found.values())
    return found


def _file(kind: str, slug: str, language: str) -> str:
    return {
        "page": f"{language}/{slug}.md",
        "captions": f"media/{slug}/{language}.vtt",
        "facts": f"media/{slug}/lesson.yml",
    }[kind]


@pytest.mark.parametrize("seed", range(200))
def test_damage_is_noticed(seed: int, copy: Settings, before: dict[str, set[Fault]]) -> None:
    chance = Random(seed)  # noqa: S311 - damage, no secret
    kind, name = KINDS[seed % len(KINDS)]
    damage = {"page": PAGE, "captions": CAPTIONS, "facts": FACTS}[kind][name]
    places = [(slug, language) for slug in SLUGS for language in ("fr", "en")]
    chance.shuffle(places)
    for slug, language in places:
        file = copy.docs / _file(kind, slug, language)
        text = file.read_text(encoding="utf-8")
        changed = damage(text, chance)
        if changed is not None and changed != text:
            break
    else:
        pytest.fail(f"no real lesson can be damaged so: {name}")
    try:
        file.write_text(changed, encoding="utf-8")
        new = _found(copy, slug) - before[slug]
    finally:
        file.write_text(text, encoding="utf-8")
    shown = copy.shown(file)
    assert new, f"{name} in {shown} went unnoticed"
    assert any(shown in fault.text("en") for fault in new), f"{name}: {shown} is not named"
    assert all(fault.text("fr") for fault in new)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("kind", ["page", "captions", "facts"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_lost_file_is_noticed(
    slug: str, kind: str, language: str, copy: Settings, before: dict[str, set[Fault]]
) -> None:
    file: Path = copy.docs / _file(kind, slug, language)
    content = file.read_bytes()
    file.unlink()
    try:
        new = _found(copy, slug) - before[slug]
    finally:
        file.write_bytes(content)
    assert any(file.name in fault.text("en") and fault.stops for fault in new)
