"""Which signs the sheet's fonts have."""

from __future__ import annotations

import pytest

from microlearning.signs import printable, unprintable


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("L’été, « ça » coûte 5 $ – œuf…", ""),
        ("→ ≥ ½ ☑ ✔ ★ Ωμέγα ᐃᓄᒃ", ""),
        ("e\u0301", ""),
        ("\u2714\ufe0f", ""),
        ("Bravo 🙂🙂 👍", "🙂👍"),
        ("会議 and अ", "会議अ"),
        ("", ""),
    ],
)
def test_signs_that_no_font_has_are_found(text: str, missing: str) -> None:
    assert unprintable(text) == missing
    assert unprintable(printable(text)) == ""


def test_what_has_no_shape_goes_and_what_has_none_here_is_replaced() -> None:
    assert printable("a\u2714\ufe0fb 👩\u200d🔧.") == "a\u2714b \ufffd\u200d\ufffd."
