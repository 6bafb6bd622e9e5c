"""A project of as many lessons as one asks for, in both languages, whose words differ from lesson to lesson.

Each is one of the site's own lessons, its media copied once and linked, with a title, a lead, on-screen
text and cards of its own out of the corpus of search (`tests/corpus/`).
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from search_corpus import lessons

ROOT = Path(__file__).parents[2]
BASES = ("acc1-v01", "acc1-v02")
_HEADINGS = {"fr": "À l’écran :", "en": "On screen:"}


def write_corpus(folder: Path, count: int) -> Path:
    """Make `folder` a project like this one with `count` lessons and the site's other pages; give it back."""
    for name in ("hooks", "overrides"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    docs = folder / "docs"
    for language in ("fr", "en"):
        (docs / language).mkdir(parents=True)
        for file in (ROOT / "docs" / language).glob("*.md"):
            if not re.fullmatch(r"[a-z]+\d+-[a-z]\d+", file.stem):
                text = _without_review(file.read_text(encoding="utf-8"))
                (docs / language / file.name).write_text(_plain_links(text), encoding="utf-8")
    pools = {language: lessons(language, 10) for language in ("fr", "en")}
    for index in range(count):
        code = _code(index)
        base = BASES[index % len(BASES)]
        _link_media(ROOT / "docs" / "media" / base, docs / "media" / code.lower(), code, index)
        for language, pool in pools.items():
            source = ROOT / "docs" / language / f"{base}.md"
            one, other = pool[index % len(pool)], pool[(index * 7 + 3) % len(pool)]
            said = [passage.text for passage in (*one.passages, *other.passages)]
            text = _lesson(source.read_text(encoding="utf-8"), language, code, f"{one.title}, {index}", said)
            (docs / language / f"{code.lower()}.md").write_text(text, encoding="utf-8")
    return folder


def _code(index: int) -> str:
    return f"LES{1 + index // 900}-V{100 + index % 900}"


def edit_a_word(file: Path, word: str) -> None:
    """Put `word` into the lead of the English lesson in `file`, as an author would."""
    text, count = re.subn(
        r"\nIn brief, \w+: ", f"\nIn brief, {word}: ", file.read_text(encoding="utf-8"), count=1
    )
    assert count == 1, f"{file} is not a lesson of the corpus"
    file.write_text(text, encoding="utf-8")


def _lesson(text: str, language: str, code: str, title: str, said: list[str]) -> str:
    """The lesson `text` under another code, its title, lead, cards and on-screen text replaced."""
    text = _without_review(text)
    text = re.sub(r"(?m)^lesson: .*$", f"lesson: {code}", text)
    text = re.sub(r"(?m)^related_lessons: .*\n", "", text)
    brief = {"fr": "En bref, ceci : ", "en": "In brief, this: "}[language]
    text = re.sub(r"(?m)^# .*\n\n.*$", lambda _: f"# {title}\n\n{brief}{said[0]}", text, count=1)
    mark = f"*{_HEADINGS[language]} "
    sentences = iter(said * 9)
    lines = []
    for line in text.split("\n"):
        if line.startswith(mark):
            lines.append(f"{mark}{next(sentences)}*{{ .on-screen }}")
        elif match := re.fullmatch(r"(- \*\*.*?\*\*) .* (\{ #.* \})", line):
            lines.append(f"{match[1]} {next(sentences)} {match[2]}")
        else:
            lines.append(line)
    return "\n".join(lines)


def _without_review(text: str) -> str:
    """`text` without the record of its review: its words are no longer those."""
    return re.sub(r"(?m)^reviewed:\n(?: .*\n)+", "", text)


def _plain_links(text: str) -> str:
    """`text` with its links to the site's own lessons, which are not here, turned to the catalogue."""
    return re.sub(r"\]\([a-z]+\d+-[a-z]\d+\.md[^)]*\)", "](index.md)", text)


def _link_media(source: Path, target: Path, code: str, index: int) -> None:
    target.mkdir(parents=True)
    for file in source.iterdir():
        if file.name == "lesson.yml":
            facts = re.sub(r"(?m)^code: .*$", f"code: {code}", file.read_text(encoding="utf-8"))
            day = f"{2020 + index % 6}-{1 + index % 12:02}-{1 + index % 28:02}"
            (target / file.name).write_text(
                re.sub(r"(?m)^published: .*$", f"published: {day}", facts), encoding="utf-8"
            )
        elif index < len(BASES):  # a copy: another link elsewhere would change these under a build's eyes
            shutil.copy(file, target / file.name)
        else:
            link(_first_media(target, index) / file.name, target / file.name)


def _first_media(target: Path, index: int) -> Path:
    """The folder of the first lesson with the media of lesson `index`, beside its own, `target`."""
    return target.parent / _code(index % len(BASES)).lower()


def link(file: Path | str, target: Path | str) -> None:
    """Make `target` a link to `file`, or a copy of it on another disk."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copy(file, target)
