"""Pagefind's files put in a steady order: the same lessons give the same bytes.

Pagefind 1.5 writes the choices of a filter in an order of chance, and so names these files, the
index of the index and its entry by chance too. They are gzip over `pagefind_dcd` and CBOR (RFC 8949) of
arrays, texts and whole numbers; here they are read, sorted and named by their content.
"""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

_MARK = b"pagefind_dcd"
_NUMBER, _TEXT, _ARRAY = 0, 3, 4
_INLINE, _WIDEST = 24, 27


def steady(folder: Path, unlisted: str) -> None:
    """Sort the filters of the index in `folder`; leave out the list of the filter `unlisted`."""
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
        meta[3] = [list(pair) for pair in filters]
        old.unlink()
        one["hash"] = _write(folder, language, meta, "pf_meta", before="pagefind.")
    entry_file.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8", newline="\n")


def _read(file: Path) -> Any:  # noqa: ANN401 - what the file holds
    value, _ = _decode(gzip.decompress(file.read_bytes()), len(_MARK))
    return value


def _write(folder: Path, language: str, value: object, ending: str, before: str = "") -> str:
    """Write `value` to a file of `folder` that is named by its content; that name."""
    content = _MARK + _encode(value)
    name = f"{language}_{sha256(content).hexdigest()[:10]}"
    (folder / f"{before}{name}.{ending}").write_bytes(gzip.compress(content, mtime=0))
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
