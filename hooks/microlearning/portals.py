"""Portals: which sites may show a lesson in a frame. One list, in mkdocs.yml, under `extra.portals`.

The list becomes a header that the server sends (`frame-ancestors`, Content Security Policy Level 3,
section 6.4.2), so its values are held to origins and to nothing that could end a header or a directive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

import yaml

from microlearning.errors import LessonError, fault

INCLUDE = ".nginx/portals.conf"
"""The nginx include, in the published site's folder, so that pages and list change in the same swap.

A server must not show files whose name begins with a dot; `deploy/nginx.conf` does not.
"""

PORTALS, SITE = "frame-ancestors PORTALS", "https://SITE/"
"""What a page of `docs/` writes, and the build fills with the list and with the site's own address."""

_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ORIGIN = re.compile(
    rf"https://(?:\*\.{_LABEL}(?:\.{_LABEL})+|{_LABEL}(?:\.{_LABEL})+)(?::\d{{1,5}})?"
    r"|http://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?"
)
"""`https://portal.example.ca`, `https://*.example.ca`; plain http only for a trial on one's own machine."""


def read_portals(written: object, path: str, text: str) -> tuple[str, ...]:
    """The origins of `written`, the value of `extra.portals`; `text` is the file at `path`, for its lines.

    Raises:
        LessonError: it is no list, or an entry is no origin.
    """
    if written is None:
        return ()
    node = _node(text)
    line = node.start_mark.line + 1 if node else 1
    if not isinstance(written, list):
        raise LessonError([fault("portals.list", path, line, found=written)])
    nodes = node.value if isinstance(node, yaml.SequenceNode) else []
    lines = [each.start_mark.line + 1 for each in nodes] or [line] * len(written)
    faults = [
        fault("portals.origin", path, where, found=one, origin=_nearest(str(one)))
        for one, where in zip(written, lines, strict=True)
        if not _is_origin(one)
    ]
    if faults:
        raise LessonError(faults)
    return tuple(dict.fromkeys(written))


def frame_ancestors(portals: Sequence[str]) -> str:
    """The sources of the directive `frame-ancestors` for pages made to be framed.

    The site itself is one: it shows its own lessons in frames, as previews.
    """
    return " ".join(["'self'", *portals])


def nginx_include(portals: Sequence[str]) -> str:
    """What `deploy/nginx.conf` includes in its server block."""
    return (
        "# Written by the build from `extra.portals` in mkdocs.yml: who may frame the pages for frames.\n"
        f'set $portals "{frame_ancestors(portals)}";\n'
    )


def fill(html: str, portals: Sequence[str], site: str) -> str:
    """`html` with the list in the place of `frame-ancestors PORTALS`, and `site` of `https://SITE/`."""
    sources = escape(f"frame-ancestors {frame_ancestors(portals)}", quote=False)
    return html.replace(PORTALS, sources).replace(SITE, escape(site))


def _is_origin(one: object) -> bool:
    return isinstance(one, str) and _ORIGIN.fullmatch(one) is not None


def _nearest(written: str) -> str:
    """The origin that `written` most likely means; the example when nothing can be made of it."""
    parts = urlsplit(written if "//" in written else f"//{written}")
    likely = f"https://{parts.netloc.lower()}"
    return likely if _ORIGIN.fullmatch(likely) else "https://portal.example.ca"


def _node(text: str) -> yaml.Node | None:
    """The YAML node of `extra.portals` in `text`; None when it stands in an inherited file."""
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    for key in ("extra", "portals"):
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for name, value in pairs if name.value == key), None)
    return node
