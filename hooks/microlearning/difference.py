"""Difference: two texts word by word, as their readers would see it; spaces and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Literal

NEAR = 3
"""How many unchanged words stand around a change that is shown."""

LONGEST = 600
"""How many characters of changes one message shows."""

_WORD = re.compile(r"→\S+|\w+(?:['.,-]\w+)*|[%$€£+=<>&@#/°]")
_PART = re.compile(r"\[-(?P<old>.*?)-\](?=\s|$)|\{\+(?P<new>.*?)\+\}(?=\s|$)")


def words(text: str) -> list[str]:
    """The words of `text` as they are compared: spaces, punctuation and kinds of apostrophe left out."""
    plain = unicodedata.normalize("NFKC", text.replace("\u00ad", "")).replace("’", "'")
    return _WORD.findall(plain)


def word_difference(old: str, new: str) -> str:
    """What changed from `old` to `new`: `[-gone-]`, `{+come+}`, a few words around, in the style of git."""
    before, after = words(old), words(new)
    parts: list[str] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(NEAR):
        shown: list[str] = ["…"] if group[0][1] else []
        for kind, a, b, c, d in group:
            if kind == "equal":
                shown += before[a:b]
                continue
            shown += [f"[-{' '.join(before[a:b])}-]"] if b > a else []
            shown += [f"{{+{' '.join(after[c:d])}+}}"] if d > c else []
        shown += ["…"] if group[-1][2] < len(before) else []
        parts.append(" ".join(shown))
    return _cut(" | ".join(parts))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def difference_parts(difference: str) -> list[tuple[Literal["same", "old", "new"], str]]:
    """What `word_difference` wrote, in parts: unchanged words, old ones, new ones."""
    parts: list[tuple[Literal["same", "old", "new"], str]] = []
    end = 0
    for match in _PART.finditer(difference):
        parts.append(("same", difference[end : match.start()]))
        parts.append(("old", match["old"]) if match["old"] is not None else ("new", match["new"]))
        end = match.end()
    return [(kind, text) for kind, text in [*parts, ("same", difference[end:])] if text]
