"""The sheet: what to do, what not to do and the checklist on one page, with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import segno
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from microlearning.addresses import with_addresses
from microlearning.cards import Card
from microlearning.errors import Fault, fault, short
from microlearning.page import LessonPage
from microlearning.pdf import PdfStore
from microlearning.render import OVERRIDES, component
from microlearning.signs import FONTS, printable, unprintable
from microlearning.strings import interface

PAGE, PDF = "checklist.html", "checklist.pdf"
"""The names of the sheet's two forms, beside the lesson's page."""

FOLDER = OVERRIDES / "components" / "sheet"
"""The component's folder, from which the PDF finds its styles and fonts."""

STYLES = ("../../style/tokens.css", "../../style/print.css", "sheet.css", "pdf/pdf.css")
"""What the PDF looks like, in the order of the cascade."""


MASK = 2
"""The mask of every QR code (ISO/IEC 18004, section 7.8): readers take any of the eight.

To try all and keep the one whose pattern is calmest takes four times as long as the rest of the drawing.
"""


@dataclass(frozen=True)
class Sheet:
    """One language of a lesson, as it is printed."""

    page: LessonPage

    address: str
    """The lesson's address, absolute: printed, and drawn as a QR code."""

    bilingual: str = ""
    """Where the PDF of both languages stands, seen from the page; empty when no PDF is made."""

    @property
    def exists(self) -> bool:
        """Whether there is anything to put on it: a lesson may have neither cards nor checklist."""
        return bool(self.page.cards or self.page.checklist)

    @property
    def has_pdf(self) -> bool:
        """Whether the PDFs are made beside the page."""
        return self.exists and bool(self.bilingual)

    @property
    def language(self) -> str:
        """`fr` or `en`."""
        return self.page.language

    @property
    def organization(self) -> str:
        """Who answers for the lesson, in the sheet's language."""
        return self.page.lesson.organization[self.language]

    @property
    def code(self) -> str:
        """The product code, in capitals."""
        return self.page.lesson.code

    @property
    def title(self) -> str:
        """The lesson's title as plain text."""
        return self.page.title

    @property
    def heading(self) -> str:
        """The lesson's title as HTML."""
        return self.page.document.heading

    @property
    def modified(self) -> date:
        """When the lesson last changed: from its facts, never from the clock."""
        return self.page.lesson.modified

    @property
    def cards(self) -> tuple[Card, ...]:
        """What to do, then what not to do; none when the lesson has no cards."""
        return (self.page.cards.do, self.page.cards.dont) if self.page.cards else ()

    @property
    def head(self) -> Markup:
        """What stands over the sheet."""
        return _around(self, "head")

    @property
    def foot(self) -> Markup:
        """What stands under the sheet."""
        return _around(self, "foot")

    @property
    def qr(self) -> Markup:
        """The address as a QR code: inline SVG, named for those who do not see it."""
        return _qr(self.address, self.language)


@lru_cache(maxsize=8)
def _around(sheet: Sheet, part: str) -> Markup:
    """The head or the foot of `sheet`, which seven pages of one lesson show."""
    return component(f"sheet/{part}", sheet=sheet)


@lru_cache(maxsize=16)
def _qr(address: str, language: str) -> Markup:
    """The code of `address`, drawn once: seven pages show it."""
    name = interface(language)["sheet.qr"].format(address=address)
    code = segno.make(address, error="m", micro=False, mask=MASK)
    return Markup(code.svg_inline(omitsize=True, border=0, title=name))  # noqa: S704 - segno escapes the title


def bilingual_name(slug: str) -> str:
    """The name, in the site's root, of the PDF that has a side for each language."""
    return f"{slug}-bilingual.pdf"


def pdf_document(sheets: Sequence[Sheet]) -> str:
    """The HTML from which the PDF of `sheets` is made, one side a sheet.

    Links lead to the site, from wherever the PDF is read. A picture is told by its alternative text:
    nothing is fetched while a PDF is made.
    """
    html = str(component("sheet/pdf", sheets=sheets, styles=STYLES))
    tree = LexborHTMLParser(html)
    for picture in tree.css("img"):
        picture.replace_with(picture.attributes.get("alt") or "")
    for main, sheet in zip(tree.css("main"), sheets, strict=True):
        article = main.css_first("article")
        inside = "".join(child.html or "" for child in article.iter(include_text=True))
        inside = with_addresses(inside, sheet.address, absolute=True)
        replacement = LexborHTMLParser(f"<article>{inside}</article>").css_first("article")
        article.replace_with(replacement)
    return printable("<!doctype html>\n" + (tree.html or ""))


def sign_faults(page: LessonPage) -> Iterator[Fault]:
    """Warns of each item with a sign that the PDF's fonts lack, such as an emoji."""
    lines = [(page.document.source.heading_line(page.title), page.title)]
    lines += [(item.line, item.text) for item in (page.cards.items if page.cards else ())]
    lines += [(item.line, item.text) for item in (page.checklist.items if page.checklist else ())]
    for line, text in dict(lines).items():
        signs = unprintable(text)
        if signs:
            values = {"item": short(text, 40), "signs": " ".join(signs)}
            yield fault("sheet.signs", page.document.source.path, line, warning=True, **values)


def pdf_store(folder: Path) -> PdfStore:
    """Where the sheets' PDFs are made, and kept in `folder`."""
    files = (*(FOLDER / style for style in STYLES), *sorted(FONTS.glob("*.woff2")), FONTS / "fonts.conf")
    return PdfStore(folder, FOLDER, files)
