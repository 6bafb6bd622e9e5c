"""The site's stylesheet and script: the theme's and each component's, joined once, named by content.

One request each, and an address that changes when the content does, so that a server may let
browsers keep them for ever.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import brotli

from microlearning.theme import without_the_absent

CHROME = ("tokens", "page", "header", "footer", "waiver", "print")
"""The style sheets of `overrides/style/`, in the order of the cascade; components come before print."""

SMALLEST = 1024
"""Bytes: less than that fits into one packet as it is."""

_DATA_DECLARATION = re.compile(r"""[\w-]+\s*:\s*url\((["']?)data:.*?\1\)\s*;?""")
_DARK = re.compile(
    r"""@media screen and \(prefers-color-scheme: dark\) \{\s*"""
    r""":root:not\(\[data-scheme="light"\]\) (\{[^{}]*\})\s*\}"""
)
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def stylesheet(overrides: Path, theme_sheet: Path) -> str:
    """The theme's style sheet, then ours, then each component's, then print's.

    The theme's `data:` images go: the policy allows none (S1), and no page of ours shows them. So do
    the rules that can match nothing of ours (`theme.py`): a reader waits for none of them.
    """
    theirs = _SOURCE_MAP.sub("", _DATA_DECLARATION.sub("", theme_sheet.read_text(encoding="utf-8")))
    *chrome, last = [overrides / "style" / f"{name}.css" for name in CHROME]
    ours = [*chrome, *_of_components(overrides, "css"), last]
    return "\n".join(
        [
            without_the_absent(theirs),
            *(_with_both_ways_to_dark(file.read_text(encoding="utf-8")) for file in ours),
        ]
    )


def _with_both_ways_to_dark(sheet: str) -> str:
    """`sheet`, its dark scheme also for the reader who chose it, whatever the device says."""
    return _DARK.sub(r'\g<0>\n@media screen { :root[data-scheme="dark"] \1 }', sheet)


def scheme_script(overrides: Path) -> str:
    """The few lines that run before the first paint, so that no page flashes in colours nobody chose."""
    return (overrides / "scheme.js").read_text(encoding="utf-8")


def script(overrides: Path) -> str:
    """The scripts of `overrides/script/` and of all components but search, each in a function of its own."""
    components = [file for file in _of_components(overrides, "js") if file.stem != "search"]
    return "\n".join(map(_closed, [*sorted((overrides / "script").glob("*.js")), *components]))


def search_script(overrides: Path) -> str:
    """What the search page alone runs: no other page makes its reader wait for it."""
    return _closed(overrides / "components" / "search" / "search.js")


def _closed(file: Path) -> str:
    return f"(() => {{\n'use strict';\n{file.read_text(encoding='utf-8')}\n}})();"


def compressed(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """For each text that every reader fetches, the same as gzip (RFC 1952) and as Brotli (RFC 7932).

    Made once with some patience, where a server makes it in haste each time. Pages are many and small: a
    server does as well with them.
    """
    made = {}
    for name, content in contents.items():
        if len(content) >= SMALLEST and name.endswith((".css", ".js", ".svg")):
            made[f"{name}.gz"] = gzip.compress(content, mtime=0)
            made[f"{name}.br"] = brotli.compress(content, quality=9)
    return made


def fingerprinted(name: str, content: str) -> str:
    """`name` with a fingerprint of `content` before its ending: `site.css` becomes `site.1f2e3d4c.css`."""
    stem, ending = name.rsplit(".", 1)
    return f"{stem}.{hashlib.sha256(content.encode()).hexdigest()[:8]}.{ending}"


def _of_components(overrides: Path, ending: str) -> list[Path]:
    return sorted((overrides / "components").glob(f"*/*.{ending}"))
