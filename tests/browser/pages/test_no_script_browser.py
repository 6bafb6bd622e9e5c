"""C2: without scripts every word of a page is there, nothing dead is shown, the toggle works."""

from __future__ import annotations

import pytest

from browser.pages.conftest import Reader
from browser.pages.record import BROWSER, Record, screens
from browser.portal.lessons import SITE


def test_nothing_dead_is_shown(reader: Reader, addresses: list[str], record: Record) -> None:
    page = reader(java_script_enabled=False)
    dead: list[str] = []
    for address in addresses:
        page.goto(SITE + address)
        controls = page.locator("button:visible:not([type=submit]), [data-print]:visible")
        dead += [f"/{address}: {text}" for text in controls.all_inner_texts()]
        dead += [] if page.locator("h1").first.is_visible() else [f"/{address}: no heading"]
    record.add(*screens(BROWSER, "no scripts"), len(addresses), len(dead))
    assert dead == []


@pytest.mark.parametrize(("address", "there"), [("fr/trn1-v13/", "en"), ("en/", "fr"), ("en/embed/", "fr")])
def test_the_toggle_works(reader: Reader, address: str, there: str) -> None:
    page = reader(java_script_enabled=False)
    page.goto(SITE + address)
    page.locator("[data-language-toggle]").click()
    page.wait_for_url(f"{SITE}{there}/**")
    assert page.locator("html").get_attribute("lang") == there
