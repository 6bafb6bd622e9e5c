"""C11: a page opened from a disk reads, navigates and toggles the language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.video_site import until
from microlearning.captions import captions_script, read_captions

TRACK = "document.querySelector('video').textTracks[0]"
TOLD = """({ startTime, endTime, text, vertical, line, snapToLines, position, size, align }) =>
  [startTime, endTime, text, vertical, line, snapToLines, position, size, align]"""
"""What Chromium keeps of a cue; it knows no `lineAlign` and no `positionAlign`."""


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


@pytest.mark.parametrize("address", ["fr/trn1-v13/index.html", "en/trn1-v13/embed-video.html"])
def test_a_video_from_a_disk_has_its_captions(chromium: Browser, site: Path, address: str) -> None:
    """The browser refuses the file, so a script brings the same cues, at the same times and places."""
    page = chromium.new_page()
    page.goto(f"{site.as_uri()}/{address}")
    until(page, f"{TRACK}.cues.length > 0")
    cues = page.evaluate(f"[...{TRACK}.cues].map({TOLD})")
    written = (site / address).parent / "captions.vtt"
    page.goto("about:blank")
    page.route("http://lessons.test/**", lambda route: route.fulfill(path=_file(site, route.request.url)))
    page.goto(f"http://lessons.test/{address}")
    until(page, f"{TRACK}.cues?.length > 0")
    assert cues == page.evaluate(f"[...{TRACK}.cues].map({TOLD})")
    assert len(cues) == written.read_text(encoding="utf-8").count(" --> ")
    page.close()


def test_the_cue_shows_and_the_button_still_rules(chromium: Browser, site: Path) -> None:
    page = chromium.new_page()
    page.goto(f"{site.as_uri()}/en/trn1-v13/index.html?t=23")
    until(page, f"{TRACK}.activeCues?.length === 1")
    assert page.evaluate(f"{TRACK}.mode") == "showing"
    page.locator("[data-tool=captions]").click()
    assert page.evaluate(f"{TRACK}.mode") == "hidden"
    page.close()


def test_a_cue_keeps_its_place_on_the_picture(chromium: Browser, site: Path, tmp_path: Path) -> None:
    lesson = tmp_path / "en" / "trn1-v13"
    for part in ("en/trn1-v13", "assets", "media"):
        shutil.copytree(site / part, tmp_path / part)
    text = "WEBVTT\n\n00:01.000 --> 00:02.000 line:10%,end position:20%,line-left size:50% align:start\nOne\n"
    text += "\n00:03.000 --> 00:04.000 line:-2 vertical:rl\n<i>Two</i>\n"
    (lesson / "captions.vtt").write_text(text, encoding="utf-8")
    (lesson / "captions.js").write_text(captions_script(read_captions(text, "en.vtt")), encoding="utf-8")
    page = chromium.new_page()
    page.goto(f"{tmp_path.as_uri()}/en/trn1-v13/index.html")
    until(page, f"{TRACK}.cues.length === 2")
    from_disk = page.evaluate(f"[...{TRACK}.cues].map({TOLD})")
    page.goto("about:blank")
    page.route("http://lessons.test/**", lambda route: route.fulfill(path=_file(tmp_path, route.request.url)))
    page.goto("http://lessons.test/en/trn1-v13/index.html")
    until(page, f"{TRACK}.cues?.length === 2")
    assert from_disk == page.evaluate(f"[...{TRACK}.cues].map({TOLD})")
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
