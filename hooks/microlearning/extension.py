"""A Markdown extension: the ids of a lesson, given where its author means them.

It knows the platform, here Python-Markdown, and works without MkDocs.

- `{ #id }` at the end of a list item is the item's. `attr_list` wants it on a line of its own.
- A section of the lesson is addressed by what it is, not by its title: `#transcript`, `#do`,
  `#chapter-2`. So an address with a fragment leads to the same place in both languages (C3).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from microlearning.section import KINDS

_ALIGNED = re.compile(r"\s*text-align:\s*(left|center|right)\s*;?\s*")
_ATTRIBUTE = r"(?:[#.][\w-]+|[\w-]+=(?:\"[^\"]*\"|[\w-]+))"
_AT_THE_END = re.compile(rf"(\{{(?<=[ \u00a0].):?[ ]*{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*[ ]*\}})\s*$")
"""Well-formed attributes only: what an author mistyped stays in the text, where it is found and told.

It names the brace first and looks behind it for the space: a text has many spaces.
"""

_BEFORE_ATTR_LIST = 9
_AFTER_ATTR_LIST = 7
"""`attr_list` has priority 8, the parsing of inline Markdown 20, `toc`, which gives the other ids, 5."""


class LessonExtension(Extension):
    """The extension to hand to Python-Markdown, beside `attr_list`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the tree processors around `attr_list`."""
        md.treeprocessors.register(_ListItemAttributes(md), "list-item-attributes", _BEFORE_ATTR_LIST)
        md.treeprocessors.register(_AlignedCells(md), "aligned-cells", _AFTER_ATTR_LIST - 1)
        md.treeprocessors.register(_SectionIds(md), "section-ids", _AFTER_ATTR_LIST)


class _ListItemAttributes(Treeprocessor):
    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            _to_own_line(item)


def _to_own_line(item: Element) -> None:
    """Put the attributes that end the item's own text, before any list inside it, on their own line."""
    inline = [child for child in item if child.tag not in {"ul", "ol"}]
    if inline and inline[-1].tag == "p":
        _to_own_line(inline[-1])
    elif inline:
        inline[-1].tail = _on_own_line(inline[-1].tail or "")
    else:
        item.text = _on_own_line(item.text or "")


def _on_own_line(text: str) -> str:
    """`text` with the attributes that end it on their own line."""
    found = _AT_THE_END.search(text)
    return text[: found.start()].rstrip(" \u00a0") + f"\n{found[1]}" if found else text


class _AlignedCells(Treeprocessor):
    """The alignment of a table's cells as a class: the site's policy refuses `style` (S1)."""

    def run(self, root: Element) -> None:
        for cell in (one for one in root.iter() if one.tag in ("td", "th")):
            match = _ALIGNED.fullmatch(cell.get("style", ""))
            if match:
                del cell.attrib["style"]
                cell.set("class", f"{cell.get('class', '')} align-{match[1]}".strip())


class _SectionIds(Treeprocessor):
    def run(self, root: Element) -> None:
        kind, chapter = "", 0
        for heading in root:
            if heading.tag == "h1" and not heading.get("id"):
                heading.set("id", "title")
            elif heading.tag == "h2":
                classes = heading.get("class", "").split()
                kind, chapter = next((name for name in classes if name in KINDS), ""), 0
                if kind and not heading.get("id"):
                    heading.set("id", kind)
            elif heading.tag == "h3" and kind == "transcript":
                chapter += 1
                if not heading.get("id"):
                    heading.set("id", f"chapter-{chapter}")
