"""A heading and what follows: the rendered Markdown of a page, cut where the author put headings.

Works on the HTML that Python-Markdown made, so links are resolved and ids are final, and finds
each element's line again in the Markdown source, so that a fault can name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from microlearning.errors import Fault, fault

KINDS = ("transcript", "do", "dont", "checklist", "course", "related")
"""The sections that the product knows, in the order of the page."""


@dataclass(frozen=True)
class Source:
    """A Markdown file as its author wrote it."""

    path: str
    """Relative to the project's root, with forward slashes: what an author's message shows."""

    text: str
    """The whole file, front matter included, so that line numbers are the file's."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as an editor counts them: other signs that part lines, such as U+2028, do not count."""
        return _lines(self.text)

    def line_of(self, text: str, first: int = 1, last: int | None = None) -> int:
        """The line, counted from 1, on which `text` begins.

        When no line does: the first that is not empty, from line `first` on.

        `text` is what a reader sees, so the comparison is by words and passes over Markdown's marks.
        Looks from line `first` up to and including line `last`.
        """
        wanted = _words(text)
        lines = self.lines[: last or None]
        for number, line in enumerate(lines[first - 1 :], start=first):
            found = _unmarked(line)
            length = min(5, len(wanted), len(found))
            if length and found[:length] == wanted[:length]:
                return number
        filled = (number for number, line in enumerate(lines[first - 1 :], start=first) if line.strip())
        return next(filled, first)

    def heading_line(self, text: str, first: int = 1) -> int:
        """The line of the heading `text`, looked for from line `first`; as `line_of` when none is marked."""
        wanted = _words(text)
        for number, line in enumerate(self.lines[first - 1 :], start=first):
            if line.startswith("#") and _unmarked(line) == wanted:
                return number
        return self.line_of(text, first)

    def body_line(self) -> int:
        """The first line after the front matter that is not empty; the last line when there is none."""
        lines = self.lines or ("",)
        front = lines.index("---", 1) + 1 if lines[0] == "---" and "---" in lines[1:] else 0
        return next((number for number, line in enumerate(lines, 1) if number > front and line), len(lines))


_MARKS = re.compile(r"^\s*[-*+]\s+\[[ xX]\]|\]\([^)]*\)|\{[^{}]*\}|<[^>]*>|^\s*\d+[.)]\s")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace("_", " ").casefold())


@lru_cache(maxsize=8)
def _lines(text: str) -> tuple[str, ...]:
    """Kept for the last few files: each is asked for its lines at every heading and item."""
    found = re.split(r"\r\n|\r|\n", text)
    return tuple(found if found[-1] else found[:-1])


@lru_cache(maxsize=1 << 11)
def _unmarked(line: str) -> list[str]:
    """The words of a line of Markdown, its marks passed over; not to be changed."""
    return _words(_MARKS.sub(" ", line))


@dataclass(frozen=True)
class Section:
    """A heading of level 2 and everything up to the next one."""

    kind: str
    """One of `KINDS`, or empty for prose."""

    title: str
    """The heading as plain text."""

    heading: str
    """The heading's inner HTML."""

    id: str
    """The heading's anchor."""

    html: str
    """What follows the heading, as HTML."""

    source: Source
    """The file that the section stands in."""

    line: int
    """The heading's line in that file."""

    last_line: int
    """The last line before the next heading of level 2, or of the file."""

    classes: tuple[str, ...] = ()
    """The classes that the author gave the heading."""

    def nodes(self) -> list[LexborNode]:
        """The elements after the heading, comments and text left out."""
        body = LexborHTMLParser(self.html).body
        return [] if body is None else [node for node in body.iter() if node.tag != "-comment"]

    def line_of(self, text: str, after: int | None = None) -> int:
        """The line in the file on which `text` begins, looked for after line `after` (the heading's)."""
        first = (self.line if after is None else after) + 1
        found = self.source.line_of(text, first, self.last_line)
        return min(found, self.last_line)

    def fault(self, rule: str, line: int, **values: object) -> Fault:
        """A fault of `rule` on `line` of the section's file; its message may name the `$section`."""
        return fault(rule, self.source.path, line, warning=False, section=self.title, **values)


@dataclass(frozen=True)
class Document:
    """A page: its title, what stands before the first section, and the sections."""

    title: str
    """The heading of level 1 as plain text; empty when the page has none."""

    heading: str
    """The heading's inner HTML."""

    lead: str
    """What stands between the title and the first section, as HTML."""

    sections: tuple[Section, ...]

    source: Source

    def section(self, kind: str) -> Section | None:
        """The first section of that kind, or None."""
        return next((section for section in self.sections if section.kind == kind), None)


def read_document(html: str, source: Source) -> Document:
    """Cut the rendered page `html` at its headings of level 1 and 2."""
    body = LexborHTMLParser(html).body
    title, heading = "", ""
    lead: list[str] = []
    starts: list[tuple[LexborNode, list[str]]] = []
    for node in body.iter(include_text=True) if body is not None else ():
        if node.tag == "h1" and not title and not starts:
            title, heading = plain(node), inner_html(node)
        elif node.tag == "h2":
            starts.append((node, []))
        else:
            (starts[-1][1] if starts else lead).append(node.html or "")
    sections = []
    lines = [0]
    for node, _ in starts:
        lines.append(source.heading_line(plain(node), lines[-1] + 1))
    lines.append(len(source.lines) + 1)
    for (node, following), line, next_line in zip(starts, lines[1:], lines[2:], strict=False):
        classes = tuple((node.attributes.get("class") or "").split())
        sections.append(
            Section(
                kind=next((name for name in classes if name in KINDS), ""),
                title=plain(node),
                heading=inner_html(node),
                id=node.attributes.get("id") or "",
                html="".join(following).strip(),
                source=source,
                line=line,
                last_line=next_line - 1,
                classes=classes,
            )
        )
    return Document(title, heading, "".join(lead).strip(), tuple(sections), source)


def check_sections(document: Document) -> tuple[Fault, ...]:
    """What is wrong with the page's outline: its title, and which sections it has in which order."""
    source = document.source
    faults = [*_class_faults(document), *twice_faults(document, KINDS), *_order_faults(document)]
    if not document.title:
        faults.append(fault("section.no-title", source.path, source.body_line()))
    transcript = document.section("transcript")
    meant = {_nearest(name) for section in document.sections for name in section.classes}
    if transcript is None and "transcript" not in meant:
        faults.append(missing_fault(document, "transcript"))
    elif transcript is not None and transcript is not document.sections[0]:
        first = document.sections[0]
        faults.append(
            transcript.fault(
                "section.transcript-late", transcript.line, other=first.title, other_line=first.line
            )
        )
    for kind, partner in (("do", "dont"), ("dont", "do")):
        if document.section(partner) and not document.section(kind) and kind not in meant:
            faults.append(missing_fault(document, kind))
    return tuple(sorted(faults))


def twice_faults(document: Document, kinds: Sequence[str]) -> Iterator[Fault]:
    """Each section of one of `kinds` that comes after another of its kind."""
    for section in document.sections:
        first = document.section(section.kind)
        if section.kind in kinds and first is not None and first is not section:
            yield section.fault("section.twice", section.line, kind=section.kind, first=first.line)


def missing_fault(document: Document, kind: str) -> Fault:
    """`document` lacks a section of `kind`: told where that section's place would be."""
    earlier = [each for each in document.sections if each.kind in KINDS[: KINDS.index(kind)]]
    line = earlier[-1].last_line if earlier else document.source.body_line()
    return fault(f"section.no-{kind}", document.source.path, line)


@lru_cache(maxsize=1 << 8)
def _nearest(name: str) -> str:
    """The kind of section that `name` was meant to be; empty when none is near."""
    return next(iter(get_close_matches(name.casefold(), KINDS, n=1)), "")


def _class_faults(document: Document) -> Iterator[Fault]:
    known = ", ".join(f".{kind}" for kind in KINDS)
    for section in document.sections:
        for name in section.classes:
            nearest = _nearest(name)
            if name not in KINDS and nearest:
                yield section.fault(
                    "section.kind-unknown", section.line, kind=name, known=known, nearest=nearest
                )
            elif name not in KINDS:
                yield section.fault("section.class-unknown", section.line, kind=name, known=known)
        if sum(name in KINDS for name in section.classes) > 1:
            found = " ".join(f".{name}" for name in section.classes)
            yield section.fault("section.two-kinds", section.line, found=found, first=section.kind)


def _order_faults(document: Document) -> Iterator[Fault]:
    """Each section that stands after one that it should come before; the transcript has a rule of its own."""
    known = [section for section in document.sections if section.kind and section.kind != "transcript"]
    for index, section in enumerate(known):
        later = [each for each in known[:index] if KINDS.index(each.kind) > KINDS.index(section.kind)]
        if later:
            other = later[0]
            yield section.fault("section.order", section.line, other=other.title, other_line=other.line)


_SPACES = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")


def plain(node: LexborNode) -> str:
    """The text of `node` as a reader sees it, with runs of ordinary white space made one space."""
    text = node.text()
    if any(sign in text for sign in ("\n", "  ", "\t", "\r")):
        text = _SPACES.sub(" ", text)
    return text.strip()


def inner_html(node: LexborNode) -> str:
    """The HTML inside `node`."""
    return (node.inner_html or "").strip()
