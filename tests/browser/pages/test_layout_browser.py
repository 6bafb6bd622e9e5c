"""C1, C9: every page at 320 px, with wide text spacing, in reduced motion and in forced colours."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Locator

from browser.pages.conftest import Reader
from browser.pages.record import BROWSER, Record, Run, screens
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

BORDERLESS = """() => {
  const edged = 'button, summary, select, textarea, .md-button, .card, .sheet, '
    + 'input:not([type=checkbox], [type=radio], [type=hidden])';
  const hasEdge = (one, part) => {
    const { borderBlockEndStyle, borderBlockEndWidth } = getComputedStyle(one, part);
    return borderBlockEndStyle !== 'none' && parseFloat(borderBlockEndWidth) >= 1;
  };
  const underlined = (one) => one.matches('button')
    && [one, ...one.children].some((part) => getComputedStyle(part).textDecorationLine === 'underline');
  return [...document.querySelectorAll(edged)]
    .filter((one) => one.checkVisibility() && !hasEdge(one) && !underlined(one)
      && !(one.matches('summary') && hasEdge(one, '::before')))
    .map((one) => `no edge: ${one.cloneNode().outerHTML}`);
}"""
"""A field, a button or a box whose edge is a ground alone has none when the reader's colours replace ours;
a button in a text may be underlined instead, and a fold has a mark before its words."""

QUESTIONS = {
    "reflow at 400 %": (SIDEWAYS, {}),
    "reduced motion": (MOVING, {"reduced_motion": "reduce"}),
    "forced colours": (BORDERLESS, {"forced_colors": "active"}),
    "text spacing": (SPACED, {}),
}
"""Each with what the reader's device prefers. The last alone changes the page, and puts it back."""

NO_WISH = {"reduced_motion": "no-preference", "forced_colors": "none"}

RUNS = [run for state in QUESTIONS for run in screens(BROWSER, state)]
SCREENS = {(run.scheme, run.width) for run in RUNS}
TOGETHER = [[run for run in RUNS if (run.scheme, run.width) == screen] for screen in sorted(SCREENS)]
"""Questions of the same screen are asked of a page that is loaded once."""


@pytest.mark.parametrize(
    "runs", TOGETHER, ids=lambda runs: f"{', '.join(run.state for run in runs)}, {runs[0].width} px"
)
def test_every_page(reader: Reader, share: list[str], record: Record, runs: list[Run]) -> None:
    scheme, width = runs[0].scheme, runs[0].width
    size = {"width": width, "height": 256 if width == 320 else 800}
    page = reader(color_scheme=scheme, viewport=size)
    found: dict[Run, list[str]] = {run: [] for run in runs}
    for address in share:
        page.goto(SITE + address)
        for run, lines in found.items():
            question, wishes = QUESTIONS[run.state]
            page.emulate_media(**NO_WISH | wishes)
            lines += [f"/{address}, {run.state}: {line}" for line in page.evaluate(question)]
        page.emulate_media(**NO_WISH)
    for run, lines in found.items():
        record.add(run, len(share), len(lines))
    faults = [line for lines in found.values() for line in lines]
    assert not faults, "\n".join(faults)


# --- forced colours: what a reader who chose them sees, in pixels

OURS = ("fr/", "en/trn1-v13/", "fr/trn1-v13/checklist.html", "en/embed/", "en/trn1-v13/embed.html")
SEEN = 3
"""The contrast at which a drawing or an edge is seen (WCAG 1.4.11)."""


def _picture(one: Locator) -> Image.Image:
    return Image.open(BytesIO(one.screenshot(animations="disabled"))).convert("L")


def _contrast(picture: Image.Image) -> float:
    """Between the darkest and the lightest of its greys."""
    dark, light = (
        ((grey / 255 + 0.055) / 1.055) ** 2.4 if grey > 10 else grey / 3295 for grey in picture.getextrema()
    )
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", OURS)
def test_in_forced_colours_every_drawing_is_there(reader: Reader, address: str, scheme: str) -> None:
    page = reader(forced_colors="active", color_scheme=scheme, viewport={"width": 400, "height": 800})
    page.goto(SITE + address)
    drawings = [
        one for one in page.locator("svg:visible").all() if (one.bounding_box() or {"width": 0})["width"]
    ]
    assert drawings
    lost = [
        one.evaluate("x => x.outerHTML.slice(0, 120)") for one in drawings if _contrast(_picture(one)) < SEEN
    ]
    assert lost == []


STATES = (
    "[data-tool=captions]",
    "[data-tool=settings]",
    ".transcript__follow input",
    ".checklist input",
    "[data-menu-button]",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("control", STATES)
def test_in_forced_colours_a_state_shows_by_more_than_colour(
    reader: Reader, control: str, scheme: str
) -> None:
    """The picture in black and white is another one when the control is on."""
    page = reader(forced_colors="active", color_scheme=scheme, viewport={"width": 400, "height": 800})
    page.goto(f"{SITE}en/trn1-v13/")
    one = page.locator(control).first
    pictures = []
    for _ in range(2):
        page.mouse.move(0, 0)
        shown = _picture(one)
        low, high = shown.getextrema()
        middle = (low + high) // 2
        pictures.append(shown.point(lambda grey, middle=middle: 255 * (grey > middle)))
        one.evaluate("x => x.click()")
    before, after = pictures
    assert before.size != after.size or ImageChops.difference(before, after).getbbox() is not None


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
    page.emulate_media(forced_colors="active")
    page.evaluate(
        "() => { const one = document.createElement('button'); one.textContent = 'a';"
        " one.style.setProperty('border', 'none', 'important'); document.querySelector('main').append(one); }"
    )
    assert len(page.evaluate(BORDERLESS)) == 1
