"""C11: a page opened from a disk reads, navigates and toggles the language."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser


@pytest.mark.parametrize(("language", "there"), [("fr", "en"), ("en", "fr")])
def test_a_page_from_a_disk_leads_on(chromium: Browser, site: Path, language: str, there: str) -> None:
    page = chromium.new_page()
    folder = site.as_uri()
    page.goto(f"{folder}/{language}/trn1-v13/index.html")
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") != "static"
    page.locator(".breadcrumb a").first.click()
    assert page.url == f"{folder}/{language}/index.html"
    page.locator("article a[href*='acc1-v01']").first.click()
    assert page.url == f"{folder}/{language}/acc1-v01/index.html"
    page.goto(f"{page.url}#checklist")
    page.locator("[data-language-toggle]").click()
    assert page.url == f"{folder}/{there}/acc1-v01/index.html#checklist"
    assert page.locator("html").get_attribute("lang") == there
    page.close()


def test_links_stay_as_they_are_on_a_server(chromium: Browser, site: Path) -> None:
    page = chromium.new_page()
    page.route("http://lessons.test/**", lambda route: route.fulfill(path=_file(site, route.request.url)))
    page.goto("http://lessons.test/fr/trn1-v13/")
    assert page.locator(".breadcrumb a").first.get_attribute("href") == "../../fr/"
    page.close()


def _file(site: Path, url: str) -> Path:
    """The file of the site at `url`."""
    file = site / url.removeprefix("http://lessons.test/")
    return file / "index.html" if file.is_dir() else file
