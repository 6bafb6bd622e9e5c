"""Links into the site: from files' names to addresses, and told when they lead nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from microlearning.links import lost_anchors, lost_links, resolved, site_links
from written_page import written

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("text", "target", "fragment"),
    [
        ("[About](about.md)", "en/about.md", ""),
        ("[Credits](about.md#credits)", "en/about.md", "credits"),
        ("[À propos](../fr/about.md)", "fr/about.md", ""),
        ("[Below](#below)", "en/page.md", "below"),
        ("![A picture](../media/a%20b.webp)", "media/a b.webp", ""),
        ("[Away](/en/about/)", "/en/about/", ""),
        ("[Out](../../README.md)", "../README.md", ""),
    ],
)
def test_links_into_the_site(text: str, target: str, fragment: str) -> None:
    (link,) = site_links(written(f"# Title\n\n{text}\n", "en"))
    assert (link.target, link.fragment) == (target, fragment)
    assert link.line > 1


@pytest.mark.parametrize(
    "text",
    [
        "[Elsewhere](https://example.ca/about.md)",
        "[Mail](mailto:someone@example.ca)",
        "[Bad](https://[x)",
        '`<a href="about.md">`',
        "Nothing",
    ],
)
def test_what_leads_out_is_no_link_into_the_site(text: str) -> None:
    assert site_links(written(f"# Title\n\n{text}\n", "en")) == ()


def _told(text: str, ids: dict[str, tuple[str, ...]]) -> list[str]:
    links = site_links(written(f"# Title\n\n{text}\n", "en"))
    faults = (*lost_links(links, ROOT / "docs"), *lost_anchors(links, ids))
    assert all(each.warning for each in faults)
    return [each.rule for each in faults]


def test_a_link_is_told_when_it_leads_nowhere() -> None:
    ids = {"en/about.md": ("credits",), "en/page.md": ("below",)}
    assert _told("[A](about.md#credits) [B](about.md) [C](index.md)", ids) == []
    assert _told("[A](lost.md)", ids) == ["link.lost"]
    assert _told("[A](about.md#lost)", ids) == ["link.anchor"]
    assert _told("[A](/en/about/) [B](about/) [C](../../README.md)", ids) == ["link.form"] * 3


def test_links_become_addresses_and_the_rest_stays() -> None:
    html = (
        '<p><a href="about.md?a=1&amp;b=2#credits" title="x &gt; y">A</a> <a href="#here">B</a>'
        '<img alt="" src="../media/x.webp"> <a href="lost.md">C</a> <a href="https://example.ca/about.md">D</a>'
        '<code>&lt;a href="about.md"&gt;</code></p>'
    )
    addresses = {"en/about.md": "../../en/about/", "media/x.webp": "../../media/x.webp"}
    assert resolved(html, "en/page.md", addresses.get) == (
        '<p><a href="../../en/about/?a=1&amp;b=2#credits" title="x &gt; y">A</a> <a href="#here">B</a>'
        '<img alt="" src="../../media/x.webp"> <a href="lost.md">C</a> <a href="https://example.ca/about.md">D</a>'
        '<code>&lt;a href="about.md"&gt;</code></p>'
    )
