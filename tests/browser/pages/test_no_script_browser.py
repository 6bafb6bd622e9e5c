"""C2: without scripts every word of a page is there, nothing dead is shown, the toggle works."""

from __future__ import annotations

import pytest

from browser.pages.conftest import Reader
from browser.pages.record import BROWSER, Record, screens
from browser.portal.lessons import SITE


def test_nothing_dead_is_shown(reader: Reader, share: list[str], record: Record) -> None:
    page = reader(java_script_enabled=False)
    dead: list[str] = []
    for address in share:
        page.goto(SITE + address)
        controls = page.locator("button:visible:not([type=submit]), [data-print]:visible")
        dead += [f"/{address}: {text}" for text in controls.all_inner_texts()]
        dead += [] if page.locator("h1").first.is_visible() else [f"/{address}: no heading"]
    record.add(*screens(BROWSER, "no scripts"), len(share), len(dead))
    assert dead == []


AFTER_A_CUE_BEGINS = 3
"""Seconds."""

LOST = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lost = [];
  while (texts.nextNode()) {
    const { data, parentElement: around } = texts.currentNode;
    const waits = '[hidden], details:not([open]), select, textarea, video, script, style, svg';
    const onPaper = '.only-print, .sheet-head, .sheet-foot, .language-toggle';
    const isLost = !around.checkVisibility() && !around.closest(`${waits}, ${onPaper}`);
    if (data.trim() && isLost) lost.push(data.trim());
  }
  return lost;
}"""
"""The words that are not shown, but for those of folds, choices, paper, and what only a script can do;
the toggle has a long and a short name, of which one shows."""


def test_every_word_is_there(reader: Reader, share: list[str]) -> None:
    page = reader(java_script_enabled=False)
    lost: list[str] = []
    for address in share:
        page.goto(SITE + address)
        lost += [f"/{address}: {words}" for words in page.evaluate(LOST)]
    assert lost == [], "\n".join(lost)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_video_plays_with_captions_on(reader: Reader, language: str) -> None:
    page = reader(java_script_enabled=False)
    page.goto(f"{SITE}{language}/trn1-v13/")
    video = page.locator("video")
    assert video.get_attribute("controls") is not None
    assert video.evaluate("video => video.textTracks[0].mode") == "showing"
    video.evaluate("video => { video.muted = true; video.play(); }")
    for _ in range(100):  # a page without scripts has no timers to wait with
        if video.evaluate("video => video.currentTime") > AFTER_A_CUE_BEGINS:
            break
        page.wait_for_timeout(100)
    assert video.evaluate("video => video.textTracks[0].activeCues.length") == 1


@pytest.mark.parametrize(("address", "there"), [("fr/trn1-v13/", "en"), ("en/", "fr"), ("en/embed/", "fr")])
def test_the_toggle_works(reader: Reader, address: str, there: str) -> None:
    page = reader(java_script_enabled=False)
    page.goto(SITE + address)
    page.locator("[data-language-toggle]").click()
    page.wait_for_url(f"{SITE}{there}/**")
    assert page.locator("html").get_attribute("lang") == there
