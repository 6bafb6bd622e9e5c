"""P1 to P5, T4: the player’s tools, captions as they show, the moment that an address asks for."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from browser.conftest import OpenIn
from browser.video_site import seekable, until
from conftest import PROJECT, ROOT, run_build

BLOCKED = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('no', 'SecurityError'); } });"""
NONE = "Object.defineProperty(window, 'localStorage', { value: null });"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
TIME = "document.querySelector('video').currentTime"
SHOWING = "document.querySelector('video').textTracks[0].mode"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with seekable(site) as base:
        yield base


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context()
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def open_page(context: BrowserContext, address: str, open_in: OpenIn) -> Open:
    """Opens a lesson's page, or a file beside it."""

    def open_one(
        language: str = "en", file: str = "index.html", *, before: str = "", base: str = address
    ) -> Page:
        return open_in(context, f"{base}{language}/trn1-v13/{file}", before=before)

    return open_one


def tool(page: Page, name: str) -> Locator:
    return page.locator(f"[data-tool={name}]")


def load(page: Page) -> None:
    page.evaluate("void (document.querySelector('video').preload = 'auto')")
    until(page, "document.querySelector('video').readyState === 4")


def seek(page: Page, time: float) -> None:
    page.evaluate(f"void ({TIME} = {time})")
    until(page, "!document.querySelector('video').seeking")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("asked", "at"), [("75", 75), ("75s", 75), ("1m15s", 75), ("1:15", 75), ("0:01:15", 75), ("9999", None)]
)
def test_the_lesson_opens_at_the_moment(open_page: Open, language: str, asked: str, at: int | None) -> None:
    page = open_page(language, f"index.html?t={asked}")
    until(page, f"{TIME} > 0")
    moment, length, paused = page.evaluate(
        "(({ currentTime, duration, paused }) => [currentTime, duration, paused])"
        "(document.querySelector('video'))"
    )
    assert moment == pytest.approx(length if at is None else at, abs=0.1)
    assert paused


@pytest.mark.parametrize("asked", ["", "abc", "-5", "1e3", "<b>"])
def test_anything_else_is_passed_over(open_page: Open, asked: str) -> None:
    page = open_page(file=f"index.html?t={asked}")
    assert page.evaluate(TIME) == 0
    assert page.evaluate("document.querySelector('video').preload") == "none"


def test_a_page_without_a_player_takes_no_notice(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}en/about/index.html?t=75")
    assert errors == []
    page.close()


@dataclass(frozen=True)
class Cue:
    """One cue, as the author's file has it."""

    start: float
    end: float
    text: str


def cues(language: str) -> list[Cue]:
    file = ROOT / "docs" / "media" / "trn1-v13" / f"{language}.vtt"
    found = re.findall(r"^([\d:.]+) --> ([\d:.]+).*\n((?:.+\n?)+)", file.read_text("utf-8"), re.MULTILINE)
    return [Cue(_seconds(start), _seconds(end), plain(text)) for start, end, text in found]


def _seconds(clock: str) -> float:
    return sum(float(part) * 60**power for power, part in enumerate(reversed(clock.split(":"))))


def plain(text: str) -> str:
    return text.strip().replace("\u00a0", " ")


def ten(language: str) -> list[Cue]:
    """Ten cues, from the first to the last."""
    every = cues(language)
    return [every[round(number * (len(every) - 1) / 9)] for number in range(10)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_p3_the_cue_on_screen_is_the_files_after_a_seek(open_page: Open, language: str) -> None:
    page = open_page(language)
    load(page)
    assert page.evaluate("document.querySelector('video').textTracks[0].cues.length") == len(cues(language))
    for cue in ten(language):
        seek(page, cue.start + 0.05)
        until(page, "document.querySelector('video').textTracks[0].activeCues.length === 1")
        shown = page.evaluate("document.querySelector('video').textTracks[0].activeCues[0].text")
        assert plain(shown) == cue.text


LISTEN = """() => {
  const video = document.querySelector('video');
  const [track] = video.textTracks;
  window.shown = [];
  track.addEventListener('cuechange', () => {
    if (video.paused || video.seeking) return;
    window.shown.push([video.currentTime, [...track.activeCues].map(({ text }) => text).join('\\n')]);
  });
}"""
"""Notes, as the video runs, when the cue on screen changes and what it is then."""

PLAY = """async ([from, to, rate]) => {
  const video = document.querySelector('video');
  video.muted = true;
  video.playbackRate = rate;
  video.currentTime = from;
  await video.play();
  await new Promise((done) => {
    const look = () => (video.currentTime >= to || video.ended ? done() : setTimeout(look, 10));
    look();
  });
  video.pause();
}"""

FAST = 16
"""As fast as the browser plays."""

SLOW = 0.25
"""Slow enough for a busy machine: a tenth of a second of the video lasts four."""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_p3_the_cue_on_screen_is_the_files_while_the_video_runs(open_page: Open, language: str) -> None:
    """At ten times: each cue comes within 100 ms of its moment."""
    page = open_page(language)
    load(page)
    page.evaluate(LISTEN)
    for cue in ten(language):
        page.evaluate("window.shown.length = 0")
        page.evaluate(PLAY, [cue.start - 0.05, cue.start + 0.12, SLOW])
        came = [time for time, text in page.evaluate("window.shown") if plain(text) == cue.text]
        assert came, f"never shown: {cue}"
        assert came[0] == pytest.approx(cue.start, abs=0.1)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_p3_every_cue_comes_in_its_turn_in_the_running_video(open_page: Open, language: str) -> None:
    page = open_page(language)
    load(page)
    page.evaluate(
        """() => {
          window.entered = [];
          for (const cue of document.querySelector('video').textTracks[0].cues) {
            cue.addEventListener('enter', () => window.entered.push(cue.text));
          }
        }"""
    )
    page.evaluate(PLAY, [0, cues(language)[-1].start + 1, FAST])
    assert [plain(text) for text in page.evaluate("window.entered")] == [cue.text for cue in cues(language)]


def test_p5_nothing_is_loaded_before_it_is_asked_for(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}fr/trn1-v13/index.html", wait_until="networkidle")
    tool(page, "captions").click()
    tool(page, "settings").click()
    assert not [url for url in asked if url.endswith(".mp4")]
    assert all(url.startswith(address) for url in asked)


def test_p1_captions_take_one_activation_and_are_remembered(open_page: Open) -> None:
    page = open_page("fr")
    captions = tool(page, "captions")
    expect(captions).to_have_attribute("aria-pressed", "true")
    captions.focus()
    page.keyboard.press("Space")
    expect(captions).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(SHOWING) == "hidden"
    page.locator("[data-language-toggle]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    load(page)
    expect(tool(page, "captions")).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(SHOWING) == "hidden"


def test_p1_captions_of_the_browsers_own_menu_are_told(open_page: Open) -> None:
    page = open_page()
    page.evaluate(f"void ({SHOWING} = 'disabled')")
    expect(tool(page, "captions")).to_have_attribute("aria-pressed", "false")
    page.evaluate(f"void ({SHOWING} = 'showing')")
    expect(tool(page, "captions")).to_have_attribute("aria-pressed", "true")


def test_ten_seconds_stop_at_both_ends(open_page: Open) -> None:
    page = open_page()
    tool(page, "forward").click()
    until(page, "document.querySelector('video').readyState > 0")
    assert page.evaluate(TIME) == pytest.approx(10, abs=0.1)
    tool(page, "back").click(click_count=2)
    assert page.evaluate(TIME) == 0
    length = page.evaluate("document.querySelector('video').duration")
    seek(page, length - 3)
    tool(page, "forward").click()
    assert page.evaluate(TIME) == pytest.approx(length, abs=0.1)


def test_speed_is_kept_and_holds_when_the_media_arrives(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Speed").select_option("0.75")
    page.reload()
    load(page)
    expect(page.get_by_label("Speed")).to_have_value("0.75")
    assert page.evaluate("document.querySelector('video').playbackRate") == 0.75


def test_p2_the_look_of_captions_survives_reload_and_language(open_page: Open) -> None:
    page = open_page("en")
    tool(page, "settings").click()
    page.get_by_label("Size").select_option("largest")
    page.get_by_label("Text colour").select_option("yellow")
    page.get_by_label("Background", exact=True).select_option("navy")
    page.reload()
    page.locator("[data-language-toggle]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    player = page.locator(".player")
    for name, value in (("size", "largest"), ("colour", "yellow"), ("ground", "navy")):
        expect(player).to_have_attribute(f"data-caption-{name}", value)
        expect(page.locator(f"#caption_{name}")).to_have_value(value)
    load(page)
    seek(page, 3)
    picture = Image.open(BytesIO(page.locator("video").screenshot())).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(picture.width * picture.height) or []}
    assert {(255, 255, 0), (0, 0, 128)} <= colours
    tool(page, "settings").click()
    tool(page, "reset").click()
    expect(player).to_have_attribute("data-caption-colour", "white")
    expect(page.locator(".player__said")).to_have_text("Les réglages sont rétablis.")


def test_p2_no_choice_is_unreadable(open_page: Open) -> None:
    page = open_page()
    tool(page, "settings").click()
    page.get_by_label("Text colour").select_option("black")
    expect(page.get_by_label("Background", exact=True)).to_have_value("white")
    expect(page.locator(".player__said")).to_have_text("Background: white, so that the text stays readable.")
    disabled = page.eval_on_selector_all("#caption_ground :disabled", "all => all.map((one) => one.value)")
    assert disabled == ["translucent", "black", "navy"]


def test_escape_closes_the_settings_and_focus_returns(open_page: Open) -> None:
    page = open_page()
    settings, panel = tool(page, "settings"), page.locator("#caption_settings")
    settings.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#caption_size")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(settings).to_be_focused()
    expect(settings).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("file", ["index.html", "embed.html", "embed-video.html"])
def test_t4_the_copied_link_opens_the_lesson_at_that_moment(
    context: BrowserContext, open_page: Open, address: str, file: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_page("fr", f"{file}#transcript")
    load(page)
    seek(page, 75.4)
    tool(page, "link").click()
    expect(page.locator(".player__said")).to_have_text("Le lien vers 1:15 est copié.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.replace("index.html", "") == f"{address}fr/trn1-v13/?t=75"
    page.goto(f"{address}fr/trn1-v13/index.html?{link.split('?')[1]}")
    until(page, f"Math.abs({TIME} - 75) < 0.1")


def test_t4_without_a_clipboard_the_link_is_selected(open_page: Open) -> None:
    page = open_page(before=NO_CLIPBOARD)
    tool(page, "link").click()
    field = page.get_by_label("Link to this moment", exact=True)
    expect(field).to_be_focused()
    assert page.evaluate("getSelection().toString()") == field.input_value()
    assert field.input_value().endswith("/en/trn1-v13/index.html?t=0")


@pytest.mark.parametrize("before", [BLOCKED, NONE, FULL])
def test_without_storage_everything_works(open_page: Open, before: str) -> None:
    page = open_page(file="embed.html", before=before)
    tool(page, "captions").click()
    expect(tool(page, "captions")).to_have_attribute("aria-pressed", "false")
    page.get_by_label("Speed").select_option("2")
    tool(page, "settings").click()
    page.get_by_label("Text colour").select_option("cyan")
    expect(page.locator(".player")).to_have_attribute("data-caption-colour", "cyan")


@pytest.mark.parametrize(
    "kept", ["{", "null", "[]", '"x"', '{"version":1,"speed":"9","colour":"red","captions":3}']
)
def test_what_is_not_ours_in_storage_is_passed_over(open_page: Open, kept: str) -> None:
    page = open_page(before=f"localStorage.setItem('player', {json.dumps(kept)})")
    expect(tool(page, "captions")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Speed")).to_have_value("1")
    expect(page.locator(".player")).to_have_attribute("data-caption-colour", "white")


def test_without_a_script_no_dead_control_shows(chromium: Browser, address: str) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{address}en/trn1-v13/index.html")
    assert page.locator(".player").get_by_role("button").count() == 0
    assert page.locator(".player").get_by_role("combobox").count() == 0
    expect(page.locator("video")).to_be_visible()
    page.close()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tools_are_large_and_fit_a_narrow_screen(
    chromium: Browser, address: str, language: str, scheme: str
) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page.goto(f"{address}{language}/trn1-v13/index.html")
    tool(page, "settings").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for control in page.locator(".player :is(button, select):visible").all():
        box = control.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["width"] >= 44
    page.close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_tools_stand_on_one_line_of_a_desktop(chromium: Browser, address: str, language: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}{language}/trn1-v13/index.html")
    boxes = [one.bounding_box() for one in page.locator(".player__tools > *:visible").all()]
    assert len(boxes) == 6
    assert len({box["y"] for box in boxes if box}) == 1
    page.close()


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with a lesson whose picture is described aloud in a file of its own."""
    folder = tmp_path_factory.mktemp("described")
    for name in PROJECT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    media = folder / "docs" / "media" / "trn1-v13"
    for language in ("fr", "en"):
        shutil.copy(media / f"{language}.mp4", media / f"{language}-described.mp4")
    facts = (media / "lesson.yml").read_text("utf-8").split("audio_description: integrated")
    assert len(facts) == 3
    french, english = (f"audio_description: {one}-described.mp4" for one in ("fr", "en"))
    (media / "lesson.yml").write_text(facts[0] + french + facts[1] + english + facts[2], "utf-8")
    done = run_build(folder, "-d", str(folder / "site"))
    assert done.returncode == 0, done.stderr
    with seekable(folder / "site") as base:
        yield base


def test_p4_the_described_video_goes_on_where_the_other_was(open_page: Open, described: str) -> None:
    page = open_page(base=described)
    source = "document.querySelector('video').currentSrc"
    load(page)
    seek(page, 60)
    page.evaluate("document.querySelector('video').play()")
    tool(page, "described").click()
    until(page, f"{source}.endsWith('en-described.mp4') && {TIME} > 60")
    assert page.evaluate(TIME) < 70
    assert not page.evaluate("document.querySelector('video').paused")
    page.reload()
    expect(tool(page, "described")).to_have_attribute("aria-pressed", "true")
    tool(page, "described").click()
    load(page)
    assert page.evaluate(source).endswith("/en.mp4")
    assert page.evaluate("document.querySelector('video').paused")
    assert page.evaluate(SHOWING) == "showing"
    link = page.get_by_role("link", name="Watch with audio description")
    expect(link).to_have_attribute("href", "../../media/trn1-v13/en-described.mp4")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_settings_open(
    chromium: Browser, address: str, language: str, scheme: str
) -> None:
    page = chromium.new_page(color_scheme=scheme)
    page.goto(f"{address}{language}/trn1-v13/index.html?t=23")
    until(page, "document.querySelector('.transcript [aria-current]') !== null")
    tool(page, "settings").click()
    page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run(document, { rules: { 'color-contrast-enhanced': { enabled: true } },"
        " resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) =>"
        " `${id}: ${nodes.map(({ html }) => html.slice(0, 120))}`))"
    )
    assert found == []
    page.close()
