"""Outline: the headings and pictures of a page, each with its line, to hold against its twin's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from microlearning.fragment import read_tree
from microlearning.project import WrittenPage
from microlearning.section import KINDS, plain


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    kind: str
    """The section that its class names; empty for prose."""

    id: str
    title: str
    line: int
    is_named: bool = False
    """Whether its author gave it the id; else it comes from the title, which differs in each language."""

    @property
    def mark(self) -> str:
        """How it is written, without its title: `## … { .do }`."""
        return f"{'#' * self.level} …" + (f" {{ .{self.kind} }}" if self.kind else "")


@dataclass(frozen=True)
class Image:
    """A picture in the text."""

    src: str
    alt: str
    line: int


def read_headings(page: WrittenPage) -> tuple[Heading, ...]:
    """Every heading of the page, in its order."""
    body = read_tree(page.html)
    found: list[Heading] = []
    line = 0
    for node in body.css("h1, h2, h3, h4, h5, h6") if body is not None else ():
        title = plain(node)
        line = page.source.heading_line(title, line + 1)
        classes = (node.attributes.get("class") or "").split()
        kind = next((name for name in classes if name in KINDS), "")
        name = node.attributes.get("id") or ""
        written = page.source.lines[line - 1] if line <= len(page.source.lines) else ""
        is_named = bool(re.search(rf"\{{[^}}]*#{re.escape(name)}\b", written))
        found.append(Heading(int((node.tag or "h1")[1]), kind, name, title, line, is_named))
    return tuple(found)


def read_images(page: WrittenPage) -> tuple[Image, ...]:
    """Every picture of the page, in its order."""
    body = read_tree(page.html)
    lines = page.source.text.split("\n")
    found: list[Image] = []
    line = 0
    for node in body.css("img") if body is not None else ():
        src = node.attributes.get("src") or ""
        name = re.escape(src.rpartition("/")[2])
        later = range(line, len(lines))
        line = next((number + 1 for number in later if re.search(name, lines[number])), line or 1)
        found.append(Image(src, node.attributes.get("alt") or "", line))
    return tuple(found)
