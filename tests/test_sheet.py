"""The sheet: what it holds, on which pages, in which order, and that a screen reader can read its PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import segno
import weasyprint
from fontTools.ttLib import TTFont
from selectolax.lexbor import LexborHTMLParser

import pdf_reading
from markdown_page import document
from microlearning.bullets import ID
from microlearning.page import LessonPage, read_lesson_page
from microlearning.pdf import make_pdf
from microlearning.sheet import FOLDER, MASK, Sheet, pdf_document, pdf_store
from real_lessons import DOCS, lesson, page
from stress import stressed

Parse = Callable[[str], LexborHTMLParser]
LANGUAGES = ("fr", "en")
LESSONS = ("trn1-v13", "acc1-v01", "acc1-v02")
PAPERS = ("letter", "A4")
URL = "https://microlearning.example.gc.ca/"
FILES = (
    *(f"{language}/{slug}/checklist.pdf" for language in LANGUAGES for slug in LESSONS),
    *(f"{slug}-bilingual.pdf" for slug in LESSONS),
)


def sheet(language: str, change: tuple[str, str] = ("", ""), slug: str = "trn1-v13") -> Sheet:
    return Sheet(page(language, change, slug), f"{URL}{language}/{slug}/")


def stress_sheet(language: str) -> Sheet:
    path = f"docs/{language}/trn1-v13.md"
    text = stressed((DOCS.parent / path).read_text(encoding="utf-8"), language)
    front = page(language).front
    return Sheet(
        read_lesson_page(document(text, path), lesson(), front, language), f"{URL}{language}/trn1-v13/"
    )


def pdf(*sheets: Sheet, paper: str = "letter") -> bytes:
    return make_pdf(pdf_document(sheets), sheets[0].modified, FOLDER, paper=paper)


# --- the gate


@pytest.mark.parametrize("name", FILES)
def test_r3_every_pdf_is_pdf_ua_1(site: Path, name: str) -> None:
    assert pdf_reading.failures((site / name).read_bytes()) == []


def test_the_gate_refuses_what_is_not_tagged() -> None:
    untagged = weasyprint.HTML(string="<html lang=en><title>a</title><p>b").write_pdf()
    assert pdf_reading.failures(untagged)


@pytest.mark.parametrize("language", LANGUAGES)
def test_r3_title_language_headings_and_lists(site: Path, language: str) -> None:
    content = (site / language / "trn1-v13" / "checklist.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(content)) as read:
        assert str(read.Root.Lang) == language
        assert str(read.docinfo.Title) == page(language).title_with_code
        assert read.Root.ViewerPreferences.DisplayDocTitle
    kinds = [kind for kind, _ in pdf_reading.tags(content)]
    assert [kind for kind in kinds if re.fullmatch(r"H\d", kind)] == ["H1", "H2", "H2", "H2"]
    lesson_page = page(language)
    assert lesson_page.cards
    assert lesson_page.checklist
    items = len(lesson_page.cards.items) + len(lesson_page.checklist.items)
    assert kinds.count("Lbl") == items, "each mark is a label"
    assert kinds.count("L") == 4, "two cards, the checklist, the foot"
    assert kinds.count("LBody") >= items
    assert kinds.count("Link") == 1, "the address"
    assert pdf_reading.alternatives(content) == [
        {"fr": f"Code QR\u00a0: {URL}fr/trn1-v13/", "en": f"QR code: {URL}en/trn1-v13/"}[language]
    ]


def test_r3_each_side_of_the_bilingual_sheet_is_tagged_with_its_language(site: Path) -> None:
    content = (site / "trn1-v13-bilingual.pdf").read_bytes()
    assert pdf_reading.pages(content) == 2, "one language a side"
    languages = [language for kind, language in pdf_reading.tags(content) if kind == "H2"]
    assert languages == ["en"] * 3 + ["fr"] * 3
    assert pdf_reading.spoken(site / "trn1-v13-bilingual.pdf") == "".join(
        pdf_reading.spoken(site / language / "trn1-v13" / "checklist.pdf") for language in ("en", "fr")
    )


def test_words_in_the_other_language_are_tagged_too() -> None:
    change = ("Say what people did well", 'Say <span lang="fr">bravo</span>')
    content = pdf(sheet("en", change))
    assert pdf_reading.failures(content) == []
    assert "fr" in {language for kind, language in pdf_reading.tags(content) if kind == "Span"}


# --- words, marks and fonts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", LESSONS)
def test_the_pdf_says_what_the_page_says_in_the_same_order(
    site: Path, html: Parse, language: str, slug: str
) -> None:
    said = pdf_reading.spoken(site / language / slug / "checklist.pdf")
    main = html(f"{language}/{slug}/checklist.html").css_first("main")
    cards, checklist = ".card h2, .card li", ".checklist :is(h2, legend, label), .checklist > p:not([class])"
    parts = f".sheet-head p, {cards}, {checklist}, .sheet-foot li"
    for title in main.css("svg title"):
        title.decompose()
    expected = pdf_reading.squeezed("".join(part.text() for part in main.css(parts)))
    assert re.sub("[☐✓✗]", "", said) == expected


@pytest.mark.parametrize("name", FILES)
def test_fonts_are_ours_and_inside_as_subsets(site: Path, name: str) -> None:
    held = pdf_reading.fonts((site / name).read_bytes())
    assert {re.sub(r"^[A-Z]{6}\+", "", font) for font in held} <= {"Noto-Sans", "Noto-Sans-Bold", "Signs"}
    assert all(held.values())
    assert all(re.match(r"[A-Z]{6}\+", font) for font in held)
    assert (site / name).stat().st_size < 60_000


def test_the_fonts_have_the_boxes_and_all_french_letters() -> None:
    letters = "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»’–—…€\u00a0\u202f\u2011"
    fonts = {file.stem: TTFont(file).getBestCmap() for file in (FOLDER / "fonts").glob("*.woff2")}
    for name in ("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"):
        assert not [letter for letter in letters if ord(letter) not in fonts[name]]
    assert not [sign for sign in "☐☑✓✗" if ord(sign) not in fonts["NotoSansSymbols2-Regular"]]
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()


def test_each_box_is_empty_and_none_is_ticked(site: Path) -> None:
    said = pdf_reading.spoken(site / "en" / "trn1-v13" / "checklist.pdf")
    assert said.count("☐") == 8
    assert said.count("✓") == said.count("✗") == 5


# --- pages


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", LESSONS)
def test_r1_the_sheet_fits_one_page(language: str, slug: str, paper: str) -> None:
    assert pdf_reading.pages(pdf(sheet(language, slug=slug), paper=paper)) == 1


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_lesson_flows_on_with_its_head_and_loses_nothing(
    tmp_path: Path, language: str, paper: str
) -> None:
    long = stress_sheet(language)
    content = pdf(long, paper=paper)
    assert pdf_reading.failures(content) == []
    file = tmp_path / "long.pdf"
    file.write_bytes(content)
    said = pdf_reading.spoken(file)
    assert long.page.cards
    assert long.page.checklist
    for item in (*long.page.cards.items, *long.page.checklist.items):
        assert said.count(pdf_reading.squeezed(item.text)) == 1
    read = pypdfium2.PdfDocument(content)
    count = len(read)
    assert 2 <= count <= 4
    for number in range(count):
        text = " ".join(read[number].get_textpage().get_text_range().split())
        assert long.code in text, f"page {number + 1} lacks the head"
        assert f"{number + 1} / {count}" in text
    read.close()


def test_a_long_bilingual_sheet_begins_each_language_on_its_own_page() -> None:
    alone = {language: pdf_reading.pages(pdf(stress_sheet(language))) for language in LANGUAGES}
    both = pdf(stress_sheet("en"), stress_sheet("fr"))
    assert pdf_reading.pages(both) == alone["en"] + alone["fr"]
    assert pdf_reading.failures(both) == []


# --- what an author may write


@pytest.mark.parametrize(
    "markdown",
    [
        "Say what *they* did `well`",
        "See [the rule](https://example.org/a_very_long/address?with=parts&more=parts)",
        "See [another lesson](acc1-v01.md), H<sub>2</sub>O and x<sup>2</sup>",
        "![A team at work](team.png) at work",
        "Spend ≥ 5 $ → ½ of 10 °C, “quoted” ‘so’, № 3 ☑ ✔ ★ ᐃᓄᒃᑎᑐᑦ Ωμέγα",
        "**Bold** and ***both*** and ~one~",
    ],
    ids=["marks", "link", "inside-link", "picture", "signs", "bold"],
)
def test_what_an_author_may_write_stays_pdf_ua_1(markdown: str) -> None:
    assert pdf_reading.failures(pdf(sheet("en", ("Say what people did well", markdown)))) == []


def test_a_link_of_a_card_says_its_address_once(tmp_path: Path) -> None:
    change = ("Say what people did well", "[One](https://a.example/x) and [two](https://a.example/x)")
    file = tmp_path / "links.pdf"
    file.write_bytes(pdf(sheet("en", change)))
    assert pdf_reading.spoken(file).count("a.example/x") == 1


def without(text: str, kind: str) -> str:
    return re.sub(rf"^## [^\n]*\{{ \.{kind} \}}\n.*?(?=^## )", "", text, flags=re.DOTALL | re.MULTILINE)


def bare(language: str, *kinds: str) -> LessonPage:
    path = f"docs/{language}/trn1-v13.md"
    text = (DOCS.parent / path).read_text(encoding="utf-8")
    for kind in kinds:
        text = without(text, kind)
    return read_lesson_page(document(text, path), lesson(), page(language).front, language)


def test_cards_alone_or_a_checklist_alone_make_a_sheet() -> None:
    for kinds in (["checklist"], ["do", "dont"]):
        one = Sheet(bare("fr", *kinds), URL)
        assert one.exists
        assert pdf_reading.failures(pdf(one)) == []


def test_a_lesson_with_neither_has_no_sheet() -> None:
    one = Sheet(bare("fr", "do", "dont", "checklist"), URL, "../../trn1-v13-bilingual.pdf")
    assert not one.exists
    assert not one.has_pdf


# --- the page


@pytest.mark.parametrize("language", LANGUAGES)
def test_r2_head_and_foot_say_where_the_sheet_comes_from(html: Parse, language: str) -> None:
    for address in (f"{language}/trn1-v13/", f"{language}/trn1-v13/checklist.html"):
        read = html(address)
        head, foot = read.css_first("main .sheet-head").text(), read.css_first("main .sheet-foot").text()
        assert lesson().organization[language] in head
        assert "TRN1-V13" in head
        assert page(language).title in head
        assert "2026-11-22" in foot
        assert {"fr": "français", "en": "English"}[language] in foot
        assert f"{URL}{language}/trn1-v13/" in foot
        drawn = read.css_first(".sheet-foot svg path.qrline").attributes["d"]
        code = segno.make(f"{URL}{language}/trn1-v13/", error="m", micro=False, mask=MASK)
        svg = code.svg_inline(border=0)
        assert drawn == re.findall(r' d="([^"]+)"', svg)[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_links_to_its_checklist_and_pdfs(html: Parse, language: str) -> None:
    links = [link.attributes["href"] for link in html(f"{language}/trn1-v13/").css(".sheet__links a")]
    assert links == ["checklist.html", "checklist.pdf", "../../trn1-v13-bilingual.pdf"]
    links = [
        link.attributes["href"] for link in html(f"{language}/trn1-v13/checklist.html").css(".sheet__links a")
    ]
    assert links == ["checklist.pdf", "../../trn1-v13-bilingual.pdf"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_checklists_page_shows_the_lessons_own_component(html: Parse, language: str) -> None:
    inside, alone = (html(f"{language}/trn1-v13/{name}") for name in ("", "checklist.html"))
    for part in (".card--do", ".card--dont", ".checklist"):
        assert inside.css_first(part).html == alone.css_first(part).html
    assert alone.css_first("nav.breadcrumb a[href='./']").text() == page(language).title
    assert len(alone.css("h1")) == 1


def test_no_box_can_have_the_id_of_an_item(html: Parse) -> None:
    ids = [box.attributes["id"] or "" for box in html("fr/trn1-v13/").css(".checklist input")]
    assert len(ids) == 8
    assert not any(ID.fullmatch(one) for one in ids)


def test_no_dead_control_without_a_script(html: Parse) -> None:
    read = html("fr/trn1-v13/")
    for control in read.css("main button"):
        hidden = control
        while hidden is not None and "hidden" not in hidden.attributes:
            hidden = hidden.parent
        assert hidden is not None, control.html


def test_related_links_say_their_address_on_paper(html: Parse) -> None:
    for link in html("fr/trn1-v13/").css(".course a, .related a"):
        assert link.attributes["data-address"] == link.attributes["href"]


def test_an_unchanged_lesson_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr("microlearning.pdf.make_pdf", lambda html, *_: made.append(html) or b"%PDF-1.7 %%EOF")
    store = pdf_store(tmp_path)
    for one in (
        sheet("fr"),
        sheet("fr"),
        sheet("en"),
        sheet("fr", ("N’en dites pas trop.**", "N’en dites jamais trop.**")),
    ):
        store.pdf(pdf_document([one]), one.modified)
    assert len(made) == 3
