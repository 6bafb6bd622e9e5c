"""The words of a search index and their postings: the pages on which each stands, as Pagefind packs them.

A posting is an array of three: by how much the page's number is greater than the one before, where the word
stands on the page, and where in its title; the latter two are lists of whole numbers, which stay packed here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from microlearning.cbor import ARRAY, TEXT, encode, encode_head, head

_NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
_LIST = rb"(?:[\x80-\x97]|\x98.|\x99..)" + _NUMBER + rb"*+"
_POSTING = re.compile(rb"\x83(" + _NUMBER + rb")(" + _LIST * 2 + rb")", re.DOTALL)
_POSTINGS = re.compile(rb"(?:\x83" + _NUMBER + _LIST * 2 + rb")*+", re.DOTALL)
"""A regular expression finds their ends ten times as fast as Python can, in a million values."""


@dataclass(frozen=True)
class Word:
    """Where a word stands: its pages, packed; and those of its forms with accents, by form."""

    pages: bytes
    forms: tuple[tuple[str, bytes], ...] = ()

    def renumbered(self, numbers: Mapping[int, int]) -> Word:
        """The same word, on those pages alone that `numbers` names anew."""

        def anew(packed: bytes) -> bytes:
            pages = [(numbers[number], places) for number, places in _unpack(packed) if number in numbers]
            return encode_head(ARRAY, len(pages)) + _packed(pages)

        return _word(anew(self.pages), ((form, anew(packed)) for form, packed in self.forms))

    def amended(self, gone: Collection[int], now: Word) -> Word:
        """The same word, on the pages `gone` no more, and where it stands `now`."""
        before, after = dict(self.forms), dict(now.forms)
        forms = (
            (form, _amended(before.get(form, _NOWHERE), gone, after.get(form, _NOWHERE)))
            for form in sorted({*before, *after})
        )
        return _word(_amended(self.pages, gone, now.pages), forms)

    def __bool__(self) -> bool:
        """Whether it stands anywhere."""
        return self.pages != _NOWHERE or bool(self.forms)


def _word(pages: bytes, forms: Iterable[tuple[str, bytes]]) -> Word:
    return Word(pages, tuple((form, packed) for form, packed in forms if packed != _NOWHERE))


def _amended(packed: bytes, gone: Collection[int], now: bytes) -> bytes:
    """`packed` without the pages `gone`, with those of `now`; what stands before and after stays packed."""
    anew = [*_unpack(now)]
    changed = {*gone, *(number for number, _ in anew)}
    first, last = min(changed), max(changed)
    count, begin = _array(packed, 0)
    left = right = begin
    number = before = 0
    for match in _POSTING.finditer(packed, begin):
        number += _number(match[1])
        right = match.end()
        if number < first:
            left, before = right, number
            continue
        count -= 1
        if number not in gone:
            anew.append((number, match[2]))
        if number > last:
            break
    size = encode_head(ARRAY, count + len(anew))
    return size + packed[begin:left] + _packed(anew, before) + packed[right:]


def _unpack(packed: bytes) -> Iterator[tuple[int, bytes]]:
    number = 0
    for more, places in _POSTING.findall(packed, _array(packed, 0)[1]):
        number += _number(more)
        yield number, places


def _number(packed: bytes) -> int:
    return packed[0] if len(packed) == 1 else int.from_bytes(packed[1:], "big")


def _packed(pages: Iterable[tuple[int, bytes]], before: int = 0) -> bytes:
    """The postings of `pages`, after that of the page `before`."""
    packed: list[bytes] = []
    for number, places in sorted(pages):
        packed += (b"\x83", encode(number - before), places)
        before = number
    return b"".join(packed)


_NOWHERE = encode([])

NOWHERE = Word(_NOWHERE)
"""Of a word that is on no page."""


def read_words(data: bytes) -> Iterator[tuple[str, Word]]:
    """Each word of the file that holds `data`.

    Raises:
        ValueError: Pagefind has begun to write its words in another form.
    """
    at = _array(data, 0, 1)[1]
    count, at = _array(data, at)
    for _ in range(count):
        at = _array(data, at, 3)[1]
        word, at = _text(data, at)
        pages, at = _pages(data, at)
        many, at = _array(data, at)
        forms = []
        for _ in range(many):
            form, at = _text(data, _array(data, at, 2)[1])
            packed, at = _pages(data, at)
            forms.append((form, packed))
        yield word, Word(pages, tuple(sorted(forms)))
    if at != len(data):
        raise ValueError(f"a file of words goes on at {at}")


def _array(data: bytes, at: int, wanted: int | None = None) -> tuple[int, int]:
    """How many values the array at `at` has, and where they begin."""
    kind, size, begin = head(data, at)
    if kind != ARRAY or wanted not in (None, size):
        raise ValueError(f"an array was expected at {at}")
    return size, begin


def _text(data: bytes, at: int) -> tuple[str, int]:
    kind, size, begin = head(data, at)
    if kind != TEXT:
        raise ValueError(f"a text was expected at {at}")
    return data[begin : begin + size].decode(), begin + size


def _pages(data: bytes, at: int) -> tuple[bytes, int]:
    match = _POSTINGS.match(data, _array(data, at)[1])
    end = match.end() if match else at
    return data[at:end], end


def pack_word(text: str, word: Word) -> bytes:
    """The entry of the word `text`, as Pagefind writes it."""
    forms = b"".join(encode_head(ARRAY, 2) + encode(form) + packed for form, packed in word.forms)
    return encode_head(ARRAY, 3) + encode(text) + word.pages + encode_head(ARRAY, len(word.forms)) + forms
