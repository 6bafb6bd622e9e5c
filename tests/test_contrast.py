"""C9: every pair of text and ground is at least 7:1 in both schemes (WCAG 2.2, 1.4.6), edges 3:1 (1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLE = Path(__file__).parents[1] / "overrides" / "style" / "tokens.css"
GROUNDS = ("paper", "surface", "do-ground", "dont-ground", "aside")
TEXT = [(ink, ground) for ink in ("ink", "ink-soft", "link", "link-strong") for ground in GROUNDS]
TEXT += [(ink, "found") for ink in ("ink", "link", "link-strong")]
TEXT += [("do", "do-ground"), ("dont", "dont-ground"), ("band-ink", "band"), ("paper", "link")]
EDGES = [("edge", "paper"), ("edge", "surface"), ("focus", "paper"), ("focus", "surface"), ("focus", "aside")]
EDGES += [("focus", "do-ground"), ("focus", "dont-ground"), ("do", "paper"), ("dont", "paper")]
EDGES += [("focus", "found")]


def _schemes() -> dict[str, dict[str, str]]:
    light, dark = STYLE.read_text(encoding="utf-8").split("@media", 1)
    assert '[data-scheme="light"]' in dark, "the build copies this block for the reader who chose it"
    colours = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": colours[0], "dark": colours[0] | colours[1]}


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of `#rrggbb` (WCAG 2.2, definition)."""
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text(scheme: str, ink: str, ground: str) -> None:
    colours = _schemes()[scheme]
    assert contrast(colours[ink], colours[ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges(scheme: str, edge: str, ground: str) -> None:
    colours = _schemes()[scheme]
    assert contrast(colours[edge], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_of_the_skip_links_two_rings_shows_on_the_band(scheme: str) -> None:
    colours = _schemes()[scheme]
    assert max(contrast(colours[ring], colours["band"]) for ring in ("focus", "surface")) >= 3


def test_no_colour_is_named_elsewhere() -> None:
    sheets = [
        file for file in STYLE.parents[1].rglob("*.css") if file not in {STYLE, STYLE.with_name("print.css")}
    ]
    named = {
        f"{file.name}: {colour}"
        for file in sheets
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", file.read_text(encoding="utf-8"))
    }
    assert named == {"player.css: #000"}, "the ground behind a video is black in both schemes"
