"""Rendered once: MkDocs takes over the HTML that the checks were made on, where it would make the same.

MkDocs renders a page to resolve its links to other files, and tells of those that lead nowhere. A page
that has none gives the same HTML again: most lessons, whose links lead out of the site. Any other
page goes MkDocs' own way, so its links are resolved and told of as ever.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from selectolax.lexbor import LexborHTMLParser

from microlearning.project import WrittenPage, body_of

_RAW_HTML = re.compile(r"<[a-zA-Z/!?]")
"""What MkDocs reads anchors out of by itself, also where it is only shown as code."""


class RenderedPage(Page):
    """A page whose Markdown `written` holds rendered."""

    def __init__(self, file: File, config: MkDocsConfig, written: WrittenPage) -> None:
        super().__init__(None, file, config)
        self.written = written

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the HTML over; render it as MkDocs does where the outcome could differ."""
        if self.markdown is None or not is_same(self.written, self.markdown):
            super().render(config, files)
            return
        self.content = self.written.html
        self.toc = get_toc(list(self.written.toc))
        self.title = self.written.document.title
        tree = LexborHTMLParser(self.content)
        self.present_anchor_ids = {node.attributes["id"] or "" for node in tree.css("[id]")}
        self.links_to_anchors = {}


def is_same(written: WrittenPage, markdown: str) -> bool:
    """Whether MkDocs would make of `markdown` the HTML that `written` holds, and tell of nothing.

    It would when the words are those of the file, and each link names the site that it leads to.
    """
    body = body_of(written.source)
    if markdown.strip("\n") != body.strip("\n") or _RAW_HTML.search(body):
        return False
    tree = LexborHTMLParser(f"<body>{written.html}")
    addresses = [node.attributes.get("href") for node in tree.css("a")]
    addresses += [node.attributes.get("src") for node in tree.css("img")]
    return all(address and _is_outside(address) for address in addresses)


def _is_outside(address: str) -> bool:
    try:
        return bool(urlsplit(address).netloc)
    except ValueError:  # MkDocs has its own way with an address that is none
        return False
