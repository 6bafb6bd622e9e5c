"""C1, C9: every page at 320 px, with wide text spacing, in reduced motion and in forced colours."""

from __future__ import annotations

import pytest

from browser.pages.conftest import Reader
from browser.pages.record import BROWSER, Record, screens
from browser.portal.lessons import SITE

SIDEWAYS = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`${scrollWidth} px wide in ${clientWidth}`] : [];
}"""

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
  const clips = [...document.body.querySelectorAll('*')].filter((one) =>
    one.checkVisibility() && one.clientWidth > 1 && !one.matches('textarea, video, svg')
      && ['hidden', 'clip'].includes(getComputedStyle(one).overflowX));
  const outside = (one) => {
    const box = one.getBoundingClientRect();
    const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (!texts.currentNode.data.trim() || !texts.currentNode.parentElement.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const over = ({ right, bottom }) => right > box.right + 1 || bottom > box.bottom + 1;
      const shown = !texts.currentNode.parentElement.closest('.visually-hidden');
      if (shown && [...range.getClientRects()].some(over)) return true;
    }
    return false;
  };
  const clipped = clips.filter(outside).map((one) => `clipped: ${one.outerHTML.slice(0, 100)}`);
  document.adoptedStyleSheets = [];
  return clipped;
}"""

MOVING = """() => {
  const lasts = (durations) => durations.split(',').some((each) => parseFloat(each) > 0.001);
  const moves = ({ transitionDuration, animationDuration, animationName, scrollBehavior }) =>
    lasts(transitionDuration) || scrollBehavior === 'smooth'
      || (animationName !== 'none' && lasts(animationDuration));
  return [...document.querySelectorAll('*')].flatMap((one) => ['', '::before', '::after']
    .filter((part) => moves(getComputedStyle(one, part)))
    .map((part) => `moves: ${one.cloneNode().outerHTML}${part}`));
}"""

BORDERLESS = """() => [
  ...document.querySelectorAll('.md-button, input[type=search], select, textarea, .card, .sheet'),
].filter((one) => one.checkVisibility()).filter((one) => {
    const { borderTopStyle, borderTopWidth } = getComputedStyle(one);
    return borderTopStyle === 'none' || parseFloat(borderTopWidth) < 1;
  }).map((one) => `no border: ${one.cloneNode().outerHTML}`)"""

QUESTIONS = {
    "reflow at 400 %": (SIDEWAYS, {}),
    "text spacing": (SPACED, {}),
    "reduced motion": (MOVING, {"reduced_motion": "reduce"}),
    "forced colours": (BORDERLESS, {"forced_colors": "active"}),
}


@pytest.mark.parametrize("state", QUESTIONS)
def test_every_page(reader: Reader, addresses: list[str], record: Record, state: str) -> None:
    question, media = QUESTIONS[state]
    page = reader(**media)
    for run in screens(BROWSER, state):
        page.emulate_media(color_scheme=run.scheme)
        page.set_viewport_size({"width": run.width, "height": 256 if run.width == 320 else 800})
        found: list[str] = []
        for address in addresses:
            page.goto(SITE + address)
            found += [f"/{address}: {line}" for line in page.evaluate(question)]
        record.add(run, len(addresses), len(found))
        assert not found, "\n".join(found)


BROKEN = """() => {
  const { style } = document.querySelector('h1');
  style.overflow = 'hidden';
  style.height = '10px';
  style.setProperty('transition', 'color 1s', 'important');
}"""


def test_a_fault_is_found(reader: Reader) -> None:
    page = reader()
    page.goto(f"{SITE}en/about/")
    page.evaluate(BROKEN)
    assert len(page.evaluate(SPACED)) == 1
    assert len(page.evaluate(MOVING)) == 1
    page.evaluate("() => { document.querySelector('h1').style.width = '200vw'; }")
    assert len(page.evaluate(SIDEWAYS)) == 1
