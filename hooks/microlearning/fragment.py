"""A piece of a page as HTML, read once: what its links and the pages that show it need to know of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True)
class Fragment:
    """HTML as the parser writes it: to read and write it once more changes nothing."""

    html: str

    ids: frozenset[str] = frozenset()
    has_links: bool = False


_MARKED = re.compile("[<>&\u00a0]")
"""What the parser reads or writes as anything but itself."""


def read_fragment(html: str) -> Fragment:
    """`html`, whose elements are closed, as a fragment."""
    if not _MARKED.search(html):
        return Fragment(html)
    body = body_of(html)
    if body is None:
        return Fragment(html)
    ids = frozenset(node.attributes["id"] or "" for node in body.css("[id]"))
    return Fragment(inner(body), ids, body.css_first("a[href]") is not None)


def body_of(html: str) -> LexborNode | None:
    """`html` as a tree; None when there is none."""
    return LexborHTMLParser(f"<body>{html}").body


@lru_cache(maxsize=4)
def read_tree(html: str) -> LexborNode | None:
    """`html` as a tree to look at, not to be changed; None when there is none.

    Kept for the last few pages: each check looks at both pages of a pair.
    """
    return body_of(html)


def inner(node: LexborNode) -> str:
    """The HTML inside `node`."""
    return node.inner_html or ""
