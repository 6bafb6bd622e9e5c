"""Course: the one link to the course that goes further; and the list of related links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from microlearning.bullets import read_list
from microlearning.errors import Fault, LessonError, short
from microlearning.section import Section, inner_html, plain

VAGUE = (
    *("click here", "here", "link", "this link", "this page", "more", "read more", "learn more", "see more"),
    *("cliquez ici", "cliquer ici", "ici", "lien", "ce lien", "cette page", "plus", "lire la suite"),
    *("en savoir plus", "voir plus"),
)
"""Link texts that say nothing by themselves (WCAG 2.2, 2.4.9)."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SECURE = re.compile(r"https://[\w.-]+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_INSIDE = re.compile(r"(?!//|$)[^\s:\\?#]*(?:[?#]\S*)?")


@dataclass(frozen=True)
class Link:
    """A link that an author wrote."""

    title: str
    """Its text, plain."""

    html: str
    """Its text as inner HTML."""

    url: str
    """Where it leads."""

    hreflang: str
    """The language of the page that it leads to, when the author said so; else empty."""

    line: int
    """Its line in the Markdown file."""


@dataclass(frozen=True)
class Course:
    """A section of the kind `course`."""

    section: Section

    link: Link

    intro: str
    """The paragraphs beside the link's own, as HTML; often empty."""


@dataclass(frozen=True)
class RelatedLinks:
    """A section of the kind `related`."""

    section: Section

    links: tuple[Link, ...]
    """Every link of the list, in its order."""


def read_course(section: Section) -> Course:
    """The course that `section` links to.

    Raises:
        LessonError: the section is not paragraphs with exactly one link, alone in its paragraph, with a
            text that tells where it leads and an https address.
    """
    links: list[Link] = []
    intro: list[str] = []
    faults: list[Fault] = []
    line = section.line
    for node in section.nodes():
        line = section.line_of(plain(node), after=line)
        found = [_link(anchor, line) for anchor in node.css("a")]
        links += found
        if node.tag != "p":
            faults.append(section.fault("course.other", line, tag=node.tag))
        elif not found:
            intro.append(node.html or "")
        elif len(found) == 1 and plain(node) != found[0].title:
            values = {"text": short(plain(node), 40), "link": found[0].title, "url": found[0].url}
            faults.append(section.fault("course.text", line, **values))
    if len(links) > 1:
        faults.append(section.fault("course.several", links[1].line, count=len(links)))
    elif not links and not faults:
        faults.append(section.fault("course.missing", section.line))
    for link in links:
        faults += _link_faults(section, link, inside=False)
    if faults:
        raise LessonError(sorted(faults))
    return Course(section, links[0], "".join(intro))


def read_related(section: Section) -> RelatedLinks:
    """The links of `section`.

    Raises:
        LessonError: the section is not one bulleted list, an item has no link, or a link has no text that
            tells where it leads, or neither an https address nor one inside the site.
    """
    written = read_list(section)
    faults = list(written.faults)
    links: list[Link] = []
    for bullet in written.bullets:
        found = [_link(anchor, bullet.line) for anchor in LexborHTMLParser(bullet.html).css("a")]
        if not found:
            faults.append(section.fault("related.link-missing", bullet.line, item=short(bullet.text, 40)))
        for link in found:
            faults += _link_faults(section, link, inside=True)
        links += found
    if faults:
        raise LessonError(sorted(faults))
    return RelatedLinks(section, tuple(links))


def _link(anchor: LexborNode, line: int) -> Link:
    attributes = anchor.attributes
    url, hreflang = attributes.get("href") or "", attributes.get("hreflang") or ""
    return Link(plain(anchor), inner_html(anchor), url, hreflang, line)


def _link_faults(section: Section, link: Link, *, inside: bool) -> Iterator[Fault]:
    """What is wrong with `link`; `inside` says whether it may lead to a page of this site."""
    values = {"text": link.title or "…", "url": link.url}
    words = " ".join(re.findall(r"\w+", link.title.casefold()))
    if not link.title:
        yield section.fault("link.empty", link.line, **values)
    elif _ADDRESS.fullmatch(link.title):
        yield section.fault("link.bare", link.line, **values)
    elif not words or words in VAGUE:
        yield section.fault("link.vague", link.line, **values)
    if link.url.casefold().startswith("http://"):
        yield section.fault("link.http", link.line, secure="https" + link.url[len("http") :], **values)
    elif not _SECURE.fullmatch(link.url) and not (inside and _INSIDE.fullmatch(link.url)):
        yield section.fault("link.inside" if inside else "link.address", link.line, **values)
