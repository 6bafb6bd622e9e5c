"""CBOR (RFC 8949), as far as Pagefind's files use it: texts, whole numbers from nought, and arrays of them.

A library decodes an index of a thousand lessons, a million values, in a tenth of a second, and encodes it in
two: `postings.py` leaves packed what does not change, and asks only where it begins and ends.
"""

from __future__ import annotations

from typing import Any

NUMBER, TEXT, ARRAY = 0, 3, 4
"""Kinds of values."""

_INLINE, _WIDEST = 24, 27


def decode(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins at `at`, and where the next one does.

    Raises:
        ValueError: it is of another kind.
    """
    kind, size, at = head(data, at)
    if kind == NUMBER:
        return size, at
    if kind == TEXT:
        return data[at : at + size].decode(), at + size
    if kind != ARRAY:
        raise ValueError(f"CBOR of the unknown kind {kind}, at {at}")
    values = []
    for _ in range(size):
        value, at = decode(data, at)
        values.append(value)
    return values, at


def head(data: bytes, at: int) -> tuple[int, int, int]:
    """What begins at `at`: its kind, its number or size, and where its content or the next value is.

    Raises:
        ValueError: its size is not told beforehand.
    """
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if size < _INLINE:
        return kind, size, at
    if size > _WIDEST:
        raise ValueError(f"CBOR of an unknown length, at {at}")
    width = 1 << (size - _INLINE)
    return kind, int.from_bytes(data[at : at + width], "big"), at + width


def encode(value: object) -> bytes:
    """`value`, packed.

    Raises:
        TypeError: it is of another kind.
    """
    if isinstance(value, int):
        return encode_head(NUMBER, value)
    if isinstance(value, str):
        text = value.encode()
        return encode_head(TEXT, len(text)) + text
    if isinstance(value, list | tuple):
        return encode_head(ARRAY, len(value)) + b"".join(map(encode, value))
    raise TypeError(type(value))


def encode_head(kind: int, size: int) -> bytes:
    """The beginning of a value of `kind`: a number, or what is `size` bytes or values long."""
    if size < _INLINE:
        return bytes([kind << 5 | size])
    power = next(power for power in range(4) if size < 1 << (8 << power))
    return bytes([kind << 5 | _INLINE + power]) + size.to_bytes(1 << power, "big")
