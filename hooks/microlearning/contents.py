"""What is on a page: its sections' headings, and the place between its first words and the first of them."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

FEWEST = 3
"""A page with fewer sections is seen whole, and needs no list of them."""


@dataclass(frozen=True)
class Contents:
    """A page's HTML in two parts, and what stands between them."""

    lead: str
    """What comes before the first section."""

    sections: str
    """The rest, from the first section's heading on."""

    headings: tuple[tuple[str, str], ...]
    """Each section's id and its heading as HTML; none when the page is seen whole."""


def contents(html: str) -> Contents:
    """What is on the page whose content is `html`, as Python-Markdown made it."""
    lead, tag, rest = html.partition("<h2 ")
    body = LexborHTMLParser(f"<body>{tag}{rest}").body
    nodes = body.css("h2[id]") if body else []
    headings = []
    for node in nodes:
        node.unwrap_tags(["a"])  # a link holds no other link
        headings.append((str(node.attributes["id"]), node.inner_html or ""))
    return Contents(lead, tag + rest, tuple(headings) if len(headings) >= FEWEST else ())
