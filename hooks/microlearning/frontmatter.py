"""Front matter: the facts at the head of a page's Markdown, between two lines of `---`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from microlearning.errors import Fault, LessonError, fault
from microlearning.facts import CODE, Code, Date, Facts, FreeText, validate
from microlearning.yaml_document import read_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from microlearning.section import Source

SHORTEST, LONGEST = 50, 200
"""A description's length in characters.

Under 50 it only repeats the title. Search engines and portals' cards show some 160, and French needs
about a fifth more than English: past 200 the end is cut off in both.
"""

MOST_TOPICS = 5
"""More topics than this and the catalogue's filter no longer tells lessons apart."""

MOST_RELATED = 6
"""More lessons than this at the foot of a page are a list that nobody reads."""


def _description(value: str) -> str:
    if len(value) < SHORTEST:
        raise PydanticCustomError("page.description-short", "", {"length": len(value), "shortest": SHORTEST})
    if len(value) > LONGEST:
        raise PydanticCustomError("page.description-long", "", {"length": len(value), "longest": LONGEST})
    return value


def _topics(value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    known: Collection[str] = (info.context or {})["topics"]
    for topic in value:
        if topic not in known:
            raise PydanticCustomError("page.topic", "", {"topic": topic, "known": ", ".join(known)})
    if len(value) > MOST_TOPICS:
        raise PydanticCustomError("page.topics-many", "", {"count": len(value), "most": MOST_TOPICS})
    if len(set(value)) < len(value):
        raise PydanticCustomError("page.topics-twice", "", {"topics": ", ".join(value)})
    return value


def _related(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(value) > MOST_RELATED:
        raise PydanticCustomError("page.related-many", "", {"count": len(value), "most": MOST_RELATED})
    if len(set(value)) < len(value):
        raise PydanticCustomError("page.related-twice", "", {"codes": ", ".join(value)})
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise PydanticCustomError("page.slug", "")
    return value


def _template(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.html", value):
        raise PydanticCustomError("page.template", "")
    return value


Description = Annotated[FreeText, AfterValidator(_description)]


class Waiver(Facts):
    """A page that may differ from its twin for a while: its readers are told, and so is the build."""

    reason: FreeText = Field(examples=['"…"'])
    """Why, in the page's language: readers see it."""

    until: Date = Field(examples=["2026-12-31"])
    """The last day on which it holds; the build fails the day after."""


class Reviewed(Facts):
    """What the page's twin said when this page was last compared with it; `make reviewed` writes it."""

    date: Date = Field(examples=["2026-11-22"])
    sections: dict[str, str] = Field(examples=["{ transcript: … }"])
    """The fingerprint of each of the twin's passages, by its key (`drift.passages`)."""


class LessonPage(Facts):
    """The head of a lesson's page; title, dates and length stand elsewhere, once."""

    lesson: Code = Field(examples=["TRN1-V13"])
    """The product code, which is the file's name in capitals."""

    description: Description = Field(examples=['"…"'])
    """One sentence for search results, portals and feeds."""

    topics: Annotated[tuple[str, ...], AfterValidator(_topics)] = Field(examples=["[ethics, writing]"])
    """Keys of topics that `mkdocs.yml` gives labels to."""

    related_lessons: Annotated[tuple[Code, ...], AfterValidator(_related)] = Field(
        default=(), examples=["[ACC1-V01, TRN1-V13]"]
    )
    """The lessons to offer next, by code, in this order; empty for those that share a topic."""

    @field_validator("related_lessons")
    @classmethod
    def _are_others(cls, codes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.data.get("lesson") in codes:
            raise PydanticCustomError("page.related-self", "", {"code": info.data["lesson"]})
        return codes

    waiver: Waiver | None = Field(default=None, examples=["{ reason: …, until: 2026-12-31 }"])
    """Why the page may differ from its twin, and until when."""

    reviewed: Reviewed | None = Field(default=None, examples=["{ date: 2026-11-22, sections: … }"])
    """What its twin said when the two were last compared."""

    @field_validator("lesson")
    @classmethod
    def _is_the_files_name(cls, code: str, info: ValidationInfo) -> str:
        name = (info.context or {})["name"]
        if name != f"{code.lower()}.md":
            right = {"name": name, "code": code, "file": f"{code.lower()}.md"}
            raise PydanticCustomError("page.code-and-name", "", right)
        return code


class PlainPage(Facts):
    """The head of a page that is no lesson: home, search, about."""

    description: Description = Field(examples=['"…"'])
    """One sentence for search results."""

    modified: Date = Field(examples=["2026-11-22"])
    """The day of the last change that readers would notice."""

    slug: Annotated[str, AfterValidator(_slug)] | None = Field(default=None, examples=["a-propos"])
    """The page's address in its own language; None for the file's name."""

    template: Annotated[str, AfterValidator(_template)] | None = Field(default=None, examples=["search.html"])
    """A template of `overrides/`; None for `main.html`."""

    waiver: Waiver | None = Field(default=None, examples=["{ reason: …, until: 2026-12-31 }"])
    """Why the page may differ from its twin, and until when."""

    reviewed: Reviewed | None = Field(default=None, examples=["{ date: 2026-11-22, sections: … }"])
    """What its twin said when the two were last compared."""


def read_front_matter(source: Source, topics: Collection[str]) -> LessonPage | PlainPage:
    """Read the head of `source`; `topics` are the keys that a lesson may name, in the catalogue's order.

    The page is a lesson's when it has the key `lesson`, or when its file's name is a product code.

    Raises:
        LessonError: with every fault of the head; lines are those of the whole file.
    """
    text = _head(source)
    document = read_yaml(text, source.path, first_line=2)
    path = PurePosixPath(source.path)
    is_lesson = "lesson" in document.data or CODE.fullmatch(path.stem.upper())
    model: type[LessonPage | PlainPage] = LessonPage if is_lesson else PlainPage
    return validate(model, document, {"topics": topics, "name": path.name})


def check_addresses(
    pages: Mapping[str, LessonPage | PlainPage], shown: Mapping[str, str]
) -> tuple[Fault, ...]:
    """Two pages that would have one address: a `slug` that is another page's name or slug.

    `pages` is keyed by the file's name under the documents' folder, `fr/about.md`; `shown` gives each file's
    name in a message.
    """
    taken: dict[str, str] = {}
    faults = []
    for name, page in sorted(pages.items(), key=lambda item: (bool(_slug_of(item[1])), item[0])):
        address = PurePosixPath(name).with_suffix("").with_name(_slug_of(page) or PurePosixPath(name).stem)
        first = taken.setdefault(address.as_posix(), name)
        if first != name:
            faults.append(fault("page.slug-taken", shown[name], 1, slug=address.name, first=shown[first]))
    return tuple(faults)


def _slug_of(page: LessonPage | PlainPage) -> str:
    return (page.slug or "") if isinstance(page, PlainPage) else ""


def _head(source: Source) -> str:
    """The YAML between the first line, `---`, and the next such line."""
    lines = re.split(r"\r\n|\r|\n", source.text.removeprefix("\ufeff"))
    if not source.text.strip("\ufeff \t\r\n"):
        raise LessonError([fault("yaml.empty", source.path, 1)])
    if lines[0].rstrip() != "---":
        raise LessonError([fault("page.no-front-matter", source.path, 1, found=lines[0])])
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number])
    raise LessonError([fault("page.front-matter-open", source.path, 1)])
