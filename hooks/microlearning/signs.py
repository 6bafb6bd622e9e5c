"""Signs that the sheet's fonts have. A PDF that all can read holds no other (PDF/UA-1, 7.21.8)."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parents[2] / "overrides" / "components" / "sheet" / "fonts"

REPLACEMENT = "\ufffd"
"""What stands in the PDF for a sign that no font has; the author is told of each."""

_USUAL = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) | set("\t\n\r–—‘’“”…‑œŒ\u202f")
"""Letters and punctuation of both languages: most pages have no other, and no font is opened for them."""


def unprintable(text: str) -> str:
    """The signs of `text` that the sheet's fonts lack, each once, in the order in which they come."""
    unusual = [sign for sign in dict.fromkeys(text) if sign not in _USUAL]
    return "".join(sign for sign in unusual if not _is_invisible(sign) and ord(sign) not in _signs())


def printable(text: str) -> str:
    """`text` with `REPLACEMENT` for each sign that no font has, and without what only asks for a picture."""
    missing = set(unprintable(text))
    return "".join(
        REPLACEMENT if sign in missing else sign
        for sign in text
        if sign in _USUAL or not _is_invisible(sign) or ord(sign) in _signs()
    )


def _is_invisible(sign: str) -> bool:
    """Whether `sign` has no shape: joiners, marks of direction, and the selectors of emoji."""
    return unicodedata.category(sign) in ("Cf", "Cc") or 0xFE00 <= ord(sign) <= 0xFE0F  # noqa: PLR2004 - variation selectors


@cache
def _signs() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow, and most builds need no font

    return frozenset(code for file in FONTS.glob("*.woff2") for code in TTFont(file).getBestCmap())
