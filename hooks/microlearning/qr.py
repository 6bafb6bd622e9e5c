"""QR codes of addresses, as the library segno draws them, in a tenth of its time.

Every lesson's address has a code of its own on each of its sheets, and differs from the others' by a few
letters. What they share, segno draws once; here only the letters are coded and put in their places (ISO/IEC
18004, sections 7.4 to 7.7). An address that is long, or not of plain small letters, is segno's altogether.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, starmap

import segno

MASK = 2
"""The mask of every code (ISO/IEC 18004, section 7.8): readers take any of the eight.

To try all and keep the one whose pattern is calmest takes four times as long as the rest of the drawing.
"""

_TOTAL = (26, 44, 70, 100, 134, 172, 196, 242, 292)
"""The codewords of versions 1 to 9, those of letters and of correction together."""

_BLOCKS = {
    "H": ((17, 1), (28, 1), (22, 2), (16, 4), (22, 4), (28, 4), (26, 5), (26, 6), (24, 8)),
    "Q": ((13, 1), (22, 1), (18, 2), (26, 2), (18, 4), (24, 4), (18, 6), (22, 6), (20, 8)),
    "M": ((10, 1), (16, 1), (26, 1), (18, 2), (24, 2), (16, 4), (18, 4), (22, 4), (22, 5)),
}
"""By level, for each of these versions: a block's codewords of correction, and how many blocks (table 9)."""

_PLAIN = re.compile(r"(?=.*[a-z])[\x21-\x7e]+")
"""Signs that segno codes one byte each, as they are: with small letters among them."""

_FEWEST = 20
"""Shorter ones segno may code in a smaller form."""


def drawing(address: str) -> tuple[int, str]:
    """The code of `address`: how many modules each side has, and its dark ones as an SVG path."""
    rows = matrix(address)
    lines, end, down = ["M0 0.5"], 0, 0
    for row in rows:
        runs = re.findall(b"(\0*)(\1+)", row)
        if runs:
            light, dark = runs[0]
            start = f"m{len(light) - end} {down}" if down else ""
            lines.append(f"{start}h{len(dark)}" + "".join(starmap(_step, runs[1:])))
            end, down = len(row.rstrip(b"\0")), 0
        down += 1
    return len(rows), "".join(lines)


@cache
def _step(light: bytes, dark: bytes) -> str:
    return f"m{len(light)} 0h{len(dark)}"


def matrix(address: str) -> list[bytes]:
    """The code's rows, a byte a module, 1 where dark: the least size at level M, at the best level in it."""
    need = len(address) + 2  # the mode and the length take 12 bits, the end 4
    fits = next(
        (
            (version, level)
            for version in range(1, len(_TOTAL) + 1)
            if _capacity(version, "M") >= need
            for level in _BLOCKS
            if _capacity(version, level) >= need
        ),
        None,
    )
    if fits is None or len(address) < _FEWEST or not _PLAIN.fullmatch(address):
        code = segno.make(address, error="m", micro=False, mask=MASK)
        return [bytes(row) for row in code.matrix]
    size, sources, mask = _frame(*fits)
    words = _codewords(address.encode("ascii"), *fits)
    length = mask.bit_length()
    bits = (int.from_bytes(words, "big") << (length - 1 - 8 * len(words))) ^ mask
    modules = f"{bits:b}01".encode("ascii")
    drawn = bytes(map(modules.__getitem__, sources)).translate(_DIGITS)
    return [drawn[start : start + size] for start in range(0, size * size, size)]


_DIGITS = bytes.maketrans(b"01", b"\0\1")


def _capacity(version: int, level: str) -> int:
    """How many codewords of letters there are."""
    correction, blocks = _BLOCKS[level][version - 1]
    return _TOTAL[version - 1] - correction * blocks


@cache
def _frame(version: int, level: str) -> tuple[int, tuple[int, ...], int]:
    """What all codes of one size and level share: their side; each module's source; the mask of their bits.

    A source is an index into the bits as they follow on each other; after a 1 that leads them, and before
    a 0 and a 1 for the modules that never change. The mask has the same leading 1.
    """
    drawn = segno.make("a", version=version, error=level, mask=MASK, boost_error=False).matrix
    size, places = len(drawn), []
    upwards = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):  # two columns at a time, past the timing pattern's
        for y in range(size - 1, -1, -1) if upwards else range(size):
            places += [(x, y) for x in (right, right - 1) if not _is_fixed(x, y, version, size)]
        upwards = not upwards
    sources = {place: number for number, place in enumerate(places, start=1)}
    unchanging = len(places) + 1
    mask = int("1" + "".join("01"[x % 3 == 0] for x, _ in places), 2)
    modules = ((x, y) for y in range(size) for x in range(size))
    return size, tuple(sources.get((x, y), unchanging + drawn[y][x]) for x, y in modules), mask


def _is_fixed(x: int, y: int, version: int, size: int) -> bool:
    """Whether a module is none of the letters': patterns to find the code by, and what it says of itself."""
    far = size - 8
    if x == 6 or y == 6 or (x < 9 and (y < 9 or y >= far)) or (x >= far and y < 9):  # noqa: PLR2004
        return True
    if version >= 7 and (min(x, y) < 6 and max(x, y) >= far - 3):  # noqa: PLR2004 - the version's number
        return True
    return any(abs(x - across) <= 2 and abs(y - down) <= 2 for across, down in _small_patterns(version, size))  # noqa: PLR2004


def _small_patterns(version: int, size: int) -> list[tuple[int, int]]:
    """The middles of the alignment patterns (annex E): none where a finder pattern stands."""
    first, last = 6, size - 7
    middles = (first, size // 2, last) if version >= 7 else (first, last) if version > 1 else ()  # noqa: PLR2004
    return [
        (x, y)
        for x in middles
        for y in middles
        if (x, y) not in ((first, first), (first, last), (last, first))
    ]


def _codewords(letters: bytes, version: int, level: str) -> bytes:
    """`letters` in byte mode, filled up, with their correction, block by block in turns."""
    capacity = _capacity(version, level)
    head = 0b0100 << 8 | len(letters)
    used = (head << 8 * len(letters) | int.from_bytes(letters, "big")) << 4
    padding = b"\0" + b"\xec\x11" * capacity  # segno puts the zero, which readers pass over
    words = (used.to_bytes(len(letters) + 2, "big") + padding)[:capacity]
    correction, count = _BLOCKS[level][version - 1]
    short, longer = divmod(capacity, count)
    starts = [short * number + max(0, number - (count - longer)) for number in range(count + 1)]
    blocks = [words[start:end] for start, end in pairwise(starts)]
    corrections = [_correction(block, correction) for block in blocks]
    turns = [block[place : place + 1] for place in range(short + 1) for block in blocks]
    turns += [block[place : place + 1] for place in range(correction) for block in corrections]
    return b"".join(turns)


def _correction(block: bytes, count: int) -> bytes:
    """The `count` codewords of correction: what is left of `block` over the generator (section 7.5.2)."""
    multiples, keep, left = _multiples(count), (1 << 8 * count) - 1, 0
    for word in block:
        left = (left << 8 & keep) ^ multiples[word ^ left >> 8 * (count - 1)]
    return left.to_bytes(count, "big")


@cache
def _multiples(count: int) -> tuple[int, ...]:
    """The generator of `count` codewords, without its first term, times each of the field's 256 elements."""
    generator = [1]
    for power in range(count):
        root = _POWERS[power]
        generator = [
            one ^ _times(other, root) for one, other in zip([*generator, 0], [0, *generator], strict=True)
        ]
    return tuple(
        int.from_bytes(bytes(_times(term, element) for term in generator[1:]), "big")
        for element in range(256)
    )


def _times(one: int, other: int) -> int:
    """The product of two elements of the field."""
    return _POWERS[(_LOGARITHMS[one] + _LOGARITHMS[other]) % 255] if one and other else 0


_POWERS = [1]
while len(_POWERS) < 255:  # noqa: PLR2004 - the field's elements but 0
    _POWERS.append(_POWERS[-1] << 1 ^ (0x11D if _POWERS[-1] & 0x80 else 0))
_LOGARITHMS = {element: power for power, element in enumerate(_POWERS)}
