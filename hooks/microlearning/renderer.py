"""Markdown to HTML, with the extensions that mkdocs.yml names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown import Extension, Markdown

from microlearning.errors import LessonError, fault
from microlearning.fragment import read_tree
from microlearning.section import Source

DEEPEST = 60
"""Elements one inside the other: far more than any page needs, far fewer than a reader can follow."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)


class Renderer:
    """Markdown to HTML with the site's own extensions."""

    def __init__(
        self, extensions: Sequence[str | Extension], options: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self.markdown = Markdown(
            extensions=list(extensions),
            extension_configs={name: dict(values) for name, values in options.items()},
        )

    def html(self, source: Source) -> str:
        """The body of `source` as HTML.

        Raises:
            LessonError: the text is nested deeper than Markdown can follow.
        """
        try:
            html: str | None = str(self.markdown.reset().convert(_body_of(source)))
        except RecursionError:
            html = None
        if html is None or _depth(html) > DEEPEST:
            raise LessonError([fault("markdown.deep", source.path, source.body_line())])
        return html


def _body_of(source: Source) -> str:
    """The Markdown of `source`, without its front matter."""
    return _FRONT_MATTER.sub("", source.text, count=1)


def _depth(html: str) -> int:
    """How many elements stand one inside the other."""
    body = read_tree(html)
    level = [body] if body is not None else []
    depth = 0
    while level and depth <= DEEPEST:
        level = [child for node in level for child in node.iter()]
        depth += bool(level)
    return depth
