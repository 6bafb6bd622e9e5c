"""Pagefind's files put in a steady order and in small pieces: the same lessons give the same bytes, and few.

Pagefind 1.5 writes the choices of a filter in an order of chance, and so names these files, the
index of the index and its entry by chance too. They are gzip over `pagefind_dcd` and CBOR (RFC 8949) of
arrays, texts and whole numbers; here they are read, sorted and named by their content.

It also puts so many words into one file that a question of three costs its reader 50 kB at 1,000
lessons. Here each file becomes several, which the index of the index lists in their place.
"""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

_MARK = b"pagefind_dcd"
_NUMBER, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4
_INLINE, _WIDEST = 24, 27

_LEVEL = 7
"""Of gzip: the highest gains half a percent, and takes three times as long."""

_PIECE = 16_000
"""So many bytes of words, before gzip takes two thirds of them, go into one file."""


def steady(folder: Path, unlisted: str) -> None:
    """In the index in `folder`, sort the filters, drop the list of `unlisted`, cut the words fine."""
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    for language, one in entry["languages"].items():
        old = folder / f"pagefind.{one['hash']}.pf_meta"
        meta = _read(old)
        filters = sorted((name, key) for name, key in meta[3] if name != unlisted)
        for _, key in meta[3]:
            values = _read(folder / "filter" / f"{key}.pf_filter")
            (folder / "filter" / f"{key}.pf_filter").unlink()
            if values[0] != unlisted:
                named = _write(folder / "filter", language, [values[0], sorted(values[1])], "pf_filter")
                filters = [(name, named if known == key else known) for name, known in filters]
        meta[2] = [piece for _, _, name in meta[2] for piece in _pieces(folder / "index", language, name)]
        meta[3] = [list(pair) for pair in filters]
        old.unlink()
        one["hash"] = _write(folder, language, meta, "pf_meta", before="pagefind.")
    entry_file.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8", newline="\n")


def _pieces(folder: Path, language: str, name: str) -> list[list[str]]:
    """Cut the file of words `name`; the first word, the last one and the name of each piece.

    Raises:
        ValueError: Pagefind has begun to write its words in another form.
    """
    file = folder / f"{name}.pf_index"
    data = gzip.decompress(file.read_bytes())
    file.unlink()
    outer, at = _size(data, len(_MARK))
    count, at = _size(data, at)
    ends = _ends(data, at, count)
    if outer != 1 or ends[-1] != len(data):
        raise ValueError(f"pagefind: {name} holds more than a list of words")
    piece = (len(data) - at) / max(1, round((len(data) - at) / _PIECE))
    pieces = []
    first, start = 0, at
    for index, (begin, end) in enumerate(pairwise([at, *ends])):
        if end - start >= piece or index == count - 1:
            content = _head(_ARRAY, 1) + _head(_ARRAY, index + 1 - first) + data[start:end]
            words = [_decode(data, _size(data, entry)[1])[0] for entry in (start, begin)]
            pieces.append([*words, _put(folder, language, content, "pf_index")])
            first, start = index + 1, end
    return pieces


def _size(data: bytes, at: int) -> tuple[int, int]:
    """How many values the array at `at` has, and where they begin."""
    size, at = data[at] & 31, at + 1
    if size < _INLINE:
        return size, at
    width = 1 << (size - _INLINE)
    return int.from_bytes(data[at : at + width], "big"), at + width


def _ends(data: bytes, at: int, count: int) -> list[int]:
    """Where each of the `count` values that begin at `at` ends."""
    found = []
    for _ in range(count):
        left = 1
        while left:
            length, more = _SHORT[data[at]]
            if length:
                at += length
                left += more
                continue
            kind = data[at] >> 5
            size, at = _size(data, at)
            if kind == _TEXT:
                at += size
                left -= 1
            elif kind == _ARRAY:
                left += size - 1
            else:
                raise ValueError(f"pagefind: CBOR of the unknown kind {kind}, at {at}")
        found.append(at)
    return found


def _short(first: int) -> tuple[int, int]:
    """How long the value is that begins with the byte `first`, and how many values more or fewer are to come.

    Zeros for what one byte does not tell: texts and arrays whose size does not fit, and unknown kinds.
    """
    kind, size = first >> 5, first & 31
    if kind in {_NUMBER, _NEGATIVE} and size <= _WIDEST:
        return 1 + (0 if size < _INLINE else 1 << (size - _INLINE)), -1
    if kind == _TEXT and size < _INLINE:
        return 1 + size, -1
    if kind == _ARRAY and size < _INLINE:
        return 1, size - 1
    return 0, 0


_SHORT = tuple(map(_short, range(256)))
"""Nearly all of an index is such values, some million at 1,000 lessons."""


def _read(file: Path) -> Any:  # noqa: ANN401 - what the file holds
    value, _ = _decode(gzip.decompress(file.read_bytes()), len(_MARK))
    return value


def _write(folder: Path, language: str, value: object, ending: str, before: str = "") -> str:
    """Write `value` to a file of `folder` that is named by its content; that name."""
    return _put(folder, language, _encode(value), ending, before)


def _put(folder: Path, language: str, content: bytes, ending: str, before: str = "") -> str:
    name = f"{language}_{sha256(content).hexdigest()[:10]}"
    (folder / f"{before}{name}.{ending}").write_bytes(gzip.compress(_MARK + content, _LEVEL, mtime=0))
    return name


def _decode(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins at `at`, and where the next one does.

    Raises:
        ValueError: Pagefind has begun to write values of another kind.
    """
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if _INLINE <= size <= _WIDEST:
        width = 1 << (size - _INLINE)
        size, at = int.from_bytes(data[at : at + width], "big"), at + width
    elif size > _WIDEST:
        raise ValueError(f"pagefind: CBOR of an unknown length, at {at}")
    if kind == _NUMBER:
        return size, at
    if kind == _TEXT:
        return data[at : at + size].decode(), at + size
    if kind != _ARRAY:
        raise ValueError(f"pagefind: CBOR of the unknown kind {kind}, at {at}")
    values = []
    for _ in range(size):
        value, at = _decode(data, at)
        values.append(value)
    return values, at


def _encode(value: object) -> bytes:
    if isinstance(value, int):
        return _head(_NUMBER, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    if isinstance(value, list):
        return _head(_ARRAY, len(value)) + b"".join(map(_encode, value))
    raise TypeError(type(value))


def _head(kind: int, size: int) -> bytes:
    if size < _INLINE:
        return bytes([kind << 5 | size])
    power = next(power for power in range(4) if size < 1 << (8 << power))
    return bytes([kind << 5 | _INLINE + power]) + size.to_bytes(1 << power, "big")
