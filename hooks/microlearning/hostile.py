"""Hostile: what an author's text may not bring into a page, wherever it comes from (requirement S3).

The rendered HTML is held against a list of what is harmless: what Markdown makes, and the few elements that
an author may write by hand. A list of what is dangerous would always be one browser behind.
"""

from __future__ import annotations

import html as html_module
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from microlearning.errors import Fault, fault, short
from microlearning.fragment import read_tree
from microlearning.section import Source

ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
        " figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd label li mark ol p pre q rp rt ruby s samp"
        " section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr",
    )
)
"""What a page may hold. Frames, forms, media and scripts are the site's own affair."""

ATTRIBUTES = frozenset(
    re.findall(
        r"\w+",
        "abbr align alt cite class colspan datetime dir for headers height href hreflang id lang loading"
        " markdown open rel reversed role rowspan scope src start tabindex title translate value width",
    )
)
"""What an element may say, beside `aria-*` and `data-*`. `style` is refused by the site's policy (S1)."""

_CHECKBOX = {"type", "disabled", "checked"}
"""What a task list's checkbox says."""

_ADDRESSES = ("href", "src", "cite")
_SAFE = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20\u00a0\u00ad\u200b-\u200f\u2028\u2029\ufeff]+")
"""What browsers pass over in an address (URL Standard, 4.4), and what hides it from a reader."""

_CODE = re.compile(
    r"^(`{3,}|~{3,})[^\n]*\n.*?(?:^\1`*~*[ \t]*$|\Z)|(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE
)


def check_hostile(source: Source, html: str) -> tuple[Fault, ...]:
    """What `html`, the rendered Markdown of `source`, holds and may not hold, each with its line."""
    body = read_tree(html)
    place = _Places(source)
    found: dict[Fault, None] = {}
    for node in body.traverse() if body is not None else ():
        for each in _node_faults(node, place):
            found.setdefault(each)
    return tuple(sorted(found))


def _node_faults(node: LexborNode, place: _Places) -> Iterator[Fault]:
    tag = node.tag or ""
    if tag.startswith("-") or tag in ("body", "html", "head"):
        return
    is_box = tag == "input" and node.attributes.get("type") == "checkbox"
    if tag not in ELEMENTS and not is_box:
        line = place.of_element(tag)
        yield fault(f"hostile.{_kind(tag)}", place.path, line, tag=tag)
        return
    for name, value in node.attributes.items():
        if name.startswith("on"):
            yield fault("hostile.handler", place.path, place.of_attribute(name), name=name)
        elif name in _ADDRESSES and _is_unsafe(value or ""):
            scheme = _scheme(value or "")
            yield fault("hostile.address", place.path, place.of_value(value or ""), scheme=scheme)
        elif name == "src" and _is_foreign(value or ""):
            yield fault(
                "hostile.picture", place.path, place.of_value(value or ""), url=short(value or "", 60)
            )
        elif not _is_known(name, is_box=is_box):
            yield fault("hostile.attribute", place.path, place.of_attribute(name), name=name, tag=tag)


def _kind(tag: str) -> str:
    if tag in ("iframe", "frame", "frameset", "object", "embed", "portal", "fencedframe"):
        return "frame"
    return "script" if tag == "script" else "element"


def _is_known(name: str, *, is_box: bool) -> bool:
    return name in ATTRIBUTES or name.startswith(("aria-", "data-")) or (is_box and name in _CHECKBOX)


def _scheme(address: str) -> str:
    """The scheme as a browser sees it: white space and control characters do not count."""
    match = _SCHEME.match(_IGNORED.sub("", html_module.unescape(address)))
    return match[1].lower() if match else ""


def _is_unsafe(address: str) -> bool:
    scheme = _scheme(address)
    return bool(scheme) and scheme not in _SAFE


def _is_foreign(address: str) -> bool:
    """Whether a picture would be fetched from elsewhere, which the site's policy forbids (S1, S2)."""
    plain = _IGNORED.sub("", address).replace("\\", "/")
    return plain.startswith("//") or bool(_scheme(plain))


def without_code(text: str, blank: str = " ") -> str:
    """`text` with fenced blocks and code spans blanked: the same lines and columns, without their words."""
    if "`" not in text and "~~~" not in text:
        return text
    return _CODE.sub(lambda match: re.sub(r"[^\n]", blank, match[0]), text)


class _Places:
    """Finds in the Markdown, code left out, where something of the HTML was written."""

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.body = source.body_line()
        self.text = without_code(source.text)
        self.seen: dict[str, int] = {}

    def of_element(self, tag: str) -> int:
        """The line of the next `<tag` not yet told of."""
        return self._next(rf"<\s*{re.escape(tag)}(?=[\s/>]|$)")

    def of_attribute(self, name: str) -> int:
        return self._next(rf"\b{re.escape(name)}\s*=|\b{re.escape(name)}\b")

    def of_value(self, value: str) -> int:
        """The line on which the address `value` stands, escaped or hidden as it may be."""
        wanted = _plainly(value)
        lines = self.text.split("\n")
        for number, line in enumerate(lines, start=1):
            if wanted and wanted in _plainly(line):
                return number
        scheme = _scheme(value)
        return next(
            (number for number, line in enumerate(lines, 1) if f"{scheme}:" in _plainly(line)), self.body
        )

    def _next(self, pattern: str) -> int:
        matches = [match.start() for match in re.finditer(pattern, self.text, re.IGNORECASE)]
        index = self.seen.get(pattern, 0)
        self.seen[pattern] = index + 1
        if not matches:
            return self.body
        return self.text.count("\n", 0, matches[min(index, len(matches) - 1)]) + 1


def _plainly(text: str) -> str:
    return _IGNORED.sub("", html_module.unescape(text)).casefold()
