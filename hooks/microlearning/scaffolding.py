"""Scaffolding: the files of a new lesson, in both languages, that build at once.

The texts stand in `scaffold/`, with a silent video of 12 seconds and a plain poster to be replaced.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from microlearning.errors import LessonError, fault
from microlearning.facts import CODE
from microlearning.project import Settings
from microlearning.strings import LANGUAGES
from microlearning.yaml_document import quoted

FOLDER = Path(__file__).parent / "scaffold"


@dataclass(frozen=True)
class NewLesson:
    """What must be known to begin."""

    code: str
    titles: Mapping[str, str]
    """By language."""

    topics: Sequence[str]
    published: date


def scaffold(settings: Settings, new: NewLesson) -> tuple[Path, ...]:
    """Write the files of the lesson `new`, and return them.

    Raises:
        LessonError: the code is no product code, a topic is unknown, or one of the files is there already;
            then nothing is written.
    """
    slug = new.code.lower()
    media = settings.docs / "media" / slug
    pages = {language: settings.docs / language / f"{slug}.md" for language in LANGUAGES}
    _refuse(settings, new, [media, *pages.values()])
    blanks = {
        "code": new.code,
        "topics": ", ".join(new.topics),
        "published": new.published.isoformat(),
        **{f"publisher_{one}": quoted(settings.publishers.get(one, "…")) for one in LANGUAGES},
    }
    media.mkdir(parents=True)
    written = [_fill("lesson.yml", media / "lesson.yml", blanks)]
    for language, page in pages.items():
        page.parent.mkdir(parents=True, exist_ok=True)
        title = " ".join(new.titles[language].split())
        written.append(_fill(f"{language}.md", page, blanks | {"title": title}))
        written.append(_fill(f"{language}.vtt", media / f"{language}.vtt", blanks))
        for ending in ("mp4", "webp"):
            shutil.copyfile(FOLDER / f"placeholder.{ending}", media / f"{language}.{ending}")
            written.append(media / f"{language}.{ending}")
    return tuple(written)


def _refuse(settings: Settings, new: NewLesson, places: Sequence[Path]) -> None:
    if not CODE.fullmatch(new.code):
        raise LessonError([fault("scaffold.code", "microlearning new", 1, found=new.code)])
    known = ", ".join(settings.topics)
    faults = [
        fault("scaffold.topic", "microlearning new", 1, found=topic, known=known)
        for topic in new.topics
        if topic not in settings.topics
    ]
    faults += [fault("scaffold.there", settings.shown(place), 1) for place in places if place.exists()]
    if faults:
        raise LessonError(faults)


def _fill(name: str, file: Path, blanks: Mapping[str, str]) -> Path:
    text = Template((FOLDER / name).read_text(encoding="utf-8")).substitute(blanks)
    file.write_text(text, encoding="utf-8", newline="\n")
    return file
