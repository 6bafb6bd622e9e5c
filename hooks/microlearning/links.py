"""Links into the site: an author writes the other page's file, readers get its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from microlearning.errors import Fault, fault, short
from microlearning.fragment import read_tree
from microlearning.project import Project, WrittenPage

_LINK = re.compile(r'(<(?:a|img)\s[^<>]*?\b(?:href|src)=")([^"]*)(")')
"""As Python-Markdown writes them; `<` and `>` of text and of values are escaped there."""

_REST = re.compile(r"[?#].*")
"""What comes after the path of an address."""


@dataclass(frozen=True)
class SiteLink:
    """A link to a file of `docs/`, or to a place in one."""

    path: str
    """The file that it stands in, as messages name it."""

    line: int
    text: str

    address: str
    """As the author wrote it."""

    target: str
    """The file that it leads to, below the documents' folder: `fr/about.md`; outside when it begins `..`."""

    fragment: str
    """The id in that file; empty for its top."""

    @property
    def is_file(self) -> bool:
        """Whether it can be the name of a file of `docs/`."""
        return not self.target.startswith(("..", "/")) and bool(PurePosixPath(self.target).suffix)


def site_links(page: WrittenPage) -> tuple[SiteLink, ...]:
    """The links of `page` that lead to no other site, in its order."""
    if not any(_parts(unescape(found[2])) for found in _LINK.finditer(page.html)):
        return ()  # most pages; to look for a link's text costs more
    body = read_tree(page.html)
    return tuple(_each(page, body.css("a[href], img[src]") if body is not None else ()))


def _each(page: WrittenPage, nodes: Iterable[LexborNode]) -> Iterator[SiteLink]:
    for node in nodes:
        address = node.attributes.get("href") or node.attributes.get("src") or ""
        parts = _parts(address)
        if parts:
            text = node.text().strip() or node.attributes.get("alt") or ""
            target = _target(page.name, parts[0])
            yield SiteLink(page.source.path, _line(page, address), text, address, target, parts[1])


def _parts(address: str) -> tuple[str, str] | None:
    """Path and fragment of an address inside the site; None for any other, and for one that is no address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
        return None
    return unquote(parts.path), unquote(parts.fragment)


def _target(name: str, path: str) -> str:
    """The file that `path`, written on the page `name`, leads to; its own for a mere fragment."""
    if path.startswith("/"):
        return path
    return normpath(f"{PurePosixPath(name).parent}/{path}") if path else name


def _line(page: WrittenPage, address: str) -> int:
    path = re.split(r"[?#]", address, maxsplit=1)[0] or address
    lines = enumerate(page.source.text.split("\n"), 1)
    return next((number for number, line in lines if path in line), page.source.body_line())


def check_links(project: Project) -> tuple[Fault, ...]:
    """Links to pages and files of the site that are not there. Of plain pages the build lets MkDocs tell."""
    links = (link for page in project.pages.values() for link in site_links(page))
    return lost_links(links, project.settings.docs)


def lost_links(links: Iterable[SiteLink], docs: Path) -> tuple[Fault, ...]:
    """A warning for each of `links` that leads to no file of `docs`, or is no file's name."""
    faults = []
    for link in links:
        if not link.is_file:
            faults.append(_told("link.form", link))
        elif not (docs / link.target).is_file():
            faults.append(_told("link.lost", link))
    return tuple(faults)


def lost_anchors(links: Iterable[SiteLink], ids: Mapping[str, Collection[str]]) -> tuple[Fault, ...]:
    """A warning for each of `links` to a place that its page lacks; `ids` are the pages' by file name."""
    return tuple(
        _told("link.anchor", link)
        for link in links
        if link.fragment and link.target in ids and link.fragment not in ids[link.target]
    )


def _told(rule: str, link: SiteLink) -> Fault:
    values = {"text": short(link.text, 40), "url": link.address, "id": link.fragment}
    return fault(rule, link.path, link.line, warning=True, **values)


def resolved(html: str, name: str, address_of: Callable[[str], str | None]) -> str:
    """`html` of the page `name`, its links to files turned into addresses.

    `address_of` gives a file's address as seen from the page; None for a file that is not there.
    """

    def address(found: re.Match[str]) -> str:
        written = unescape(found[2])
        parts = _parts(written)
        there = address_of(_target(name, parts[0])) if parts and parts[0] else None
        if there is None:
            return found[0]
        found_rest = _REST.search(written)
        rest = found_rest[0] if found_rest else ""
        return f"{found[1]}{there}{rest.replace('&', '&amp;')}{found[3]}"

    return _LINK.sub(address, html)
