"""The checklist in a browser: what is ticked, what is kept, what is said, and what comes out on paper."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from browser.checklist_site import served
from browser.conftest import OpenIn
from conftest import PROJECT, ROOT, run_build
from stress import stress

LANGUAGES = ("fr", "en")
FORMS = ("", "checklist.html")
KEY = "checklist:TRN1-V13"
PAPERS = ("Letter", "A4")
SAID = {"fr": "Tout est coché.", "en": "Everything is ticked."}
LOST = {"fr": "ne sont pas conservées", "en": "are not kept"}
KEPT = {"fr": "restent dans ce navigateur", "en": "are kept in this browser"}
DONE = {"fr": "Fait\u00a0: {done} sur 8", "en": "Done: {done} of 8"}

BLOCKED = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('no', 'SecurityError'); } });"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
NONE = "Object.defineProperty(window, 'localStorage', { value: null });"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as base:
        yield base


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context()
    yield made
    made.close()


@pytest.fixture
def open_page(context: BrowserContext, address: str, open_in: OpenIn) -> Open:
    """Opens the lesson's page or its `checklist.html`; a script may prepare the browser before."""

    def open_one(language: str, form: str = "", *, before: str = "", base: str = address) -> Page:
        return open_in(context, f"{base}{language}/trn1-v13/{form}", before=before)

    return open_one


def boxes(page: Page) -> Locator:
    return page.locator(".checklist input[type=checkbox]")


def ticked(page: Page) -> list[str]:
    return page.eval_on_selector_all(".checklist input:checked", "all => all.map((box) => box.value)")


def stored(page: Page) -> object:
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "null")


def keeping(page: Page) -> Locator:
    return page.locator(".checklist__keeping")


# --- K1: controls


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_k1_a_group_with_a_name_and_boxes_named_by_their_items(
    open_page: Open, language: str, form: str
) -> None:
    page = open_page(language, form)
    legend = page.locator(".checklist legend").inner_text()
    assert page.get_by_role("group", name=legend, exact=True).count() == 1
    for label in page.locator(".checklist label").all():
        expect(page.get_by_role("checkbox", name=label.inner_text(), exact=True)).to_be_visible()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_k1_progress_completion_and_clearing(open_page: Open, language: str, form: str) -> None:
    page = open_page(language, form)
    progress, status = page.locator(".checklist__progress"), page.locator(".checklist__said")
    assert status.get_attribute("role") == "status"
    page.evaluate(
        """() => { window.said = [];
        new MutationObserver(() => said.push(document.querySelector('.checklist__said').textContent))
          .observe(document.querySelector('.checklist__said'), { childList: true }); }"""
    )
    expect(progress).to_have_text(DONE[language].format(done=0))
    for number in range(8):
        boxes(page).nth(number).check()
        expect(progress).to_have_text(DONE[language].format(done=number + 1))
    expect(status).to_have_text(SAID[language])
    assert page.evaluate("said") == [SAID[language]], "said once"
    page.reload()
    expect(progress).to_have_text(DONE[language].format(done=8))
    expect(status).to_have_text("")
    clear = page.locator(".checklist button")
    clear.click()
    expect(progress).to_have_text(DONE[language].format(done=0))
    expect(clear).to_be_focused()
    assert ticked(page) == []
    assert stored(page) is None


def test_keyboard_alone_ticks_and_clears(open_page: Open) -> None:
    page = open_page("en", "checklist.html")
    boxes(page).first.focus()
    page.keyboard.press("Space")
    assert ticked(page) == ["right-account"]
    for _ in range(8):
        page.keyboard.press("Tab")
    expect(page.locator(".checklist button")).to_be_focused()
    page.keyboard.press("Enter")
    assert ticked(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large_and_nothing_overflows(open_page: Open, width: int) -> None:
    page = open_page("fr", "checklist.html")
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator(
        ".checklist label, .checklist button, .sheet a, .sheet button, .sheet label"
    ).all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44, control.inner_text()


# --- K2: what is kept


def test_k2_ticks_survive_a_reload_the_toggle_and_the_other_page(open_page: Open) -> None:
    page = open_page("fr")
    page.locator("#check_alt-text").check()
    page.locator("#check_impartial").check()
    page.reload()
    assert ticked(page) == ["impartial", "alt-text"]
    page.locator("[data-language-toggle]").click()
    page.wait_for_url("**/en/trn1-v13/")
    assert ticked(page) == ["impartial", "alt-text"]
    page.locator(".sheet a[href='checklist.html']").click()
    page.wait_for_url("**/en/trn1-v13/checklist.html")
    assert ticked(page) == ["impartial", "alt-text"]
    page.locator("#check_impartial").uncheck()
    page.go_back()
    expect(page.locator("#check_impartial")).not_to_be_checked()
    expect(page.locator("#check_alt-text")).to_be_checked()


def test_k2_another_tab_follows(open_page: Open) -> None:
    one, other = open_page("fr"), open_page("en", "checklist.html")
    one.locator("#check_alt-text").check()
    expect(other.locator("#check_alt-text")).to_be_checked()
    other.locator(".checklist button").click()
    expect(one.locator("#check_alt-text")).not_to_be_checked()


def test_k2_lessons_do_not_share_ticks(open_page: Open, address: str) -> None:
    page = open_page("fr")
    boxes(page).first.check()
    page.goto(f"{address}fr/acc1-v02/")
    assert ticked(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("before", [BLOCKED, FULL, NONE], ids=["blocked", "full", "none"])
def test_k2_without_storage_all_works_and_the_reader_is_told(
    open_page: Open, language: str, before: str
) -> None:
    page = open_page(language, before=before)
    expect(keeping(page)).to_contain_text(LOST[language])
    boxes(page).first.check()
    expect(page.locator(".checklist__progress")).to_have_text(DONE[language].format(done=1))
    expect(keeping(page)).to_contain_text(LOST[language])
    page.locator(".checklist button").click()
    assert ticked(page) == []


def test_k2_storage_that_fills_up_later_is_told_then(open_page: Open) -> None:
    page = open_page("en")
    expect(keeping(page)).to_contain_text(KEPT["en"])
    page.evaluate(f"() => {{ {FULL} }}")
    boxes(page).first.check()
    expect(keeping(page)).to_contain_text(LOST["en"])
    assert ticked(page) == ["right-account"]


@pytest.mark.parametrize(
    "value",
    [
        "{", "null", "7", '"right-account"', "[]", "{}", '{"version":1}', '{"version":1,"ticked":"alt-text"}',
        '{"version":1,"ticked":[null,1,{},["alt-text"]]}', '{"version":99,"ticked":["alt-text"]}', "",
        '{"version":1,"ticked":["__proto__","constructor","gone"]}',
    ],
)  # fmt: skip
def test_k2_a_corrupted_value_is_no_tick(open_page: Open, value: str) -> None:
    page = open_page("en", before=f"localStorage.setItem('{KEY}', {json.dumps(value)});")
    assert ticked(page) == []
    expect(page.locator(".checklist__progress")).to_have_text(DONE["en"].format(done=0))
    boxes(page).first.check()
    assert stored(page) == {"version": 1, "ticked": ["right-account"]}


def test_k2_an_item_that_is_gone_is_forgotten_and_a_reworded_one_keeps_its_tick(
    open_page: Open, site: Path, tmp_path: Path
) -> None:
    edited = tmp_path / "site"
    shutil.copytree(site, edited, ignore=shutil.ignore_patterns("*.mp4"))
    file = edited / "en" / "trn1-v13" / "index.html"
    before = file.read_text(encoding="utf-8")
    gone = re.sub(r'<li><input type="checkbox" id="check_alt-text".*?</li>', "", before)
    reworded = gone.replace("I have checked my source", "My source is checked")
    assert reworded != gone != before
    with served(edited) as base:
        page = open_page("en", base=base)
        page.locator("#check_alt-text").check()
        page.locator("#check_source-checked").check()
        file.write_text(reworded, encoding="utf-8")
        page.reload()
        assert ticked(page) == ["source-checked"]
        expect(page.locator("label[for=check_source-checked]")).to_contain_text("My source is checked")
        file.write_text(before, encoding="utf-8")
        page.reload()
        assert ticked(page) == ["source-checked"], "what was gone comes back without its tick"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"], ids=["same-site", "other-site"])
def test_k2_in_a_frame_the_line_says_what_will_happen(
    context: BrowserContext, address: str, tmp_path: Path, host: str
) -> None:
    frame_html = f'<iframe src="{address}en/trn1-v13/checklist.html" width="800" height="900"></iframe>'
    (tmp_path / "index.html").write_text(frame_html, encoding="utf-8")
    with served(tmp_path) as portal:
        page = context.new_page()
        page.goto(portal.replace("127.0.0.1", host))
        frame = page.frame_locator("iframe")
        frame.locator("#check_alt-text").check()
        expect(frame.locator(".checklist__progress")).to_have_text(DONE["en"].format(done=1))
        line = frame.locator(".checklist__keeping").inner_text()
        assert ("may be kept for this page alone" in line) != (LOST["en"] in line)
        page.reload()
        done = 0 if LOST["en"] in line else 1
        expect(frame.locator(".checklist__progress")).to_have_text(DONE["en"].format(done=done))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_boxes_tick_and_nothing_dead_shows(
    chromium: Browser, address: str, language: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{language}/trn1-v13/checklist.html")
    boxes(page).first.check()
    expect(boxes(page).first).to_be_checked()
    expect(keeping(page)).to_contain_text(LOST[language])
    assert (
        page.locator("main button:visible, .checklist__progress:visible, .sheet input:visible").count() == 0
    )
    expect(page.locator(".sheet a[href='checklist.pdf']")).to_be_visible()
    context.close()


def test_nothing_leaves_the_browser(open_page: Open) -> None:
    page = open_page("fr", "checklist.html")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    for number in range(8):
        boxes(page).nth(number).check()
    page.locator(".checklist button").click()
    assert [url for url in sent if not url.endswith("favicon.svg")] == []


# --- paper


def printed(page: Page, paper: str) -> tuple[int, str]:
    """How many pages the browser prints on `paper`, backgrounds off, and the text of them all."""
    read = pypdfium2.PdfDocument(page.pdf(format=paper, print_background=False))
    texts = [" ".join(one.get_textpage().get_text_range().split()) for one in read]
    read.close()
    return len(texts), " ".join(texts)


def choose(page: Page, what: str) -> None:
    """Press the button that prints `what`, in a browser that opens no dialog."""
    page.evaluate("window.print = () => {}")
    page.locator(f"button[data-print={what}]").click()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_r1_each_choice_prints_its_part(open_page: Open, language: str, paper: str) -> None:
    page = open_page(language)
    transcript = page.locator(".transcript p").nth(1).inner_text()
    card = page.locator(".card--dont li").first.inner_text()
    item = page.locator(".checklist label").last.inner_text()
    course = page.locator(".course a").get_attribute("href") or "?"
    title = page.locator(".sheet-head__title").text_content() or "?"
    words = {"transcript": transcript, "card": card, "item": item, "course": course}
    wanted = {
        "checklist": ({"card", "item"}, 1),
        "transcript": ({"transcript"}, 2),
        "page": ({"transcript", "card", "item", "course"}, 3),
    }
    for what, (parts, most) in wanted.items():
        choose(page, what)
        count, text = printed(page, paper)
        assert {name for name, word in words.items() if " ".join(word.split()) in text} == parts, what
        assert count <= most, what
        assert text.count(" ".join(title.split())) >= count, f"{what}: the head is on each page"
        assert "TRN1-V13" in text
        assert "2026-11-22" in text
        assert f"1 / {count}" in text
        for control in page.locator("main button, .sheet__links a").all_inner_texts():
            assert control not in text or not control.strip()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_r1_the_checklists_page_prints_on_one_page(
    chromium: Browser, address: str, language: str, paper: str, *, script: bool
) -> None:
    context = chromium.new_context(java_script_enabled=script)
    page = context.new_page()
    for lesson in ("trn1-v13", "acc1-v01", "acc1-v02"):
        page.goto(f"{address}{language}/{lesson}/checklist.html")
        assert printed(page, paper)[0] == 1, lesson
    context.close()


def test_after_printing_the_page_is_as_it_was(open_page: Open) -> None:
    page = open_page("en")
    choose(page, "transcript")
    assert page.locator("html[data-print=transcript]").count() == 1
    page.pdf()
    assert page.locator("html[data-print]").count() == 0


def test_links_print_their_address_once(open_page: Open) -> None:
    page = open_page("en")
    _, text = printed(page, "Letter")
    squeezed = re.sub(r"\s", "", re.sub(r"[\x02\ufffe]\s?", "-", text))
    for link in page.locator(".course a, .related a").all():
        assert squeezed.count((link.get_attribute("href") or "?").rstrip("/")) == 1


def ink(page: Page, item: str) -> float:
    """How dark the box of `item` prints, backgrounds off, in grey: 0 is white paper, 1 is black."""
    page.emulate_media(media="print")
    box = page.locator(f"#check_{item}")
    box.scroll_into_view_if_needed()
    picture = box.screenshot()
    page.emulate_media(media="screen")
    grey = Image.open(BytesIO(picture)).convert("L")
    middle = grey.crop((grey.width // 4, grey.height // 4, 3 * grey.width // 4, 3 * grey.height // 4))
    return 1 - sum(middle.tobytes()) / (255 * middle.width * middle.height)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_k3_squares_are_empty_or_ticked_as_the_reader_chooses(open_page: Open, scheme: str) -> None:
    page = open_page("fr")
    page.emulate_media(color_scheme=scheme)
    page.locator("#check_alt-text").check()
    assert ink(page, "impartial") == 0
    assert ink(page, "alt-text") > 0.1
    page.locator("input[name=boxes][value=blank]").check()
    assert ink(page, "alt-text") == 0
    assert ticked(page) == ["alt-text"], "only the paper is blank"
    page.locator("input[name=boxes][value=ticked]").check()
    assert ink(page, "alt-text") > 0.1


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_r1_closed_parts_are_opened_on_paper(
    chromium: Browser, site: Path, tmp_path: Path, *, script: bool
) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("*.mp4"))
    file = copy / "en" / "trn1-v13" / "index.html"
    part = "<details><summary>More</summary><p>Hidden until opened</p></details></article>"
    file.write_text(file.read_text(encoding="utf-8").replace("</article>", part), encoding="utf-8")
    with served(copy) as base:
        context = chromium.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(f"{base}en/trn1-v13/")
        assert "Hidden until opened" in printed(page, "Letter")[1]
        assert page.locator("details[open]").count() == 0
        context.close()


@pytest.fixture(scope="module")
def long_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("long")
    for name in PROJECT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    stress(folder)
    done = run_build(folder, "--strict", "-q")
    assert done.returncode == 0, done.stderr
    with served(folder / "site") as base:
        yield base


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_checklist_flows_on_with_its_head_and_loses_nothing(
    open_page: Open, long_address: str, language: str, paper: str
) -> None:
    page = open_page(language, "checklist.html", base=long_address)
    words = [*page.locator(".card li").all_inner_texts(), *page.locator(".checklist label").all_inner_texts()]
    title = page.locator(".sheet-head__title").text_content() or "?"
    count, text = printed(page, paper)
    assert len(words) == 44
    assert 2 <= count <= 4
    squeezed = re.sub(r"\s", "", text)
    for word in words:
        assert squeezed.count(re.sub(r"\s", "", word)) == 1, word
    assert squeezed.count(re.sub(r"\s", "", title)) == count
