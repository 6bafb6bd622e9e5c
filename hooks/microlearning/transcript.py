"""Transcript: the words of the video as text, each paragraph with its time from the captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Literal, TypeGuard

from selectolax.lexbor import LexborNode

from microlearning.alignment import Missing, align
from microlearning.captions import Captions
from microlearning.cue_text import timestamp
from microlearning.errors import Fault, LessonError, fault, short
from microlearning.section import Section, inner_html, plain

Kind = Literal["speech", "on-screen", "sound"]

MARKED: tuple[Kind, ...] = ("on-screen", "sound")
"""The kinds of paragraph that carry a mark: `*…*{ .on-screen }`."""

_FOREIGN = {
    "p": "transcript.media",
    "h3": "transcript.chapter-untitled",
    **dict.fromkeys(("h1", "h4", "h5", "h6"), "transcript.heading"),
    **dict.fromkeys(("ul", "ol"), "transcript.list"),
    "table": "transcript.table",
    "blockquote": "transcript.quote",
}
_INLINE = ("em", "strong", "i", "b", "span")
_MEDIA = "img, picture, svg, video, audio, iframe, object, embed, input, button"
_LOOSE_MARK = re.compile(r"\{:?\s*\.(on-screen|sound)\b[^{}]*\}")


@dataclass(frozen=True)
class Paragraph:
    """Something said, shown or heard."""

    kind: Kind

    html: str
    """Its inner HTML; of text on screen and of sounds, what stands inside the marked emphasis."""

    text: str
    """The same as plain text."""

    start: float | None
    """When it begins, in seconds from the start of the media; None when the captions do not say it."""

    line: int
    """Its line in the Markdown file."""


@dataclass(frozen=True)
class Chapter:
    """A heading of level 3 in the transcript, and its paragraphs."""

    title: str
    """The heading as plain text; empty for what stands before the first heading."""

    id: str
    """The heading's anchor; empty when there is no heading."""

    html: str
    """The heading's inner HTML."""

    start: float
    """When it begins, in seconds from the start of the media: the first chapter at 0."""

    end: float | None
    """When the next one begins; None for the last."""

    paragraphs: tuple[Paragraph, ...]

    line: int = 0
    """The heading's line in the Markdown file; 0 when there is no heading."""


@dataclass(frozen=True)
class Transcript:
    """A section of the kind `transcript`."""

    section: Section

    chapters: tuple[Chapter, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of all chapters, in their order."""
        return tuple(paragraph for chapter in self.chapters for paragraph in chapter.paragraphs)


@dataclass(frozen=True)
class Heading:
    """A heading of level 3, not yet a chapter."""

    title: str
    id: str
    html: str
    line: int


def read_transcript(section: Section, captions: Captions) -> Transcript:
    """The transcript that `section` holds, timed by `captions`.

    Raises:
        LessonError: the section holds anything but paragraphs and headings of level 3; a caption's word is
            missing from it (requirement T2; WCAG 2.2, 1.2.8); or a paragraph of speech is in no caption.
    """
    pieces, faults = read_pieces(section)
    faults = faults or list(_outline_faults(section, pieces))
    if faults:
        raise LessonError(sorted(faults))
    heard = [each for each in pieces if _is_heard(each)]
    starts = align(captions, [paragraph.text for paragraph in heard])
    if isinstance(starts, Missing):
        raise LessonError([_missing_fault(section, captions, heard[starts.place], starts)])
    faults = [
        section.fault("transcript.unspoken", paragraph.line, text=short(paragraph.text, 40))
        for paragraph, start in zip(heard, starts, strict=True)
        if paragraph.kind == "speech" and start is None
    ]
    if faults:
        raise LessonError(faults)
    times = iter(starts)
    timed = [replace(each, start=next(times)) if _is_heard(each) else each for each in pieces]
    return Transcript(section, _chapters(timed))


def _is_heard(piece: Heading | Paragraph) -> TypeGuard[Paragraph]:
    return isinstance(piece, Paragraph) and piece.kind != "on-screen"


def read_pieces(section: Section) -> tuple[list[Heading | Paragraph], list[Fault]]:
    """The headings and paragraphs of `section`, not yet timed, and what else it holds."""
    pieces: list[Heading | Paragraph] = []
    faults: list[Fault] = []
    line = section.line
    for node in section.nodes():
        text = plain(node)
        is_text = next(node.iter(), None) is None
        image = None if is_text else node.css_first("img")
        alternative = image.attributes.get("alt") if image is not None else None
        line = section.line_of(text or alternative or "", after=line)
        rule = ""
        if node.tag == "h3" and text:
            pieces.append(Heading(text, node.attributes.get("id") or "", inner_html(node), line))
        elif node.tag == "p" and (is_text or not node.css(_MEDIA)):
            rule, paragraph = _read_paragraph(node, line)
            pieces.append(paragraph)
        else:
            rule = _FOREIGN.get(node.tag or "", "transcript.other")
        if rule:
            faults.append(section.fault(rule, line, tag=node.tag, text=short(text, 40)))
    return pieces, faults


def _read_paragraph(node: LexborNode, line: int) -> tuple[str, Paragraph]:
    """The paragraph `node`, and the rule that its mark breaks, or an empty text."""
    text = plain(node)
    children = [
        child for child in node.iter(include_text=True) if child.tag != "-text" or child.text().strip()
    ]
    only = children[0] if len(children) == 1 and children[0].tag in _INLINE else node
    classes = (only.attributes.get("class") or "").split()
    kind: Kind = next((name for name in MARKED if name in classes), "speech")
    rule = ""
    if kind == "speech":
        if any(child.tag != "-text" for child in children) and node.css(".on-screen, .sound"):
            rule = "transcript.mixed"
        elif _LOOSE_MARK.search(text):
            rule = "transcript.loose-mark"
        elif classes:
            rule = "transcript.mark-unknown"
        only = node
    return rule, Paragraph(kind, inner_html(only), text, None, line)


def _outline_faults(section: Section, pieces: Sequence[Heading | Paragraph]) -> Iterator[Fault]:
    """Headings without anything said under them; a transcript without a word."""
    heard = (each.text for each in pieces if _is_heard(each))
    if not any(re.search(r"\w", text) for text in heard):
        yield section.fault("transcript.empty", section.line)
        return
    for heading, paragraphs in _grouped(pieces):
        if heading and not any(paragraph.kind == "speech" for paragraph in paragraphs):
            yield section.fault("transcript.chapter-empty", heading.line, chapter=heading.title)


def _missing_fault(section: Section, captions: Captions, near: Paragraph, missing: Missing) -> Fault:
    return fault(
        "transcript.word-missing",
        captions.path,
        missing.line,
        cue=missing.cue.number,
        time=timestamp(missing.cue.start),
        word=missing.word,
        said=missing.said,
        near=f"{section.source.path}:{near.line}",
        found=missing.found,
    )


def _grouped(pieces: Sequence[Heading | Paragraph]) -> list[tuple[Heading | None, list[Paragraph]]]:
    """Each heading with the paragraphs under it; those before the first heading with None."""
    groups: list[tuple[Heading | None, list[Paragraph]]] = []
    for piece in pieces:
        if isinstance(piece, Heading):
            groups.append((piece, []))
        else:
            if not groups:
                groups.append((None, []))
            groups[-1][1].append(piece)
    return groups


def _chapters(pieces: Sequence[Heading | Paragraph]) -> tuple[Chapter, ...]:
    groups = _grouped(pieces)
    starts = [
        next((each.start for each in paragraphs if each.start is not None), 0.0) if index else 0.0
        for index, (_, paragraphs) in enumerate(groups)
    ]
    return tuple(
        Chapter(
            title=heading.title if heading else "",
            id=heading.id if heading else "",
            html=heading.html if heading else "",
            start=start,
            end=end,
            paragraphs=tuple(paragraphs),
            line=heading.line if heading else 0,
        )
        for (heading, paragraphs), start, end in zip(groups, starts, [*starts[1:], None], strict=True)
    )


def transcript_text(transcript: Transcript, title: str) -> str:
    """The transcript as plain text under `title`: chapters, times, notes; one paragraph a line."""
    blocks = [title]
    for chapter in transcript.chapters:
        blocks += [chapter.title] if chapter.title else []
        for paragraph in chapter.paragraphs:
            time = "" if paragraph.start is None else f"[{clock(paragraph.start)}] "
            blocks.append(time + paragraph.text)
    return "\n\n".join(blocks) + "\n"


def chapters_vtt(transcript: Transcript, duration: float) -> str:
    """The titled chapters as WebVTT (W3C WebVTT, section 4.6.3), the last one ending at `duration` seconds.

    An empty text when no chapter has a title.
    """
    cues = [
        f"{timestamp(chapter.start)} --> {timestamp(duration if chapter.end is None else chapter.end)}\n"
        f"{escape(chapter.title, quote=False)}\n"
        for chapter in transcript.chapters
        if chapter.title
    ]
    return "\n".join(["WEBVTT\n", *cues]) if cues else ""


def clock(seconds: float) -> str:
    """`seconds` as a clock shows them: `0:21`, `1:02:03`."""
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
