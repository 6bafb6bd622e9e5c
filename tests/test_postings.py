"""The words of an index: what stays packed, what is packed anew, and what is refused."""

from __future__ import annotations

import random

import pytest

from microlearning.cbor import decode, encode
from microlearning.postings import NOWHERE, Word, pack_word, read_words

Postings = dict[int, tuple[list[int], list[int]]]
"""By page, where a word stands on it and in its title."""


def packed(value: object) -> bytes:
    """`value` as CBOR, with the numbers below nought that only postings have."""
    if isinstance(value, list):
        return encode([0] * len(value))[: -len(value) or None] + b"".join(map(packed, value))
    if isinstance(value, int) and value < 0:
        there = encode(-1 - value)
        return bytes([there[0] | 0x20]) + there[1:]
    return encode(value)


def entry(word: str, postings: Postings, forms: dict[str, Postings]) -> list[object]:
    """The entry of `word` as Pagefind has it."""
    return [word, steps(postings), [[form, steps(one)] for form, one in forms.items()]]


def steps(postings: Postings) -> list[object]:
    """`postings` with each page's number counted from the one before."""
    pages = [0, *sorted(postings)]
    return [[page - pages[at], *postings[page]] for at, page in enumerate(pages[1:])]


def luckily(luck: random.Random, pages: int) -> Postings:
    """Some postings, with numbers of every width."""
    widths = (0, 23, 24, 255, 256, 65_535, 65_536, 2**31)

    def places() -> list[int]:
        return [luck.choice((1, -1)) * (luck.choice(widths) + 1) for _ in range(luck.randint(0, 30))]

    some = luck.sample(range(pages), luck.randint(0, min(40, pages)))
    return {page: (places(), places()[:2]) for page in some}


def of(postings: Postings) -> Word:
    """The word that stands there."""
    ((_, word),) = read_words(packed([[entry("word", postings, {"wörd": postings} if postings else {})]]))
    return word


@pytest.mark.parametrize("seed", range(40))
def test_pages_that_change_leave_the_others_as_they_were(seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311 - the same cases each time
    pages = luck.choice((3, 60, 100_000))
    before, now = luckily(luck, pages), luckily(luck, pages)
    gone = {*luck.sample(range(pages), 2), *luck.sample([*before], len(before) // 2), *now}
    after = {page: places for page, places in before.items() if page not in gone} | now
    assert of(before).amended(gone, of(now)) == of(after)
    assert bool(of(before).amended(gone, NOWHERE)) == bool({*before} - gone)


@pytest.mark.parametrize("seed", range(10))
def test_pages_may_be_numbered_anew(seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311 - as above
    before = luckily(luck, 50)
    numbers = dict(zip(luck.sample(range(50), 30), luck.sample(range(70_000), 30), strict=True))
    after = {numbers[page]: places for page, places in before.items() if page in numbers}
    assert of(before).renumbered(numbers) == of(after)


def test_a_file_of_words_is_read_and_packed_again() -> None:
    luck = random.Random(1)  # noqa: S311 - as above
    entries = [
        entry(f"word{number}" * number, luckily(luck, 99), {"b": luckily(luck, 9), "a": luckily(luck, 9)})
        for number in range(1, 60)
    ]
    found = dict(read_words(packed([entries])))
    assert [*found] == [one[0] for one in entries]
    again = b"".join(pack_word(text, word) for text, word in found.items())
    in_order = [[word, pages, sorted(forms)] for word, pages, forms in entries]  # type: ignore[call-overload, misc]
    assert again == b"".join(map(packed, in_order))


@pytest.mark.parametrize(
    "data",
    [
        b"\x82\x80\x80",  # a second value
        b"\x81\x81\x82\x61a\x80",  # a word of two
        b"\x81\x81\x83\x01\x80\x80",  # a word that is a number
        b"\x81\x81\x83\x61a\x81\x83\x00\xf9\x3c\x00\x80\x80",  # a fraction
        b"\x81\x81\x83\x61a\x9f\xff\x80",  # a list without an end
        b"\x81\x81\x83\x61a\x80\x80\x00",  # something after
        b"\x81\x61a",  # no list
    ],
)
def test_words_in_a_form_that_pagefind_does_not_have_yet_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"expected|unknown|goes on"):
        dict(read_words(data))


@pytest.mark.parametrize("data", [b"\xf9\x3c\x00", b"\x9f\xff", b"\x81\xa0"])
def test_values_that_pagefind_does_not_write_yet_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="CBOR of"):
        decode(data, 0)
    with pytest.raises(TypeError):
        encode([1.5])
