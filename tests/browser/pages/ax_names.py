"""What a page says to assistive technology, word by word, with the language that its markup gives for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from playwright.sync_api import Page

from microlearning.strings import LANGUAGES, interface, other

_NOT_ON_PAGES = ("build.", "cli.", "address.")
"""Words of the tools, and of addresses."""

_SHORTEST = 3
_CODE = {"CODE", "PRE", "TEXTAREA"}
_NUMBERS = {"count", "number", "done", "total"}
_UNFOLD = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const one of document.querySelectorAll('[hidden]')) one.hidden = false;
  for (const one of document.body.querySelectorAll('*:not(script, style, template, noscript)')) {
    const { display, visibility } = getComputedStyle(one);
    if (display === 'none') one.style.setProperty('display', 'block', 'important');
    if (visibility === 'hidden') one.style.setProperty('visibility', 'visible', 'important');
  }
}"""


@dataclass(frozen=True)
class Place:
    """Where a node is: the nearest `lang`, the `hreflang` of its link, and what it is a part of."""

    lang: str = ""
    leads_to: str = ""
    code: bool = False
    browsers_own: bool = False


@dataclass(frozen=True)
class Said:
    """A string of the interface that a node is named, described or valued with."""

    text: str
    language: str
    place: Place


def said(page: Page) -> list[Said]:
    """Every string of the interface in the page's accessibility tree, what is folded or hidden too.

    Code is in no language, and the buttons of a video's controls are the browser's own.
    """
    page.evaluate(_UNFOLD)
    session = page.context.new_cdp_session(page)
    document = session.send("DOM.getDocument", {"depth": -1, "pierce": True})
    places = dict(_places(document["root"], Place()))
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = []
    for node in nodes:
        place = places.get(node.get("backendDOMNodeId"))
        if node["ignored"] or place is None or place.code or place.browsers_own:
            continue
        for text in _texts(node):
            language = language_of(text)
            if language:
                found.append(Said(text, language, place))
    return found


def language_of(text: str) -> str | None:
    """The one language that has `text` among the interface's strings, if it is one alone."""
    having = [language for language in LANGUAGES if _strings(language).fullmatch(text)]
    return having[0] if len(having) == 1 else None


@cache
def _strings(language: str) -> re.Pattern[str]:
    """Any string of the interface in `language`; a place for a value stands for any text."""
    there = interface(other(language))
    patterns = {
        "".join(_pattern(part) for part in re.split(r"(\{\w+\})", _plain(text)))
        for key, text in interface(language).items()
        if not key.startswith(_NOT_ON_PAGES) and text != there[key] and len(text) >= _SHORTEST
    }
    return re.compile("|".join(sorted(patterns)))


def _pattern(part: str) -> str:
    """The expression for a piece of a string: for words themselves, for a place what may stand there."""
    if not part.startswith("{"):
        return re.escape(part)
    return r"\d[\d ,.]*" if part.strip("{}") in _NUMBERS else ".+"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _texts(node: dict[str, Any]) -> Iterator[str]:
    """What a node is called, how it is described, and what it holds."""
    told = [node.get(aspect) for aspect in ("name", "description", "value")]
    told += [one["value"] for one in node.get("properties", []) if one["name"] == "roledescription"]
    for one in told:
        if one and isinstance(one.get("value"), str):
            yield _plain(one["value"])


def _places(node: dict[str, Any], around: Place) -> Iterator[tuple[int, Place]]:
    """The place of `node` and of every node in it; another document in a frame is a page of its own."""
    flat = node.get("attributes", [])
    attributes = dict(zip(flat[::2], flat[1::2], strict=True))
    here = replace(
        around,
        lang=attributes.get("lang", around.lang),
        leads_to=attributes.get("hreflang", around.leads_to),
        code=around.code or node["nodeName"] in _CODE,
        browsers_own=around.browsers_own or node.get("shadowRootType") == "user-agent",
    )
    if node["nodeName"] == "#document":  # its name is the title's, in the language of the root
        roots = [child for child in node["children"] if child["nodeName"] == "HTML"]
        flat = roots[0].get("attributes", [])
        here = replace(here, lang=dict(zip(flat[::2], flat[1::2], strict=True)).get("lang", ""))
    yield node["backendNodeId"], here
    for child in (*node.get("children", []), *node.get("shadowRoots", [])):
        yield from _places(child, here)
