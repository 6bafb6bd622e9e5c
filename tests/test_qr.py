"""QR codes: each module is where the library segno puts it."""

from __future__ import annotations

import re
from random import Random

import pytest
import segno

from microlearning.qr import MASK, drawing, matrix

SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789-./:%?=&A"


def addresses(length: int) -> list[str]:
    """Addresses of `length` signs; and others that are not plain, and are drawn all the same."""
    random = Random(length)  # noqa: S311 - the same on every machine
    plain = ["https://" + "".join(random.choices(SIGNS, k=max(0, length - 8))) for _ in range(3)]
    return [*plain, "HTTPS://A.EXAMPLE/" + "B" * length, "https://é.example/" + "b" * length, "1" * length]


@pytest.mark.parametrize("length", [1, 12, 19, *range(20, 200, 3)])
def test_a_code_is_the_librarys(length: int) -> None:
    for address in addresses(length):
        code = segno.make(address, error="m", micro=False, mask=MASK)
        assert matrix(address) == [bytes(row) for row in code.matrix], address
        svg = code.svg_inline(omitsize=True, border=0)
        assert drawing(address) == (len(code.matrix), re.findall(r' d="([^"]+)"', svg)[-1]), address
