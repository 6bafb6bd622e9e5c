"""The form of lesson.yml: which keys it has, and what each may hold."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from microlearning.facts import Code, Date, Facts, FreeText, HttpsAddress

TYPES = ("video",)
"""The kinds of lesson; the key is the same in both languages, its label is in `strings/`."""

INTEGRATED = "integrated"
"""Audio description by the talk itself, which says all that the picture shows (WCAG 2.2, 1.2.5)."""

_YOUTUBE_ID = r"[A-Za-z0-9_-]{11}"


def _type(value: str) -> str:
    if value not in TYPES:
        raise PydanticCustomError("lesson.type", "", {"known": ", ".join(TYPES)})
    return value


def _youtube(value: str) -> str:
    if not re.fullmatch(_YOUTUBE_ID, value):
        inside = re.search(rf"(?:v=|youtu\.be/|/embed/|/shorts/)({_YOUTUBE_ID})(?![\w-])", value)
        raise PydanticCustomError("lesson.youtube", "", {"id": inside[1] if inside else "dQw4w9WgXcQ"})
    return value


def _audio_description(value: str) -> str:
    if value != INTEGRATED and "." not in value:
        raise PydanticCustomError("lesson.audio-description", "")
    return value


class RecordingFacts(Facts):
    """`fr:` or `en:` in lesson.yml. Files are named as they stand beside it."""

    video: str = Field(examples=["{language}.mp4"])
    """An MP4 file."""

    captions: str = Field(examples=["{language}.vtt"])
    """A WebVTT file in the same language."""

    audio_description: Annotated[str, AfterValidator(_audio_description)] = Field(examples=[INTEGRATED])
    """`integrated`, or the MP4 file that has the picture described aloud."""

    poster: str = Field(examples=["{language}.webp"])
    """A picture of the video's shape."""

    original: HttpsAddress | None = Field(default=None, examples=["https://www.canada.ca/{language}.html"])
    """The page that first showed the lesson."""

    youtube: Annotated[str, AfterValidator(_youtube)] | None = Field(default=None, examples=["dQw4w9WgXcQ"])
    """The video's id on YouTube."""


class Names(Facts):
    """A name in each language."""

    fr: FreeText = Field(examples=["École de la fonction publique du Canada"])
    en: FreeText = Field(examples=["Canada School of Public Service"])


class LessonFacts(Facts):
    """The whole of lesson.yml."""

    code: Code = Field(examples=["TRN1-V13"])
    """The product code, which is the folder's name in capitals."""

    type: Annotated[str, AfterValidator(_type)] = Field(examples=["video"])
    """One of `TYPES`."""

    organization: Names = Field(examples=["{ fr: École…, en: School… }"])
    """Who publishes the lesson."""

    published: Date = Field(examples=["2022-10-27"])
    """The day on which the lesson first appeared, anywhere."""

    modified: Date = Field(examples=["2026-11-22"])
    """The day of the last change that a learner would notice."""

    fr: RecordingFacts = Field(examples=["{ video: fr.mp4, captions: fr.vtt, … }"])
    en: RecordingFacts = Field(examples=["{ video: en.mp4, captions: en.vtt, … }"])

    @field_validator("code")
    @classmethod
    def _is_the_folders_name(cls, code: str, info: ValidationInfo) -> str:
        folder = (info.context or {})["folder"]
        if folder != code.lower():
            raise PydanticCustomError("lesson.folder", "", {"folder": folder, "right": code.lower()})
        return code

    @field_validator("modified")
    @classmethod
    def _is_not_before_published(cls, modified: date, info: ValidationInfo) -> date:
        published = info.data.get("published")
        if published and modified < published:
            raise PydanticCustomError("lesson.modified-early", "", {"published": published.isoformat()})
        return modified
