"""C3: what a screen reader says of a page's controls and regions is in the page's language."""

from __future__ import annotations

import pytest

from browser.pages.conftest import Reader
from browser.portal.lessons import SITE
from microlearning.strings import interface

OTHER = {"fr": "en", "en": "fr"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_name_is_in_the_other_language(reader: Reader, addresses: list[str], language: str) -> None:
    own, other = ({*interface(one).values()} for one in (language, OTHER[language]))
    toggle = {interface(OTHER[language])[key] for key in ("language-name", "language-short")}
    foreign = {_plain(text) for text in other - own - toggle if "{" not in text}
    page = reader()
    session = page.context.new_cdp_session(page)
    faults: list[str] = []
    for address in (one for one in addresses if one.startswith(f"{language}/")):
        page.goto(SITE + address)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        names = {_plain(node["name"].get("value", "")) for node in nodes if "name" in node}
        assert len(names) > 5, address
        marked = page.locator(f"main [lang={OTHER[language]}]").all_text_contents()  # a title of the twin
        faults += [
            f"/{address}: {name}" for name in sorted(names & foreign - {_plain(one) for one in marked})
        ]
    assert faults == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_toggle_says_its_language(reader: Reader, language: str) -> None:
    page = reader()
    page.goto(f"{SITE}{language}/trn1-v13/")
    toggle = page.locator("[data-language-toggle]")
    assert toggle.get_attribute("lang") == toggle.get_attribute("hreflang") == OTHER[language]


def _plain(text: str) -> str:
    """Spaces of all kinds are one, as names collapse them."""
    return " ".join(text.split())
