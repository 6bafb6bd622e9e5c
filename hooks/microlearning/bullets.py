"""One bulleted list and its items: the form in which cards, checklists and links are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from microlearning.errors import Fault, short
from microlearning.section import Section, inner_html, plain

EXAMPLES = {
    "do": "- **…** … { #short-name }",
    "dont": "- **…** … { #short-name }",
    "checklist": "- [ ] … { #short-name }",
    "related": "- […](https://…)",
}
"""How an item of each kind of section is written."""

ID = re.compile(r"[a-z][a-z0-9-]*")
"""What an item may be called: readable in an address, and the same in both languages."""

_LISTS = ("ul", "ol")
_BLOCKS = ("p", "table", "blockquote", "pre", "div", "dl", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "figure")
_MARK = re.compile(r"\s*\{:?\s*#([^{}<>]*?)\s*\}$")


@dataclass(frozen=True)
class Bullet:
    """One item of the list."""

    id: str
    """What its author called it, as in `{ #ask-first }`; empty when it has no name."""

    html: str
    """Its inner HTML, without the checkbox and without `{ #id }`."""

    text: str
    """The same as plain text."""

    line: int
    """Its line in the Markdown file."""

    box: bool | None
    """Whether its checkbox is ticked; None when it has none."""


@dataclass(frozen=True)
class BulletList:
    """The list of a section, what stands before it, and what is wrong with both."""

    bullets: tuple[Bullet, ...]

    intro: str
    """The paragraphs before the list, as HTML."""

    faults: tuple[Fault, ...]


def read_list(section: Section, *, intro: bool = False) -> BulletList:
    """The one bulleted list of `section`; `intro` says whether paragraphs may stand before it."""
    nodes = section.nodes()
    tags = [node.tag for node in nodes]
    example = EXAMPLES[section.kind]
    bullets: list[Bullet] = []
    faults: list[Fault] = []
    before: list[str] = []
    line, list_line = section.line, 0
    for node in nodes:
        if node.tag == "ul" and not list_line:
            bullets, found = _bullets(section, node, line)
            faults += found
            list_line = bullets[0].line if bullets else line + 1
            line = bullets[-1].line if bullets else line + 1
            continue
        text = plain(node)
        line = section.line_of(text, after=line)
        if node.tag == "p" and intro and not list_line and "ul" in tags:
            before.append(node.html or "")
            continue
        rule = {"ul": "list.second", "ol": "list.numbered", "p": "list.paragraph"}.get(
            node.tag or "", "list.other"
        )
        values = {"tag": node.tag, "text": short(text, 40), "example": example, "first": list_line}
        faults.append(section.fault(rule, line, **values))
    if not nodes:
        faults.append(section.fault("list.missing", section.line, example=example))
    return BulletList(tuple(bullets), "".join(before), tuple(faults))


def _bullets(section: Section, node: LexborNode, line: int) -> tuple[list[Bullet], list[Fault]]:
    bullets: list[Bullet] = []
    faults: list[Fault] = []
    for item in (child for child in node.iter() if child.tag == "li"):
        line = section.line_of(plain(item), after=line)
        found = list(_take_blocks(section, item, line))
        bullet = _bullet(item, line)
        faults += [section.fault(rule, at, item=short(bullet.text, 40), tag=tag) for rule, at, tag in found]
        bullets.append(bullet)
    return bullets, faults


def _take_blocks(section: Section, item: LexborNode, line: int) -> Iterator[tuple[str, int, str]]:
    """Take lists and further blocks out of `item`; for each the rule that it breaks, its line and its tag."""
    lists = [child for child in item.iter() if child.tag in _LISTS]
    blocks = [child for child in item.iter() if child.tag in _BLOCKS]
    if lists:
        yield "list.nested", section.line_of(plain(lists[0]), after=line), lists[0].tag or ""
    if len(blocks) > 1 or (blocks and blocks[0].tag != "p"):
        yield "list.blocks", line, blocks[-1].tag or ""
    for child in [*lists, *blocks[1:]]:
        child.decompose()


def _bullet(item: LexborNode, line: int) -> Bullet:
    box = None
    checkbox = item.css_first("input[type=checkbox]")
    if checkbox is not None:
        box = "checked" in checkbox.attributes
        label = item.css_first("label.task-list-control")
        (checkbox if label is None else label).decompose()
    paragraph = next((child for child in item.iter() if child.tag == "p"), None)
    body = paragraph or item
    html, text = inner_html(body), plain(body)
    mark = _MARK.search(text) if text.endswith("}") else None
    if mark:
        return Bullet(mark[1], _MARK.sub("", html), text[: mark.start()], line, box)
    name = item.attributes.get("id") or body.attributes.get("id") or ""
    return Bullet(name, html, text, line, box)


def bullet_faults(section: Section, bullets: Sequence[Bullet]) -> Iterator[Fault]:
    """What is wrong with the names of `bullets`: each needs one, well formed, and its own."""
    example = EXAMPLES[section.kind]
    start = example.partition("…")[0].rstrip("* ")
    lines: dict[str, int] = {}
    for bullet in bullets:
        name, line, item = bullet.id, bullet.line, short(bullet.text, 40)
        if not bullet.text:
            yield section.fault("list.item-empty", line, example=example)
        elif not name:
            yield section.fault("list.id-missing", line, item=item, start=start)
        elif not ID.fullmatch(name):
            yield section.fault("list.id-form", line, item=item, id=name, better=_better(name))
        elif name in lines:
            yield section.fault("list.id-twice", line, item=item, id=name, first=lines[name])
        lines.setdefault(name, line)


def _better(name: str) -> str:
    """`name` in the form that `ID` asks for, to show in a message."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^a-z0-9]+", "-", letters).strip("-0123456789")
    return kept or "short-name"
